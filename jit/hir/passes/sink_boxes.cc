// For each BoxDouble whose only uses are frame states and its own reference counting: the frames
// take the raw double, the counting goes, and dead code elimination takes the box.

#include "jit/hir/passes/passes.h"
#include "jit/hir/passes/replacement.h"

namespace tagproof::hir {

namespace {

bool isCounting(Op op) { return op == Op::kIncref || op == Op::kDecref; }

std::vector<bool> findSinkable(const Function& function) {
    std::vector<bool> sinkable(function.instrCount());
    for (const Block* block : function.blocks) {
        for (const Instr* instr : block->instrs) {
            if (instr->op == Op::kBoxDouble) sinkable[instr->id] = true;
        }
    }
    for (const Block* block : function.blocks) {
        for (const Instr* instr : block->instrs) {
            if (isCounting(instr->op)) continue;
            for (const Instr* operand : instr->operands) sinkable[operand->id] = false;
        }
    }
    return sinkable;
}

void sinkInFrames(Function& function, const std::vector<bool>& sinkable) {
    for (Block* block : function.blocks) {
        for (Instr* instr : block->instrs) {
            for (FrameState* frame = instr->frame; frame != nullptr; frame = frame->caller) {
                for (FrameSlot& slot : frame->slots) {
                    if (!sinkable[slot.value->id]) continue;
                    slot = {slot.value->operands[0], Ownership::kImmediate};
                }
            }
        }
    }
}

}  // namespace

void sinkBoxes(Function& function) {
    const std::vector<bool> sinkable = findSinkable(function);
    sinkInFrames(function, sinkable);
    removeInstrs(function, [&](const Instr& instr) {
        return isCounting(instr.op) && sinkable[instr.operands[0]->id];
    });
}

}  // namespace tagproof::hir
