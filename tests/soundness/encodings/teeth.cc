#include "tests/soundness/encodings/teeth.h"

namespace tagproof::soundness {
namespace {

using verify::Family;
using verify::Instruction;

bool hasDigit(const Instruction& in, unsigned digit) {
    for (unsigned k = 0; k < 3; ++k) {
        if (((in.form >> (3 * k)) & 7) == digit) return true;
    }
    return false;
}

// Nothing depends on the width of instructions without general register and memory operands.
bool hasWidth(const Instruction& in) {
    return in.family != Family::kNop && (hasDigit(in, verify::kReg) || hasDigit(in, verify::kMem));
}
// Each changes one thing; false: the instruction has no such thing.
struct Spoil {
    const char* name;
    bool (*apply)(Instruction&);
};

template <unsigned K>
bool spoilRegister(Instruction& in) {
    in.reg[K] ^= 1;  // of no register: one that does not exist
    return in.family != Family::kNop;
}

constexpr Spoil kSpoils[] = {
    {"length + 1", [](Instruction& in) { return ++in.length != 0; }},
    {"length - 1", [](Instruction& in) { return --in.length != 0; }},
    {"width * 2",
     [](Instruction& in) { return (in.width = static_cast<uint8_t>(in.width * 2), hasWidth(in)); }},
    {"width / 2", [](Instruction& in) { return (in.width /= 2, hasWidth(in)); }},
    {"source width * 2",
     [](Instruction& in) {
         in.src_width = static_cast<uint8_t>(in.src_width * 2);
         return in.family == Family::kExtend;
     }},
    {"register 1", spoilRegister<0>},
    {"register 2", spoilRegister<1>},
    {"register 3", spoilRegister<2>},
    {"base", [](Instruction& in) { return (in.base ^= 1, in.base < 16); }},
    {"base dropped",
     [](Instruction& in) {
         const bool had = in.base < 16;
         in.base = verify::kNoRegister;
         return had;
     }},
    {"index", [](Instruction& in) { return (in.index ^= 1, in.index < 16); }},
    {"index dropped",
     [](Instruction& in) {
         const bool had = in.index < 16;
         in.index = verify::kNoRegister;
         return had;
     }},
    {"scale", [](Instruction& in) { return (in.scale ^= 3, in.index < 16); }},
    {"displacement + 1",
     [](Instruction& in) { return (in.disp ^= 1, hasDigit(in, verify::kMem)); }},
    {"displacement's sign",
     [](Instruction& in) { return (in.disp ^= INT32_MIN, hasDigit(in, verify::kMem)); }},
    {"immediate",
     [](Instruction& in) {
         in.imm ^= 1;
         return hasDigit(in, verify::kImm) || hasDigit(in, verify::kRel);
     }},
    {"operation", [](Instruction& in) { return (in.op ^= 1, true); }},
    {"family",
     [](Instruction& in) {
         in.family = in.family == Family::kMove ? Family::kExtend : Family::kMove;
         return true;
     }},
    {"row", [](Instruction& in) { return ++in.row < verify::rowCount(); }},
    {"form: last operand dropped",
     [](Instruction& in) {
         const bool has_three = (in.form >> 6) != 0;
         const bool has_two = (in.form >> 3) != 0;
         const unsigned left = has_three ? in.form & 63U : has_two ? in.form & 7U : 0U;
         const bool had = in.form != left && in.family != Family::kNop;
         in.form = static_cast<uint16_t>(left);
         return had;
     }},
};

}  // namespace

void Teeth::bite(const Case& c) {
    for (const Spoil& spoil : kSpoils) {
        Instruction record = *c.instruction;
        if (!spoil.apply(record)) continue;
        Case wrong = c;
        wrong.instruction = &record;
        Comparer comparer;
        ++spoiled;
        if (!comparer.compare(wrong).empty()) continue;
        ++missed[std::string(spoil.name) + " of " +
                 std::string(verify::rowName(c.instruction->row))];
    }
}

}  // namespace tagproof::soundness
