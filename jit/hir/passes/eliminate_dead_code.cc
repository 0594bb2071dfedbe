#include "jit/hir/passes/passes.h"
#include "jit/hir/passes/replacement.h"

namespace tagproof::hir {

namespace {

// Kept whether or not anybody uses the result. Boxing may fail for want of memory, but nobody boxes
// in order to fail.
bool isRoot(const Instr& instr) {
    if (instr.op == Op::kBoxDouble) return false;
    constexpr uint16_t kVisible = kWrites | kKillsFacts | kRunsGuest | kRaises | kTerminator;
    return (instr.info().effects & kVisible) != 0 || instr.info().exit != ExitKind::kNone;
}

class Marking {
  public:
    explicit Marking(const Function& function) : live_(function.instrCount()) {
        for (const Block* block : function.blocks) {
            for (const Instr* instr : block->instrs) {
                if (isRoot(*instr)) mark(instr);
            }
        }
        while (!work_.empty()) {
            const Instr* instr = work_.back();
            work_.pop_back();
            markUses(*instr);
        }
    }

    [[nodiscard]] bool isLive(const Instr& instr) const { return live_[instr.id]; }

  private:
    void mark(const Instr* instr) {
        if (live_[instr->id]) return;
        live_[instr->id] = true;
        work_.push_back(instr);
    }

    void markUses(const Instr& instr) {
        for (const Instr* operand : instr.operands) mark(operand);
        for (const FrameState* frame = instr.frame; frame != nullptr; frame = frame->caller) {
            for (const FrameSlot& slot : frame->slots) mark(slot.value);
        }
    }

    std::vector<bool> live_;          // by instruction id
    std::vector<const Instr*> work_;  // live, uses not yet marked
};

}  // namespace

void eliminateDeadCode(Function& function) {
    const Marking marking(function);
    removeInstrs(function, [&](const Instr& instr) { return !marking.isLive(instr); });
}

}  // namespace tagproof::hir
