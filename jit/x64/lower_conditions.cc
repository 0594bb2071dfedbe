// Flags are not kept in registers: each user of a comparison emits it anew, right where the
// machine's flags are wanted.

#include "jit/x64/lowering_context.h"
#include "objmodel/check.h"
#include "objmodel/layout.h"
#include "objmodel/type.h"

namespace tagproof::x64 {

using hir::Op;
using x86::CondCode;

namespace {

CondCode signedCondition(CompareOp op) {
    switch (op) {
        case CompareOp::kLt:
            return CondCode::kL;
        case CompareOp::kLe:
            return CondCode::kLE;
        case CompareOp::kEq:
            return CondCode::kE;
        case CompareOp::kNe:
            return CondCode::kNE;
        case CompareOp::kGt:
            return CondCode::kG;
        case CompareOp::kGe:
            return CondCode::kGE;
    }
    return CondCode::kE;
}

}  // namespace

// Emits the test; the result says when the flag is set.
CondCode Lowering::condition(const hir::Instr* flag) {
    const auto left = [&] { return reg(flag->operands[0]); };
    if (flag->op == Op::kNotFlag) return x86::negateCond(condition(flag->operands[0]));
    if (flag->op == Op::kDoubleCompare) return doubleCondition(flag);
    if (flag->op == Op::kHasPending) {
        cc_->cmp(thread(layout::kThreadPending), 0);
        return CondCode::kNE;
    }
    if (flag->op == Op::kIsRangeExhausted) {
        cc_->cmp(x86::qword_ptr(left(), layout::kRangeIterRemaining), 0);
        return CondCode::kE;
    }
    if (flag->op == Op::kIsSame) {
        cc_->cmp(left(), reg(flag->operands[1]));
        return CondCode::kE;
    }
    if (flag->op == Op::kHasType) {
        cc_->cmp(x86::qword_ptr(left(), layout::kObjectType), address(flag->immediates[0].type));
        return CondCode::kE;
    }
    if (flag->op == Op::kFixnumCompare) {
        cc_->cmp(left(), reg(flag->operands[1]));
        return signedCondition(static_cast<CompareOp>(flag->immediates[0].bits));
    }
    if (flag->op == Op::kIsNull) {
        cc_->test(left(), left());
        return CondCode::kE;
    }
    TAGPROOF_CHECK(flag->op == Op::kIsNegative || flag->op == Op::kIntIsTrue, "not a condition");
    cc_->test(left().r32(), left().r32());
    return flag->op == Op::kIsNegative ? CondCode::kS : CondCode::kNE;
}

// A comparison sets "below" and "equal" for unordered operands: "above" and "above or equal" are
// false then, so < and <= compare the other way round; == needs the parity flag as well.
CondCode Lowering::doubleCondition(const hir::Instr* compare) {
    const x86::Xmm left = xmm(compare->operands[0]);
    const x86::Xmm right = xmm(compare->operands[1]);
    const auto op = static_cast<CompareOp>(compare->immediates[0].bits);
    switch (op) {
        case CompareOp::kGt:
            compareDoubles(left, right);
            return CondCode::kA;
        case CompareOp::kGe:
            compareDoubles(left, right);
            return CondCode::kAE;
        case CompareOp::kLt:
            compareDoubles(right, left);
            return CondCode::kA;
        case CompareOp::kLe:
            compareDoubles(right, left);
            return CondCode::kAE;
        case CompareOp::kEq:
        case CompareOp::kNe:
            break;
    }
    const x86::Gp ordered = temp().r32();
    const x86::Gp equal = temp().r32();
    cc_->xor_(ordered, ordered);
    cc_->xor_(equal, equal);
    compareDoubles(left, right);
    cc_->setnp(ordered.r8());
    cc_->sete(equal.r8());
    cc_->test(ordered, equal);
    return op == CompareOp::kEq ? CondCode::kNE : CondCode::kE;
}

void Lowering::jumpIf(CondCode code, const asmjit::Label& target) { cc_->j(code, target); }

// Nothing to do at the place of definition.
void Lowering::lowerFixnumCompare(const hir::Instr&) {}
void Lowering::lowerDoubleCompare(const hir::Instr&) {}
void Lowering::lowerHasPending(const hir::Instr&) {}
void Lowering::lowerIsRangeExhausted(const hir::Instr&) {}
void Lowering::lowerHasType(const hir::Instr&) {}
void Lowering::lowerIsSame(const hir::Instr&) {}
void Lowering::lowerIsNegative(const hir::Instr&) {}
void Lowering::lowerIsNull(const hir::Instr&) {}
void Lowering::lowerIntIsTrue(const hir::Instr&) {}
void Lowering::lowerNotFlag(const hir::Instr&) {}

// Constants first: moves leave the flags alone.
void Lowering::lowerBoolFromFlag(const hir::Instr& instr) {
    const x86::Gp word = define(instr);
    const x86::Gp if_false = temp();
    cc_->mov(word, request_.true_value.bits);
    cc_->mov(if_false, request_.false_value.bits);
    const CondCode holds = condition(instr.operands[0]);
    cc_->cmov(x86::negateCond(holds), word, if_false);
}

}  // namespace tagproof::x64
