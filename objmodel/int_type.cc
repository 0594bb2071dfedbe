// The Python-visible types int and bool: constructors, slots, methods.

#include <bit>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/fixnum_text.h"
#include "objmodel/float.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
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

// --- conversion ----------------------------------------------------------------------------------

// Checks that a special method gave an int. `method` names it in the message.
Value requireInt(Thread& thread, Value result, const char* method) {
    if (result.isNull()) return result;
    Ref owned(result);
    if (isInt(result)) return exactInt(thread, result);
    return raise(thread, ExceptionKind::kTypeError, "{} returned non-int (type {})", method,
                 typeName(typeOf(thread, result)));
}

// int(x=0, base=...): both may be null.
Value convertToInt(Thread& thread, Value value, Value base) {
    if (value.isNull() && !base.isNull()) {
        return raise(thread, ExceptionKind::kTypeError, "int() missing string argument");
    }
    if (value.isNull()) return Value::fixnum(0);
    if (base.isNull()) return toInt(thread, value);
    int64_t number = 0;
    if (!toIndexSaturated(thread, base, &number)) return Value::null();
    if (number != 0 && (number < 2 || number > 36)) {
        return raise(thread, ExceptionKind::kValueError, "int() base must be >= 2 and <= 36, or 0");
    }
    if (!isStr(value) && !isBytes(value)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "int() can't convert non-string with explicit base");
    }
    if (isBytes(value)) return intFromBytes(thread, value, static_cast<int>(number));
    return intFromStr(thread, value.as<Str>(), static_cast<int>(number));
}

Value constructInt(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"", "base", nullptr};
    const ParameterList parameters{
        .function = "int", .names = kNames, .positional_only = 1, .max_positional = 2};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    const Value number = convertToInt(thread, bound[0], bound[1]);
    Type* type = callee.as<Type>();
    if (number.isNull() || type == thread.types->int_) return number;
    Ref owned(number);
    return newIntOfType(thread, type, number);
}

Value constructBool(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "bool", keyword_names) ||
        !checkArgumentCount(thread, "bool", positional, 0, 1)) {
        return Value::null();
    }
    const int truth = positional == 0 ? 0 : isTrue(thread, args[0]);
    return truth < 0 ? Value::null() : boolValue(thread, truth != 0);
}

// --- slots ---------------------------------------------------------------------------------------

Value reprInt(Thread& thread, Value self) {
    if (self.isFixnum()) {
        const FixnumText text(self.asFixnum());
        return Value::of(makeAsciiStr(thread, text.view()));
    }
    std::string text;
    if (!intToString(thread, self, 10, &text)) return Value::null();
    return Value::of(makeAsciiStr(thread, text));
}

Value reprBool(Thread& thread, Value self) {
    return Value::of(makeAsciiStr(thread, self == thread.singletons->true_ ? "True" : "False"));
}

Value binaryInt(Thread& thread, BinaryOp op, Value left, Value right) {
    if (!isInt(left) || !isInt(right)) return newRef(thread.singletons->not_implemented);
    return intBinary(thread, op, left, right);
}

Value binaryBool(Thread& thread, BinaryOp op, Value left, Value right) {
    const Type* type = thread.types->bool_;
    if (!isExactly(left, type) || !isExactly(right, type)) {
        return binaryInt(thread, op, left, right);
    }
    const bool a = left == thread.singletons->true_;
    const bool b = right == thread.singletons->true_;
    if (op == BinaryOp::kAnd) return boolValue(thread, a && b);
    return boolValue(thread, op == BinaryOp::kOr ? (a || b) : (a != b));
}

Value compareIntSlot(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isInt(left) || !isInt(right)) return newRef(thread.singletons->not_implemented);
    return boolValue(thread, orderMatches(compareInt(thread, left, right), op));
}

int64_t hashInt(Thread& thread, Value self) { return intHash(thread, self); }
int truthOfInt(Thread& thread, Value self) { return intSign(thread, self) != 0 ? 1 : 0; }
Value positiveInt(Thread& thread, Value self) { return exactInt(thread, self); }

Value intToFloat(Thread& thread, Value self) {
    double number = 0;
    return intToDouble(thread, self, &number) ? makeFloat(thread, number) : Value::null();
}

// --- methods -------------------------------------------------------------------------------------

Value methodBitLength(Thread& thread, Value self, const Value*, size_t) {
    return makeUnsignedInt(thread, intBitLength(thread, self));
}

Value methodBitCount(Thread& thread, Value self, const Value*, size_t) {
    const IntOperand operand(thread, self);
    MpzTemp magnitude;
    mpz_abs(magnitude.get(), operand.get());
    return makeUnsignedInt(thread, mpz_popcount(magnitude.get()));
}

Value methodItself(Thread& thread, Value self, const Value*, size_t) {
    return exactInt(thread, self);
}

Value methodAsIntegerRatio(Thread& thread, Value self, const Value*, size_t) {
    Ref number(exactInt(thread, self));
    if (!number) return Value::null();
    return Value::of(makeTuple(thread, number.get(), Value::fixnum(1)));
}

// round(self, -places): to the nearest multiple of 10**places, ties to even.
Value roundToPower(Thread& thread, Value self, uint64_t places) {
    const IntOperand operand(thread, self);
    if (places > intBitLength(thread, self)) return Value::fixnum(0);
    MpzTemp unit;
    MpzTemp quotient;
    MpzTemp rest;
    mpz_ui_pow_ui(unit.get(), 10, places);
    mpz_fdiv_qr(quotient.get(), rest.get(), operand.get(), unit.get());
    mpz_mul_2exp(rest.get(), rest.get(), 1);
    const int order = mpz_cmp(rest.get(), unit.get());
    if (order > 0 || (order == 0 && mpz_odd_p(quotient.get()) != 0)) {
        mpz_add_ui(quotient.get(), quotient.get(), 1);
    }
    mpz_mul(quotient.get(), quotient.get(), unit.get());
    return makeInt(thread, quotient.get());
}

Value methodRound(Thread& thread, Value self, const Value* args, size_t count) {
    if (count == 0) return exactInt(thread, self);
    Ref digits(indexOf(thread, args[0]));
    if (!digits) return Value::null();
    const int64_t places = saturateInt64(thread, digits.get());
    if (places >= 0) return exactInt(thread, self);
    return roundToPower(thread, self, static_cast<uint64_t>(-(places + 1)) + 1);
}

Value divmodInts(Thread& thread, Value left, Value right) {
    if (!isInt(left) || !isInt(right)) return newRef(thread.singletons->not_implemented);
    Value quotient;
    Value rest;
    if (!intDivmod(thread, left, right, &quotient, &rest)) return Value::null();
    const Value items[] = {quotient, rest};
    return Value::of(makeTupleOwning(thread, items, 2));
}
Value methodDivmod(Thread& thread, Value self, const Value* args, size_t) {
    return divmodInts(thread, self, args[0]);
}
Value methodReflectedDivmod(Thread& thread, Value self, const Value* args, size_t) {
    return divmodInts(thread, args[0], self);
}

Value methodNewArguments(Thread& thread, Value self, const Value*, size_t) {
    Ref number(exactInt(thread, self));
    const Value item = number.get();
    return item.isNull() ? item : Value::of(makeTuple(thread, &item, 1));
}

Value getItself(Thread& thread, Value self) { return exactInt(thread, self); }
Value getZero(Thread&, Value) { return Value::fixnum(0); }
Value getOne(Thread&, Value) { return Value::fixnum(1); }

void addIntMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "bit_length", methodBitLength, 0, 0);
    addMethod(thread, type, "bit_count", methodBitCount, 0, 0);
    addMethod(thread, type, "conjugate", methodItself, 0, 0);
    addMethod(thread, type, "as_integer_ratio", methodAsIntegerRatio, 0, 0);
    addMethod(thread, type, "__trunc__", methodItself, 0, 0);
    addMethod(thread, type, "__floor__", methodItself, 0, 0);
    addMethod(thread, type, "__ceil__", methodItself, 0, 0);
    addMethod(thread, type, "__round__", methodRound, 0, 1);
    addMethod(thread, type, "__divmod__", methodDivmod, 1, 1);
    addMethod(thread, type, "__rdivmod__", methodReflectedDivmod, 1, 1);
    addMethod(thread, type, "__getnewargs__", methodNewArguments, 0, 0);
    addGetSet(thread, type, "real", getItself, nullptr);
    addGetSet(thread, type, "numerator", getItself, nullptr);
    addGetSet(thread, type, "imag", getZero, nullptr);
    addGetSet(thread, type, "denominator", getOne, nullptr);
}

}  // namespace

Value toInt(Thread& thread, Value value) {
    if (isExactInt(thread, value)) return newRef(value);
    if (isExactFloat(thread, value)) return intFromDouble(thread, floatValue(value));
    const Type* type = typeOf(thread, value);
    if (type->slots.to_int != nullptr) {
        return requireInt(thread, type->slots.to_int(thread, value), "__int__");
    }
    if (type->slots.index != nullptr) {
        return requireInt(thread, type->slots.index(thread, value), "__index__");
    }
    Ref truncate(lookupSpecial(thread, value, thread.singletons->names.trunc));
    if (truncate) {
        Ref truncated(call(thread, truncate.get(), nullptr, 0));
        return truncated ? indexOf(thread, truncated.get()) : Value::null();
    }
    if (hasPending(thread)) return Value::null();
    if (isStr(value)) return intFromStr(thread, value.as<Str>(), 10);
    if (isBytesLike(value)) return intFromBytes(thread, value, 10);
    return raise(thread, ExceptionKind::kTypeError,
                 "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                 typeName(type));
}

void initIntType(Thread& thread) {
    Type* type = thread.types->int_;
    setNativeLayout(type, CellFamily::kInt, sizeof(BigInt), kTypeAllowsSubclass | kTypeIsInt);
    TypeSlots& slots = type->slots;
    slots.dealloc = deallocPlain;
    slots.construct = constructInt;
    slots.repr = reprInt;
    slots.hash = hashInt;
    slots.compare = compareIntSlot;
    slots.truth = truthOfInt;
    slots.format = formatInt;
    slots.index = positiveInt;
    slots.to_int = positiveInt;
    slots.to_float = intToFloat;
    slots.absolute = intAbsolute;
    slots.unary[static_cast<size_t>(UnaryOp::kNegative)] = intNegate;
    slots.unary[static_cast<size_t>(UnaryOp::kPositive)] = positiveInt;
    slots.unary[static_cast<size_t>(UnaryOp::kInvert)] = intInvert;
    using enum BinaryOp;
    fillBinarySlots<binaryInt, kAdd, kSubtract, kMultiply, kTrueDivide, kFloorDivide, kRemainder,
                    kPower, kLeftShift, kRightShift, kAnd, kOr, kXor>(&slots);
    addIntMethods(thread, type);
    addIntBytesMethods(thread, type);
}

void initBoolType(Thread& thread) {
    Type* type = thread.types->bool_;
    setNativeLayout(type, CellFamily::kPlain, sizeof(Object), kTypeIsInt);
    type->slots.construct = constructBool;
    type->slots.repr = reprBool;
    fillBinarySlots<binaryBool, BinaryOp::kAnd, BinaryOp::kOr, BinaryOp::kXor>(&type->slots);
}

}  // namespace tagproof
