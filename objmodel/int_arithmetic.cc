// Arithmetic on Ints. Each operation first tries machine integers, then GMP. Division and remainder
// round towards minus infinity; shifts and bit operations see two's complement without end.

#include <bit>
#include <cmath>

#include "objmodel/error.h"
#include "objmodel/float.h"
#include "objmodel/int.h"
#include "objmodel/int_operand.h"
#include "objmodel/protocol.h"
#include "objmodel/singletons.h"

namespace tagproof {

namespace {

Value raiseZeroDivision(Thread& thread, const char* text) {
    return raiseText(thread, ExceptionKind::kZeroDivisionError, text);
}

int64_t floorDivide(int64_t left, int64_t right) {
    const int64_t quotient = left / right;
    return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
}

int64_t floorRemainder(int64_t left, int64_t right) {
    const int64_t rest = left % right;
    return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
}

// The result when both operands and it are machine integers.
bool smallBinary(BinaryOp op, int64_t left, int64_t right, int64_t* result) {
    switch (op) {
        case BinaryOp::kAdd:
            return !__builtin_add_overflow(left, right, result);
        case BinaryOp::kSubtract:
            return !__builtin_sub_overflow(left, right, result);
        case BinaryOp::kMultiply:
            return !__builtin_mul_overflow(left, right, result);
        case BinaryOp::kFloorDivide:
            if (right == 0 || right == -1) return false;
            *result = floorDivide(left, right);
            return true;
        case BinaryOp::kRemainder:
            if (right == 0 || right == -1) return false;
            *result = floorRemainder(left, right);
            return true;
        case BinaryOp::kAnd:
            *result = left & right;
            return true;
        case BinaryOp::kOr:
            *result = left | right;
            return true;
        case BinaryOp::kXor:
            *result = left ^ right;
            return true;
        case BinaryOp::kRightShift:
            if (right < 0) return false;
            *result = left >> std::min<int64_t>(right, 63);
            return true;
        case BinaryOp::kLeftShift:
            if (right < 0 || right > 60 || std::abs(left) >= (int64_t{1} << (62 - right))) {
                return false;
            }
            *result = left * (int64_t{1} << right);
            return true;
        case BinaryOp::kPower:
        case BinaryOp::kTrueDivide:
        case BinaryOp::kMatrixMultiply:
            return false;
    }
    return false;
}

Value multiply(Thread& thread, mpz_srcptr left, mpz_srcptr right) {
    if (!checkIntBits(thread, (mpz_size(left) + mpz_size(right)) * 64)) return Value::null();
    MpzTemp result;
    mpz_mul(result.get(), left, right);
    return makeInt(thread, result.get());
}

Value shift(Thread& thread, Value left, Value right, bool to_left) {
    if (intSign(thread, right) < 0) {
        return raise(thread, ExceptionKind::kValueError, "negative shift count");
    }
    if (intSign(thread, left) == 0) return Value::fixnum(0);
    int64_t count = 0;
    const bool fits = fitsInt64(thread, right, &count);
    const IntOperand operand(thread, left);
    if (!to_left && !fits) return Value::fixnum(mpz_sgn(operand.get()) < 0 ? -1 : 0);
    if (to_left && !fits) {
        return raise(thread, ExceptionKind::kOverflowError, "too many digits in integer");
    }
    MpzTemp result;
    const auto bits = static_cast<uint64_t>(count);
    if (to_left) {
        if (bits > kMaxIntBits) return raiseMemoryError(thread);
        if (!checkIntBits(thread, bits + intBitLength(thread, left))) return Value::null();
        mpz_mul_2exp(result.get(), operand.get(), bits);
    } else {
        mpz_fdiv_q_2exp(result.get(), operand.get(), bits);
    }
    return makeInt(thread, result.get());
}

// base ** exponent for an exponent that is not negative.
Value powerOfNatural(Thread& thread, mpz_srcptr base, mpz_srcptr exponent) {
    const bool unit = mpz_cmpabs_ui(base, 1) <= 0;  // 0, 1, -1
    if (!unit && mpz_fits_ulong_p(exponent) == 0) return raiseMemoryError(thread);
    if (unit) {
        if (mpz_sgn(exponent) == 0) return Value::fixnum(1);
        const int64_t sign = mpz_sgn(base);
        return Value::fixnum(sign < 0 && mpz_even_p(exponent) != 0 ? 1 : sign);
    }
    const uint64_t times = mpz_get_ui(exponent);
    uint64_t bits = 0;
    if (__builtin_mul_overflow(mpz_sizeinbase(base, 2), times, &bits)) {
        return raiseMemoryError(thread);
    }
    if (!checkIntBits(thread, bits)) return Value::null();
    MpzTemp result;
    mpz_pow_ui(result.get(), base, times);
    return makeInt(thread, result.get());
}

Value powerModulo(Thread& thread, mpz_srcptr base, mpz_srcptr exponent, mpz_srcptr modulus) {
    if (mpz_sgn(modulus) == 0) {
        return raise(thread, ExceptionKind::kValueError, "pow() 3rd argument cannot be 0");
    }
    MpzTemp start;
    MpzTemp times;
    MpzTemp result;
    mpz_set(start.get(), base);
    mpz_abs(times.get(), exponent);
    if (mpz_cmpabs_ui(modulus, 1) == 0) return Value::fixnum(0);
    if (mpz_sgn(exponent) < 0 && mpz_invert(start.get(), base, modulus) == 0) {
        return raise(thread, ExceptionKind::kValueError,
                     "base is not invertible for the given modulus");
    }
    mpz_powm(result.get(), start.get(), times.get(), modulus);
    mpz_fdiv_r(result.get(), result.get(), modulus);  // sign of the modulus
    return makeInt(thread, result.get());
}

// Two's complement bit operations and the additive ones, on GMP numbers.
Value bigBinary(Thread& thread, BinaryOp op, Value left, Value right) {
    const IntOperand a(thread, left);
    const IntOperand b(thread, right);
    MpzTemp result;
    switch (op) {
        case BinaryOp::kAdd:
            mpz_add(result.get(), a.get(), b.get());
            break;
        case BinaryOp::kSubtract:
            mpz_sub(result.get(), a.get(), b.get());
            break;
        case BinaryOp::kMultiply:
            return multiply(thread, a.get(), b.get());
        case BinaryOp::kFloorDivide:
            mpz_fdiv_q(result.get(), a.get(), b.get());
            break;
        case BinaryOp::kRemainder:
            mpz_fdiv_r(result.get(), a.get(), b.get());
            break;
        case BinaryOp::kAnd:
            mpz_and(result.get(), a.get(), b.get());
            break;
        case BinaryOp::kOr:
            mpz_ior(result.get(), a.get(), b.get());
            break;
        case BinaryOp::kXor:
            mpz_xor(result.get(), a.get(), b.get());
            break;
        case BinaryOp::kLeftShift:
        case BinaryOp::kRightShift:
        case BinaryOp::kPower:
        case BinaryOp::kTrueDivide:
        case BinaryOp::kMatrixMultiply:
            return newRef(thread.singletons->not_implemented);
    }
    return makeInt(thread, result.get());
}

// True and False as the numbers they are; other ints as they are.
Value withoutBool(const Thread& thread, Value integer) {
    if (integer == thread.singletons->true_) return Value::fixnum(1);
    return integer == thread.singletons->false_ ? Value::fixnum(0) : integer;
}

}  // namespace

Value intBinary(Thread& thread, BinaryOp op, Value given_left, Value given_right) {
    const Value left = withoutBool(thread, given_left);
    const Value right = withoutBool(thread, given_right);
    if (left.isFixnum() && right.isFixnum()) {
        int64_t result = 0;
        if (smallBinary(op, left.asFixnum(), right.asFixnum(), &result)) {
            return makeInt(thread, result);
        }
    }
    if (op == BinaryOp::kPower) return intPower(thread, left, right, Value::null());
    if (op == BinaryOp::kTrueDivide) return intTrueDivide(thread, left, right);
    if (op == BinaryOp::kLeftShift || op == BinaryOp::kRightShift) {
        return shift(thread, left, right, op == BinaryOp::kLeftShift);
    }
    if (intSign(thread, right) == 0) {
        if (op == BinaryOp::kFloorDivide) {
            return raiseZeroDivision(thread, "integer division or modulo by zero");
        }
        if (op == BinaryOp::kRemainder) {
            return raiseZeroDivision(thread, "integer modulo by zero");
        }
    }
    return bigBinary(thread, op, left, right);
}

Value intNegate(Thread& thread, Value integer) {
    if (integer.isFixnum()) return makeInt(thread, -integer.asFixnum());
    const IntOperand operand(thread, integer);
    MpzTemp result;
    mpz_neg(result.get(), operand.get());
    return makeInt(thread, result.get());
}

Value intAbsolute(Thread& thread, Value integer) {
    return intSign(thread, integer) < 0 ? intNegate(thread, integer) : exactInt(thread, integer);
}

Value intInvert(Thread& thread, Value integer) {
    if (integer.isFixnum()) return Value::fixnum(~integer.asFixnum());
    const IntOperand operand(thread, integer);
    MpzTemp result;
    mpz_com(result.get(), operand.get());
    return makeInt(thread, result.get());
}

Value intPower(Thread& thread, Value base, Value exponent, Value modulus) {
    const IntOperand b(thread, base);
    const IntOperand e(thread, exponent);
    if (!modulus.isNull() && modulus != thread.singletons->none) {
        const IntOperand m(thread, modulus);
        return powerModulo(thread, b.get(), e.get(), m.get());
    }
    if (mpz_sgn(e.get()) >= 0) return powerOfNatural(thread, b.get(), e.get());
    double x = 0;
    double y = 0;
    double result = 0;
    if (!intToDouble(thread, base, &x) || !intToDouble(thread, exponent, &y) ||
        !powerDoubles(thread, x, y, &result)) {
        return Value::null();
    }
    return makeFloat(thread, result);
}

bool intDivmod(Thread& thread, Value left, Value right, Value* quotient, Value* rest) {
    if (intSign(thread, right) == 0) {
        raiseZeroDivision(thread, "integer division or modulo by zero");
        return false;
    }
    *quotient = intBinary(thread, BinaryOp::kFloorDivide, left, right);
    if (quotient->isNull()) return false;
    *rest = intBinary(thread, BinaryOp::kRemainder, left, right);
    if (!rest->isNull()) return true;
    decref(*quotient);
    return false;
}

// Correctly rounded: a quotient of 55 bits or more and a sticky bit for the rest.
Value intTrueDivide(Thread& thread, Value left, Value right) {
    constexpr int64_t kExactDouble = int64_t{1} << 53;
    if (intSign(thread, right) == 0) return raiseZeroDivision(thread, "division by zero");
    int64_t a = 0;
    int64_t b = 0;
    if (fitsInt64(thread, left, &a) && fitsInt64(thread, right, &b) && a > -kExactDouble &&
        a < kExactDouble && b > -kExactDouble && b < kExactDouble) {
        return makeFloat(thread, static_cast<double>(a) / static_cast<double>(b));
    }
    const IntOperand dividend(thread, left);
    const IntOperand divisor(thread, right);
    if (mpz_sgn(dividend.get()) == 0) {
        return makeFloat(thread, mpz_sgn(divisor.get()) < 0 ? -0.0 : 0.0);
    }
    const auto bits = static_cast<int64_t>(intBitLength(thread, left)) -
                      static_cast<int64_t>(intBitLength(thread, right));
    const int64_t exponent = bits - 58;
    if (bits < -1100) {
        return makeFloat(
            thread, (mpz_sgn(dividend.get()) < 0) != (mpz_sgn(divisor.get()) < 0) ? -0.0 : 0.0);
    }
    MpzTemp numerator;
    MpzTemp denominator;
    mpz_abs(numerator.get(), dividend.get());
    mpz_abs(denominator.get(), divisor.get());
    const auto scale = static_cast<uint64_t>(std::abs(exponent));
    mpz_ptr scaled = exponent < 0 ? numerator.get() : denominator.get();
    mpz_mul_2exp(scaled, scaled, scale);
    MpzTemp quotient;
    MpzTemp rest;
    mpz_tdiv_qr(quotient.get(), rest.get(), numerator.get(), denominator.get());
    double result = roundScaled(mpz_get_ui(quotient.get()), mpz_sgn(rest.get()) != 0, exponent);
    if (std::isinf(result)) {
        return raise(thread, ExceptionKind::kOverflowError,
                     "integer division result too large for a float");
    }
    if ((mpz_sgn(dividend.get()) < 0) != (mpz_sgn(divisor.get()) < 0)) result = -result;
    return makeFloat(thread, result);
}

}  // namespace tagproof
