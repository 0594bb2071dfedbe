#include "tests/soundness/write_set/spoils.h"

#include "tests/soundness/meanings.h"

namespace tagproof::soundness {
namespace {

using verify::Family;
using verify::Instruction;

unsigned digitOf(const Instruction& in, unsigned k) { return (in.form >> (3 * k)) & 7; }

// All bytes of its memory operand are written, and all are seen.
bool storesAll(const Instruction& in) {
    return digitOf(in, 0) == verify::kMem &&
           (in.family == Family::kMove || in.family == Family::kVecMove);
}

bool changes(unsigned reg, const Observation& seen) {
    return seen.test->cpu.reg[reg] != seen.first.state.reg[reg];
}

bool doubleWidth(Instruction& in, const Observation&) {
    in.width = static_cast<uint8_t>(in.width * 2);
    return storesAll(in);
}
bool halveWidth(Instruction& in, const Observation&) {
    in.width /= 2;
    return storesAll(in);
}
bool nextByte(Instruction& in, const Observation&) {
    ++in.disp;
    return storesAll(in);
}
bool otherBase(Instruction& in, const Observation& seen) {
    if (in.base == verify::kNoRegister || !storesAll(in)) return false;
    const uint64_t right = addressOf(in, seen.test->cpu);
    in.base ^= 1;
    return addressOf(in, seen.test->cpu) != right;
}
bool otherScale(Instruction& in, const Observation& seen) {
    if (in.index == verify::kNoRegister || !storesAll(in)) return false;
    const uint64_t right = addressOf(in, seen.test->cpu);
    in.scale = static_cast<uint8_t>(in.scale == 8 ? 4 : in.scale * 2);
    return addressOf(in, seen.test->cpu) != right;
}
bool noStore(Instruction& in, const Observation& seen) {
    in.family = Family::kNop;
    return !seen.changed.empty();
}
bool otherRegister(Instruction& in, const Observation& seen) {
    if (digitOf(in, 0) != verify::kReg || !effectsOf(in).writes_first) return false;
    const unsigned right = in.reg[0];
    in.reg[0] ^= 1;
    return changes(right, seen) && (effectsOf(in).implicit_writes >> right & 1) == 0 &&
           in.family != Family::kExchange;
}
bool otherVector(Instruction& in, const Observation& seen) {
    if (digitOf(in, 0) != verify::kVec || !effectsOf(in).writes_first) return false;
    const unsigned right = in.reg[0];
    in.reg[0] ^= 1;
    return seen.test->cpu.vec[right] != seen.first.state.vec[right];
}
bool otherCondition(Instruction& in, const Observation&) {
    in.op ^= 1;
    return in.family == Family::kJump && in.op < 16;
}

constexpr Spoil kRecordSpoils[] = {
    {"width * 2", doubleWidth},     {"width / 2", halveWidth},
    {"displacement + 1", nextByte}, {"base", otherBase},
    {"scale", otherScale},          {"store left out", noStore},
    {"register", otherRegister},    {"vector register", otherVector},
    {"condition", otherCondition},
};

// Does nothing, where a named word changed.
bool nothing(Instruction& in, const Observation& seen) {
    in.family = Family::kNop;
    for (unsigned reg = 0; reg < 16; ++reg) {
        if (changes(reg, seen) && seen.test->reg[reg].sym != 0) return true;
    }
    return false;
}

// Adds instead of subtracting, or the reverse, two constants of 8 bytes.
bool addForSub(Instruction& in, const Observation& seen) {
    const bool fits = in.family == Family::kAlu && in.width == 8 &&
                      (in.op == verify::kADD || in.op == verify::kSUB) &&
                      digitOf(in, 0) == verify::kReg && digitOf(in, 1) == verify::kReg;
    if (!fits || in.reg[0] == in.reg[1]) return false;
    in.op = in.op == verify::kADD ? verify::kSUB : verify::kADD;
    return verify::isConstant(seen.test->reg[in.reg[0]]) &&
           verify::isConstant(seen.test->reg[in.reg[1]]) && seen.test->cpu.reg[in.reg[1]] << 1 != 0;
}

constexpr Spoil kModelSpoils[] = {{"no effect", nothing}, {"add for sub", addForSub}};

}  // namespace

std::span<const Spoil> recordSpoils() { return kRecordSpoils; }
std::span<const Spoil> modelSpoils() { return kModelSpoils; }

}  // namespace tagproof::soundness
