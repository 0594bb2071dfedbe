#include "runtime/frontend/assemble.h"

#include <utility>

#include "runtime/instruction_forms.h"

namespace tagproof::frontend {

namespace {

constexpr int kMaxJumpChain = 16;

// The branch that is taken when this one is not; NOP for other instructions.
Opcode inverseOf(Opcode opcode) {
    switch (opcode) {
        case Opcode::POP_JUMP_IF_FALSE:
            return Opcode::POP_JUMP_IF_TRUE;
        case Opcode::POP_JUMP_IF_TRUE:
            return Opcode::POP_JUMP_IF_FALSE;
        case Opcode::POP_JUMP_IF_NONE:
            return Opcode::POP_JUMP_IF_NOT_NONE;
        case Opcode::POP_JUMP_IF_NOT_NONE:
            return Opcode::POP_JUMP_IF_NONE;
        default:
            return Opcode::NOP;
    }
}

class Assembler {
  public:
    explicit Assembler(const CodeBuilder& builder)
        : builder_(builder), code_(builder.pending()), targets_(code_.size()) {}

    void run(CodeUnit& unit) {
        resolveJumps();
        invertBranches();
        markReachable();
        number();
        write(unit);
        writeExceptions(unit);
    }

  private:
    [[nodiscard]] static std::uint8_t flagsOf(Opcode opcode) { return opcodeInfo(opcode).flags; }
    // REQUIRES: the instruction has a handler.
    [[nodiscard]] std::uint32_t handlerEntry(std::size_t index) const {
        return builder_.placeOf(builder_.handlerAt(code_[index].handler).entry);
    }
    void resolveJumps();
    void threadJump(std::size_t index);
    void invertBranches();
    void markReachable();
    void reach(std::size_t index);
    void number();
    void write(CodeUnit& unit);
    void writeExceptions(CodeUnit& unit);

    const CodeBuilder& builder_;
    std::vector<CodeBuilder::Pending> code_;
    std::vector<std::uint32_t> targets_;    // of jumps: index into code_
    std::vector<bool> reached_;             // instructions to keep
    std::vector<std::size_t> worklist_;     // reached, successors not yet
    std::vector<std::uint32_t> new_index_;  // by index into code_
};

void Assembler::resolveJumps() {
    for (std::size_t i = 0; i < code_.size(); ++i) {
        if ((flagsOf(code_[i].opcode) & kJump) == 0) continue;
        targets_[i] = builder_.placeOf({code_[i].operand});
    }
    for (std::size_t i = 0; i < code_.size(); ++i) {
        if ((flagsOf(code_[i].opcode) & kJump) != 0) threadJump(i);
    }
}

// A jump to a forward JUMP goes where that one goes; a JUMP to a back edge becomes one itself.
void Assembler::threadJump(std::size_t index) {
    for (int steps = 0; steps < kMaxJumpChain; ++steps) {
        const std::uint32_t target = targets_[index];
        if (target >= code_.size()) return;
        const Opcode there = code_[target].opcode;
        const bool is_jump = code_[index].opcode == Opcode::JUMP;
        if (there == Opcode::JUMP && targets_[target] > target && target > index) {
            targets_[index] = targets_[target];
        } else if (there == Opcode::JUMP_BACKWARD && is_jump && target > index) {
            code_[index].opcode = Opcode::JUMP_BACKWARD;
            targets_[index] = targets_[target];
            return;
        } else {
            return;
        }
    }
}

// A branch over a JUMP becomes the opposite branch to where that leads; the JUMP then leads to the
// next instruction, and number() drops it.
void Assembler::invertBranches() {
    std::vector<bool> is_target(code_.size() + 1, false);
    for (std::size_t i = 0; i < code_.size(); ++i) {
        if ((flagsOf(code_[i].opcode) & kJump) != 0) is_target[targets_[i]] = true;
    }
    for (std::size_t i = 0; i + 2 < code_.size(); ++i) {
        const Opcode inverse = inverseOf(code_[i].opcode);
        if (inverse == Opcode::NOP || targets_[i] != i + 2 || is_target[i + 1]) continue;
        if (code_[i + 1].opcode != Opcode::JUMP || targets_[i + 1] <= i) continue;
        code_[i].opcode = inverse;
        targets_[i] = std::exchange(targets_[i + 1], static_cast<std::uint32_t>(i + 2));
    }
}

void Assembler::reach(std::size_t index) {
    if (index >= code_.size() || reached_[index]) return;
    reached_[index] = true;
    worklist_.push_back(index);
}

void Assembler::markReachable() {
    reached_.assign(code_.size(), false);
    reach(0);
    while (!worklist_.empty()) {
        const std::size_t index = worklist_.back();
        worklist_.pop_back();
        const std::uint8_t flags = flagsOf(code_[index].opcode);
        if ((flags & kJump) != 0) reach(targets_[index]);
        if ((flags & kEnds) == 0) reach(index + 1);
        // A JUMP raises nothing, and may yet be dropped.
        if (code_[index].handler != kNoHandler && code_[index].opcode != Opcode::JUMP) {
            reach(handlerEntry(index));
        }
    }
}

// New indices; a JUMP over nothing that is kept is dropped too. Backwards, so that a run of such
// jumps goes at once.
void Assembler::number() {
    std::size_t next_kept = code_.size();
    for (std::size_t i = code_.size(); i-- > 0;) {
        if (!reached_[i]) continue;
        std::size_t target = targets_[i];
        while (target < code_.size() && !reached_[target]) ++target;
        const bool is_empty_jump = code_[i].opcode == Opcode::JUMP && target == next_kept;
        if (is_empty_jump) {
            reached_[i] = false;
        } else {
            next_kept = i;
        }
    }
    new_index_.resize(code_.size());
    std::uint32_t index = 0;
    for (std::size_t i = 0; i < code_.size(); ++i) {
        new_index_[i] = index;
        if (reached_[i]) ++index;
    }
}

void Assembler::write(CodeUnit& unit) {
    for (std::size_t i = 0; i < code_.size(); ++i) {
        if (!reached_[i]) continue;
        const std::uint8_t flags = flagsOf(code_[i].opcode);
        const bool is_jump = (flags & kJump) != 0;
        const std::uint32_t site = (flags & kCache) != 0      ? unit.cache_count++
                                   : (flags & kFeedback) != 0 ? unit.feedback_count++
                                                              : 0;
        unit.instructions.push_back(
            {.form = static_cast<std::uint32_t>(code_[i].opcode),
             .operand = (is_jump ? new_index_[targets_[i]] : code_[i].operand) & 0xFFFFFF,
             .site = site});
        unit.positions.push_back(code_[i].location);
    }
    unit.stack_size = static_cast<std::uint32_t>(builder_.maxDepth());
}

// An instruction has one innermost handler, so that the ranges do not overlap.
void Assembler::writeExceptions(CodeUnit& unit) {
    HandlerId open = kNoHandler;
    for (std::size_t i = 0; i < code_.size(); ++i) {
        if (!reached_[i]) continue;
        const bool has_handler = code_[i].handler != kNoHandler && reached_[handlerEntry(i)];
        const HandlerId handler = has_handler ? code_[i].handler : kNoHandler;
        if (handler != open && handler != kNoHandler) {
            const CodeBuilder::Handler& target = builder_.handlerAt(handler);
            unit.exceptions.push_back({.begin = new_index_[i],
                                       .end = new_index_[i],
                                       .target = new_index_[handlerEntry(i)],
                                       .depth = static_cast<std::uint32_t>(target.depth)});
        }
        if (handler != kNoHandler) unit.exceptions.back().end = new_index_[i] + 1;
        open = handler;
    }
}

}  // namespace

void assemble(CodeBuilder& builder) {
    CodeUnit& unit = builder.unit();
    Assembler(builder).run(unit);
    markAssignedLocals(unit);
    chooseForms(unit.instructions);
}

}  // namespace tagproof::frontend
