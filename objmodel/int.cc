#include "objmodel/int.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int_operand.h"
#include "objmodel/protocol.h"

namespace tagproof {

namespace {

constexpr uint64_t kHashModulus = (uint64_t{1} << 61) - 1;
// Sizes from here on are tried first, since GMP aborts when memory is out.
constexpr uint64_t kCheckedBits = uint64_t{1} << 20;

uint64_t magnitude(int64_t number) {
    return number < 0 ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
}

// The number of a fixnum or bool in *out; false for BigInts.
bool smallNumber(const Thread& thread, Value integer, int64_t* out) {
    if (integer.isFixnum()) {
        *out = integer.asFixnum();
        return true;
    }
    if (integer == thread.singletons->true_ || integer == thread.singletons->false_) {
        *out = integer == thread.singletons->true_ ? 1 : 0;
        return true;
    }
    return false;
}

// A BigInt of `type` with a copy of the limbs of `number`.
Value newBigInt(Thread& thread, Type* type, mpz_srcptr number) {
    const size_t limbs = mpz_size(number);
    auto* result = allocateSized<BigInt>(thread, type, sizeof(BigInt) + limbs * sizeof(mp_limb_t));
    if (result == nullptr) return Value::null();
    const auto size = static_cast<int64_t>(limbs);
    result->signed_size = mpz_sgn(number) < 0 ? -size : size;
    if (limbs != 0) {
        std::memcpy(result->limbs(), mpz_limbs_read(number), limbs * sizeof(mp_limb_t));
    }
    return Value::of(result);
}

// Initialises `view` as the number of a BigInt, read-only and without owning its limbs.
mpz_srcptr viewLimbs(const BigInt* integer, mpz_ptr view) {
    return mpz_roinit_n(view, integer->limbs(), integer->signed_size);
}

}  // namespace

IntOperand::IntOperand(const Thread& thread, Value integer) {
    int64_t small = 0;
    if (smallNumber(thread, integer, &small)) {
        limb_ = magnitude(small);
        number_ = mpz_roinit_n(view_, &limb_, small < 0 ? -1 : 1);
    } else {
        number_ = viewLimbs(integer.as<BigInt>(), view_);
    }
}

bool isExactInt(const Thread& thread, Value value) {
    return value.isFixnum() || isExactly(value, thread.types->int_);
}

bool checkIntBits(Thread& thread, uint64_t bits) {
    if (bits < kCheckedBits) return true;
    if (bits > kMaxIntBits) {
        raiseMemoryError(thread);
        return false;
    }
    constexpr uint64_t kScratch = 4;  // operations need a few times the result
    const uint64_t bytes = bits / 8 * kScratch;
    void* trial = allocateRaw(thread, bytes);
    if (trial == nullptr) return false;
    freeRaw(thread, trial, bytes);
    return true;
}

Value makeBigInt(Thread& thread, int64_t number) {
    MpzTemp temp;
    mpz_set_si(temp.get(), number);
    return newBigInt(thread, thread.types->int_, temp.get());
}

Value makeUnsignedInt(Thread& thread, uint64_t number) {
    if (number <= static_cast<uint64_t>(Value::kMaxFixnum)) {
        return Value::fixnum(static_cast<int64_t>(number));
    }
    MpzTemp temp;
    mpz_set_ui(temp.get(), number);
    return newBigInt(thread, thread.types->int_, temp.get());
}

Value makeInt(Thread& thread, mpz_srcptr number) {
    if (mpz_fits_slong_p(number) != 0) {
        const int64_t small = mpz_get_si(number);
        if (Value::fitsFixnum(small)) return Value::fixnum(small);
    }
    return newBigInt(thread, thread.types->int_, number);
}

Value newIntOfType(Thread& thread, Type* type, Value integer) {
    const IntOperand operand(thread, integer);
    return newBigInt(thread, type, operand.get());
}

Value intFromDouble(Thread& thread, double number) {
    if (std::isnan(number)) {
        return raise(thread, ExceptionKind::kValueError, "cannot convert float NaN to integer");
    }
    if (std::isinf(number)) {
        return raise(thread, ExceptionKind::kOverflowError,
                     "cannot convert float infinity to integer");
    }
    if (std::fabs(number) < 0x1p60) return Value::fixnum(static_cast<int64_t>(number));
    MpzTemp temp;
    mpz_set_d(temp.get(), number);
    return makeInt(thread, temp.get());
}

Value exactInt(Thread& thread, Value integer) {
    if (isExactInt(thread, integer)) return newRef(integer);
    int64_t small = 0;
    if (smallNumber(thread, integer, &small)) return Value::fixnum(small);
    const IntOperand operand(thread, integer);
    return makeInt(thread, operand.get());
}

bool fitsInt64(const Thread& thread, Value integer, int64_t* out) {
    if (smallNumber(thread, integer, out)) return true;
    const IntOperand operand(thread, integer);
    mpz_srcptr number = operand.get();
    if (mpz_fits_slong_p(number) == 0) return false;
    *out = mpz_get_si(number);
    return true;
}

bool intToInt64(Thread& thread, Value integer, int64_t* out) {
    if (fitsInt64(thread, integer, out)) return true;
    raise(thread, ExceptionKind::kOverflowError, "Python int too large to convert to C long");
    return false;
}

int64_t saturateInt64(const Thread& thread, Value integer) {
    int64_t number = 0;
    if (fitsInt64(thread, integer, &number)) return number;
    return intSign(thread, integer) < 0 ? std::numeric_limits<int64_t>::min()
                                        : std::numeric_limits<int64_t>::max();
}

double roundScaled(uint64_t quotient, bool sticky, int64_t exponent) {
    constexpr int64_t kLowestExponent = -1074;
    const auto bits = static_cast<int64_t>(std::bit_width(quotient));
    const int64_t drop = std::max<int64_t>(bits - 53, kLowestExponent - exponent);
    if (drop > 0 && drop < 64) {
        const uint64_t half = uint64_t{1} << (drop - 1);
        const uint64_t rest = quotient & ((half << 1) - 1);
        quotient >>= drop;
        if (rest > half || (rest == half && (sticky || (quotient & 1) != 0))) ++quotient;
        exponent += drop;
    } else if (drop >= 64) {
        return 0.0;
    }
    if (exponent > 2000) return std::numeric_limits<double>::infinity();
    return std::ldexp(static_cast<double>(quotient), static_cast<int>(exponent));
}

bool intToDouble(Thread& thread, Value integer, double* out) {
    int64_t small = 0;
    if (smallNumber(thread, integer, &small)) {
        *out = static_cast<double>(small);
        return true;
    }
    const IntOperand operand(thread, integer);
    mpz_srcptr number = operand.get();
    const size_t bits = mpz_sizeinbase(number, 2);
    double result = 0;
    if (mpz_sgn(number) != 0) {
        const size_t shift = bits > 62 ? bits - 62 : 0;
        MpzTemp top;
        mpz_tdiv_q_2exp(top.get(), number, shift);
        const bool sticky = mpz_scan1(number, 0) < shift;
        result = roundScaled(mpz_get_ui(top.get()), sticky, static_cast<int64_t>(shift));
    }
    if (std::isinf(result)) {
        raise(thread, ExceptionKind::kOverflowError, "int too large to convert to float");
        return false;
    }
    *out = mpz_sgn(number) < 0 ? -result : result;
    return true;
}

int intSign(const Thread& thread, Value integer) {
    int64_t small = 0;
    if (smallNumber(thread, integer, &small)) return small < 0 ? -1 : (small > 0 ? 1 : 0);
    return integer.as<BigInt>()->signed_size < 0 ? -1
                                                 : (integer.as<BigInt>()->signed_size > 0 ? 1 : 0);
}

int64_t intHash(const Thread& thread, Value integer) {
    const IntOperand operand(thread, integer);
    const auto rest = static_cast<int64_t>(mpz_tdiv_ui(operand.get(), kHashModulus));
    const int64_t hash = mpz_sgn(operand.get()) < 0 ? -rest : rest;
    return hash == -1 ? -2 : hash;
}

int compareInt(const Thread& thread, Value left, Value right) {
    if (left.isFixnum() && right.isFixnum()) {
        const int64_t a = left.asFixnum();
        const int64_t b = right.asFixnum();
        return a < b ? -1 : (a > b ? 1 : 0);
    }
    const IntOperand a(thread, left);
    const IntOperand b(thread, right);
    const int order = mpz_cmp(a.get(), b.get());
    return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

int compareIntDouble(const Thread& thread, Value integer, double number) {
    const IntOperand operand(thread, integer);
    const int order = mpz_cmp_d(operand.get(), number);
    return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

uint64_t intBitLength(const Thread& thread, Value integer) {
    int64_t small = 0;
    if (smallNumber(thread, integer, &small)) {
        return static_cast<uint64_t>(std::bit_width(magnitude(small)));
    }
    const IntOperand operand(thread, integer);
    mpz_srcptr number = operand.get();
    return mpz_sgn(number) == 0 ? 0 : mpz_sizeinbase(number, 2);
}

}  // namespace tagproof
