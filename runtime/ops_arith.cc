// Slow paths of operators: the protocol functions in the calling convention of emitted code.

#include "objmodel/core_types.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "runtime/fast_arith.h"
#include "runtime/ops.h"

namespace tagproof {

void initOperandKinds(const CoreTypes& types) {
    types.str->operand_kind = kSeenStr;
    types.list->operand_kind = kSeenList;
    types.tuple->operand_kind = kSeenTuple;
    types.dict->operand_kind = kSeenDict;
    types.float_->operand_kind = kSeenFloat;
}

extern "C" {

Value opBinary(Thread* thread, Value left, Value right, uint32_t op) {
    return binaryOp(*thread, static_cast<BinaryOp>(op), left, right);
}

Value opInplace(Thread* thread, Value left, Value right, uint32_t op) {
    return inPlaceOp(*thread, static_cast<BinaryOp>(op), left, right);
}

Value opUnary(Thread* thread, Value operand, uint32_t op) {
    return unaryOp(*thread, static_cast<UnaryOp>(op), operand);
}

Value opNot(Thread* thread, Value operand) {
    const int truth = isTrue(*thread, operand);
    return truth < 0 ? Value::null() : boolValue(*thread, truth == 0);
}

Value opCompare(Thread* thread, Value left, Value right, uint32_t op) {
    return richCompare(*thread, left, right, static_cast<CompareOp>(op));
}

int opCompareBool(Thread* thread, Value left, Value right, uint32_t op) {
    const Ref result(richCompare(*thread, left, right, static_cast<CompareOp>(op)));
    return result ? isTrue(*thread, result.get()) : -1;
}

int opContains(Thread* thread, Value container, Value item) {
    return contains(*thread, container, item);
}

int opIsTrue(Thread* thread, Value operand) { return isTrue(*thread, operand); }

Value opBoxDouble(Thread* thread, double number) { return makeFloat(*thread, number); }

Value opBoxInt(Thread* thread, int64_t number) { return makeInt(*thread, number); }

}  // extern "C"

}  // namespace tagproof
