// Floats: representation, arithmetic as Python defines it, hash.

#include "objmodel/float.h"

#include <cerrno>
#include <cmath>
#include <numbers>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"

namespace tagproof {

namespace {

constexpr uint64_t kHashBits = 61;
constexpr uint64_t kHashModulus = (uint64_t{1} << kHashBits) - 1;
constexpr int64_t kHashInfinity = 314159;

bool raiseZeroDivision(Thread& thread, const char* text) {
    raiseText(thread, ExceptionKind::kZeroDivisionError, text);
    return false;
}

// OverflowError(34, 'Numerical result out of range'), as Python reports errno.
bool raiseRangeError(Thread& thread) {
    Ref text(Value::of(makeStr(thread, "Numerical result out of range")));
    if (!text) return false;
    const Value args[] = {Value::fixnum(ERANGE), text.get()};
    Ref exception(
        newException(thread, exceptionType(thread, ExceptionKind::kOverflowError), args, 2));
    if (exception) raiseObject(thread, exception.get());
    return false;
}

}  // namespace

bool isExactFloat(const Thread& thread, Value value) {
    return value.isImmediateDouble() || isExactly(value, thread.types->float_);
}

Value makeBoxedFloat(Thread& thread, double number) {
    auto* boxed = allocateObject<Float>(thread, thread.types->float_);
    if (boxed != nullptr) boxed->value = number;
    return Value::of(boxed);
}

bool numberToDouble(Thread& thread, Value value, double* out) {
    if (isFloat(value)) {
        *out = floatValue(value);
        return true;
    }
    return isInt(value) && intToDouble(thread, value, out);
}

// CPython's _Py_HashDouble: the number modulo 2**61 - 1, so that equal ints hash alike.
int64_t hashDouble(double number, Value identity) {
    if (std::isinf(number)) return number > 0 ? kHashInfinity : -kHashInfinity;
    if (std::isnan(number)) {
        return static_cast<int64_t>(std::rotr(identity.bits, 4));
    }
    int exponent = 0;
    double mantissa = std::frexp(std::fabs(number), &exponent);
    uint64_t hash = 0;
    while (mantissa != 0) {
        hash = ((hash << 28) & kHashModulus) | hash >> (kHashBits - 28);
        mantissa *= 0x1p28;
        exponent -= 28;
        const auto part = static_cast<uint64_t>(mantissa);
        mantissa -= static_cast<double>(part);
        hash += part;
        if (hash >= kHashModulus) hash -= kHashModulus;
    }
    constexpr int kBits = kHashBits;
    exponent = exponent >= 0 ? exponent % kBits : kBits - 1 - ((-1 - exponent) % kBits);
    hash = ((hash << exponent) & kHashModulus) | hash >> (kBits - exponent);
    const auto result = number < 0 ? -static_cast<int64_t>(hash) : static_cast<int64_t>(hash);
    return result == -1 ? -2 : result;
}

double remainderDoubles(double left, double right) {
    const double rest = std::fmod(left, right);
    if (rest == 0) return std::copysign(0.0, right);
    return (right < 0) != (rest < 0) ? rest + right : rest;
}

double floorDivideDoubles(double left, double right) {
    double rest = std::fmod(left, right);
    double quotient = (left - rest) / right;
    if (rest != 0 && (right < 0) != (rest < 0)) quotient -= 1.0;
    if (quotient == 0) return std::copysign(0.0, left / right);
    const double floored = std::floor(quotient);
    return quotient - floored > 0.5 ? floored + 1.0 : floored;
}

bool powerDoubles(Thread& thread, double left, double right, double* out) {
    if (right == 0 || left == 1) {
        *out = 1.0;
        return true;
    }
    if (left == 0 && right < 0) {
        return raiseZeroDivision(thread, "0.0 cannot be raised to a negative power");
    }
    const bool finite = std::isfinite(left) && std::isfinite(right);
    if (finite && left < 0 && right != std::floor(right)) {
        raise(thread, ExceptionKind::kValueError,
              "negative number cannot be raised to a fractional power: complex is not supported");
        return false;
    }
    *out = std::pow(left, right);
    if (finite && std::isinf(*out)) return raiseRangeError(thread);
    return true;
}

Value floatBinary(Thread& thread, BinaryOp op, double left, double right) {
    double result = 0;
    switch (op) {
        case BinaryOp::kAdd:
            return makeFloat(thread, left + right);
        case BinaryOp::kSubtract:
            return makeFloat(thread, left - right);
        case BinaryOp::kMultiply:
            return makeFloat(thread, left * right);
        case BinaryOp::kTrueDivide:
            if (right == 0 && !raiseZeroDivision(thread, "float division by zero")) break;
            return makeFloat(thread, left / right);
        case BinaryOp::kFloorDivide:
            if (right == 0 && !raiseZeroDivision(thread, "float floor division by zero")) break;
            return makeFloat(thread, floorDivideDoubles(left, right));
        case BinaryOp::kRemainder:
            if (right == 0 && !raiseZeroDivision(thread, "float modulo")) break;
            return makeFloat(thread, remainderDoubles(left, right));
        case BinaryOp::kPower:
            if (!powerDoubles(thread, left, right, &result)) break;
            return makeFloat(thread, result);
        case BinaryOp::kMatrixMultiply:
        case BinaryOp::kLeftShift:
        case BinaryOp::kRightShift:
        case BinaryOp::kAnd:
        case BinaryOp::kOr:
        case BinaryOp::kXor:
            return newRef(thread.singletons->not_implemented);
    }
    return Value::null();
}

}  // namespace tagproof
