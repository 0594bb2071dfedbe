#pragma once
// Inline arithmetic on immediates: what the interpreter tries before a slow path. Null = not
// handled here (other operand kinds, overflow of the fixnum range, division by zero).

#include <cmath>
#include <cstdint>
#include <cstring>

#include "objmodel/thread.h"
#include "objmodel/type.h"
#include "objmodel/value.h"
#include "runtime/attr_cache.h"

namespace tagproof {

[[nodiscard]] inline bool bothFixnums(Value left, Value right) {
    return (((left.bits ^ layout::kTagFixnum) | (right.bits ^ layout::kTagFixnum)) &
            layout::kTagMask) == 0;
}
[[nodiscard]] inline bool bothDoubles(Value left, Value right) {
    return left.isImmediateDouble() && right.isImmediateDouble();
}

// Marks operand kinds as seen, with one word access.
inline void recordSeen(Feedback& feedback, uint8_t left, uint8_t right, uint8_t result) {
    uint32_t word;
    std::memcpy(&word, static_cast<const void*>(&feedback), sizeof(word));
    const uint32_t seen =
        left | static_cast<uint32_t>(right) << 8 | static_cast<uint32_t>(result) << 16;
    if ((word & seen) == seen) [[likely]]
        return;
    word |= seen;
    std::memcpy(static_cast<void*>(&feedback), &word, sizeof(word));
}

[[nodiscard]] inline Value addFixnums(Value left, Value right) {
    int64_t sum;
    const bool overflow =
        __builtin_add_overflow(static_cast<int64_t>(left.bits),
                               static_cast<int64_t>(right.bits - layout::kTagFixnum), &sum);
    return overflow ? Value::null() : Value{static_cast<uint64_t>(sum)};
}
[[nodiscard]] inline Value subtractFixnums(Value left, Value right) {
    int64_t difference;
    const bool overflow =
        __builtin_sub_overflow(static_cast<int64_t>(left.bits),
                               static_cast<int64_t>(right.bits - layout::kTagFixnum), &difference);
    return overflow ? Value::null() : Value{static_cast<uint64_t>(difference)};
}
[[nodiscard]] inline Value multiplyFixnums(Value left, Value right) {
    int64_t product;  // tagless left times right, shifted: overflows exactly with the fixnum range
    const bool overflow = __builtin_mul_overflow(
        static_cast<int64_t>(left.bits - layout::kTagFixnum), right.asFixnum(), &product);
    return overflow ? Value::null() : Value{static_cast<uint64_t>(product) | layout::kTagFixnum};
}
[[nodiscard]] inline Value floorDivideFixnums(int64_t left, int64_t right) {
    if (right == 0 || right == -1) return Value::null();
    int64_t quotient = left / right;
    if ((left % right != 0) && ((left < 0) != (right < 0))) --quotient;
    return Value::fixnum(quotient);
}
[[nodiscard]] inline Value remainderFixnums(int64_t left, int64_t right) {
    if (right == 0 || right == -1) return Value::null();
    int64_t rest = left % right;
    if (rest != 0 && ((rest < 0) != (right < 0))) rest += right;
    return Value::fixnum(rest);
}
[[nodiscard]] inline Value shiftLeftFixnums(int64_t left, int64_t right) {
    if (right < 0 || right > 59) return Value::null();
    const int64_t shifted = static_cast<int64_t>(static_cast<uint64_t>(left) << right);
    const bool fits = Value::fitsFixnum(shifted) && (shifted >> right) == left;
    return fits ? Value::fixnum(shifted) : Value::null();
}
[[nodiscard]] inline Value shiftRightFixnums(int64_t left, int64_t right) {
    if (right < 0) return Value::null();
    return Value::fixnum(left >> (right > 62 ? 62 : right));
}

[[nodiscard]] inline Value binaryFixnums(BinaryOp op, Value left, Value right) {
    switch (op) {
        case BinaryOp::kAdd:
            return addFixnums(left, right);
        case BinaryOp::kSubtract:
            return subtractFixnums(left, right);
        case BinaryOp::kMultiply:
            return multiplyFixnums(left, right);
        case BinaryOp::kFloorDivide:
            return floorDivideFixnums(left.asFixnum(), right.asFixnum());
        case BinaryOp::kRemainder:
            return remainderFixnums(left.asFixnum(), right.asFixnum());
        case BinaryOp::kAnd:
            return Value{left.bits & right.bits};
        case BinaryOp::kOr:
            return Value{left.bits | right.bits};
        case BinaryOp::kXor:
            return Value{(left.bits ^ right.bits) | layout::kTagFixnum};
        case BinaryOp::kLeftShift:
            return shiftLeftFixnums(left.asFixnum(), right.asFixnum());
        case BinaryOp::kRightShift:
            return shiftRightFixnums(left.asFixnum(), right.asFixnum());
        case BinaryOp::kTrueDivide: {
            // Exact as doubles up to 2^53; larger operands take the correctly rounded path.
            constexpr int64_t kExact = int64_t{1} << 53;
            const int64_t numerator = left.asFixnum();
            const int64_t denominator = right.asFixnum();
            const bool exact = numerator >= -kExact && numerator <= kExact &&
                               denominator >= -kExact && denominator <= kExact;
            if (denominator == 0 || !exact) return Value::null();
            return Value::immediateDouble(static_cast<double>(numerator) /
                                          static_cast<double>(denominator));
        }
        case BinaryOp::kMatrixMultiply:
        case BinaryOp::kPower:
            return Value::null();
    }
    return Value::null();
}

// Results that have no immediate word are left to the slow path.
[[nodiscard]] inline Value binaryDoubles(BinaryOp op, double left, double right) {
    switch (op) {
        case BinaryOp::kAdd:
            return Value::immediateDouble(left + right);
        case BinaryOp::kSubtract:
            return Value::immediateDouble(left - right);
        case BinaryOp::kMultiply:
            return Value::immediateDouble(left * right);
        case BinaryOp::kTrueDivide:
            return right == 0.0 ? Value::null() : Value::immediateDouble(left / right);
        case BinaryOp::kFloorDivide:
        case BinaryOp::kRemainder:
        case BinaryOp::kPower:
        case BinaryOp::kMatrixMultiply:
        case BinaryOp::kLeftShift:
        case BinaryOp::kRightShift:
        case BinaryOp::kAnd:
        case BinaryOp::kOr:
        case BinaryOp::kXor:
            return Value::null();
    }
    return Value::null();
}

// Fixnums and immediate doubles, mixed too; records what it saw when it succeeds.
[[nodiscard, gnu::always_inline]] inline Value binaryFast(BinaryOp op,
                                                          Value left,
                                                          Value right,
                                                          Feedback& feedback) {
    if (bothFixnums(left, right)) {
        const Value result = binaryFixnums(op, left, right);
        if (!result.isNull()) recordSeen(feedback, kSeenFixnum, kSeenFixnum, kSeenFixnum);
        return result;
    }
    if (left.isImmediateDouble()) {
        if (right.isImmediateDouble()) {
            recordSeen(feedback, kSeenFloat, kSeenFloat, kSeenFloat);
            return binaryDoubles(op, left.asImmediateDouble(), right.asImmediateDouble());
        }
        if (right.isFixnum()) {
            recordSeen(feedback, kSeenFloat, kSeenFixnum, kSeenFloat);
            return binaryDoubles(op, left.asImmediateDouble(),
                                 static_cast<double>(right.asFixnum()));
        }
    } else if (left.isFixnum() && right.isImmediateDouble()) {
        recordSeen(feedback, kSeenFixnum, kSeenFloat, kSeenFloat);
        return binaryDoubles(op, static_cast<double>(left.asFixnum()), right.asImmediateDouble());
    }
    return Value::null();
}

template <typename Number>
[[nodiscard]] inline bool compareNumbers(CompareOp op, Number left, Number right) {
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

// 0, 1, or -1 = not handled here.
[[nodiscard]] inline int compareFast(CompareOp op, Value left, Value right, Feedback& feedback) {
    if (bothFixnums(left, right)) {
        recordSeen(feedback, kSeenFixnum, kSeenFixnum, 0);
        return compareNumbers(op, static_cast<int64_t>(left.bits),
                              static_cast<int64_t>(right.bits));
    }
    if (bothDoubles(left, right)) {
        recordSeen(feedback, kSeenFloat, kSeenFloat, 0);
        return compareNumbers(op, left.asImmediateDouble(), right.asImmediateDouble());
    }
    return -1;
}

// The OperandSeen bit of a value.
[[nodiscard]] inline uint8_t operandKind(Value value) {
    if (value.isFixnum()) return kSeenFixnum;
    if (!value.isObject()) return kSeenFloat;
    const uint8_t kind = value.asObject()->type->operand_kind;
    return kind != 0 ? kind : uint8_t{kSeenOther};
}
// Tells the types that have a bit of their own.
void initOperandKinds(const CoreTypes& types);

// For slow paths: records the kinds of the operands.
inline void recordOperands(Feedback& feedback, Value left, Value right) {
    recordSeen(feedback, operandKind(left), operandKind(right), 0);
}

}  // namespace tagproof
