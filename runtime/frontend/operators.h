#pragma once
// The tree's operators as operands of instructions.

#include "objmodel/type.h"
#include "runtime/frontend/ast.h"

namespace tagproof::frontend {

[[nodiscard]] inline BinaryOp toBinaryOp(Operator op) {
    switch (op) {
        case Operator::kAdd:
            return BinaryOp::kAdd;
        case Operator::kSub:
            return BinaryOp::kSubtract;
        case Operator::kMult:
            return BinaryOp::kMultiply;
        case Operator::kMatMult:
            return BinaryOp::kMatrixMultiply;
        case Operator::kDiv:
            return BinaryOp::kTrueDivide;
        case Operator::kMod:
            return BinaryOp::kRemainder;
        case Operator::kPow:
            return BinaryOp::kPower;
        case Operator::kLShift:
            return BinaryOp::kLeftShift;
        case Operator::kRShift:
            return BinaryOp::kRightShift;
        case Operator::kBitOr:
            return BinaryOp::kOr;
        case Operator::kBitXor:
            return BinaryOp::kXor;
        case Operator::kBitAnd:
            return BinaryOp::kAnd;
        case Operator::kFloorDiv:
            break;
    }
    return BinaryOp::kFloorDivide;
}

}  // namespace tagproof::frontend
