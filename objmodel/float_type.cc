// The Python-visible type float: constructor, slots, methods.

#include <cmath>
#include <cstdlib>
#include <string>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/float.h"
#include "objmodel/float_hex.h"
#include "objmodel/heap.h"
#include "objmodel/int_operand.h"
#include "objmodel/native_function.h"
#include "objmodel/number_bytes.h"
#include "objmodel/number_slots.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

Value notImplemented(Thread& thread) { return newRef(thread.singletons->not_implemented); }

// --- construction --------------------------------------------------------------------------------

Value newFloatOfType(Thread& thread, Type* type, double number) {
    if (type == thread.types->float_) return makeFloat(thread, number);
    auto* boxed = allocateObject<Float>(thread, type);
    if (boxed != nullptr) boxed->value = number;
    return Value::of(boxed);
}

bool floatArgument(Thread& thread, Value value, double* out) {
    if (isStr(value)) return doubleFromStr(thread, value.as<Str>(), out);
    if (isBytesLike(value)) return doubleFromBytes(thread, value, out);
    if (toDouble(thread, value, out)) return true;
    const TypeSlots& slots = typeOf(thread, value)->slots;
    if (slots.to_float != nullptr || slots.index != nullptr) return false;
    clearPending(thread);
    raise(thread, ExceptionKind::kTypeError,
          "float() argument must be a string or a real number, not '{}'",
          typeName(typeOf(thread, value)));
    return false;
}

Value constructFloat(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    Type* type = callee.as<Type>();
    if (type == thread.types->float_ && !rejectKeywords(thread, "float", keyword_names)) {
        return Value::null();
    }
    if (!checkArgumentCount(thread, "float", positional, 0, 1)) return Value::null();
    double number = 0;
    if (positional == 1 && !floatArgument(thread, args[0], &number)) return Value::null();
    if (positional == 1 && type == thread.types->float_ && isExactFloat(thread, args[0])) {
        return newRef(args[0]);
    }
    return newFloatOfType(thread, type, number);
}

// --- slots ---------------------------------------------------------------------------------------

Value reprFloat(Thread& thread, Value self) {
    return Value::of(makeAsciiStr(thread, reprDouble(floatValue(self))));
}

Value binaryFloat(Thread& thread, BinaryOp op, Value left, Value right) {
    double a = 0;
    double b = 0;
    if (!numberToDouble(thread, left, &a) || !numberToDouble(thread, right, &b)) {
        return hasPending(thread) ? Value::null() : notImplemented(thread);
    }
    return floatBinary(thread, op, a, b);
}

bool compareDoubles(double left, double right, CompareOp op) {
    switch (op) {
        case CompareOp::kLt:
            return left < right;
        case CompareOp::kLe:
            return left <= right;
        case CompareOp::kEq:
            return left == right;
        case CompareOp::kNe:
            return left != right;
        case CompareOp::kGt:
            return left > right;
        case CompareOp::kGe:
            return left >= right;
    }
    return false;
}

Value compareFloat(Thread& thread, Value left, Value right, CompareOp op) {
    const double number = floatValue(left);
    if (isFloat(right)) return boolValue(thread, compareDoubles(number, floatValue(right), op));
    if (!isInt(right)) return notImplemented(thread);
    if (std::isnan(number)) return boolValue(thread, op == CompareOp::kNe);
    return boolValue(thread, orderMatches(-compareIntDouble(thread, right, number), op));
}

int64_t hashFloat(Thread&, Value self) { return hashDouble(floatValue(self), self); }
int truthOfFloat(Thread&, Value self) { return floatValue(self) != 0 ? 1 : 0; }
Value floatToInt(Thread& thread, Value self) { return intFromDouble(thread, floatValue(self)); }
Value negateFloat(Thread& thread, Value self) { return makeFloat(thread, -floatValue(self)); }
Value absoluteFloat(Thread& thread, Value self) {
    return makeFloat(thread, std::fabs(floatValue(self)));
}
Value exactFloat(Thread& thread, Value self) {
    return isExactFloat(thread, self) ? newRef(self) : makeFloat(thread, floatValue(self));
}

// --- methods -------------------------------------------------------------------------------------

Value methodItself(Thread& thread, Value self, const Value*, size_t) {
    return exactFloat(thread, self);
}
Value methodTruncate(Thread& thread, Value self, const Value*, size_t) {
    return floatToInt(thread, self);
}
Value methodFloor(Thread& thread, Value self, const Value*, size_t) {
    return intFromDouble(thread, std::floor(floatValue(self)));
}
Value methodCeil(Thread& thread, Value self, const Value*, size_t) {
    return intFromDouble(thread, std::ceil(floatValue(self)));
}

Value methodIsInteger(Thread& thread, Value self, const Value*, size_t) {
    const double number = floatValue(self);
    return boolValue(thread, std::isfinite(number) && std::floor(number) == number);
}

Value methodHex(Thread& thread, Value self, const Value*, size_t) {
    return Value::of(makeAsciiStr(thread, hexDouble(floatValue(self))));
}

Value methodFromHex(Thread& thread, Value type, const Value* args, size_t) {
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "bad argument type for built-in operation");
    }
    double number = 0;
    if (!doubleFromHex(thread, toUtf8(args[0].as<Str>()), &number)) return Value::null();
    Ref result(makeFloat(thread, number));
    if (!result || type.as<Type>() == thread.types->float_) return result.release();
    const Value argument = result.get();
    return call(thread, type, &argument, 1);
}

Value methodAsIntegerRatio(Thread& thread, Value self, const Value*, size_t) {
    const double number = floatValue(self);
    if (std::isinf(number)) {
        return raise(thread, ExceptionKind::kOverflowError,
                     "cannot convert Infinity to integer ratio");
    }
    if (std::isnan(number)) {
        return raise(thread, ExceptionKind::kValueError, "cannot convert NaN to integer ratio");
    }
    int exponent = 0;
    double mantissa = std::frexp(number, &exponent);
    for (int k = 0; k < 60 && mantissa != std::floor(mantissa); ++k) {
        mantissa *= 2;
        --exponent;
    }
    MpzTemp top;
    MpzTemp bottom;
    mpz_set_d(top.get(), mantissa);
    mpz_set_ui(bottom.get(), 1);
    mpz_ptr scaled = exponent > 0 ? top.get() : bottom.get();
    mpz_mul_2exp(scaled, scaled, static_cast<mp_bitcnt_t>(std::abs(exponent)));
    Ref numerator(makeInt(thread, top.get()));
    Ref denominator(makeInt(thread, bottom.get()));
    if (!numerator || !denominator) return Value::null();
    return Value::of(makeTuple(thread, numerator.get(), denominator.get()));
}

// `number` rounded to a multiple of 10**exponent: through its exact decimal digits, ties to even.
double roundAt(double number, int exponent) {
    constexpr int kEveryDigit = 767;  // no double has more
    const double magnitude = std::fabs(number);
    const std::string exact = formatDouble(magnitude, 'e', kEveryDigit, false);
    const int first = std::atoi(exact.c_str() + exact.find('e') + 1);
    double result = 0;
    if (exponent > first + 1) return std::copysign(0.0, number);
    if (exponent <= first) {
        const std::string text = formatDouble(magnitude, 'e', first - exponent, false);
        (void)parseDouble(text, &result);
    } else {
        // Less than one unit: 0 or 10**exponent.
        double half = 0;
        (void)parseDouble("5e" + std::to_string(exponent - 1), &half);
        if (magnitude > half) (void)parseDouble("1e" + std::to_string(exponent), &result);
    }
    return std::copysign(result, number);
}

Value roundToPlaces(Thread& thread, double number, int64_t places) {
    constexpr int64_t kMostPlaces = 323;    // more change nothing
    constexpr int64_t kLeastPlaces = -308;  // fewer give zero
    if (!std::isfinite(number) || number == 0 || places > kMostPlaces) {
        return makeFloat(thread, number);
    }
    if (places < kLeastPlaces) return makeFloat(thread, std::copysign(0.0, number));
    double result = 0;
    if (places >= 0) {
        const std::string text = formatDouble(number, 'f', static_cast<int>(places), false);
        (void)parseDouble(text, &result);
    } else {
        result = roundAt(number, static_cast<int>(-places));
    }
    if (std::isinf(result)) {
        return raise(thread, ExceptionKind::kOverflowError, "rounded value too large to represent");
    }
    return makeFloat(thread, result);
}

Value methodRound(Thread& thread, Value self, const Value* args, size_t count) {
    const double number = floatValue(self);
    if (count == 0 || args[0] == thread.singletons->none) {
        if (!std::isfinite(number)) return intFromDouble(thread, number);
        return intFromDouble(thread, std::nearbyint(number));
    }
    int64_t places = 0;
    if (!toIndexSaturated(thread, args[0], &places)) return Value::null();
    return roundToPlaces(thread, number, places);
}

Value divmodFloats(Thread& thread, Value left, Value right) {
    double a = 0;
    double b = 0;
    if (!numberToDouble(thread, left, &a) || !numberToDouble(thread, right, &b)) {
        return hasPending(thread) ? Value::null() : notImplemented(thread);
    }
    if (b == 0) return raise(thread, ExceptionKind::kZeroDivisionError, "float divmod()");
    Ref quotient(makeFloat(thread, floorDivideDoubles(a, b)));
    Ref rest(makeFloat(thread, remainderDoubles(a, b)));
    if (!quotient || !rest) return Value::null();
    return Value::of(makeTuple(thread, quotient.get(), rest.get()));
}
Value methodDivmod(Thread& thread, Value self, const Value* args, size_t) {
    return divmodFloats(thread, self, args[0]);
}
Value methodReflectedDivmod(Thread& thread, Value self, const Value* args, size_t) {
    return divmodFloats(thread, args[0], self);
}

Value methodNewArguments(Thread& thread, Value self, const Value*, size_t) {
    Ref number(exactFloat(thread, self));
    const Value item = number.get();
    return item.isNull() ? item : Value::of(makeTuple(thread, &item, 1));
}

Value getItself(Thread& thread, Value self) { return exactFloat(thread, self); }
Value getZero(Thread& thread, Value) { return makeFloat(thread, 0.0); }

void addFloatMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "is_integer", methodIsInteger, 0, 0);
    addMethod(thread, type, "hex", methodHex, 0, 0);
    addClassMethod(thread, type, "fromhex", methodFromHex, 1, 1);
    addMethod(thread, type, "as_integer_ratio", methodAsIntegerRatio, 0, 0);
    addMethod(thread, type, "conjugate", methodItself, 0, 0);
    addMethod(thread, type, "__trunc__", methodTruncate, 0, 0);
    addMethod(thread, type, "__floor__", methodFloor, 0, 0);
    addMethod(thread, type, "__ceil__", methodCeil, 0, 0);
    addMethod(thread, type, "__round__", methodRound, 0, 1);
    addMethod(thread, type, "__divmod__", methodDivmod, 1, 1);
    addMethod(thread, type, "__rdivmod__", methodReflectedDivmod, 1, 1);
    addMethod(thread, type, "__getnewargs__", methodNewArguments, 0, 0);
    addGetSet(thread, type, "real", getItself, nullptr);
    addGetSet(thread, type, "imag", getZero, nullptr);
}

}  // namespace

bool toDouble(Thread& thread, Value value, double* out) {
    if (numberToDouble(thread, value, out)) return true;
    if (hasPending(thread)) return false;
    const Type* type = typeOf(thread, value);
    if (type->slots.to_float != nullptr) {
        Ref number(type->slots.to_float(thread, value));
        if (!number) return false;
        if (isFloat(number.get())) {
            *out = floatValue(number.get());
            return true;
        }
        raise(thread, ExceptionKind::kTypeError, "{}.__float__ returned non-float (type {})",
              typeName(type), typeName(typeOf(thread, number.get())));
        return false;
    }
    if (type->slots.index != nullptr) {
        Ref number(indexOf(thread, value));
        return number && intToDouble(thread, number.get(), out);
    }
    raise(thread, ExceptionKind::kTypeError, "must be real number, not {}", typeName(type));
    return false;
}

void initFloatType(Thread& thread) {
    Type* type = thread.types->float_;
    setNativeLayout(type, CellFamily::kFloat, sizeof(Float), kTypeAllowsSubclass | kTypeIsFloat);
    TypeSlots& slots = type->slots;
    slots.dealloc = deallocPlain;
    slots.construct = constructFloat;
    slots.repr = reprFloat;
    slots.hash = hashFloat;
    slots.compare = compareFloat;
    slots.truth = truthOfFloat;
    slots.format = formatFloat;
    slots.to_int = floatToInt;
    slots.to_float = exactFloat;
    slots.absolute = absoluteFloat;
    slots.unary[static_cast<size_t>(UnaryOp::kNegative)] = negateFloat;
    slots.unary[static_cast<size_t>(UnaryOp::kPositive)] = exactFloat;
    using enum BinaryOp;
    fillBinarySlots<binaryFloat, kAdd, kSubtract, kMultiply, kTrueDivide, kFloorDivide, kRemainder,
                    kPower>(&slots);
    addFloatMethods(thread, type);
}

}  // namespace tagproof
