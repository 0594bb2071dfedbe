// The differences between Zydis's and LLVM's reading that are understood, each with the manual's
// word on who is right. A predicate covers exactly the cases of its reason.

#include "tests/soundness/encodings/compare.h"

namespace tagproof::soundness {
namespace {

using verify::Family;

// The opcode and what follows: past the prefixes, which are not VEX.
std::span<const uint8_t> opcodeOf(std::span<const uint8_t> bytes) {
    const auto is_prefix = [](uint8_t byte) { return byte == 0x66 || (byte & 0xF0) == 0x40; };
    while (!bytes.empty() && is_prefix(bytes.front())) bytes = bytes.subspan(1);
    return bytes;
}
unsigned extensionOf(uint8_t modrm) { return (modrm >> 3) & 7; }

bool isTestAlias(const Case& c) {
    const auto opcode = opcodeOf(c.bytes);
    return c.instruction->family == Family::kAlu && c.instruction->op == verify::kTEST &&
           (opcode[0] & 0xFE) == 0xF6 && extensionOf(opcode[1]) == 1;
}

bool isShiftAlias(const Case& c) {
    const auto opcode = opcodeOf(c.bytes);
    const bool is_group = (opcode[0] & 0xFE) == 0xC0 || (opcode[0] & 0xFC) == 0xD0;
    return c.instruction->family == Family::kShift && c.instruction->op == verify::kSHL &&
           is_group && extensionOf(opcode[1]) == 6;
}

bool isNopOfOneOperand(const Case& c) {
    return c.instruction->family == Family::kNop && c.reading->operand_count == 1 &&
           c.reading->operands[0].kind == OperandKind::kMemory &&
           c.instruction->form == verify::kMem + 8 * verify::kReg &&
           c.instruction->reg[0] == kNoNumber && c.instruction->reg[2] == kNoNumber;
}

bool isExchangeInOtherOrder(const Case& c) {
    const auto& operands = c.reading->operands;
    return c.instruction->family == Family::kExchange && c.reading->operand_count == 2 &&
           c.instruction->reg[2] == kNoNumber && c.instruction->reg[0] == operands[1].number &&
           c.instruction->reg[1] == operands[0].number;
}

bool isTrap(const Case& c) { return c.instruction->family == Family::kTrap; }

bool isCallOrReturn(const Case& c) {
    return c.instruction->family == Family::kCall || c.instruction->family == Family::kReturn;
}

bool isCallOrReturnWithoutStack(const Case& c) {
    const bool loads = c.instruction->form == verify::kMem;
    return isCallOrReturn(c) && !c.reading->shape->stores && c.reading->shape->loads == loads;
}

constexpr Explanation kExplanations[] = {
    {"test-alias", "F6 /1 and F7 /1 are F6 /0 and F7 /0 to the CPU; LLVM does not know them",
     Aspect::kRejected, isTestAlias},
    {"shl-alias", "/6 of the shift group is /4 to the CPU; LLVM does not know it",
     Aspect::kRejected, isShiftAlias},
    {"nop-operand", "the reg field of 0F 1F is no operand to LLVM; nothing is accessed",
     Aspect::kForm, isNopOfOneOperand},
    {"nop-operand", "the reg field of 0F 1F is no operand to LLVM; nothing is accessed",
     Aspect::kRegister, isNopOfOneOperand},
    {"xchg-order", "LLVM names the operands of xchg, which are alike, in the other order",
     Aspect::kRegister, isExchangeInOtherOrder},
    {"sign-extension", "cdq and cqo write rdx only; LLVM adds the register that they read",
     Aspect::kRegisterAccess,
     [](const Case& c) {
         return c.instruction->family == Family::kSignToRdx &&
                c.reading->shape->implicit_writes == (1U << 0 | 1U << 2);
     }},
    {"call-stack", "LLVM leaves the return address and rsp out of calls and returns",
     Aspect::kRegisterAccess,
     [](const Case& c) { return isCallOrReturn(c) && c.reading->shape->implicit_writes == 0; }},
    {"call-stack", "LLVM leaves the return address and rsp out of calls and returns",
     Aspect::kMemoryAccess, isCallOrReturnWithoutStack},
    {"trap", "LLVM assumes any effect of a trap, after which nothing of the function runs",
     Aspect::kMemoryAccess, isTrap},
};
static_assert(std::size(kExplanations) <= kMaxExplanations);

}  // namespace

std::span<const Explanation> explanations() { return kExplanations; }

}  // namespace tagproof::soundness
