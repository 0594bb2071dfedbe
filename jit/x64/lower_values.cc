// Constants, arguments, tests and guards.

#include "jit/x64/lowering_context.h"
#include "objmodel/layout.h"
#include "objmodel/type.h"

namespace tagproof::x64 {

using hir::HirType;

void Lowering::lowerNop(const hir::Instr&) {}

void Lowering::lowerLoadArg(const hir::Instr& instr) {
    const uint64_t index = instr.immediates[0].bits;
    if (index < argument_registers_.size()) {
        registers_[instr.id] = argument_registers_[index];
    } else {
        cc_->mov(define(instr), thread(layout::kThreadArgs + 8 * static_cast<int32_t>(index)));
    }
}

void Lowering::lowerLoadOsrValue(const hir::Instr& instr) {
    const auto index = static_cast<int32_t>(instr.immediates[0].bits);
    cc_->mov(define(instr), thread(layout::kThreadOsrValues + 8 * index));
}

void Lowering::lowerConst(const hir::Instr& instr) {
    cc_->mov(define(instr), instr.immediates[0].bits);
}

void Lowering::lowerNull(const hir::Instr& instr) {
    const x86::Gp word = define(instr);
    cc_->xor_(word.r32(), word.r32());
}

void Lowering::lowerImm(const hir::Instr& instr) {
    cc_->mov(define(instr), instr.immediates[0].bits);
}

// The predecessors' jumps have moved the operands here.
void Lowering::lowerPhi(const hir::Instr& instr) { define(instr); }

void Lowering::lowerAssumeNotNull(const hir::Instr& instr) { alias(instr, instr.operands[0]); }

// --- guards ------------------------------------------------------------------------------------

void Lowering::lowerGuardNotNull(const hir::Instr& instr) {
    const x86::Gp word = reg(instr.operands[0]);
    cc_->test(word, word);
    cc_->jz(exitOf(instr));
    alias(instr, instr.operands[0]);
}

void Lowering::lowerUnwindIfNull(const hir::Instr& instr) { lowerGuardNotNull(instr); }

void Lowering::lowerUnwindIfNegative(const hir::Instr& instr) {
    const x86::Gp status = reg(instr.operands[0]).r32();
    cc_->test(status, status);
    cc_->js(exitOf(instr));
}

void Lowering::lowerUnwindIfFlag(const hir::Instr& instr) {
    jumpIf(condition(instr.operands[0]), exitOf(instr));
}

// Low bits 001.
void Lowering::lowerGuardFixnum(const hir::Instr& instr) {
    const x86::Gp low = temp().r32();
    cc_->mov(low, reg(instr.operands[0]).r32());
    cc_->and_(low, static_cast<uint32_t>(layout::kTagMask));
    cc_->cmp(low, static_cast<uint32_t>(layout::kTagFixnum));
    cc_->jne(exitOf(instr));
    alias(instr, instr.operands[0]);
}

// Low bits 010 to 101: bit 2 of the word plus 2.
void Lowering::lowerGuardDouble(const hir::Instr& instr) {
    const x86::Gp low = temp().r32();
    cc_->lea(low, x86::ptr(reg(instr.operands[0]), 2));
    cc_->test(low.r8(), 4);
    cc_->jz(exitOf(instr));
    alias(instr, instr.operands[0]);
}

void Lowering::lowerGuardImmediate(const hir::Instr& instr) {
    cc_->test(reg(instr.operands[0]).r8(), static_cast<uint32_t>(layout::kTagMask));
    cc_->jz(exitOf(instr));
    alias(instr, instr.operands[0]);
}

void Lowering::lowerAssumeType(const hir::Instr& instr) { alias(instr, instr.operands[0]); }

void Lowering::lowerGuardHeap(const hir::Instr& instr) {
    cc_->test(reg(instr.operands[0]).r8(), static_cast<uint32_t>(layout::kTagMask));
    cc_->jnz(exitOf(instr));
    alias(instr, instr.operands[0]);
}

void Lowering::lowerGuardType(const hir::Instr& instr) {
    const hir::Instr* value = instr.operands[0];
    const x86::Gp word = reg(value);
    if (value->type.mayBe(HirType::kFixnumBit) || value->type.mayBe(HirType::kDoubleBit)) {
        cc_->test(word.r8(), static_cast<uint32_t>(layout::kTagMask));
        cc_->jnz(exitOf(instr));
    }
    const x86::Gp type = address(instr.immediates[0].type);
    cc_->cmp(x86::qword_ptr(word, layout::kObjectType), type);
    cc_->jne(exitOf(instr));
    alias(instr, value);
}

void Lowering::lowerGuardIs(const hir::Instr& instr) {
    const x86::Gp expected = temp();
    cc_->mov(expected, instr.immediates[0].bits);
    cc_->cmp(reg(instr.operands[0]), expected);
    cc_->jne(exitOf(instr));
    alias(instr, instr.operands[0]);
}

void Lowering::lowerGuardFlag(const hir::Instr& instr) {
    const x86::CondCode holds = condition(instr.operands[0]);
    const bool expected = instr.immediates[0].bits != 0;
    jumpIf(expected ? x86::negateCond(holds) : holds, exitOf(instr));
}

void Lowering::lowerGuardValid(const hir::Instr& instr) { exitIfInvalid(instr); }

void Lowering::lowerCheckPoll(const hir::Instr& instr) {
    cc_->cmp(thread(layout::kThreadPoll, 4), 0);
    cc_->jne(exitOf(instr));
}

}  // namespace tagproof::x64
