#include "runtime/validate_bytecode.h"

#include <vector>

#include "objmodel/check.h"
#include "objmodel/type.h"
#include "runtime/instruction_forms.h"

namespace tagproof {

namespace {

constexpr int kUnreached = -1;

class Validator {
  public:
    explicit Validator(const BytecodeView& code)
        : code_(code),
          depths_(code.instructions.size(), kUnreached),
          ranges_(code.instructions.size(), nullptr) {}

    std::string run() {
        checkInstructions();
        checkExceptions();
        if (error_.empty()) checkFlow();
        return error_;
    }
    [[nodiscard]] const std::vector<int>& depths() const { return depths_; }

  private:
    void fail(std::size_t index, const std::string& text) {
        if (!error_.empty()) return;
        error_ = "at " + std::to_string(index);
        if (index < code_.instructions.size()) {
            error_ += ' ';
            error_ += opcodeInfo(code_.instructions[index].op()).name;
        }
        error_ += ": " + text;
    }

    void checkInstructions();
    void checkSite(std::size_t index, const OpcodeInfo& info);
    void checkJump(std::size_t index);
    [[nodiscard]] std::size_t operandLimit(const Instruction& instruction) const;
    void checkExceptions();
    void checkFlow();
    void step(std::size_t index);
    void enterHandler(std::size_t index);
    void flowTo(std::size_t from, std::size_t target, int depth);

    const BytecodeView& code_;
    std::vector<int> depths_;                    // before each instruction
    std::vector<const ExceptionRange*> ranges_;  // innermost around each instruction, or null
    std::vector<std::size_t> worklist_;          // reached, not yet stepped through
    std::uint32_t caches_ = 0;                   // seen so far
    std::uint32_t feedbacks_ = 0;                // seen so far
    std::string error_;
};

std::size_t Validator::operandLimit(const Instruction& instruction) const {
    switch (opcodeInfo(instruction.op()).operand) {
        case OperandKind::kNone:
            return 1;
        case OperandKind::kLocal:
            return code_.local_count;
        case OperandKind::kCell:
            return code_.cell_count;
        case OperandKind::kName:
            return code_.name_count;
        case OperandKind::kConst:
            return code_.constant_count;
        case OperandKind::kTarget:
            return code_.instructions.size();
        case OperandKind::kOp:
            return instruction.op() == Opcode::COMPARE_OP ? 6
                   : instruction.op() == Opcode::UNARY_OP ? kUnaryOpCount
                                                          : kBinaryOpCount;
        case OperandKind::kFlags:
            return 16;
        case OperandKind::kCount:
            break;
    }
    return std::size_t{1} << 24;
}

void Validator::checkSite(std::size_t index, const OpcodeInfo& info) {
    const std::uint32_t site = code_.instructions[index].site;
    if ((info.flags & kCache) != 0 && site != caches_++) fail(index, "wrong cache number");
    if ((info.flags & kFeedback) != 0 && site != feedbacks_++) fail(index, "wrong feedback number");
}

void Validator::checkJump(std::size_t index) {
    const Instruction instruction = code_.instructions[index];
    const bool backward = instruction.operand <= index;
    if (instruction.op() == Opcode::JUMP_BACKWARD) {
        if (!backward) fail(index, "jumps forward");
        return;
    }
    if (!backward) return;
    const bool closes_send = instruction.op() == Opcode::JUMP &&
                             code_.instructions[instruction.operand].op() == Opcode::SEND;
    if (!closes_send) fail(index, "jumps backward");
}

void Validator::checkInstructions() {
    if (code_.instructions.empty()) return fail(0, "no instructions");
    for (std::size_t i = 0; i < code_.instructions.size(); ++i) {
        if (!formFits(code_.instructions.subspan(i))) {
            error_ = "at " + std::to_string(i) + ": form of another instruction";
            return;
        }
        const Instruction instruction = code_.instructions[i];
        const OpcodeInfo& info = opcodeInfo(instruction.op());
        if (instruction.operand >= operandLimit(instruction)) {
            fail(i, "operand " + std::to_string(instruction.operand) + " out of range");
            continue;
        }
        checkSite(i, info);
        if ((info.flags & kJump) != 0) checkJump(i);
    }
    const std::size_t last = code_.instructions.size() - 1;
    if ((opcodeInfo(code_.instructions[last].op()).flags & kEnds) == 0) {
        fail(last, "control falls off the end");
    }
    if (caches_ != code_.cache_count) fail(last, "wrong number of caches");
    if (feedbacks_ != code_.feedback_count) fail(last, "wrong number of feedback entries");
}

void Validator::checkExceptions() {
    const std::size_t size = code_.instructions.size();
    for (const ExceptionRange& range : code_.exceptions) {
        if (range.begin >= range.end || range.end > size || range.target >= size) {
            return fail(range.begin, "exception range out of range");
        }
        // The innermost comes first.
        for (std::size_t i = range.begin; i < range.end; ++i) {
            if (ranges_[i] == nullptr) ranges_[i] = &range;
        }
    }
}

void Validator::flowTo(std::size_t from, std::size_t target, int depth) {
    if (target >= depths_.size()) return fail(from, "control leaves the code");
    if (depth < 0) return fail(from, "stack underflow");
    if (depth > static_cast<int>(code_.stack_size)) {
        return fail(from, "stack deeper than stack_size");
    }
    if (depths_[target] == kUnreached) {
        depths_[target] = depth;
        worklist_.push_back(target);
    } else if (depths_[target] != depth) {
        fail(from, "reaches " + std::to_string(target) + " with depth " + std::to_string(depth) +
                       ", elsewhere " + std::to_string(depths_[target]));
    }
}

void Validator::enterHandler(std::size_t index) {
    if (ranges_[index] == nullptr) return;
    const int kept = static_cast<int>(ranges_[index]->depth);
    if (kept > depths_[index]) fail(index, "handler keeps more values than there are");
    flowTo(index, ranges_[index]->target, kept + 1);
}

void Validator::step(std::size_t index) {
    const Instruction instruction = code_.instructions[index];
    const OpcodeInfo& info = opcodeInfo(instruction.op());
    const int depth = depths_[index];
    enterHandler(index);
    const StackEffect straight = stackEffect(instruction, false);
    if (depth < straight.pops) return fail(index, "stack underflow");
    if ((info.flags & kJump) != 0) {
        const StackEffect jumped = stackEffect(instruction, true);
        if (depth < jumped.pops) return fail(index, "stack underflow");
        flowTo(index, instruction.operand, depth - jumped.pops + jumped.pushes);
    }
    const bool counts_from_top =
        instruction.op() == Opcode::COPY || instruction.op() == Opcode::SWAP;
    if (counts_from_top && static_cast<int>(instruction.operand) > depth) {
        return fail(index, "reaches below the stack");
    }
    if ((info.flags & kEnds) == 0) {
        flowTo(index, index + 1, depth - straight.pops + straight.pushes);
    }
}

void Validator::checkFlow() {
    flowTo(0, 0, 0);
    while (!worklist_.empty() && error_.empty()) {
        const std::size_t index = worklist_.back();
        worklist_.pop_back();
        step(index);
    }
    for (std::size_t i = 0; i < depths_.size(); ++i) {
        if (depths_[i] == kUnreached) fail(i, "cannot be reached");
    }
}

}  // namespace

BytecodeView viewOf(const CodeBody& body) {
    return {.instructions = body.instructions,
            .exceptions = body.exceptions,
            .stack_size = body.stack_size,
            .local_count = static_cast<std::uint32_t>(body.local_names.size()),
            .cell_count = static_cast<std::uint32_t>(body.cell_names.size()),
            .name_count = static_cast<std::uint32_t>(body.names.size()),
            .constant_count = static_cast<std::uint32_t>(body.constants.size()),
            .cache_count = body.cache_count,
            .feedback_count = body.feedback_count};
}

std::string validateBytecode(const BytecodeView& code) { return Validator(code).run(); }

std::vector<int> stackDepths(const BytecodeView& code) {
    Validator validator(code);
    TAGPROOF_CHECK(validator.run().empty(), "depths of broken bytecode");
    return validator.depths();
}

}  // namespace tagproof
