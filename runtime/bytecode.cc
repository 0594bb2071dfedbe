#include "runtime/bytecode.h"

#include <array>
#include <cstddef>

namespace tagproof {

namespace {

using enum OperandKind;

constexpr std::array kOpcodeTable{
#define BYTECODE(name, operand, pops, pushes, flags, text) \
    OpcodeInfo{#name, operand, pops, pushes, flags},
#include "runtime/bytecode.def"
#undef BYTECODE
};

constexpr int kDependsOnOperand = -1;

int variablePops(Opcode opcode, int operand) {
    switch (opcode) {
        case Opcode::BUILD_MAP:
            return 2 * operand;
        case Opcode::CALL:
            return operand + 2;
        case Opcode::CALL_KW:
        case Opcode::CALL_EX:
            return operand + 3;
        case Opcode::FORMAT_VALUE:
            return (operand & 4) != 0 ? 2 : 1;
        case Opcode::MAKE_FUNCTION:
            return 1 + (operand & 1) + (operand >> 1 & 1) + (operand >> 2 & 1) + (operand >> 3 & 1);
        default:  // BUILD_* and RAISE_VARARGS take as many values as the operand says
            return operand;
    }
}

int variablePushes(Opcode opcode, int operand) {
    // UNPACK_EX: one list between the values before and after it.
    return opcode == Opcode::UNPACK_EX ? (operand & 0xFF) + 1 + (operand >> 8) : operand;
}

}  // namespace

const OpcodeInfo& opcodeInfo(Opcode opcode) { return kOpcodeTable[static_cast<size_t>(opcode)]; }

StackEffect stackEffect(Instruction instruction, bool jumped) {
    const Opcode opcode = instruction.op();
    const int operand = static_cast<int>(instruction.operand);
    if (jumped) {
        switch (opcode) {
            case Opcode::JUMP_IF_FALSE_OR_POP:
            case Opcode::JUMP_IF_TRUE_OR_POP:
                return {.pops = 1, .pushes = 1};
            case Opcode::FOR_ITER:
                return {.pops = 1, .pushes = 0};
            default:  // the other jumps leave the same stack on both paths
                break;
        }
    }
    const OpcodeInfo& info = opcodeInfo(opcode);
    return {
        .pops = info.pops == kDependsOnOperand ? variablePops(opcode, operand) : info.pops,
        .pushes = info.pushes == kDependsOnOperand ? variablePushes(opcode, operand) : info.pushes};
}

}  // namespace tagproof
