// Exits: cold blocks that hand the live words over.
//
//   exit_k:  mov [thread + exit buffer + 8*i], word i      (constants are in the metadata instead)
//            mov rdi, thread; mov esi, exit id; mov rax, helper; call rax
//            mov result, rax (or 0); jmp return

#include <algorithm>

#include "jit/x64/lowering_context.h"
#include "objmodel/layout.h"

namespace tagproof::x64 {

namespace {

bool isConstant(const hir::Instr& value) {
    return value.op == hir::Op::kConst || value.op == hir::Op::kNull;
}

}  // namespace

ExitAction Lowering::actionOf(hir::ExitKind kind) const {
    if (kind == hir::ExitKind::kUnwind) return ExitAction::kUnwind;
    if (kind == hir::ExitKind::kSuspend) return ExitAction::kLeaveGenerator;
    return hir::entersFrame(function_.entry_kind) ? ExitAction::kLeaveLoop : ExitAction::kResume;
}

// The label to jump to when `instr` leaves. Each instruction has one exit.
asmjit::Label Lowering::exitOf(const hir::Instr& instr) {
    const auto known = std::ranges::find(exit_instrs_, &instr);
    if (known != exit_instrs_.end()) {
        return exit_labels_[static_cast<size_t>(known - exit_instrs_.begin())];
    }
    Exit exit;
    exit.action = actionOf(instr.info().exit);
    exit.reason = instr.reason;
    exit.frame = instr.frame;
    exit.guard_pc = instr.pc;
    exits_.push_back(std::move(exit));
    exit_instrs_.push_back(&instr);
    exit_labels_.push_back(cc_->newLabel());
    return exit_labels_.back();
}

// Gives each distinct live value a word of the exit buffer.
void Lowering::describe(Exit& exit, const hir::FrameState& frame) {
    std::vector<const hir::Instr*> stored;
    for (const hir::FrameSlot& slot : frame.slots) {
        ExitSlot described;
        described.ownership = slot.ownership;
        if (isConstant(*slot.value)) {
            described.constant = Value{slot.value->immediates[0].bits};
            exit.slots.push_back(described);
            continue;
        }
        const auto known = std::ranges::find(stored, slot.value);
        described.word = static_cast<uint32_t>(known - stored.begin());
        if (known == stored.end()) {
            const bool raw = slot.value->type.mayBe(hir::HirType::kRawDoubleBit);
            const bool nullable = slot.value->type.mayBe(hir::HirType::kNullBit);
            exit.words.push_back({raw ? WordKind::kDouble : WordKind::kTagged, false, nullable});
            stored.push_back(slot.value);
        }
        exit.words[described.word].is_owned |= slot.ownership == hir::Ownership::kOwned;
        exit.slots.push_back(described);
    }
}

void Lowering::storeExitWords(const Exit& exit, const hir::FrameState& frame) {
    std::vector<bool> done(exit.words.size());
    for (size_t i = 0; i < frame.slots.size(); ++i) {
        const uint32_t word = exit.slots[i].word;
        if (word == ExitSlot::kConstant || done[word]) continue;
        done[word] = true;
        const x86::Mem place = thread(layout::kThreadDeoptValues + 8 * static_cast<int32_t>(word));
        if (exit.words[word].kind == WordKind::kDouble) {
            cc_->emit(request_.use_avx ? x86::Inst::kIdVmovsd : x86::Inst::kIdMovsd, place,
                      xmm(frame.slots[i].value));
        } else {
            cc_->mov(place, reg(frame.slots[i].value));
        }
    }
}

void Lowering::lowerExit(size_t index) {
    const hir::Instr& instr = *exit_instrs_[index];
    cc_->bind(exit_labels_[index]);
    serve(&instr);
    describe(exits_[index], *instr.frame);
    storeExitWords(exits_[index], *instr.frame);
    const x86::Gp id = temp();
    cc_->mov(id, request_.first_exit_id + static_cast<uint32_t>(index));
    switch (exits_[index].action) {
        case ExitAction::kResume:
            call(Helper::kResume, {thread_, id}, &result_);
            break;
        case ExitAction::kLeaveLoop:
            call(Helper::kLeaveLoop, {thread_, id}, &result_);
            break;
        case ExitAction::kLeaveGenerator:
            call(Helper::kLeaveGenerator, {thread_, id}, &result_);
            break;
        case ExitAction::kUnwind:
            call(Helper::kUnwind, {thread_, id}, nullptr);
            cc_->xor_(result_.r32(), result_.r32());
            break;
    }
    cc_->jmp(return_);
}

// mov r, helper; call r
void Lowering::call(Helper helper,
                    std::initializer_list<asmjit::Operand> arguments,
                    x86::Gp* result) {
    const HelperInfo& info = helperInfo(helper);
    asmjit::FuncSignatureBuilder signature(asmjit::CallConvId::kHost);
    const bool returns = info.result != HelperResult::kNone;
    if (returns) {
        const bool is_int = info.result == HelperResult::kInt && helper != Helper::kLeaveLoop;
        signature.setRet(is_int ? asmjit::TypeId::kInt32 : asmjit::TypeId::kUInt64);
    }
    for (const char kind : info.arguments) {
        signature.addArg(kind == 'd' ? asmjit::TypeId::kFloat64 : asmjit::TypeId::kUInt64);
    }
    const x86::Gp target = temp();
    cc_->mov(target, helperAddress(helper, request_.helper_calls));
    asmjit::InvokeNode* node = nullptr;
    cc_->invoke(&node, target, signature);
    passArguments(node, {arguments.begin(), arguments.end()});
    if (returns && result != nullptr) node->setRet(0, *result);
}

}  // namespace tagproof::x64
