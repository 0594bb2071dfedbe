#include "tests/soundness/encodings/compare.h"

#include "tests/soundness/meanings.h"

namespace tagproof::soundness {
namespace {

using verify::Family;
using verify::Instruction;

unsigned digitOf(const Instruction& in, unsigned k) { return (in.form >> (3 * k)) & 7; }

unsigned digitOf(OperandKind kind) {
    switch (kind) {
        case OperandKind::kGeneral:
            return verify::kReg;
        case OperandKind::kVector:
            return verify::kVec;
        case OperandKind::kMemory:
            return verify::kMem;
        case OperandKind::kImmediate:
            return verify::kImm;
        case OperandKind::kRelative:
            return verify::kRel;
        case OperandKind::kNone:
            return verify::kNoOperand;
        case OperandKind::kHighByte:
        case OperandKind::kOther:
            break;
    }
    return 8;  // no digit
}

uint64_t maskOf(unsigned width) {
    return width >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * width)) - 1;
}

const ReadOperand* memoryOf(const Reading& reading) {
    for (unsigned k = 0; k < reading.operand_count; ++k) {
        if (reading.operands[k].kind == OperandKind::kMemory) return &reading.operands[k];
    }
    return nullptr;
}

// Vector moves to and from general registers have families of their own.
Family familyOf(const Shape& shape, const Instruction& in) {
    if (shape.family != Family::kVecMove) return shape.family;
    if (digitOf(in, 0) == verify::kReg) return Family::kVecToInt;
    return digitOf(in, 1) == verify::kReg ? Family::kVecArith : Family::kVecMove;
}

bool sameMeaning(const Shape& shape, const Instruction& in) {
    return shape.is_known && familyOf(shape, in) == in.family && shape.op == in.op;
}

// "add" and R, M make "add_rm"; no operands, or a branch target: the mnemonic alone.
bool sameRowName(const Shape& shape, const Instruction& in) {
    std::string name = shape.mnemonic == "movabs" ? "mov" : shape.mnemonic;
    if (in.family == Family::kSetCondition) name = "setcc";
    if (in.family == Family::kMoveIf) name = "cmovcc";
    if (in.family == Family::kJump && in.op < 16) name = "jcc";
    const std::string_view row = verify::rowName(in.row);
    if (in.family == Family::kNop) return row == (in.form == 0 ? "nop" : "nop_m");
    if (in.form != verify::kNoOperand && in.form != verify::kRel) {
        name += '_';
        for (unsigned k = 0; digitOf(in, k) != 0; ++k) name += "?rxmij"[digitOf(in, k)];
    }
    return row == name;
}

bool sameForm(const Reading& reading, const Instruction& in) {
    unsigned form = 0;
    for (unsigned k = 0; k < reading.operand_count; ++k) {
        const unsigned digit = digitOf(reading.operands[k].kind);
        if (digit > 7) return false;
        form |= digit << (3 * k);
    }
    return form == in.form;
}

bool sameRegisters(const Reading& reading, const Instruction& in) {
    for (unsigned k = 0; k < 3; ++k) {
        const bool is_register =
            k < reading.operand_count && (reading.operands[k].kind == OperandKind::kGeneral ||
                                          reading.operands[k].kind == OperandKind::kVector);
        if (in.reg[k] != (is_register ? reading.operands[k].number : kNoNumber)) return false;
    }
    return true;
}

// Without an index the scale means nothing.
bool sameMemory(const Reading& reading, const Instruction& in) {
    const ReadOperand* memory = memoryOf(reading);
    if (memory == nullptr) return in.base == kNoNumber && in.index == kNoNumber && in.disp == 0;
    return !memory->has_segment && memory->base == in.base && memory->index == in.index &&
           (in.index == kNoNumber || memory->scale == in.scale) && memory->disp == in.disp;
}

// Modulo the operand width, as the families use them; counts of shifts are bytes.
bool sameImmediate(const Reading& reading, const Instruction& in) {
    for (unsigned k = 0; k < reading.operand_count; ++k) {
        const ReadOperand& operand = reading.operands[k];
        if (operand.kind == OperandKind::kRelative) return operand.value == in.imm;
        if (operand.kind != OperandKind::kImmediate) continue;
        const uint64_t mask = maskOf(in.family == Family::kShift ? 1 : in.width);
        return ((static_cast<uint64_t>(operand.value) ^ static_cast<uint64_t>(in.imm)) & mask) == 0;
    }
    return in.imm == 0;
}

constexpr unsigned kOwnWidth = 0xFF;

// With which width the family accesses operand k; kOwnWidth: with none of the record's.
unsigned widthOf(const Instruction& in, unsigned k) {
    if (k == 0 || digitOf(in, 0) == verify::kVec) return in.width;
    if (in.family == Family::kExtend) return in.src_width;
    if (in.family == Family::kShift) return 1;  // cl
    return in.family == Family::kLea || in.family == Family::kVecToInt ? kOwnWidth : in.width;
}

// Each general register and memory operand is accessed with the width that the family takes from
// the record.
bool sameWidths(const Reading& reading, const Instruction& in) {
    if (in.family == Family::kNop) return true;
    for (unsigned k = 0; k < reading.operand_count; ++k) {
        const ReadOperand& operand = reading.operands[k];
        if (operand.kind != OperandKind::kGeneral && operand.kind != OperandKind::kMemory) continue;
        const unsigned width = widthOf(in, k);
        if (width != kOwnWidth && operand.width != width) return false;
    }
    return true;
}

bool sameMemoryAccess(const Shape& shape, const Instruction& in, const Effects& effects) {
    bool loads = in.family == Family::kPop || in.family == Family::kReturn;
    bool stores = in.family == Family::kPush || in.family == Family::kCall;
    for (unsigned k = 0; k < 3; ++k) {
        if (digitOf(in, k) != verify::kMem) continue;
        if (in.family == Family::kLea || in.family == Family::kNop) continue;
        const bool writes = k == 0 && effects.writes_first;
        stores = stores || writes;
        loads = loads || !writes || effects.reads_first;
    }
    return shape.loads == loads && shape.stores == stores;
}

bool sameRegisterAccess(const Shape& shape, const Instruction& in, const Effects& effects) {
    const auto is = [&](unsigned k, unsigned digit) { return digitOf(in, k) == digit; };
    const bool writes[] = {effects.writes_first, effects.writes_second};
    for (unsigned k = 0; k < 2; ++k) {
        const bool is_register = is(k, verify::kReg) || is(k, verify::kVec);
        if (is_register && shape.writes_operand[k] != writes[k]) return false;
    }
    const bool reads = is(0, verify::kReg) && effects.writes_first;
    if (reads && shape.reads_first != effects.reads_first) return false;
    return shape.implicit_writes == effects.implicit_writes;
}

}  // namespace

bool Comparer::isExplained(Aspect aspect, const Case& c) {
    const auto all = explanations();
    for (size_t k = 0; k < all.size(); ++k) {
        if (all[k].aspect == aspect && all[k].explains(c)) {
            ++explained[k];
            return true;
        }
    }
    return false;
}

std::string_view Comparer::compareEffects(const Case& c) {
    const Shape& shape = *c.reading->shape;
    const Instruction& in = *c.instruction;
    const Effects effects = effectsOf(in);
    const auto differs = [&](bool same, Aspect aspect) { return !same && !isExplained(aspect, c); };
    if (differs(sameRegisterAccess(shape, in, effects), Aspect::kRegisterAccess)) {
        return "register access";
    }
    if (differs(sameMemoryAccess(shape, in, effects), Aspect::kMemoryAccess)) {
        return "memory access";
    }
    if (differs(shape.writes_flags == effects.writes_flags, Aspect::kFlags)) return "flags";
    return "";
}

std::string_view Comparer::compare(const Case& c) {
    if (c.reading == nullptr) return isExplained(Aspect::kRejected, c) ? "" : "rejected";
    const Reading& reading = *c.reading;
    const Instruction& in = *c.instruction;
    const auto differs = [&](bool same, Aspect aspect) { return !same && !isExplained(aspect, c); };
    if (differs(reading.length == in.length, Aspect::kLength)) return "length";
    if (differs(sameMeaning(*reading.shape, in), Aspect::kMnemonic)) return "mnemonic";
    const Shape*& checked = checked_name_[in.row % verify::kMaxRows];
    if (checked != reading.shape) {
        if (differs(sameRowName(*reading.shape, in), Aspect::kRow)) return "row";
        checked = reading.shape;
    }
    if (differs(sameForm(reading, in), Aspect::kForm)) return "form";
    if (differs(sameRegisters(reading, in), Aspect::kRegister)) return "register";
    if (differs(sameMemory(reading, in), Aspect::kMemory)) return "memory";
    if (differs(sameImmediate(reading, in), Aspect::kImmediate)) return "immediate";
    if (differs(sameWidths(reading, in), Aspect::kWidth)) return "width";
    return compareEffects(c);
}

}  // namespace tagproof::soundness
