#pragma once
// The abstract values (struct Abstract of verify.h): constructors, the sets of low-3-bit patterns
// and the order (implies). Symbols are compared by the callers, which know the mapping between the
// symbols of two states (state.h, infer/).
//
//   kTop      above everything
//   kInt      above kValue, kObj, kLen and kType when it says nothing but patterns
//   kValue    above kObj, kType, trusted constants, and integers that cannot be pointers
//   the others stand alone: a slot word, for one, is below kTop only

#include <limits>
#include <string>

#include "jit/verify/tables.h"

namespace tagproof::verify {

inline constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
inline constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
inline constexpr int64_t kMaxLength = int64_t{1} << 59;  // items of one object
inline constexpr uint8_t kAnyLow = 0xFF;
inline constexpr uint8_t kPointerLow = 1U << layout::kTagPointer;
inline constexpr uint8_t kNeverLow = 1U << layout::kTagNever;
inline constexpr uint8_t kSentinelLow = 1U << layout::kTagSentinel;
inline constexpr uint8_t kResultLow = kAnyLow & ~kNeverLow;  // patterns of what functions return
inline constexpr uint8_t kValueLow = kResultLow & ~kSentinelLow;  // patterns of value words
// Slot words: 0 and dict pointers end in 000, values - 1 in 111.
inline constexpr uint8_t kSlotValuesLow = 1U << 7;
inline constexpr uint8_t kSlotLow = kPointerLow | kSlotValuesLow;
inline constexpr uint32_t kIdentityMap = 076543210;  // octal: pattern p -> p
// Stack words only: the low 4 bytes are as described, the upper 4 unknown.
inline constexpr uint8_t kHalfWord = 16;
// kInt: of the words with pattern 000 only 0 itself is possible (a null or an immediate).
inline constexpr uint8_t kNullOnly = 32;

// --- sets of low-3-bit patterns ------------------------------------------------------------------

[[nodiscard]] constexpr uint8_t lowBit(int64_t word) {
    return static_cast<uint8_t>(1U << (static_cast<uint64_t>(word) & 7));
}
[[nodiscard]] constexpr unsigned mapAt(uint32_t map, unsigned pattern) {
    return (map >> (3 * pattern)) & 7;
}
[[nodiscard]] constexpr uint8_t rangeLow(int64_t lo, int64_t hi) {
    if (static_cast<uint64_t>(hi) - static_cast<uint64_t>(lo) >= 7) return kAnyLow;
    uint8_t low = lowBit(hi);
    for (int64_t word = lo; word != hi; ++word) low = static_cast<uint8_t>(low | lowBit(word));
    return low;
}
// {map(p) : p in set} and {p : map(p) in set}.
[[nodiscard]] uint8_t mapImage(uint32_t map, uint8_t set);
[[nodiscard]] uint8_t mapPreimage(uint32_t map, uint8_t set);

// --- constructors (symbol 0: the caller gives one)
// --------------------------------------------------

[[nodiscard]] constexpr Abstract top() { return Abstract{}; }
[[nodiscard]] constexpr Abstract integer(int64_t lo, int64_t hi, uint8_t low = kAnyLow) {
    const auto patterns = static_cast<uint8_t>(low & rangeLow(lo, hi));
    return Abstract{.kind = Kind::kInt, .low = patterns, .lo = lo, .hi = hi};
}
[[nodiscard]] constexpr Abstract anyInteger(uint8_t low = kAnyLow) {
    return Abstract{.kind = Kind::kInt, .low = low, .lo = kMin, .hi = kMax};
}
[[nodiscard]] constexpr Abstract constant(int64_t word) { return integer(word, word); }
[[nodiscard]] constexpr Abstract value(bool nullable) {
    return Abstract{.kind = Kind::kValue,
                    .low = kValueLow,
                    .flags = nullable ? Abstract::kNullable : uint8_t{0}};
}
[[nodiscard]] constexpr Abstract object(uint32_t type_row) {
    return Abstract{.kind = Kind::kObj, .low = kPointerLow, .aux = type_row};
}
[[nodiscard]] constexpr Abstract pointer(Kind kind, int64_t offset, uint32_t aux = 0) {
    return Abstract{.kind = kind, .low = kAnyLow, .aux = aux, .lo = offset};
}

// --- predicates ----------------------------------------------------------------------------------

[[nodiscard]] constexpr bool isConstant(const Abstract& a) {
    return a.kind == Kind::kInt && a.lo == a.hi && (a.flags & kHalfWord) == 0;
}
[[nodiscard]] constexpr bool has(const Abstract& a, uint8_t flag) { return (a.flags & flag) != 0; }
// Registers of these kinds hold words that symbols can name.
[[nodiscard]] constexpr bool isNameable(Kind kind) {
    constexpr auto kBit = [](Kind named) { return 1U << static_cast<unsigned>(named); };
    constexpr unsigned kNameable = kBit(Kind::kInt) | kBit(Kind::kValue) | kBit(Kind::kObj) |
                                   kBit(Kind::kSlot) | kBit(Kind::kDict) | kBit(Kind::kLen) |
                                   kBit(Kind::kType);
    return (kNameable & kBit(kind)) != 0;
}
// aux is a symbol, not a row.
[[nodiscard]] constexpr bool auxIsSymbol(const Abstract& a) {
    switch (a.kind) {
        case Kind::kBuf:
        case Kind::kLen:
        case Kind::kType:
            return true;
        case Kind::kInt:
            return (a.flags & (Abstract::kDerived | Abstract::kBounded)) != 0;
        case Kind::kTop:
        case Kind::kValue:
        case Kind::kObj:
        case Kind::kSlot:
        case Kind::kVals:
        case Kind::kDict:
        case Kind::kStack:
        case Kind::kThread:
        case Kind::kSaved:
            return false;
    }
    return false;
}

// Pattern 000 stands for the word 0 only (or is impossible).
[[nodiscard]] bool zeroIsNull(const Abstract& a);
// May this word enter memory or a call as a value? `nullable`: 0 is allowed too.
[[nodiscard]] bool isValueWord(const Abstract& a, bool nullable, const Tables& tables);
// The same, or a sentinel: what loop entries may return, and what labels on the way there hold.
[[nodiscard]] bool isResultWord(const Abstract& a, bool nullable, const Tables& tables);
// Is it an immediate: no pointer, no sentinel, no 111?
[[nodiscard]] bool isImmediateWord(const Abstract& a);
// Is it a proven pointer to a heap object (not derived)?
[[nodiscard]] bool isObjectWord(const Abstract& a, const Tables& tables);
// Row of its type, or kNoType; managed-slot fact.
[[nodiscard]] uint32_t typeRowOf(const Abstract& a, const Tables& tables);
[[nodiscard]] bool isManaged(const Abstract& a, const Tables& tables);
// Number that raw integer contexts may see; kTop if the word must not be looked at.
[[nodiscard]] Abstract asInteger(const Abstract& a);
// Patterns of the low 3 bits, of any kind.
[[nodiscard]] uint8_t lowOf(const Abstract& a);
// The low `bytes` bytes, zero-extended.
[[nodiscard]] Abstract truncateNarrow(const Abstract& a, unsigned bytes);
[[nodiscard]] inline Abstract truncate(const Abstract& a, unsigned bytes) {
    return bytes >= 8 ? a : truncateNarrow(a, bytes);
}
// Intersects `low` with the interval and the reverse; false: empty.
[[nodiscard]] bool normalise(Abstract& a);

// --- order ---------------------------------------------------------------------------------------

// Is every word that `a` describes described by `hint`, symbols aside?
[[nodiscard]] bool implies(const Abstract& a, const Abstract& hint, const Tables& tables);
// Is a hint's value one that the checker can understand?
[[nodiscard]] bool isWellFormed(const Abstract& hint, uint32_t symbol_count, const Tables& tables);

[[nodiscard]] std::string toString(const Abstract& a, const Tables& tables);

}  // namespace tagproof::verify
