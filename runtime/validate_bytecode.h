#pragma once
// Checks what the interpreter and the jit take for granted about bytecode:
//
//   operands   every local, cell, name, constant and enumerator exists; jumps stay inside the code
//   control    the last instruction ends control; only JUMP_BACKWARD jumps backward, but for the
//              JUMP that closes the loop of `yield from`; every instruction can be reached
//   stack      one depth per instruction whatever the path, never below 0 or above stack_size; a
//              handler keeps no more values than the instructions it protects have
//   sites      instructions with a cache, and those with feedback, are numbered in order
//
// Not checked: types of the values on the stack, whether LOAD_FAST_CHECKED finds its local set.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/code.h"

namespace tagproof {

struct BytecodeView {
    std::span<const Instruction> instructions;
    std::span<const ExceptionRange> exceptions;
    std::uint32_t stack_size = 0;
    std::uint32_t local_count = 0;
    std::uint32_t cell_count = 0;  // own and free
    std::uint32_t name_count = 0;
    std::uint32_t constant_count = 0;
    std::uint32_t cache_count = 0;
    std::uint32_t feedback_count = 0;
};

[[nodiscard]] BytecodeView viewOf(const CodeBody& body);

// The first violation in words, or the empty text.
[[nodiscard]] std::string validateBytecode(const BytecodeView& code);

// Words on the operand stack before each instruction, of valid code.
[[nodiscard]] std::vector<int> stackDepths(const BytecodeView& code);

}  // namespace tagproof
