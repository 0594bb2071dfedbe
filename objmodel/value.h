#pragma once
// A value word: what a variable, an attribute, an item or an argument holds. One tagged 64-bit word
// (tags in objmodel/layout.h). Value is a plain word: it owns nothing. Functions say in their
// comment whether they return a *new reference* (the caller owns one count) or a *borrowed* one;
// Ref (objmodel/ref.h) is the owning form.

#include <bit>
#include <cstdint>

#include "objmodel/layout.h"

namespace tagproof {

struct Object;

struct Value {
    uint64_t bits = 0;

    [[nodiscard]] constexpr bool isNull() const { return bits == 0; }
    [[nodiscard]] constexpr explicit operator bool() const { return bits != 0; }
    [[nodiscard]] constexpr uint64_t tag() const { return bits & layout::kTagMask; }

    // A heap object; false for the empty word.
    [[nodiscard]] constexpr bool isObject() const {
        return tag() == layout::kTagPointer && bits != 0;
    }
    [[nodiscard]] Object* asObject() const { return std::bit_cast<Object*>(bits); }
    // The object as its concrete struct; the caller has checked the type.
    template <typename T>
    [[nodiscard]] T* as() const {
        return std::bit_cast<T*>(bits);
    }

    [[nodiscard]] constexpr bool isFixnum() const { return tag() == layout::kTagFixnum; }
    [[nodiscard]] constexpr int64_t asFixnum() const {
        return static_cast<int64_t>(bits) >> layout::kFixnumShift;
    }

    // An immediate double. A float may also be a boxed object (objmodel/float.h).
    [[nodiscard]] constexpr bool isImmediateDouble() const { return ((bits + 2) & 4) != 0; }
    [[nodiscard]] constexpr double asImmediateDouble() const {
        return std::bit_cast<double>(std::rotr(bits ^ layout::kDoubleXor, layout::kDoubleRotate));
    }

    [[nodiscard]] constexpr bool isSentinel() const { return tag() == layout::kTagSentinel; }

    friend constexpr bool operator==(Value, Value) = default;  // identity ("is")

    [[nodiscard]] static constexpr Value null() { return Value{0}; }
    [[nodiscard]] static Value of(const void* object) {
        return Value{std::bit_cast<uint64_t>(object)};
    }
    [[nodiscard]] static constexpr Value sentinel(uint64_t number) {
        return Value{(number << 3) | layout::kTagSentinel};
    }
    // Requires fitsFixnum(integer).
    [[nodiscard]] static constexpr Value fixnum(int64_t integer) {
        return Value{(static_cast<uint64_t>(integer) << layout::kFixnumShift) | layout::kTagFixnum};
    }
    [[nodiscard]] static constexpr bool fitsFixnum(int64_t integer) {
        return integer >= kMinFixnum && integer <= kMaxFixnum;
    }
    // The immediate word of `number`, or null where it has none (NaN, rare exponents): then it is
    // boxed.
    [[nodiscard]] static constexpr Value immediateDouble(double number) {
        const Value word{std::rotl(std::bit_cast<uint64_t>(number), layout::kDoubleRotate) ^
                         layout::kDoubleXor};
        const bool nan = number != number;
        return word.isImmediateDouble() && !nan ? word : null();
    }

    static constexpr int64_t kMaxFixnum = (int64_t{1} << 60) - 1;
    static constexpr int64_t kMinFixnum = -(int64_t{1} << 60);
};
static_assert(sizeof(Value) == 8);

}  // namespace tagproof
