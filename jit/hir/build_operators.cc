// Operators: fixnum and double fast paths where the feedback saw only those, else the slow path.

#include <array>

#include "jit/hir/bytecode_builder.h"
#include "objmodel/core_types.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "runtime/function.h"

namespace tagproof::hir {

namespace {

constexpr uint8_t kNumbers = kSeenFixnum | kSeenFloat;

bool sawOnly(uint8_t seen, uint8_t allowed) { return seen != 0 && (seen & ~allowed) == 0; }

// The HIR op of a fixnum operator, or Op::kNull where only the slow path serves.
Op fixnumOp(BinaryOp op) {
    using enum BinaryOp;
    switch (op) {
        case kAdd:
            return Op::kFixnumAdd;
        case kSubtract:
            return Op::kFixnumSubtract;
        case kMultiply:
            return Op::kFixnumMultiply;
        case kFloorDivide:
            return Op::kFixnumFloorDivide;
        case kRemainder:
            return Op::kFixnumRemainder;
        case kLeftShift:
            return Op::kFixnumShiftLeft;
        case kRightShift:
            return Op::kFixnumShiftRight;
        case kAnd:
            return Op::kFixnumAnd;
        case kOr:
            return Op::kFixnumOr;
        case kXor:
            return Op::kFixnumXor;
        case kMatrixMultiply:
        case kTrueDivide:
        case kPower:
            return Op::kNull;
    }
    return Op::kNull;
}

Op doubleOp(BinaryOp op) {
    using enum BinaryOp;
    switch (op) {
        case kAdd:
            return Op::kDoubleAdd;
        case kSubtract:
            return Op::kDoubleSubtract;
        case kMultiply:
            return Op::kDoubleMultiply;
        case kTrueDivide:
            return Op::kDoubleDivide;
        case kFloorDivide:
        case kRemainder:
        case kLeftShift:
        case kRightShift:
        case kAnd:
        case kOr:
        case kXor:
        case kMatrixMultiply:
        case kPower:
            return Op::kNull;
    }
    return Op::kNull;
}

bool leaves(Op op) { return opInfo(op).exit == ExitKind::kGuard; }

}  // namespace

Instr* BytecodeBuilder::guardFixnum(Instr* value) {
    if (value->type.isWithin(types::kFixnum)) return value;
    return emitGuard(Op::kGuardFixnum, DeoptReason::kNotFixnum, {nonNull(value)});
}

Instr* BytecodeBuilder::guardDouble(Instr* value) {
    if (value->type.isWithin(types::kDouble)) return value;
    return emitGuard(Op::kGuardDouble, DeoptReason::kNotDouble, {nonNull(value)});
}

// An operand as an unboxed double; the site has seen fixnums or floats there, not both.
Instr* BytecodeBuilder::toRawDouble(Instr* value, uint8_t seen) {
    if (value->op == Op::kBoxDouble) return value->operands[0];
    if (seen == kSeenFixnum) {
        Instr* fixnum = guardFixnum(value);
        Instr* exact = emitGuard(Op::kGuardSmallFixnum, DeoptReason::kOverflow, {fixnum});
        return emit(Op::kFixnumToDouble, {exact});
    }
    return emit(Op::kUnboxDouble, {guardDouble(value)});
}

Instr* BytecodeBuilder::boxDouble(Instr* number) {
    Instr* box = emit(Op::kBoxDouble, {number});
    box->frame = frameBefore();
    return box;
}

// Pops operands that were proven to be immediate numbers; nothing to release.
void BytecodeBuilder::replaceUncounted(size_t count, Instr* result) {
    std::vector<Slot> operands;
    for (size_t i = 0; i < count; ++i) operands.push_back(pop());
    push(result, Own::kOwned);
    std::erase_if(operands, [](const Slot& slot) { return slot.value->op != Op::kBoxDouble; });
    releaseAll(std::move(operands));
}

bool BytecodeBuilder::fixnumBinary(BinaryOp op, const Feedback& feedback) {
    const Op fixnum_op = fixnumOp(op);
    if (fixnum_op == Op::kNull || feedback.left != kSeenFixnum || feedback.right != kSeenFixnum ||
        (feedback.result & kSeenOther) != 0) {
        return false;
    }
    Instr* left = guardFixnum(top(2).value);
    Instr* right = guardFixnum(top(1).value);
    Instr* result = leaves(fixnum_op) ? emitGuard(fixnum_op, DeoptReason::kOverflow, {left, right})
                                      : emit(fixnum_op, {left, right});
    replaceUncounted(2, result);
    return true;
}

bool BytecodeBuilder::doubleBinary(BinaryOp op, const Feedback& feedback) {
    const Op double_op = doubleOp(op);
    const bool one_kind_each = sawOnly(feedback.left, kNumbers) &&
                               sawOnly(feedback.right, kNumbers) && feedback.left != kNumbers &&
                               feedback.right != kNumbers;
    if (double_op == Op::kNull || !one_kind_each) return false;
    const bool both_fixnum = feedback.left == kSeenFixnum && feedback.right == kSeenFixnum;
    if (both_fixnum && op != BinaryOp::kTrueDivide) return false;
    Instr* left = toRawDouble(top(2).value, feedback.left);
    Instr* right = toRawDouble(top(1).value, feedback.right);
    Instr* result = leaves(double_op)
                        ? emitGuard(double_op, DeoptReason::kDivisionByZero, {left, right})
                        : emit(double_op, {left, right});
    replaceUncounted(2, boxDouble(result));
    return true;
}

void BytecodeBuilder::buildBinary(Instruction instruction, Helper helper) {
    const auto op = static_cast<BinaryOp>(instruction.operand);
    const Feedback& feedback = code_->feedback[instruction.site];
    if (speculates() && (fixnumBinary(op, feedback) || doubleBinary(op, feedback))) return;
    Instr* result =
        callHelper(helper, {top(2).value, top(1).value, immediate(int64_t{instruction.operand})});
    replaceOperands(2, result);
}

void BytecodeBuilder::buildBINARY_OP(Instruction instruction) {
    buildBinary(instruction, Helper::kBinary);
}

void BytecodeBuilder::buildINPLACE_OP(Instruction instruction) {
    buildBinary(instruction, Helper::kInplace);
}

void BytecodeBuilder::buildUNARY_OP(Instruction instruction) {
    const auto op = static_cast<UnaryOp>(instruction.operand);
    const Feedback& feedback = code_->feedback[instruction.site];
    Instr* operand = top().value;
    if (speculates() && feedback.left == kSeenFixnum && op != UnaryOp::kPositive) {
        Instr* value = guardFixnum(operand);
        replaceUncounted(1, op == UnaryOp::kNegative
                                ? emitGuard(Op::kFixnumNegate, DeoptReason::kOverflow, {value})
                                : emit(Op::kFixnumInvert, {value}));
        return;
    }
    if (speculates() && feedback.left == kSeenFloat && op == UnaryOp::kNegative) {
        Instr* negated = emit(Op::kDoubleNegate, {toRawDouble(operand, kSeenFloat)});
        replaceUncounted(1, boxDouble(negated));
        return;
    }
    Instr* result = callHelper(Helper::kUnary, {operand, immediate(int64_t{instruction.operand})});
    replaceOperands(1, result);
}

// The operands are done with; what is pushed is a bool that later tests can see through.
void BytecodeBuilder::replaceFlag(size_t count, Instr* flag) {
    std::vector<Slot> operands;
    for (size_t i = 0; i < count; ++i) operands.push_back(pop());
    push(emit(Op::kBoolFromFlag, {flag}), Own::kStable);
    releaseAll(std::move(operands));
}

void BytecodeBuilder::buildUNARY_NOT(Instruction) {
    replaceFlag(1, emit(Op::kNotFlag, {truthFlag(top().value)}));
    guardValid();
}

void BytecodeBuilder::buildCOMPARE_OP(Instruction instruction) {
    const Feedback& feedback = code_->feedback[instruction.site];
    const bool fixnums = feedback.left == kSeenFixnum && feedback.right == kSeenFixnum;
    const bool doubles = feedback.left == kSeenFloat && feedback.right == kSeenFloat;
    if (!speculates() || !(fixnums || doubles)) {
        Instr* result = callHelper(Helper::kCompare, {top(2).value, top(1).value,
                                                      immediate(int64_t{instruction.operand})});
        replaceOperands(2, result);
        return;
    }
    Instr* left = fixnums ? guardFixnum(top(2).value) : toRawDouble(top(2).value, kSeenFloat);
    Instr* right = fixnums ? guardFixnum(top(1).value) : toRawDouble(top(1).value, kSeenFloat);
    Instr* flag = emit(fixnums ? Op::kFixnumCompare : Op::kDoubleCompare, {left, right});
    flag->immediates[0].bits = instruction.operand;
    replaceUncounted(2, emit(Op::kBoolFromFlag, {flag}));
}

void BytecodeBuilder::buildIS_OP(Instruction instruction) {
    Instr* flag = emit(Op::kIsSame, {top(2).value, top(1).value});
    if (instruction.operand != 0) flag = emit(Op::kNotFlag, {flag});
    replaceFlag(2, flag);
}

void BytecodeBuilder::buildCONTAINS_OP(Instruction instruction) {
    Instr* status = callStatus(Helper::kContains, {top(1).value, top(2).value});
    Instr* flag = emit(Op::kIntIsTrue, {status});
    if (instruction.operand != 0) flag = emit(Op::kNotFlag, {flag});
    replaceFlag(2, flag);
    guardValid();
}

// --- items -------------------------------------------------------------------------------------

bool BytecodeBuilder::loadSequenceItem(const Feedback& feedback) {
    const bool list = feedback.left == kSeenList;
    if (!(list || feedback.left == kSeenTuple) || feedback.right != kSeenFixnum) return false;
    // A constant needs no guard of its type, and without one the verifier does not know it.
    if (top(2).value->op == Op::kConst) return false;
    const Type* type = list ? thread_.types->list : thread_.types->tuple;
    Instr* sequence = guardType(top(2).value, type);
    Instr* index = guardFixnum(top(1).value);
    Instr* item = emitGuard(list ? Op::kLoadListItem : Op::kLoadTupleItem,
                            DeoptReason::kIndexOutOfRange, {sequence, index});
    pop();
    replaceOwner(item, Own::kUnstable);
    return true;
}

void BytecodeBuilder::buildBINARY_SUBSCR(Instruction instruction) {
    if (speculates() && loadSequenceItem(code_->feedback[instruction.site])) return;
    replaceOperands(2, callHelper(Helper::kGetItem, {top(2).value, top(1).value}));
}

void BytecodeBuilder::buildSTORE_SUBSCR(Instruction) {
    callStatus(Helper::kSetItem, {top(2).value, top(1).value, top(3).value});
    dropOperands(3);
}

void BytecodeBuilder::buildDELETE_SUBSCR(Instruction) {
    callStatus(Helper::kDeleteItem, {top(2).value, top(1).value});
    dropOperands(2);
}

}  // namespace tagproof::hir
