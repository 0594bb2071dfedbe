#pragma once
// Follows control through a function with a machine. A block with a single way in, a branch from
// elsewhere, needs no hint: it is executed as a detour when the walk comes to that branch, with the
// state there, and undone before the walk goes on behind the branch. Everything else that branches
// go to is a label with a hint.
//
// `Visitor` is the checker or inference:
//   bool isLabel(uint32_t index)             does the instruction have a hint?
//   bool follows(uint32_t to)                is the way to that branch target of interest?
//   void edge(uint32_t from, uint32_t to)    control goes from an instruction to a label
//   bool enter(uint32_t from, uint32_t at)   before each instruction; false: not this one
//   void refuse(uint32_t at, RuleId rule)    control goes where it cannot be followed

#include "jit/verify/machine.h"

namespace tagproof::verify {

template <typename Visitor>
class Walker {
  public:
    Walker(const Program& program, Machine& machine, Visitor& visitor)
        : instructions_(program.instructions), machine_(machine), visitor_(visitor) {}

    // Executes an instruction; false: control does not go on to the next one.
    [[nodiscard]] bool step(uint32_t at) {
        const Instruction& in = instructions_[at];
        switch (machine_.step(in)) {
            case Flow::kNext:
                return true;
            case Flow::kStop:
                return false;
            case Flow::kJump:
                jump(at, in);
                return false;
            case Flow::kBranch:
                jump(at, in);
                return machine_.assume(in.op ^ 1U);
        }
        return false;
    }

  private:
    // The way of a branch to its target. Nothing is executed on the way to a label.
    void jump(uint32_t at, const Instruction& in) {
        if (in.target == kNoTarget) return visitor_.refuse(at, RuleId::kBranchTarget);
        if (!visitor_.follows(in.target)) return;
        if (!visitor_.isLabel(in.target)) return detour(at, in);
        const State::Mark mark = machine_.state.mark();
        if (in.op == kAlways || machine_.assume(in.op)) visitor_.edge(at, in.target);
        machine_.state.undo(mark);
    }

    void detour(uint32_t at, const Instruction& in) {
        if (depth_ == kMaxNesting) return visitor_.refuse(at, RuleId::kHintMissing);
        const Machine::Fork fork = machine_.fork();
        if (in.op == kAlways || machine_.assume(in.op)) follow(at, in.target);
        machine_.rejoin(fork);
    }

    void follow(uint32_t from, uint32_t to) {
        ++depth_;
        for (uint32_t at = to;; ++at) {
            if (at == instructions_.size()) {
                visitor_.refuse(at - 1, RuleId::kFallOffEnd);
                break;
            }
            if (at != to && visitor_.isLabel(at)) {
                visitor_.edge(at - 1, at);
                break;
            }
            if (!visitor_.enter(at == to ? from : at - 1, at) || !step(at)) break;
        }
        --depth_;
    }

    const std::vector<Instruction>& instructions_;
    Machine& machine_;
    Visitor& visitor_;
    uint32_t depth_ = 0;  // detours under way
};

}  // namespace tagproof::verify
