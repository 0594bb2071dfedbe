#include "runtime/instruction_forms.h"

#include <gtest/gtest.h>

#include <vector>

#include "objmodel/type.h"

namespace tagproof {
namespace {

using enum Opcode;

Instruction make(Opcode opcode, uint32_t operand = 0) {
    return {.form = static_cast<uint32_t>(opcode), .operand = operand & 0xFFFFFF, .site = 0};
}
Instruction make(Opcode opcode, BinaryOp op) { return make(opcode, static_cast<uint32_t>(op)); }

std::vector<InstructionForm> formsOf(std::vector<Instruction> instructions) {
    const std::vector<Instruction> before = instructions;
    chooseForms(instructions);
    std::vector<InstructionForm> forms;
    for (size_t i = 0; i < instructions.size(); ++i) {
        EXPECT_EQ(instructions[i].op(), before[i].op());
        EXPECT_EQ(instructions[i].operand, before[i].operand);
        EXPECT_TRUE(formFits(std::span(instructions).subspan(i)));
        forms.push_back(static_cast<InstructionForm>(instructions[i].form));
    }
    return forms;
}

using Form = InstructionForm;

TEST(InstructionForms, TheBestWayFromEachInstruction) {
    // t = o.a; t = o.a: the pair that saves a count is worth more than the first that fits.
    EXPECT_EQ(formsOf({make(LOAD_FAST_CHECKED), make(LOAD_ATTR), make(STORE_FAST, 1),
                       make(LOAD_FAST_CHECKED), make(LOAD_ATTR), make(STORE_FAST, 1)}),
              (std::vector{Form::LOAD_FAST_LOAD_ATTR, Form::LOAD_ATTR, Form::STORE_FAST,
                           Form::LOAD_FAST_LOAD_ATTR, Form::LOAD_ATTR, Form::STORE_FAST}));
    // a + b * a: an instruction behind a form keeps the form for those who jump to it.
    EXPECT_EQ(
        formsOf({make(LOAD_FAST_CHECKED), make(LOAD_FAST_CHECKED), make(LOAD_FAST_CHECKED),
                 make(BINARY_OP, BinaryOp::kMultiply), make(BINARY_OP, BinaryOp::kAdd)}),
        (std::vector{Form::LOAD_FAST_LOAD_FAST, Form::LOAD_FAST_CHECKED, Form::LOAD_FAST_MULTIPLY,
                     Form::BINARY_OP_MULTIPLY, Form::BINARY_OP_ADD}));
}

TEST(InstructionForms, ALocalThatMayBeUnsetHasNone) {
    EXPECT_EQ(formsOf({make(LOAD_FAST), make(LOAD_ATTR)}),
              (std::vector{Form::LOAD_FAST, Form::LOAD_ATTR}));
}

TEST(InstructionForms, OperandsDecide) {
    EXPECT_EQ(formsOf({make(LOAD_CONST), make(BINARY_OP, BinaryOp::kPower)}),
              (std::vector{Form::LOAD_CONST, Form::BINARY_OP}));
}

TEST(InstructionForms, FormsThatDoNotFit) {
    std::vector<Instruction> instructions{make(LOAD_FAST_CHECKED), make(LOAD_ATTR), make(NOP)};
    instructions[0].form = static_cast<uint32_t>(Form::LOAD_FAST_STORE_ATTR);
    EXPECT_FALSE(formFits(instructions));
    instructions[0].form = static_cast<uint32_t>(Form::FOR_ITER_STORE_FAST);
    EXPECT_FALSE(formFits(instructions));
    instructions[0].form = 255;
    EXPECT_FALSE(formFits(instructions));
    instructions[2] = make(BINARY_OP, BinaryOp::kAdd);
    instructions[2].form = static_cast<uint32_t>(Form::BINARY_OP_SUBTRACT);
    EXPECT_FALSE(formFits(std::span(instructions).subspan(2)));
    // At the end there is no second instruction.
    std::vector<Instruction> last{make(LOAD_FAST_CHECKED)};
    last[0].form = static_cast<uint32_t>(Form::LOAD_FAST_LOAD_FAST);
    EXPECT_FALSE(formFits(last));
}

}  // namespace
}  // namespace tagproof
