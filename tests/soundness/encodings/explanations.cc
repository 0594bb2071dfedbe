// The differences between Zydis's and LLVM's reading that are understood, each with the manual's
// word on who is right. A predicate covers exactly the cases of its reason.

#include "tests/soundness/encodings/compare.h"

namespace tagproof::soundness {
namespace {

using verify::Family;

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
