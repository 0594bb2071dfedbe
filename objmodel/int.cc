#include "objmodel/int.h"

#include <bit>
#include <cmath>
#include <limits>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int_operand.h"
#include "objmodel/protocol.h"

namespace tagproof {

namespace {

constexpr uint64_t kHashModulus = (uint64_t{1} << 61) - 1;
// Sizes from here on are first asked of the heap's account, since GMP aborts when memory is out.
constexpr uint64_t kCheckedBits = uint64_t{1} << 20;

uint64_t magnitude(int64_t number) {
    return number < 0 ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
}

int64_t limbBytes(mpz_srcptr number) {
    return static_cast<int64_t>(number->_mp_alloc) * static_cast<int64_t>(sizeof(mp_limb_t));
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

// A BigInt of `type` that takes the limbs of `number`.
Value newBigInt(Thread& thread, Type* type, mpz_ptr number) {
    if (!thread.heap->account(limbBytes(number))) return raiseMemoryError(thread);
    BigInt* result = allocateObject<BigInt>(thread, type);
    if (result == nullptr) {
        (void)thread.heap->account(-limbBytes(number));
        return Value::null();
    }
    *result->value = *number;
    mpz_init(number);
    return Value::of(result);
}

}  // namespace

IntOperand::IntOperand(const Thread& thread, Value integer) {
    int64_t small = 0;
    if (smallNumber(thread, integer, &small)) {
        limb_ = magnitude(small);
        number_ = mpz_roinit_n(small_, &limb_, small < 0 ? -1 : 1);
    } else {
        number_ = integer.as<BigInt>()->value;
    }
}

bool isExactInt(const Thread& thread, Value value) {
    return value.isFixnum() || isExactly(value, thread.types->int_);
}

bool checkIntBits(Thread& thread, uint64_t bits) {
    if (bits < kCheckedBits) return true;
    const auto bytes = static_cast<int64_t>(bits / 8);
    if (bits > kMaxIntBits || !thread.heap->account(bytes)) {
        raiseMemoryError(thread);
        return false;
    }
    (void)thread.heap->account(-bytes);
    return true;
}

void deallocInt(Thread& thread, Object* self) {
    auto* integer = reinterpret_cast<BigInt*>(self);
    (void)thread.heap->account(-limbBytes(integer->value));
    mpz_clear(integer->value);
    freeObject(thread, self);
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
    MpzTemp temp;
    mpz_set(temp.get(), number);
    return takeInt(thread, temp.get());
}

Value takeInt(Thread& thread, mpz_ptr number) {
    if (mpz_fits_slong_p(number) != 0) {
        const int64_t small = mpz_get_si(number);
        if (Value::fitsFixnum(small)) return Value::fixnum(small);
    }
    return newBigInt(thread, thread.types->int_, number);
}

Value newIntOfType(Thread& thread, Type* type, Value integer) {
    const IntOperand operand(thread, integer);
    MpzTemp temp;
    mpz_set(temp.get(), operand.get());
    return newBigInt(thread, type, temp.get());
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
    return takeInt(thread, temp.get());
}

Value exactInt(Thread& thread, Value integer) {
    if (isExactInt(thread, integer)) return newRef(integer);
    int64_t small = 0;
    if (smallNumber(thread, integer, &small)) return Value::fixnum(small);
    return makeInt(thread, integer.as<BigInt>()->value);
}

bool fitsInt64(const Thread& thread, Value integer, int64_t* out) {
    if (smallNumber(thread, integer, out)) return true;
    mpz_srcptr number = integer.as<BigInt>()->value;
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
    mpz_srcptr number = integer.as<BigInt>()->value;
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
    return mpz_sgn(integer.as<BigInt>()->value);
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
    mpz_srcptr number = integer.as<BigInt>()->value;
    return mpz_sgn(number) == 0 ? 0 : mpz_sizeinbase(number, 2);
}

}  // namespace tagproof
