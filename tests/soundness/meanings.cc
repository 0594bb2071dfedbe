#include "tests/soundness/meanings.h"

#include <unordered_map>

namespace tagproof::soundness {
namespace {

using verify::Family;
using namespace verify;  // the operations of decode.h

const std::unordered_map<std::string_view, Meaning>& meanings() {
    static const std::unordered_map<std::string_view, Meaning> kMeanings = [] {
        std::unordered_map<std::string_view, Meaning> out;
        const auto add = [&](Family family, uint8_t op, std::initializer_list<const char*> names) {
            for (const char* name : names) out[name] = {true, family, op};
        };
        add(Family::kMove, 0, {"mov", "movabs"});
        add(Family::kExtend, kZero, {"movzx"});
        add(Family::kExtend, kSign, {"movsx", "movsxd"});
        add(Family::kLea, 0, {"lea"});
        add(Family::kExchange, 0, {"xchg"});
        add(Family::kPush, 0, {"push"});
        add(Family::kPop, 0, {"pop"});
        add(Family::kNop, 0, {"nop"});
        add(Family::kAlu, kADD, {"add"});
        add(Family::kAlu, kSUB, {"sub"});
        add(Family::kAlu, kAND, {"and"});
        add(Family::kAlu, kOR, {"or"});
        add(Family::kAlu, kXOR, {"xor"});
        add(Family::kAlu, kCMP, {"cmp"});
        add(Family::kAlu, kTEST, {"test"});
        add(Family::kUnary, kINC, {"inc"});
        add(Family::kUnary, kDEC, {"dec"});
        add(Family::kUnary, kNEG, {"neg"});
        add(Family::kUnary, kNOT, {"not"});
        add(Family::kShift, kSHL, {"shl"});
        add(Family::kShift, kSHR, {"shr"});
        add(Family::kShift, kSAR, {"sar"});
        add(Family::kShift, kROT, {"rol", "ror"});
        add(Family::kImul, 0, {"imul"});
        add(Family::kDiv, 0, {"idiv"});
        add(Family::kSignToRdx, 0, {"cdq", "cqo"});
        add(Family::kJump, kAlways, {"jmp"});
        add(Family::kCall, 0, {"call"});
        add(Family::kReturn, 0, {"ret"});
        add(Family::kTrap, 0, {"ud2", "int3"});
        add(Family::kVecMove, 0,
            {"movaps", "movapd", "movdqa", "movsd", "movq", "vmovaps", "vmovapd", "vmovdqa",
             "vmovsd", "vmovq"});
        add(Family::kVecArith, 0,
            {"addsd", "subsd", "mulsd", "divsd", "sqrtsd", "xorpd", "andpd", "xorps", "pxor",
             "vaddsd", "vsubsd", "vmulsd", "vdivsd", "vsqrtsd", "vxorpd", "vandpd", "vxorps",
             "cvtsi2sd", "vcvtsi2sd"});
        add(Family::kVecToInt, 0, {"cvttsd2si", "vcvttsd2si"});
        add(Family::kVecCompare, 0, {"ucomisd", "vucomisd"});
        return out;
    }();
    return kMeanings;
}

constexpr std::string_view kConditionNames[] = {"o", "no", "b", "ae", "e", "ne", "be", "a",
                                                "s", "ns", "p", "np", "l", "ge", "le", "g"};

}  // namespace

Meaning meaningOf(std::string_view mnemonic, uint8_t condition) {
    if (condition >= 16) {
        const auto found = meanings().find(mnemonic);
        return found == meanings().end() ? Meaning{} : found->second;
    }
    constexpr std::pair<std::string_view, Family> kConditional[] = {
        {"set", Family::kSetCondition}, {"cmov", Family::kMoveIf}, {"j", Family::kJump}};
    for (const auto& [stem, family] : kConditional) {
        // The printed name must agree with the operand that the condition was read from.
        if (mnemonic.starts_with(stem) &&
            mnemonic.substr(stem.size()) == kConditionNames[condition]) {
            return {true, family, condition};
        }
    }
    return {};
}

Effects effectsOf(const verify::Instruction& in) {
    const bool compares = in.family == Family::kAlu && (in.op == kCMP || in.op == kTEST);
    switch (in.family) {
        case Family::kMove:
        case Family::kExtend:
        case Family::kLea:
        case Family::kSetCondition:
        case Family::kVecMove:
        case Family::kVecArith:
        case Family::kVecToInt:
            return {.writes_first = true};
        case Family::kMoveIf:
            return {.writes_first = true, .reads_first = true};
        case Family::kExchange:
            return {.writes_first = true, .writes_second = true, .reads_first = true};
        case Family::kPush:
            return {.implicit_writes = 1U << 4};
        case Family::kPop:
            return {.writes_first = true, .implicit_writes = 1U << 4};
        case Family::kAlu:
            return {.writes_first = !compares, .reads_first = !compares, .writes_flags = true};
        case Family::kUnary:
            return {.writes_first = true, .reads_first = true, .writes_flags = in.op != kNOT};
        case Family::kShift:
            return {.writes_first = true, .reads_first = true, .writes_flags = true};
        case Family::kImul:
            return {.writes_first = true,
                    .reads_first = (in.form >> 6) == kNoOperand,
                    .writes_flags = true};
        case Family::kDiv:
            return {.writes_flags = true, .implicit_writes = 1U << 0 | 1U << 2};
        case Family::kSignToRdx:
            return {.implicit_writes = 1U << 2};
        case Family::kVecCompare:
            return {.writes_flags = true};
        case Family::kCall:
        case Family::kReturn:
            return {.implicit_writes = 1U << 4};
        case Family::kNop:
        case Family::kJump:
        case Family::kTrap:
        case Family::kFault:
            break;
    }
    return {};
}

}  // namespace tagproof::soundness
