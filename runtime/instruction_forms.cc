#include "runtime/instruction_forms.h"

#include <algorithm>
#include <vector>

#include "objmodel/type.h"

namespace tagproof {

namespace {

struct Match {
    InstructionForm form;
    Opcode first;
    int first_operand;
    Opcode second;
    int second_operand;
    uint32_t saved;

    [[nodiscard]] uint32_t length() const { return second_operand == kAlone ? 1 : 2; }

    static constexpr int kAny = -1;
    static constexpr int kAlone = -2;
};

constexpr int operandOf(int condition) { return condition; }
constexpr int operandOf(BinaryOp op) { return static_cast<int>(op); }
constexpr int kAny = Match::kAny;
constexpr int kAlone = Match::kAlone;

constexpr std::array kMatches{
#define INSTRUCTION_FORM(name, first)
#define FORM_MATCH(name, first, first_operand, second, second_operand, saved)                 \
    Match{InstructionForm::name,     Opcode::first, operandOf(first_operand), Opcode::second, \
          operandOf(second_operand), saved},
#include "runtime/instruction_forms.def"
#undef INSTRUCTION_FORM
#undef FORM_MATCH
};

bool isInstruction(Instruction instruction, Opcode opcode, int operand) {
    return instruction.op() == opcode &&
           (operand == kAny || instruction.operand == static_cast<uint32_t>(operand));
}

bool matches(const Match& match, std::span<const Instruction> instructions) {
    if (instructions.size() < match.length()) return false;
    return isInstruction(instructions[0], match.first, match.first_operand) &&
           (match.length() == 1 ||
            isInstruction(instructions[1], match.second, match.second_operand));
}

}  // namespace

void chooseForms(std::span<Instruction> instructions) {
    std::vector<uint32_t> saved(instructions.size() + 2, 0);  // from there to the end
    for (size_t i = instructions.size(); i-- > 0;) {
        saved[i] = saved[i + 1];
        for (const Match& match : kMatches) {
            if (!matches(match, instructions.subspan(i))) continue;
            const uint32_t all = match.saved + saved[i + match.length()];
            if (all <= saved[i]) continue;
            saved[i] = all;
            instructions[i].form = static_cast<uint32_t>(match.form);
        }
    }
}

bool formFits(std::span<const Instruction> instructions) {
    const uint32_t form = instructions[0].form;
    if (form >= kOpcodeOfForm.size()) return false;
    if (form == static_cast<uint32_t>(instructions[0].op())) return true;
    return std::any_of(kMatches.begin(), kMatches.end(), [&](const Match& match) {
        return static_cast<uint32_t>(match.form) == form && matches(match, instructions);
    });
}

}  // namespace tagproof
