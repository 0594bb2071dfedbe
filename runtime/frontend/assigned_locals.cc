// Definite assignment: a forward data-flow analysis over the finished instructions. The state
// before an instruction is the set of locals that hold a value on every path to it; where paths
// meet, the intersection. A load that came through proves its local set, like a store. A handler
// can be entered from before any instruction that it protects.

#include <deque>

#include "runtime/frontend/assemble.h"

namespace tagproof::frontend {

namespace {

// One bit a local.
class LocalSet {
  public:
    explicit LocalSet(std::size_t size, bool full) : words_((size + 63) / 64, full ? ~0ULL : 0) {}

    void add(std::size_t local) { words_[local / 64] |= 1ULL << (local % 64); }
    void remove(std::size_t local) { words_[local / 64] &= ~(1ULL << (local % 64)); }
    [[nodiscard]] bool contains(std::size_t local) const {
        return (words_[local / 64] >> (local % 64) & 1) != 0;
    }
    // Intersects; true when that took something away.
    bool meet(const LocalSet& other) {
        bool changed = false;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const std::uint64_t met = words_[i] & other.words_[i];
            changed = changed || met != words_[i];
            words_[i] = met;
        }
        return changed;
    }

  private:
    std::vector<std::uint64_t> words_;
};

// States are kept at the starts of stretches only: at jump targets, handlers and behind jumps.
class AssignedLocals {
  public:
    explicit AssignedLocals(CodeUnit& unit) : unit_(unit) {}

    void run() {
        findBlocks();
        seedEntry();
        while (!worklist_.empty()) {
            const std::uint32_t block = worklist_.front();
            worklist_.pop_front();
            queued_[block] = false;
            walk(block, false);
        }
        for (std::uint32_t block = 0; block < starts_.size(); ++block) walk(block, true);
    }

  private:
    void findBlocks();
    void seedEntry();
    void walk(std::uint32_t block, bool rewrite);
    void flowTo(std::size_t instruction, const LocalSet& state);

    CodeUnit& unit_;
    std::vector<std::size_t> starts_;      // first instruction of each stretch
    std::vector<std::uint32_t> block_at_;  // stretch of each instruction
    std::vector<std::uint32_t> range_at_;  // exception range of each instruction + 1; 0: none
    std::vector<LocalSet> states_;         // at the start of each stretch
    std::vector<bool> queued_;             // by stretch
    std::deque<std::uint32_t> worklist_;   // stretches whose state changed
};

void AssignedLocals::findBlocks() {
    const std::size_t size = unit_.instructions.size();
    std::vector<bool> begins(size + 1, false);
    begins[0] = true;
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint8_t flags = opcodeInfo(unit_.instructions[i].op()).flags;
        if ((flags & kJump) != 0) begins[unit_.instructions[i].operand] = true;
        if ((flags & (kJump | kEnds)) != 0) begins[i + 1] = true;
    }
    range_at_.assign(size, 0);
    std::uint32_t number = 0;
    for (const ExceptionRange& range : unit_.exceptions) {
        ++number;
        begins[range.target] = true;
        for (std::size_t i = range.begin; i < range.end; ++i) range_at_[i] = number;
    }
    block_at_.resize(size);
    for (std::size_t i = 0; i < size; ++i) {
        if (begins[i]) starts_.push_back(i);
        block_at_[i] = static_cast<std::uint32_t>(starts_.size() - 1);
    }
}

void AssignedLocals::seedEntry() {
    const std::size_t locals = unit_.local_names.size();
    states_.assign(starts_.size(), LocalSet(locals, true));
    queued_.assign(starts_.size(), true);
    LocalSet entry(locals, false);
    std::size_t parameters = unit_.positional + unit_.keyword_only;
    if ((unit_.flags & kCodeHasVarArgs) != 0) ++parameters;
    if ((unit_.flags & kCodeHasVarKeywords) != 0) ++parameters;
    for (std::size_t local = 0; local < parameters; ++local) entry.add(local);
    (void)states_[0].meet(entry);
    for (std::uint32_t block = 0; block < starts_.size(); ++block) worklist_.push_back(block);
}

void AssignedLocals::flowTo(std::size_t instruction, const LocalSet& state) {
    const std::uint32_t block = block_at_[instruction];
    if (!states_[block].meet(state) || queued_[block]) return;
    queued_[block] = true;
    worklist_.push_back(block);
}

// Follows the state through a stretch and into its successors; at the end also changes the loads.
void AssignedLocals::walk(std::uint32_t block, bool rewrite) {
    LocalSet state = states_[block];
    for (std::size_t i = starts_[block];; ++i) {
        Instruction& instruction = unit_.instructions[i];
        if (range_at_[i] != 0) flowTo(unit_.exceptions[range_at_[i] - 1].target, state);
        const Opcode opcode = instruction.op();
        if (opcode == Opcode::STORE_FAST) state.add(instruction.operand);
        if (opcode == Opcode::DELETE_FAST) state.remove(instruction.operand);
        if (opcode == Opcode::LOAD_FAST) {
            if (rewrite && state.contains(instruction.operand)) {
                instruction.form = static_cast<std::uint32_t>(Opcode::LOAD_FAST_CHECKED);
            }
            state.add(instruction.operand);
        }
        const std::uint8_t flags = opcodeInfo(opcode).flags;
        if ((flags & kJump) != 0) flowTo(instruction.operand, state);
        if ((flags & kEnds) != 0) return;
        if (block_at_[i + 1] != block) return flowTo(i + 1, state);
    }
}

}  // namespace

void markAssignedLocals(CodeUnit& unit) {
    if (!unit.local_names.empty()) AssignedLocals(unit).run();
}

}  // namespace tagproof::frontend
