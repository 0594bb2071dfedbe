// Operators: CPython's binary_op1 (reflection, subclass priority) and its messages.

#include "objmodel/attr.h"
#include "objmodel/c_int.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/weak_proxy.h"

namespace tagproof {

namespace {

// The result of the operands' slots; NotImplemented when none knows the operands.
Value tryBinary(Thread& thread, BinaryOp op, Value left, Value right) {
    const auto which = static_cast<size_t>(op);
    const Value not_implemented = thread.singletons->not_implemented;
    const Type* a = typeOf(thread, left);
    const Type* b = typeOf(thread, right);
    const BinaryFunction first = a->slots.binary[which];
    BinaryFunction second = a == b ? nullptr : b->slots.binary[which];
    if (second == first) second = nullptr;
    if (first != nullptr) {
        if (second != nullptr && isSubtype(b, a)) {
            const Value result = second(thread, left, right);
            if (result != not_implemented) return result;
            second = nullptr;
        }
        const Value result = first(thread, left, right);
        if (result != not_implemented) return result;
    }
    return second != nullptr ? second(thread, left, right) : not_implemented;
}

bool isSequenceType(const Type* type) {
    constexpr uint32_t kSequences = kTypeIsStr | kTypeIsList | kTypeIsTuple | kTypeConcatenates;
    return (type->type_flags & kSequences) != 0;
}

// Of the built-in type that a sequence is, without its module.
std::string sequenceName(const Type* type) {
    while (hasFlag(type, kTypeIsHeap)) type = type->base;
    return toUtf8(type->qualified_name);
}

// Tries `self.name(other)` found on the type. NotImplemented when there is no such method.
Value trySpecial(Thread& thread, Value self, Str* name, const Value* args, size_t count) {
    Ref method(lookupSpecial(thread, self, name));
    if (method) return call(thread, method.get(), args, count);
    return hasPending(thread) ? Value::null() : thread.singletons->not_implemented;
}

bool raiseCannotFit(Thread& thread, Value value, ExceptionKind kind) {
    raise(thread, kind, "cannot fit '{}' into an index-sized integer",
          typeName(typeOf(thread, value)));
    return false;
}

bool toInt64OrRaise(Thread& thread, Value value, ExceptionKind kind, int64_t* out) {
    if (value.isFixnum()) {
        *out = value.asFixnum();
        return true;
    }
    Ref number(indexOf(thread, value));
    if (!number) return false;
    return fitsInt64(thread, number.get(), out) || raiseCannotFit(thread, value, kind);
}

}  // namespace

Value raiseUnsupported(Thread& thread, BinaryOp op, Value left, Value right, const char* suffix) {
    const Type* a = typeOf(thread, left);
    const Type* b = typeOf(thread, right);
    if (op == BinaryOp::kAdd && hasFlag(a, kTypeIsBytes)) {
        return raise(thread, ExceptionKind::kTypeError, "can't concat {} to {}", typeName(b),
                     typeName(a));
    }
    if (op == BinaryOp::kAdd && isSequenceType(a)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "can only concatenate {0} (not \"{1}\") to {0}", sequenceName(a), typeName(b));
    }
    if (op == BinaryOp::kMultiply && (isSequenceType(a) || isSequenceType(b))) {
        return raise(thread, ExceptionKind::kTypeError,
                     "can't multiply sequence by non-int of type '{}'",
                     typeName(isSequenceType(a) ? b : a));
    }
    const bool in_place = *suffix != '\0';
    const char* symbol = in_place && op == BinaryOp::kPower ? "**" : operatorSymbol(op);
    return raise(thread, ExceptionKind::kTypeError,
                 "unsupported operand type(s) for {}{}: '{}' and '{}'", symbol, suffix, typeName(a),
                 typeName(b));
}

const char* operatorSymbol(BinaryOp op) {
    static constexpr const char* kSymbols[] = {"+",           "-",  "*",  "@", "/", "//", "%",
                                               "** or pow()", "<<", ">>", "&", "|", "^"};
    return kSymbols[static_cast<size_t>(op)];
}

Value binaryOp(Thread& thread, BinaryOp op, Value left, Value right) {
    if (left.isFixnum() && right.isFixnum() && op != BinaryOp::kMatrixMultiply) {
        return intBinary(thread, op, left, right);
    }
    if (left.isImmediateDouble() && right.isImmediateDouble() && op <= BinaryOp::kPower &&
        op != BinaryOp::kMatrixMultiply) {
        return floatBinary(thread, op, left.asImmediateDouble(), right.asImmediateDouble());
    }
    return binaryOpSlow(thread, op, left, right);
}

Value binaryOpSlow(Thread& thread, BinaryOp op, Value left, Value right) {
    const Value result = tryBinary(thread, op, left, right);
    if (result != thread.singletons->not_implemented) return result;
    return raiseUnsupported(thread, op, left, right, "");
}

Value inPlaceOp(Thread& thread, BinaryOp op, Value left, Value right) {
    if (!left.isObject()) {
        const bool numbers = left.isFixnum() ? right.isFixnum()
                                             : right.isImmediateDouble() && op <= BinaryOp::kPower;
        if (numbers && op != BinaryOp::kMatrixMultiply) return binaryOp(thread, op, left, right);
    } else {
        const BinaryFunction function =
            left.asObject()->type->slots.in_place[static_cast<size_t>(op)];
        if (function != nullptr) {
            const Value result = function(thread, left, right);
            if (result != thread.singletons->not_implemented) return result;
        }
    }
    const Value result = tryBinary(thread, op, left, right);
    if (result != thread.singletons->not_implemented) return result;
    return raiseUnsupported(thread, op, left, right, "=");
}

Value unaryOp(Thread& thread, UnaryOp op, Value value) {
    if (value.isFixnum() && op == UnaryOp::kNegative) return makeInt(thread, -value.asFixnum());
    const Type* type = typeOf(thread, value);
    const UnaryFunction function = type->slots.unary[static_cast<size_t>(op)];
    if (function != nullptr) return function(thread, value);
    static constexpr const char* kSymbols[] = {"-", "+", "~"};
    return raise(thread, ExceptionKind::kTypeError, "bad operand type for unary {}: '{}'",
                 kSymbols[static_cast<size_t>(op)], typeName(type));
}

Value absoluteOf(Thread& thread, Value value) {
    const Type* type = typeOf(thread, value);
    if (type->slots.absolute != nullptr) return type->slots.absolute(thread, value);
    return raise(thread, ExceptionKind::kTypeError, "bad operand type for abs(): '{}'",
                 typeName(type));
}

Value powerOf(Thread& thread, Value base, Value exponent, Value modulus) {
    if (modulus.isNull() || modulus == thread.singletons->none) {
        return binaryOp(thread, BinaryOp::kPower, base, exponent);
    }
    // A class's own __pow__ comes first; there is no __rpow__ of three arguments.
    Str* const name = thread.singletons->names.pow;
    const Type* const type = typeOf(thread, base);
    if (hasFlag(type, kTypeIsHeap)) {
        const Value args[] = {exponent, modulus};
        const Value result = trySpecial(thread, base, name, args, 2);
        if (result != thread.singletons->not_implemented) return result;
    }
    if (isInt(base) && isInt(exponent) && isInt(modulus)) {
        return intPower(thread, base, exponent, modulus);
    }
    if (isWeakProxy(thread, base)) return powerOfReferents(thread, base, exponent, modulus);
    const bool numbers = isInt(base) || isFloat(base);
    if (numbers && (isFloat(base) || isFloat(exponent) || isFloat(modulus))) {
        return raise(thread, ExceptionKind::kTypeError,
                     "pow() 3rd argument not allowed unless all arguments are integers");
    }
    if (!numbers && !hasFlag(type, kTypeIsHeap)) {
        const Value args[] = {exponent, modulus};
        const Value result = trySpecial(thread, base, name, args, 2);
        if (result != thread.singletons->not_implemented) return result;
    }
    if (isWeakProxy(thread, exponent) || isWeakProxy(thread, modulus)) {
        return powerOfReferents(thread, base, exponent, modulus);
    }
    return raise(thread, ExceptionKind::kTypeError,
                 "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
                 typeName(typeOf(thread, base)), typeName(typeOf(thread, exponent)),
                 typeName(typeOf(thread, modulus)));
}

Value divmodOf(Thread& thread, Value left, Value right) {
    if (left.isFixnum() && right.isFixnum()) {
        Value items[2];
        if (!intDivmod(thread, left, right, &items[0], &items[1])) return Value::null();
        return Value::of(makeTupleOwning(thread, items, 2));
    }
    const Value not_implemented = thread.singletons->not_implemented;
    const Names& names = thread.singletons->names;
    const Type* a = typeOf(thread, left);
    const Type* b = typeOf(thread, right);
    const bool right_first = a != b && isSubtype(b, a);
    Value result = not_implemented;
    if (right_first) result = trySpecial(thread, right, names.rdivmod, &left, 1);
    if (result == not_implemented) result = trySpecial(thread, left, names.divmod, &right, 1);
    if (result == not_implemented && a != b && !right_first) {
        result = trySpecial(thread, right, names.rdivmod, &left, 1);
    }
    if (result != not_implemented) return result;
    return raise(thread, ExceptionKind::kTypeError,
                 "unsupported operand type(s) for divmod(): '{}' and '{}'", typeName(a),
                 typeName(b));
}

Value indexOf(Thread& thread, Value value) {
    if (isInt(value)) return exactInt(thread, value);
    const Type* type = typeOf(thread, value);
    if (type->slots.index == nullptr) {
        return raise(thread, ExceptionKind::kTypeError,
                     "'{}' object cannot be interpreted as an integer", typeName(type));
    }
    Ref number(type->slots.index(thread, value));
    if (!number) return Value::null();
    if (isInt(number.get())) return exactInt(thread, number.get());
    return raise(thread, ExceptionKind::kTypeError, "__index__ returned non-int (type {})",
                 typeName(typeOf(thread, number.get())));
}

bool toCInt(Thread& thread, Value value, int* number) {
    const Ref index(indexOf(thread, value));
    if (!index) return false;
    const int64_t wide = saturateInt64(thread, index.get());
    if (wide < INT32_MIN || wide > INT32_MAX) {
        raise(thread, ExceptionKind::kOverflowError, "Python int too large to convert to C int");
        return false;
    }
    *number = static_cast<int>(wide);
    return true;
}

bool toIndex(Thread& thread, Value value, int64_t* out) {
    return toInt64OrRaise(thread, value, ExceptionKind::kIndexError, out);
}

bool toSsize(Thread& thread, Value value, int64_t* out) {
    const Ref number(indexOf(thread, value));
    if (!number) return false;
    if (fitsInt64(thread, number.get(), out)) return true;
    raise(thread, ExceptionKind::kOverflowError, "Python int too large to convert to C ssize_t");
    return false;
}

bool toRepeatCount(Thread& thread, Value value, int64_t* out) {
    return toInt64OrRaise(thread, value, ExceptionKind::kOverflowError, out);
}

bool toIndexSaturated(Thread& thread, Value value, int64_t* out) {
    if (value.isFixnum()) {
        *out = value.asFixnum();
        return true;
    }
    Ref number(indexOf(thread, value));
    if (!number) return false;
    *out = saturateInt64(thread, number.get());
    return true;
}

}  // namespace tagproof
