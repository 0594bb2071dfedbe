#pragma once
// Values to be replaced by others, collected by a pass and applied in one sweep over operands and
// frame states.

#include <vector>

#include "jit/hir/ir.h"

namespace tagproof::hir {

class Replacement {
  public:
    explicit Replacement(const Function& function) : by_id_(function.instrCount(), nullptr) {}

    void replace(const Instr* old_value, Instr* new_value) { by_id_[old_value->id] = new_value; }
    [[nodiscard]] bool isReplaced(const Instr* value) const { return by_id_[value->id] != nullptr; }
    // What stands for `value` now.
    [[nodiscard]] Instr* resolve(Instr* value) const {
        while (by_id_[value->id] != nullptr) value = by_id_[value->id];
        return value;
    }
    // Rewrites every use in the function; the replaced instructions stay where they are.
    void apply(Function& function) const;

  private:
    std::vector<Instr*> by_id_;  // null = stays
};

// Removes the instructions for which `is_dead` holds.
template <typename Predicate>
void removeInstrs(Function& function, Predicate is_dead) {
    for (Block* block : function.blocks) {
        std::erase_if(block->instrs, [&](const Instr* instr) { return is_dead(*instr); });
    }
}

}  // namespace tagproof::hir
