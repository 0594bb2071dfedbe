#include "jit/hir/passes/replacement.h"

#include <unordered_set>

namespace tagproof::hir {

void Replacement::apply(Function& function) const {
    std::unordered_set<FrameState*> seen;
    for (Block* block : function.blocks) {
        for (Instr* instr : block->instrs) {
            for (Instr*& operand : instr->operands) operand = resolve(operand);
            for (FrameState* frame = instr->frame; frame != nullptr && seen.insert(frame).second;
                 frame = frame->caller) {
                for (FrameSlot& slot : frame->slots) slot.value = resolve(slot.value);
            }
        }
    }
}

}  // namespace tagproof::hir
