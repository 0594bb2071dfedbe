#pragma once
// Integers without limit. A fixnum (61 bits, objmodel/value.h) where the number fits, else a BigInt
// with GMP limbs: an exact int is never a BigInt that fits a fixnum, so that equal exact ints of
// the fixnum range are identical words. Instances of subclasses are BigInts of any size; True and
// False count as 1 and 0. "Int" below means all of these (isInt).

#include <gmp.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Str;
struct Thread;

struct BigInt {
    Object head;
    int64_t signed_size;  // number of limbs, negated for negative numbers; the limbs follow

    [[nodiscard]] const mp_limb_t* limbs() const {
        return reinterpret_cast<const mp_limb_t*>(this + 1);
    }
    [[nodiscard]] mp_limb_t* limbs() { return reinterpret_cast<mp_limb_t*>(this + 1); }
};

[[nodiscard]] inline bool isInt(Value value) {
    return value.isFixnum() || (value.isObject() && hasFlag(value.asObject()->type, kTypeIsInt));
}
// int itself: no bool, no instance of another subclass.
[[nodiscard]] bool isExactInt(const Thread& thread, Value value);

// Results of more bits raise MemoryError instead of being tried.
inline constexpr uint64_t kMaxIntBits = uint64_t{1} << 33;

// --- making: new reference, or null with an exception pending -----------------------------------
[[nodiscard]] Value makeBigInt(Thread& thread, int64_t number);
[[nodiscard]] inline Value makeInt(Thread& thread, int64_t number) {
    return Value::fitsFixnum(number) ? Value::fixnum(number) : makeBigInt(thread, number);
}
[[nodiscard]] Value makeUnsignedInt(Thread& thread, uint64_t number);
[[nodiscard]] Value makeInt(Thread& thread, mpz_srcptr number);  // copies
// Truncates; OverflowError / ValueError for infinities and NaN.
[[nodiscard]] Value intFromDouble(Thread& thread, double number);
// int(text, base) with blanks, sign, underscores, prefixes; ValueError as CPython's.
[[nodiscard]] Value intFromStr(Thread& thread, Str* text, int base);
// The number of a literal or of digits already checked ("123", "ff" in base 16; no prefix).
[[nodiscard]] Value intFromDigits(Thread& thread, std::string_view digits, int base);
// An exact int with the number of `integer` (an Int): strips bool and subclasses.
[[nodiscard]] Value exactInt(Thread& thread, Value integer);
// int(value): __int__, __index__, __trunc__, str.
[[nodiscard]] Value toInt(Thread& thread, Value value);

// --- looking; `integer` is an Int
// ----------------------------------------------------------------- False when it does not fit;
// raises nothing.
[[nodiscard]] bool fitsInt64(const Thread& thread, Value integer, int64_t* out);
// False with OverflowError "Python int too large to convert to C long" pending.
[[nodiscard]] bool intToInt64(Thread& thread, Value integer, int64_t* out);
// Clamped to the range of int64_t; raises nothing.
[[nodiscard]] int64_t saturateInt64(const Thread& thread, Value integer);
// Correctly rounded; false with OverflowError "int too large to convert to float" pending.
[[nodiscard]] bool intToDouble(Thread& thread, Value integer, double* out);
[[nodiscard]] int intSign(const Thread& thread, Value integer);  // -1, 0, 1
[[nodiscard]] int64_t intHash(const Thread& thread, Value integer);
[[nodiscard]] int compareInt(const Thread& thread, Value left, Value right);  // -1, 0, 1
// Exact comparison of an Int with a double that is not NaN: -1, 0, 1.
[[nodiscard]] int compareIntDouble(const Thread& thread, Value integer, double number);
// Digits in base 2..36, lower case, with sign, no prefix. False with ValueError when base is 10 and
// there are more than Thread::max_int_digits.
[[nodiscard]] bool intToString(Thread& thread, Value integer, int base, std::string* out);
[[nodiscard]] uint64_t intBitLength(const Thread& thread, Value integer);

// --- arithmetic on Ints: new reference, or null with an exception pending ------------------------
[[nodiscard]] Value intBinary(Thread& thread, BinaryOp op, Value left, Value right);
[[nodiscard]] Value intNegate(Thread& thread, Value integer);
[[nodiscard]] Value intAbsolute(Thread& thread, Value integer);
[[nodiscard]] Value intInvert(Thread& thread, Value integer);
// pow(base, exponent, modulus); modulus null or None = none.
[[nodiscard]] Value intPower(Thread& thread, Value base, Value exponent, Value modulus);
// Both results are new references; false with an exception pending.
[[nodiscard]] bool intDivmod(Thread& thread, Value left, Value right, Value* quotient, Value* rest);
[[nodiscard]] Value intTrueDivide(Thread& thread, Value left, Value right);

void initIntType(Thread& thread);
void initBoolType(Thread& thread);

}  // namespace tagproof
