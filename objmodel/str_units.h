#pragma once
// Algorithms over the code points of a Str, compiled once per kind.

#include <cstdint>
#include <cstring>

#include "objmodel/str.h"

namespace tagproof {

inline constexpr uint64_t kMaxStrLength = uint64_t{1} << 45;  // more is MemoryError

// visit(units) with the string's code units as uint8_t, char16_t or char32_t.
template <typename Visit>
decltype(auto) withUnits(const Str* text, Visit visit) {
    if (text->kind == 1) return visit(text->units<uint8_t>());
    if (text->kind == 2) return visit(text->units<char16_t>());
    return visit(text->units<char32_t>());
}

// Two words that overlap. REQUIRES: sizeof(Word) <= count <= 2 * sizeof(Word).
template <typename Word>
void copyTwice(char* to, const char* from, uint64_t count) {
    Word first;
    Word last;
    std::memcpy(&first, from, sizeof(Word));
    std::memcpy(&last, from + count - sizeof(Word), sizeof(Word));
    std::memcpy(to, &first, sizeof(Word));
    std::memcpy(to + count - sizeof(Word), &last, sizeof(Word));
}

// memcpy, without a call for what most texts are made of.
inline void copyBytes(void* to, const void* from, uint64_t count) {
    auto* target = static_cast<char*>(to);
    const auto* source = static_cast<const char*>(from);
    if (count > 16) {
        std::memcpy(target, source, count);
    } else if (count >= 8) {
        copyTwice<uint64_t>(target, source, count);
    } else if (count >= 4) {
        copyTwice<uint32_t>(target, source, count);
    } else {
        for (uint64_t k = 0; k < count; ++k) target[k] = source[k];
    }
}

// Copies code units, widening or narrowing; narrow targets must be wide enough for the values.
template <typename To, typename From>
void copyUnits(To* to, const From* from, uint64_t count) {
    if constexpr (sizeof(To) == sizeof(From)) {
        copyBytes(to, from, count * sizeof(To));
    } else {
        for (uint64_t k = 0; k < count; ++k) to[k] = static_cast<To>(from[k]);
    }
}

// The widest code point among some, rounded up to a bound: 0x7f, 0xff, 0xffff or 0x10ffff.
template <typename Unit>
char32_t widestBound(const Unit* units, uint64_t count) {
    char32_t all = 0;
    for (uint64_t k = 0; k < count; ++k) all |= units[k];
    if (all < 0x80) return 0x7f;
    if (all < 0x100) return 0xff;
    return all < 0x10000 ? 0xffff : 0x10ffff;
}

// Bytes per code point of a string whose widest one is `widest`.
[[nodiscard]] constexpr uint32_t kindFor(char32_t widest) {
    return widest < 0x100 ? 1 : (widest < 0x10000 ? 2 : 4);
}
[[nodiscard]] inline char32_t widestBound(const Str* text) {
    if (text->ascii) return 0x7f;
    return text->kind == 1 ? 0xff : (text->kind == 2 ? 0xffff : 0x10ffff);
}

// Writes source[begin:end] at position `at` of `target`, whose kind is at least the source's or
// whose content fits.
void copyStr(Str* target, uint64_t at, const Str* source, uint64_t begin, uint64_t end);
void fillStr(Str* target, uint64_t at, uint64_t count, char32_t code_point);

}  // namespace tagproof
