#pragma once
// The types of the _io module: _IOBase, _TextIOBase and StringIO, each the base of the next. What a
// base cannot do raises io.UnsupportedOperation.

#include <cstdint>

#include "objmodel/object.h"

namespace tagproof {

struct Thread;
struct Type;

// How a StringIO treats the ends of lines.
enum class Newlines : uint8_t {
    kKeepEnds,    // newline='': "\n", "\r" and "\r\n" end lines and stay what they are
    kTranslate,   // newline=None: each of them becomes "\n"
    kLineFeed,    // newline='\n': only "\n" ends lines
    kReturn,      // newline='\r': "\n" is written as "\r", which ends lines
    kReturnFeed,  // newline='\r\n': the same with both
};

struct StringIo {
    Object head;
    char32_t* text = nullptr;  // owned raw buffer
    uint64_t length = 0;       // code points in use
    uint64_t capacity = 0;     // that fit
    uint64_t position = 0;     // of the next read or write, may lie behind the end
    Newlines newlines = Newlines::kLineFeed;
    uint8_t seen = 0;  // ends of lines that were written (SeenNewline bits)
    bool initialized = false;
    bool closed = false;
};

// New types, immortal; null + pending.
[[nodiscard]] Type* newIoBaseType(Thread& thread);
[[nodiscard]] Type* newTextIoBaseType(Thread& thread, Type* io_base);
[[nodiscard]] Type* newStringIoType(Thread& thread, Type* text_io_base);

// io.UnsupportedOperation(operation). Always null.
Value raiseUnsupported(Thread& thread, const char* operation);

// Lines of `self` from its iterator until there are none, or `hint` code points are passed.
[[nodiscard]] Value readAllLines(Thread& thread, Value self, int64_t hint);
// A size argument: None (or null) gives `missing`. False + TypeError.
[[nodiscard]] bool toOptionalSize(Thread& thread, Value value, int64_t missing, int64_t* size);

}  // namespace tagproof
