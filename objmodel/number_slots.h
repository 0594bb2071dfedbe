#pragma once
// Makes slot functions out of the operators of one number type, and the constructor arguments that
// built-in types check alike.

#include <cstddef>
#include <utility>

#include "objmodel/protocol.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"

namespace tagproof {

// A BinaryFunction per operator: `Binary(thread, op, left, right)` answers NotImplemented for
// operands that it does not know.
template <Value (*Binary)(Thread&, BinaryOp, Value, Value), BinaryOp Op>
Value binarySlot(Thread& thread, Value left, Value right) {
    return Binary(thread, Op, left, right);
}

template <Value (*Binary)(Thread&, BinaryOp, Value, Value), BinaryOp... Ops>
void fillBinarySlots(TypeSlots* slots) {
    ((slots->binary[static_cast<size_t>(Ops)] = &binarySlot<Binary, Ops>), ...);
}

// True, False or NotImplemented: the result of a comparison whose order (-1, 0, 1) is known.
[[nodiscard]] inline bool orderMatches(int order, CompareOp op) {
    switch (op) {
        case CompareOp::kLt:
            return order < 0;
        case CompareOp::kLe:
            return order <= 0;
        case CompareOp::kEq:
            return order == 0;
        case CompareOp::kNe:
            return order != 0;
        case CompareOp::kGt:
            return order > 0;
        case CompareOp::kGe:
            return order >= 0;
    }
    return false;
}

// The __format__ method's slot of ints, floats and strings (objmodel/format_spec.h).
[[nodiscard]] Value formatInt(Thread& thread, Value self, Value spec);
[[nodiscard]] Value formatFloat(Thread& thread, Value self, Value spec);
[[nodiscard]] Value formatStr(Thread& thread, Value self, Value spec);

}  // namespace tagproof
