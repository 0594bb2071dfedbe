#pragma once
// The objects behind sys.stdin, sys.stdout and sys.stderr: UTF-8 text over a file descriptor.

#include <string_view>

#include "objmodel/object.h"

namespace tagproof {

struct Str;
struct Thread;
class OutputStream;

struct TextFile {
    Object head;
    OutputStream* output = nullptr;  // owned by the Vm; null for the input file
    int descriptor = -1;
    bool replaces_errors = false;  // unencodable characters are written as escapes (stderr)
    Value name;                    // "<stdout>", owned
    char* buffer = nullptr;        // input read ahead, owned
    size_t begin = 0;              // of what is left in it
    size_t end = 0;
};

// New references, or null + pending.
[[nodiscard]] Value newOutputFile(Thread& thread,
                                  OutputStream* output,
                                  std::string_view name,
                                  bool replaces_errors);
[[nodiscard]] Value newInputFile(Thread& thread, int descriptor, std::string_view name);

[[nodiscard]] bool isTextFile(const Thread& thread, Value value);
// False + OSError (BrokenPipeError, ...) or UnicodeEncodeError.
[[nodiscard]] bool textFileWrite(Thread& thread, Value file, Str* text);
[[nodiscard]] bool textFileFlush(Thread& thread, Value file);

// OSError of the class that belongs to `error`, with errno and strerror. Always null.
Value raiseErrno(Thread& thread, int error);

[[nodiscard]] bool initTextFileType(Thread& thread);

}  // namespace tagproof
