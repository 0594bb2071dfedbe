#include "jit/hir/checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "jit/hir/printer.h"
#include "objmodel/check.h"

namespace tagproof::hir {

namespace {

// The declared type of operand `index`; the last declaration repeats behind "...".
HirType declaredType(const OpInfo& info, size_t index) {
    std::string_view rest = info.operands;
    for (size_t i = 0; i < index && rest.find(',') != rest.npos; ++i) {
        rest.remove_prefix(rest.find(',') + 1);
    }
    rest = rest.substr(0, rest.find(','));
    const std::string_view name = rest.substr(rest.find(':') + 1);
    struct Row {
        std::string_view name;
        HirType type;
    };
    static constexpr Row kRows[] = {
        {"Object", types::kObject},
        {"ObjectOrNull", types::kObjectOrNull},
        {"HeapObject", types::kHeapObject},
        {"Fixnum", types::kFixnum},
        {"Double", types::kDouble},
        {"RawDouble", types::kRawDouble},
        {"Flag", types::kFlag},
        {"Int", types::kInt},
        {"Values", types::kValues},
    };
    for (const Row& row : kRows) {
        if (row.name == name) return row.type;
    }
    return HirType(0xFFFF);
}

size_t declaredArity(const OpInfo& info) {
    if (info.operands.empty()) return 0;
    return static_cast<size_t>(std::ranges::count(info.operands, ',')) + 1;
}

class Checker {
  public:
    explicit Checker(const Function& function)
        : function_(function),
          defined_in_(function.instrCount(), nullptr),
          position_(function.instrCount()) {}

    std::vector<std::string> run() {
        for (const Block* block : function_.blocks) recordDefinitions(*block);
        findDominators();
        for (const Block* block : function_.blocks) checkBlock(*block);
        return std::move(faults_);
    }

  private:
    void fault(const Instr& instr, std::string_view text) {
        faults_.push_back(fmt::format("{}: {}", print(instr), text));
    }

    void recordDefinitions(const Block& block) {
        for (size_t i = 0; i < block.instrs.size(); ++i) {
            const Instr& instr = *block.instrs[i];
            if (defined_in_[instr.id] != nullptr) fault(instr, "placed twice");
            defined_in_[instr.id] = &block;
            position_[instr.id] = i;
        }
    }

    // Immediate dominators, after Cooper, Harvey and Kennedy.
    void findDominators() {
        size_t ids = 0;
        for (const Block* block : function_.blocks) ids = std::max<size_t>(ids, block->id + 1);
        order_.assign(ids, 0);
        dominator_.assign(ids, nullptr);
        for (size_t i = 0; i < function_.blocks.size(); ++i) order_[function_.blocks[i]->id] = i;
        dominator_[function_.entry->id] = function_.entry;
        for (bool changed = true; changed;) {
            changed = false;
            for (const Block* block : function_.blocks) {
                if (block == function_.entry) continue;
                const Block* found = nullptr;
                for (const Block* from : block->predecessors) {
                    if (dominator_[from->id] == nullptr) continue;
                    found = found == nullptr ? from : common(found, from);
                }
                changed |= dominator_[block->id] != found;
                dominator_[block->id] = found;
            }
        }
    }

    [[nodiscard]] const Block* common(const Block* a, const Block* b) const {
        while (a != b) {
            while (order_[a->id] > order_[b->id]) a = dominator_[a->id];
            while (order_[b->id] > order_[a->id]) b = dominator_[b->id];
        }
        return a;
    }

    [[nodiscard]] bool dominates(const Block* a, const Block* b) const {
        while (order_[b->id] > order_[a->id]) b = dominator_[b->id];
        return a == b;
    }

    // Whether `value` is computed before position `at` of `block` on every path.
    [[nodiscard]] bool reaches(const Instr& value, const Block* block, size_t at) const {
        const Block* home = defined_in_[value.id];
        if (home == nullptr) return false;
        return home == block ? position_[value.id] < at : dominates(home, block);
    }

    void checkBlock(const Block& block) {
        if (block.instrs.empty() || !block.terminator()->isTerminator()) {
            faults_.push_back(fmt::format("bb{}: no terminator", block.id));
            return;
        }
        for (size_t i = 0; i < block.instrs.size(); ++i) {
            const Instr& instr = *block.instrs[i];
            if (instr.isTerminator() != (i + 1 == block.instrs.size())) {
                fault(instr, "terminator in the middle of a block");
            }
            if (instr.op == Op::kPhi) {
                checkPhi(instr, block);
            } else {
                checkOperands(instr, block, i);
            }
            checkFrame(instr, block, i);
        }
    }

    void checkPhi(const Instr& phi, const Block& block) {
        if (phi.operands.size() != block.predecessors.size()) {
            fault(phi, "operands and predecessors differ in number");
            return;
        }
        for (size_t i = 0; i < phi.operands.size(); ++i) {
            const Block* from = block.predecessors[i];
            // The moves into phis stand in front of a jump; a branch has no place for them.
            if (from->terminator()->op == Op::kBranch) fault(phi, "phi behind a branch");
            if (!reaches(*phi.operands[i], from, from->instrs.size())) {
                fault(phi, fmt::format("v{} does not reach the edge", phi.operands[i]->id));
            }
        }
    }

    void checkOperands(const Instr& instr, const Block& block, size_t at) {
        const bool variadic = instr.info().operands.ends_with("...");
        if (!variadic && instr.operands.size() != declaredArity(instr.info())) {
            fault(instr, "wrong number of operands");
            return;
        }
        for (size_t i = 0; i < instr.operands.size(); ++i) {
            const Instr& operand = *instr.operands[i];
            if (!reaches(operand, &block, at))
                fault(instr, fmt::format("v{} not defined here", operand.id));
            if (!variadic && !operand.type.isWithin(declaredType(instr.info(), i))) {
                fault(instr, fmt::format("v{} is {}", operand.id, operand.type.toString()));
            }
        }
    }

    void checkFrame(const Instr& instr, const Block& block, size_t at) {
        if (instr.info().exit != ExitKind::kNone && instr.frame == nullptr) {
            fault(instr, "leaves without a frame state");
        }
        for (const FrameState* frame = instr.frame; frame != nullptr; frame = frame->caller) {
            for (const FrameSlot& slot : frame->slots) {
                if (slot.value == nullptr || !reaches(*slot.value, &block, at)) {
                    fault(instr, "frame state names a value not defined here");
                }
            }
        }
    }

    const Function& function_;
    std::vector<const Block*> defined_in_;  // by instruction id
    std::vector<size_t> position_;          // by instruction id: index in its block
    std::vector<size_t> order_;             // by block id: place in reverse postorder
    std::vector<const Block*> dominator_;   // by block id
    std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check(const Function& function) { return Checker(function).run(); }

void requireValid(const Function& function, const char* pass) {
    const std::vector<std::string> faults = check(function);
    if (faults.empty()) return;
    std::string text = print(function, {.with_exits = true, .with_lines = false});
    for (const std::string& fault : faults) text += fault + '\n';
    std::fwrite(text.data(), 1, text.size(), stderr);
    TAGPROOF_CHECK(faults.empty(), fmt::format("HIR broken after {}", pass));
}

}  // namespace tagproof::hir
