// Fixnums stay tagged (n << 3 | 1): a sum is a + (b - 1), a product (a >> 3) * (b - 1) + 1. Doubles
// are unboxed by xor 2, ror 5.

#include "jit/x64/lowering_context.h"
#include "objmodel/layout.h"

namespace tagproof::x64 {

namespace {

constexpr uint32_t kShift = layout::kFixnumShift;

}  // namespace

x86::Gp Lowering::copyOf(const hir::Instr* value) {
    const x86::Gp copy = temp();
    cc_->mov(copy, reg(value));
    return copy;
}

x86::Gp Lowering::untagged(const hir::Instr* fixnum) {
    const x86::Gp number = copyOf(fixnum);
    cc_->sar(number, kShift);
    return number;
}

void Lowering::lowerFixnumAdd(const hir::Instr& instr) {
    const x86::Gp sum = define(instr);
    cc_->mov(sum, reg(instr.operands[1]));
    cc_->dec(sum);
    cc_->add(sum, reg(instr.operands[0]));
    cc_->jo(exitOf(instr));
}

void Lowering::lowerFixnumSubtract(const hir::Instr& instr) {
    const x86::Gp difference = define(instr);
    cc_->mov(difference, reg(instr.operands[0]));
    cc_->sub(difference, reg(instr.operands[1]));
    cc_->jo(exitOf(instr));
    cc_->inc(difference);
}

void Lowering::lowerFixnumMultiply(const hir::Instr& instr) {
    const x86::Gp left = untagged(instr.operands[0]);
    const x86::Gp product = define(instr);
    cc_->mov(product, reg(instr.operands[1]));
    cc_->dec(product);
    cc_->imul(product, left);
    cc_->jo(exitOf(instr));
    cc_->inc(product);
}

// Floor division: idiv truncates, so quotient and remainder are corrected when signs differ.
//     q, r = idiv(a, b); if (r != 0 && (r ^ b) < 0) { q -= 1; r += b; }
void Lowering::lowerDivision(const hir::Instr& instr, bool wants_remainder) {
    const x86::Gp quotient = untagged(instr.operands[0]);
    const x86::Gp divisor = untagged(instr.operands[1]);
    const x86::Gp remainder = temp();
    const x86::Gp signs = temp();
    const asmjit::Label exact = cc_->newLabel();
    cc_->lea(signs, x86::ptr(divisor, 1));
    cc_->cmp(signs, 1);  // divisor 0 or -1: error, or the one quotient that overflows
    cc_->jbe(exitOf(instr));
    cc_->mov(remainder, quotient);
    cc_->sar(remainder, 63);
    cc_->idiv(remainder, quotient, divisor);
    cc_->test(remainder, remainder);
    cc_->jz(exact);
    cc_->mov(signs, remainder);
    cc_->xor_(signs, divisor);
    cc_->jns(exact);
    cc_->dec(quotient);
    cc_->add(remainder, divisor);
    cc_->bind(exact);
    const x86::Gp result = define(instr);
    cc_->mov(result, wants_remainder ? remainder : quotient);
    cc_->shl(result, kShift);
    cc_->inc(result);
}

void Lowering::lowerFixnumFloorDivide(const hir::Instr& instr) { lowerDivision(instr, false); }

void Lowering::lowerFixnumRemainder(const hir::Instr& instr) { lowerDivision(instr, true); }

void Lowering::lowerFixnumAnd(const hir::Instr& instr) {
    const x86::Gp result = define(instr);
    cc_->mov(result, reg(instr.operands[0]));
    cc_->and_(result, reg(instr.operands[1]));
}

void Lowering::lowerFixnumOr(const hir::Instr& instr) {
    const x86::Gp result = define(instr);
    cc_->mov(result, reg(instr.operands[0]));
    cc_->or_(result, reg(instr.operands[1]));
}

void Lowering::lowerFixnumXor(const hir::Instr& instr) {
    const x86::Gp result = define(instr);
    cc_->mov(result, reg(instr.operands[0]));
    cc_->xor_(result, reg(instr.operands[1]));
    cc_->inc(result);
}

// Shifted out and back: what changes does not fit.
void Lowering::lowerFixnumShiftLeft(const hir::Instr& instr) {
    const x86::Gp count = untagged(instr.operands[1]);
    const x86::Gp result = define(instr);
    const x86::Gp back = temp();
    cc_->cmp(count, 60);
    cc_->jae(exitOf(instr));
    cc_->mov(result, reg(instr.operands[0]));
    cc_->dec(result);
    cc_->shl(result, count.r8());
    cc_->mov(back, result);
    cc_->sar(back, count.r8());
    cc_->inc(back);
    cc_->cmp(back, reg(instr.operands[0]));
    cc_->jne(exitOf(instr));
    cc_->and_(result, ~static_cast<int32_t>(layout::kTagMask));
    cc_->inc(result);
}

void Lowering::lowerFixnumShiftRight(const hir::Instr& instr) {
    const x86::Gp count = untagged(instr.operands[1]);
    const x86::Gp result = define(instr);
    cc_->cmp(count, 61);
    cc_->jae(exitOf(instr));
    cc_->mov(result, reg(instr.operands[0]));
    cc_->sar(result, count.r8());
    cc_->and_(result, ~static_cast<int32_t>(layout::kTagMask));
    cc_->inc(result);
}

// 0 - n: 2 - (n << 3 | 1) = (-n << 3) | 1
void Lowering::lowerFixnumNegate(const hir::Instr& instr) {
    const x86::Gp result = define(instr);
    cc_->mov(result, 2);
    cc_->sub(result, reg(instr.operands[0]));
    cc_->jo(exitOf(instr));
}

void Lowering::lowerFixnumInvert(const hir::Instr& instr) {
    const x86::Gp result = define(instr);
    cc_->mov(result, reg(instr.operands[0]));
    cc_->xor_(result, ~static_cast<int32_t>(layout::kTagMask));
}

// --- doubles -----------------------------------------------------------------------------------

// Between a register and an xmm register, all 64 bits.
// Of a spilled double asmjit 1.9 makes `movq gp, [m]`, which there is not: what it encodes loads an
// xmm or mm register of the same number, and gp keeps what it held. A fresh copy is never spilled.
void Lowering::moveBits(const x86::Gp& to, const x86::Xmm& from) {
    const x86::Xmm copy = cc_->newXmmSd();
    cc_->emit(request_.use_avx ? x86::Inst::kIdVmovapd : x86::Inst::kIdMovapd, copy, from);
    cc_->emit(request_.use_avx ? x86::Inst::kIdVmovq : x86::Inst::kIdMovq, to, copy);
}

void Lowering::moveBits(const x86::Xmm& to, const x86::Gp& from) {
    cc_->emit(request_.use_avx ? x86::Inst::kIdVmovq : x86::Inst::kIdMovq, to, from);
}

void Lowering::compareDoubles(const x86::Xmm& left, const x86::Xmm& right) {
    cc_->emit(request_.use_avx ? x86::Inst::kIdVucomisd : x86::Inst::kIdUcomisd, left, right);
}

void Lowering::lowerUnboxDouble(const hir::Instr& instr) {
    const x86::Gp bits = copyOf(instr.operands[0]);
    cc_->xor_(bits, static_cast<uint32_t>(layout::kDoubleXor));
    cc_->ror(bits, layout::kDoubleRotate);
    moveBits(defineXmm(instr), bits);
}

void Lowering::lowerFixnumToDouble(const hir::Instr& instr) {
    const x86::Gp number = untagged(instr.operands[0]);
    const x86::Xmm result = defineXmm(instr);
    if (request_.use_avx) {
        cc_->vxorps(result, result, result);  // ends the dependency on what it held
        cc_->vcvtsi2sd(result, result, number);
    } else {
        cc_->xorps(result, result);
        cc_->cvtsi2sd(result, number);
    }
}

// |n| <= 2^53: n + 2^53 is at most 2^54, unsigned.
void Lowering::lowerGuardSmallFixnum(const hir::Instr& instr) {
    const x86::Gp number = untagged(instr.operands[0]);
    const x86::Gp bound = temp();
    cc_->mov(bound, uint64_t{1} << 53);
    cc_->add(number, bound);
    cc_->add(bound, bound);
    cc_->cmp(number, bound);
    cc_->ja(exitOf(instr));
    alias(instr, instr.operands[0]);
}

// NaN and rare exponents have no immediate word: boxed by the slow path.
void Lowering::lowerBoxDouble(const hir::Instr& instr) {
    const x86::Xmm number = xmm(instr.operands[0]);
    const x86::Gp word = define(instr);
    const x86::Gp low = temp().r32();
    const asmjit::Label slow = cc_->newLabel();
    const asmjit::Label done = cc_->newLabel();
    moveBits(word, number);
    cc_->rol(word, layout::kDoubleRotate);
    cc_->xor_(word, static_cast<uint32_t>(layout::kDoubleXor));
    cc_->lea(low, x86::ptr(word, 2));
    cc_->test(low.r8(), 4);
    cc_->jz(slow);
    compareDoubles(number, number);
    cc_->jp(slow);
    cc_->bind(done);
    addColdPath({slow, &instr, &Lowering::emitBoxSlowly, word, number, done});
}

void Lowering::emitBoxSlowly(const ColdPath& path) {
    x86::Gp word = path.word;
    call(Helper::kBoxDouble, {thread_, path.number}, &word);
    cc_->test(word, word);
    cc_->jz(exitOf(*path.instr));
    cc_->jmp(path.back);
}

void Lowering::lowerDouble(const hir::Instr& instr, asmjit::InstId id, asmjit::InstId avx_id) {
    const x86::Xmm result = defineXmm(instr);
    if (request_.use_avx) {
        cc_->emit(avx_id, result, xmm(instr.operands[0]), xmm(instr.operands[1]));
        return;
    }
    cc_->movapd(result, xmm(instr.operands[0]));
    cc_->emit(id, result, xmm(instr.operands[1]));
}

void Lowering::lowerDoubleAdd(const hir::Instr& instr) {
    lowerDouble(instr, x86::Inst::kIdAddsd, x86::Inst::kIdVaddsd);
}

void Lowering::lowerDoubleSubtract(const hir::Instr& instr) {
    lowerDouble(instr, x86::Inst::kIdSubsd, x86::Inst::kIdVsubsd);
}

void Lowering::lowerDoubleMultiply(const hir::Instr& instr) {
    lowerDouble(instr, x86::Inst::kIdMulsd, x86::Inst::kIdVmulsd);
}

void Lowering::lowerDoubleDivide(const hir::Instr& instr) {
    const x86::Gp bits = temp();
    moveBits(bits, xmm(instr.operands[1]));
    cc_->add(bits, bits);  // the sign goes: both zeros are 0
    cc_->jz(exitOf(instr));
    lowerDouble(instr, x86::Inst::kIdDivsd, x86::Inst::kIdVdivsd);
}

void Lowering::lowerDoubleNegate(const hir::Instr& instr) {
    const x86::Gp bits = temp();
    moveBits(bits, xmm(instr.operands[0]));
    const x86::Gp sign = temp();
    cc_->mov(sign, uint64_t{1} << 63);
    cc_->xor_(bits, sign);
    moveBits(defineXmm(instr), bits);
}

// NaN and what does not fit an int64 converts to INT64_MIN, which overflows as well.
void Lowering::lowerDoubleToFixnum(const hir::Instr& instr) {
    const x86::Gp number = temp();
    const x86::Gp result = define(instr);
    cc_->emit(request_.use_avx ? x86::Inst::kIdVcvttsd2si : x86::Inst::kIdCvttsd2si, number,
              xmm(instr.operands[0]));
    cc_->mov(result, uint64_t{1} << kShift);
    cc_->imul(result, number);
    cc_->jo(exitOf(instr));
    cc_->inc(result);
}

}  // namespace tagproof::x64
