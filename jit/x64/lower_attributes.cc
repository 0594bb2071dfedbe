// Attributes, cells and items.
//
//   GuardValues   mov w, [o+0x18]; test w8, 1; jz exit              w + 1 = values
//   LoadValue     mov v, [w + 1 + 8*index]
//   StoreValue    mov old, [w + 1 + 8*index]; test old, old; jz first
//                 mov [w + 1 + 8*index], v; release old

#include "jit/x64/lowering_context.h"
#include "objmodel/layout.h"

namespace tagproof::x64 {

namespace {

x86::Mem valueAt(const x86::Gp& slot_word, uint64_t index) {
    return x86::qword_ptr(slot_word, 1 + 8 * static_cast<int32_t>(index));
}

}  // namespace

void Lowering::lowerGuardValues(const hir::Instr& instr) {
    const x86::Gp word = define(instr);
    cc_->mov(word, x86::qword_ptr(reg(instr.operands[0]), layout::kObjectSlot));
    cc_->test(word.r8(), static_cast<uint32_t>(layout::kSlotValuesTag));
    cc_->jz(exitOf(instr));
}

void Lowering::lowerLoadValue(const hir::Instr& instr) {
    cc_->mov(define(instr), valueAt(reg(instr.operands[0]), instr.immediates[0].bits));
}

void Lowering::lowerStoreValue(const hir::Instr& instr) {
    const x86::Gp word = reg(instr.operands[1]);
    const x86::Gp value = reg(instr.operands[2]);
    const x86::Gp old = temp();
    const asmjit::Label first = cc_->newLabel();
    const asmjit::Label done = cc_->newLabel();
    cc_->mov(old, valueAt(word, instr.immediates[0].bits));
    cc_->test(old, old);
    cc_->jz(first);
    cc_->mov(valueAt(word, instr.immediates[0].bits), value);
    releaseWord(old, done, instr);
    cc_->bind(done);
    addColdPath({first, &instr, &Lowering::emitFirstStore, {}, {}, done});
}

void Lowering::emitFirstStore(const ColdPath& path) {
    const hir::Instr& instr = *path.instr;
    const x86::Gp index = temp();
    cc_->mov(index, instr.immediates[0].bits);
    call(Helper::kStoreFirst, {thread_, reg(instr.operands[0]), index, reg(instr.operands[2])},
         nullptr);
    cc_->jmp(path.back);
}

void Lowering::lowerLoadSlotMember(const hir::Instr& instr) {
    const auto offset = static_cast<int32_t>(instr.immediates[0].bits);
    cc_->mov(define(instr), x86::qword_ptr(reg(instr.operands[0]), offset));
}

void Lowering::lowerStoreSlotMember(const hir::Instr& instr) {
    const auto offset = static_cast<int32_t>(instr.immediates[0].bits);
    const x86::Mem place = x86::qword_ptr(reg(instr.operands[0]), offset);
    const x86::Gp old = temp();
    const asmjit::Label done = cc_->newLabel();
    cc_->mov(old, place);
    cc_->mov(place, reg(instr.operands[1]));
    cc_->test(old, old);
    cc_->jz(done);
    releaseWord(old, done, instr);
    cc_->bind(done);
}

void Lowering::lowerLoadCell(const hir::Instr& instr) {
    const x86::Gp cell = address(instr.immediates[0].cell);
    cc_->mov(define(instr), x86::qword_ptr(cell, layout::kCellValue));
}

void Lowering::lowerStoreCell(const hir::Instr& instr) {
    const x86::Gp cell = address(instr.immediates[0].cell);
    const x86::Mem place = x86::qword_ptr(cell, layout::kCellValue);
    const x86::Gp old = temp();
    const asmjit::Label done = cc_->newLabel();
    cc_->mov(old, place);
    cc_->mov(place, reg(instr.operands[0]));
    cc_->test(old, old);
    cc_->jz(done);
    releaseWord(old, done, instr);
    cc_->bind(done);
}

void Lowering::lowerLoadClosureCell(const hir::Instr& instr) {
    cc_->mov(define(instr), x86::qword_ptr(reg(instr.operands[0]), layout::kCellValue));
}

void Lowering::lowerLoadCallee(const hir::Instr& instr) {
    cc_->mov(define(instr), thread(layout::kThreadCallee));
}

// --- iteration and items -----------------------------------------------------------------------

// dec [it+remaining]; item = [it+next]; [it+next] += step; item = item << 3 | 1
void Lowering::lowerRangeIterNext(const hir::Instr& instr) {
    const x86::Gp iterator = reg(instr.operands[0]);
    const x86::Gp item = define(instr);
    const x86::Gp number = temp();
    cc_->mov(number, x86::qword_ptr(iterator, layout::kRangeIterRemaining));
    cc_->dec(number);
    cc_->mov(x86::qword_ptr(iterator, layout::kRangeIterRemaining), number);
    cc_->mov(item, x86::qword_ptr(iterator, layout::kRangeIterNext));
    cc_->mov(number, x86::qword_ptr(iterator, layout::kRangeIterStep));
    cc_->add(number, item);
    cc_->mov(x86::qword_ptr(iterator, layout::kRangeIterNext), number);
    cc_->shl(item, layout::kFixnumShift);
    cc_->inc(item);
}

void Lowering::lowerLoadListItem(const hir::Instr& instr) {
    const x86::Gp list = reg(instr.operands[0]);
    const x86::Gp index = untagged(instr.operands[1]);
    const x86::Gp items = temp();
    cc_->cmp(index, x86::qword_ptr(list, layout::kListSize));
    cc_->jae(exitOf(instr));
    cc_->mov(items, x86::qword_ptr(list, layout::kListItems));
    cc_->mov(define(instr), x86::qword_ptr(items, index, 3));
}

void Lowering::lowerLoadTupleItem(const hir::Instr& instr) {
    const x86::Gp tuple = reg(instr.operands[0]);
    const x86::Gp index = untagged(instr.operands[1]);
    cc_->cmp(index, x86::qword_ptr(tuple, layout::kTupleSize));
    cc_->jae(exitOf(instr));
    cc_->mov(define(instr), x86::qword_ptr(tuple, index, 3, layout::kTupleItems));
}

}  // namespace tagproof::x64
