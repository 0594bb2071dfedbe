// Reference counting:
//
//   increment   cmp dword [o], 0; js done; inc dword [o]
//   decrement   cmp dword [o], 0; js done; dec dword [o]; jz cold
//   cold:       mov rdi, o; call opDealloc; cmp byte [valid], 0; je exit; jmp done
//
// with `test o8, 7; jnz done` and `test o, o; jz done` in front where the type leaves it open.

#include "jit/x64/lowering_context.h"
#include "objmodel/layout.h"

namespace tagproof::x64 {

using hir::HirType;

void Lowering::skipUncounted(const hir::Instr* value,
                             const x86::Gp& word,
                             const asmjit::Label& not_counted) {
    if (value->type.mayBe(HirType::kFixnumBit) || value->type.mayBe(HirType::kDoubleBit)) {
        cc_->test(word.r8(), static_cast<uint32_t>(layout::kTagMask));
        cc_->jnz(not_counted);
    }
    if (value->type.mayBe(HirType::kNullBit)) {
        cc_->test(word, word);
        cc_->jz(not_counted);
    }
}

void Lowering::increment(const x86::Gp& object) {
    const asmjit::Label done = cc_->newLabel();
    cc_->cmp(x86::dword_ptr(object, layout::kObjectRefcount), 0);
    cc_->js(done);
    cc_->inc(x86::dword_ptr(object, layout::kObjectRefcount));
    cc_->bind(done);
}

// Falls through to `done`, which the caller binds next.
void Lowering::decrement(const x86::Gp& object,
                         const asmjit::Label& done,
                         const hir::Instr& instr) {
    const asmjit::Label dead = cc_->newLabel();
    cc_->cmp(x86::dword_ptr(object, layout::kObjectRefcount), 0);
    cc_->js(done);
    cc_->dec(x86::dword_ptr(object, layout::kObjectRefcount));
    cc_->jz(dead);
    addColdPath({dead, &instr, &Lowering::emitDealloc, object, {}, done});
}

void Lowering::emitDealloc(const ColdPath& path) {
    call(Helper::kDealloc, {path.word}, nullptr);
    exitIfInvalid(*path.instr);
    cc_->jmp(path.back);
}

// Behind something that may have run guest code, in code that relies on types staying as they are.
void Lowering::exitIfInvalid(const hir::Instr& instr) {
    const bool relies = !function_.dependencies.empty() || !function_.called_functions.empty();
    if (instr.frame == nullptr || !relies) return;
    cc_->cmp(x86::byte_ptr(address(request_.valid_cell)), 0);
    cc_->je(exitOf(instr));
}

// Gives back a word read from memory: any value, or empty.
void Lowering::releaseWord(const x86::Gp& word,
                           const asmjit::Label& done,
                           const hir::Instr& instr) {
    cc_->test(word.r8(), static_cast<uint32_t>(layout::kTagMask));
    cc_->jnz(done);
    decrement(word, done, instr);
}

void Lowering::lowerIncref(const hir::Instr& instr) {
    const hir::Instr* value = instr.operands[0];
    const asmjit::Label done = cc_->newLabel();
    skipUncounted(value, reg(value), done);
    increment(reg(value));
    cc_->bind(done);
}

void Lowering::lowerIncrefNullable(const hir::Instr& instr) { lowerIncref(instr); }

void Lowering::lowerDecref(const hir::Instr& instr) {
    const hir::Instr* value = instr.operands[0];
    const asmjit::Label done = cc_->newLabel();
    skipUncounted(value, reg(value), done);
    decrement(reg(value), done, instr);
    cc_->bind(done);
}

void Lowering::lowerDecrefNullable(const hir::Instr& instr) { lowerDecref(instr); }

}  // namespace tagproof::x64
