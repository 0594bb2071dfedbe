#include "runtime/validate_bytecode.h"

#include <gtest/gtest.h>

#include <vector>

namespace tagproof {
namespace {

Instruction make(Opcode opcode, uint32_t operand = 0, uint32_t site = 0) {
    return {.form = static_cast<uint32_t>(opcode), .operand = operand & 0xFFFFFF, .site = site};
}

std::string validate(const std::vector<Instruction>& instructions,
                     const std::vector<ExceptionRange>& exceptions = {}) {
    return validateBytecode({.instructions = instructions,
                             .exceptions = exceptions,
                             .stack_size = 2,
                             .local_count = 1,
                             .cell_count = 0,
                             .name_count = 1,
                             .constant_count = 1,
                             .cache_count = 0,
                             .feedback_count = 0});
}

using enum Opcode;

TEST(ValidateBytecode, AcceptsGoodCode) {
    EXPECT_EQ(validate({make(LOAD_CONST), make(RETURN_VALUE)}), "");
    EXPECT_EQ(validate({make(LOAD_CONST), make(POP_JUMP_IF_TRUE, 4), make(LOAD_CONST),
                        make(RETURN_VALUE), make(LOAD_CONST), make(RETURN_VALUE)}),
              "");
}

TEST(ValidateBytecode, Operands) {
    EXPECT_EQ(validate({make(LOAD_CONST, 1), make(RETURN_VALUE)}),
              "at 0 LOAD_CONST: operand 1 out of range");
    EXPECT_EQ(validate({make(LOAD_FAST, 7), make(RETURN_VALUE)}),
              "at 0 LOAD_FAST: operand 7 out of range");
    EXPECT_EQ(validate({make(JUMP, 9), make(LOAD_CONST), make(RETURN_VALUE)}),
              "at 0 JUMP: operand 9 out of range");
    EXPECT_EQ(validate({make(LOAD_CONST), make(COMPARE_OP, 6), make(RETURN_VALUE)}),
              "at 1 COMPARE_OP: operand 6 out of range");
}

TEST(ValidateBytecode, Forms) {
    std::vector<Instruction> code{make(LOAD_CONST), make(RETURN_VALUE)};
    code[0].form = static_cast<uint32_t>(InstructionForm::LOAD_CONST_ADD);
    EXPECT_EQ(validate(code), "at 0: form of another instruction");
    code[0].form = 255;
    EXPECT_EQ(validate(code), "at 0: form of another instruction");
}

TEST(ValidateBytecode, Stack) {
    EXPECT_EQ(validate({make(RETURN_VALUE)}), "at 0 RETURN_VALUE: stack underflow");
    EXPECT_EQ(validate({make(LOAD_CONST), make(LOAD_CONST), make(LOAD_CONST), make(RETURN_VALUE)}),
              "at 2 LOAD_CONST: stack deeper than stack_size");
    EXPECT_EQ(validate({make(LOAD_CONST), make(SWAP, 2), make(RETURN_VALUE)}),
              "at 1 SWAP: reaches below the stack");
    EXPECT_EQ(validate({make(LOAD_CONST), make(POP_JUMP_IF_TRUE, 3), make(LOAD_CONST),
                        make(LOAD_CONST), make(RETURN_VALUE)}),
              "at 2 LOAD_CONST: reaches 3 with depth 1, elsewhere 0");
}

TEST(ValidateBytecode, Control) {
    EXPECT_EQ(validate({make(LOAD_CONST)}), "at 0 LOAD_CONST: control falls off the end");
    EXPECT_EQ(validate({make(NOP), make(JUMP, 0)}), "at 1 JUMP: jumps backward");
    EXPECT_EQ(
        validate({make(LOAD_CONST), make(RETURN_VALUE), make(LOAD_CONST), make(RETURN_VALUE)}),
        "at 2 LOAD_CONST: cannot be reached");
    EXPECT_EQ(validate({}), "at 0: no instructions");
}

TEST(ValidateBytecode, Handlers) {
    const std::vector<Instruction> code{make(LOAD_CONST), make(RETURN_VALUE), make(RERAISE)};
    EXPECT_EQ(validate(code, {{.begin = 0, .end = 2, .target = 2, .depth = 0}}), "");
    EXPECT_EQ(validate(code, {{.begin = 0, .end = 2, .target = 2, .depth = 1}}),
              "at 0 LOAD_CONST: handler keeps more values than there are");
    EXPECT_EQ(validate(code, {{.begin = 0, .end = 2, .target = 3, .depth = 0}}),
              "at 0 LOAD_CONST: exception range out of range");
}

TEST(ValidateBytecode, Sites) {
    EXPECT_EQ(validate({make(LOAD_GLOBAL, 0, 1), make(RETURN_VALUE)}),
              "at 0 LOAD_GLOBAL: wrong cache number");
    EXPECT_EQ(validate({make(LOAD_GLOBAL, 0, 0), make(RETURN_VALUE)}),
              "at 1 RETURN_VALUE: wrong number of caches");
}

}  // namespace
}  // namespace tagproof
