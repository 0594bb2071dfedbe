#pragma once
// Strings: immutable sequences of Unicode code points, stored with 1, 2 or 4 bytes each, always the
// narrowest kind that holds the widest of them (CPython's PEP 393, compact form). The characters
// follow the struct and end with a NUL of the same width. Lone surrogates are allowed, as in
// Python; UTF-8 in and out carries them as their three-byte form.
//
// Hashes are CPython 3.11's with PYTHONHASHSEED=0 (SipHash-1-3, zero key), so that sets of strings
// iterate in the same order.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Thread;

struct Str {
    Object head;
    uint64_t hash = 0;      // strHash, or 0 = not computed yet
    uint64_t length = 0;    // in code points
    uint32_t kind = 1;      // bytes per code point: 1, 2 or 4
    bool ascii = true;      // all code points < 128: the bytes are UTF-8 (then kind is 1)
    bool interned = false;  // the one string with this text in the Vm's table; immortal
    uint16_t reserved = 0;

    [[nodiscard]] const uint8_t* bytes() const {
        return reinterpret_cast<const uint8_t*>(this + 1);
    }
    [[nodiscard]] uint8_t* bytes() { return reinterpret_cast<uint8_t*>(this + 1); }
    template <typename Unit>
    [[nodiscard]] const Unit* units() const {
        return reinterpret_cast<const Unit*>(this + 1);
    }
    template <typename Unit>
    [[nodiscard]] Unit* units() {
        return reinterpret_cast<Unit*>(this + 1);
    }
    // Requires index < length.
    [[nodiscard]] char32_t at(uint64_t index) const {
        if (kind == 1) return bytes()[index];
        if (kind == 2) return units<char16_t>()[index];
        return units<char32_t>()[index];
    }
    // Requires ascii. Valid while the string lives.
    [[nodiscard]] std::string_view asciiView() const {
        return {reinterpret_cast<const char*>(bytes()), length};
    }
};
static_assert(sizeof(Str) == 0x38);

// A str or an instance of a subclass.
[[nodiscard]] inline bool isStr(Value value) {
    return value.isObject() && hasFlag(value.asObject()->type, kTypeIsStr);
}
// Exactly a str.
[[nodiscard]] bool isExactStr(const Thread& thread, Value value);

// --- making: new reference, or null with MemoryError pending -----------------------------------
// From UTF-8; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] Str* makeStr(Thread& thread, std::string_view utf8);
// Requires pure ASCII.
[[nodiscard]] Str* makeAsciiStr(Thread& thread, std::string_view ascii);
[[nodiscard]] Str* makeStr(Thread& thread, const char32_t* code_points, size_t count);
[[nodiscard]] Str* makeCharStr(Thread& thread, char32_t code_point);  // cached below 256
[[nodiscard]] Str* makeEmptyStr(Thread& thread);
// A string to be filled by the caller; `widest` is its widest code point. The kind is then fixed.
[[nodiscard]] Str* allocateStr(Thread& thread, uint64_t length, char32_t widest);
[[nodiscard]] Str* sliceStr(Thread& thread, Str* text, uint64_t begin, uint64_t end);
[[nodiscard]] Str* concatStr(Thread& thread, Str* left, Str* right);
// left + right where the `references` counts of `left` are all the caller's, who is about to
// replace each by the result: `left` grows in place when its cell has room, else the result gets
// some to spare, so that building a text by += stays linear. Null without pending when `left` is
// shared or interned: use concatStr. New reference, or null + MemoryError.
[[nodiscard]] Str* appendToOwnedStr(Thread& thread, Str* left, Str* right, uint32_t references);
[[nodiscard]] Str* repeatStr(Thread& thread, Str* text, int64_t count);
// separator.join(items); each item must be a Str (borrowed array).
[[nodiscard]] Str* joinStr(Thread& thread, Str* separator, const Value* items, size_t count);

// --- interning -----------------------------------------------------------------------------------
// The table's string with the text of `text` (which becomes it when there is none). Takes over the
// reference to `text`; the result is immortal. Null in, null out.
[[nodiscard]] Str* internStr(Thread& thread, Str* text);
[[nodiscard]] Str* internStr(Thread& thread, std::string_view utf8);

// --- looking -------------------------------------------------------------------------------------
[[nodiscard]] int64_t strHash(Str* text);  // never -1
[[nodiscard]] bool strEqual(const Str* left, const Str* right);
[[nodiscard]] bool strEqual(const Str* text, std::string_view ascii);
[[nodiscard]] int compareStr(const Str* left, const Str* right);  // -1, 0, 1 by code point
// Index of `needle` in text[begin:end], or -1; `rfindStr` the last one.
[[nodiscard]] int64_t findStr(const Str* text, const Str* needle, uint64_t begin, uint64_t end);
[[nodiscard]] int64_t rfindStr(const Str* text, const Str* needle, uint64_t begin, uint64_t end);
[[nodiscard]] std::string toUtf8(const Str* text);
// The code points, for algorithms that are not worth a version per kind.
[[nodiscard]] std::u32string toCodePoints(const Str* text);
// The hash of CPython's str (and of its bytes) over raw memory.
[[nodiscard]] int64_t hashBytes(const void* data, size_t size);
// repr(): quoted and escaped. `ascii_only` is ascii(). New reference or null.
[[nodiscard]] Str* reprStr(Thread& thread, const Str* text, bool ascii_only = false);
// The text with everything beyond ASCII as \x, \u and \U escapes. New reference or null.
[[nodiscard]] Str* escapeNonAscii(Thread& thread, const Str* text);
// Length and code point tests as a program sees them.
[[nodiscard]] bool isIdentifier(const Str* text);

void initStrType(Thread& thread);

}  // namespace tagproof
