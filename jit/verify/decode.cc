// The table lookup and the rejections that need the raw encoding. Zydis reports one wrong address
// where prefix 0x67 is present, ignores prefixes that the CPU of another maker honours (0x66 on
// branches) and drops misplaced REX bytes, hence the closed list of prefixes in prefixesAllowed().

#include "jit/verify/decode.h"

#include <Zydis/Zydis.h>

#include <algorithm>
#include <array>
#include <bit>

namespace tagproof::verify {
namespace {

// --- the table of rules.def ----------------------------------------------------------------------

constexpr uint8_t k1 = 1, k2 = 2, k4 = 4, k8 = 8, k16 = 16, kAny = 0xFF;

enum Form : uint16_t {
    N = 0,
    R = kReg,
    M = kMem,
    J = kRel,
    RR = kReg + 8 * kReg,
    RM = kReg + 8 * kMem,
    MR = kMem + 8 * kReg,
    RI = kReg + 8 * kImm,
    MI = kMem + 8 * kImm,
    RRI = kReg + 8 * kReg + 64 * kImm,
    RMI = kReg + 8 * kMem + 64 * kImm,
    XX = kVec + 8 * kVec,
    XM = kVec + 8 * kMem,
    MX = kMem + 8 * kVec,
    XR = kVec + 8 * kReg,
    RX = kReg + 8 * kVec,
    XXX = kVec + 8 * kVec + 64 * kVec,
    XXM = kVec + 8 * kVec + 64 * kMem,
    XXR = kVec + 8 * kVec + 64 * kReg,
};

enum Row : uint8_t {
#define TAGPROOF_ROW(id, zydis, form, widths, family, op) row_##id,
#define TAGPROOF_CONDITION_ROW(id, zydis, form, widths, family) row_##id,
#include "jit/verify/rules.def"
#undef TAGPROOF_ROW
#undef TAGPROOF_CONDITION_ROW
    kRowCount,
};
static_assert(kRowCount <= kMaxRows);

constexpr std::string_view kRowNames[] = {
#define TAGPROOF_ROW(id, zydis, form, widths, family, op) #id,
#define TAGPROOF_CONDITION_ROW(id, zydis, form, widths, family) #id,
#include "jit/verify/rules.def"
#undef TAGPROOF_ROW
#undef TAGPROOF_CONDITION_ROW
};

struct Entry {
    uint16_t mnemonic;
    uint16_t form;
    uint8_t widths;
    Family family;
    uint8_t op;
    uint8_t row;
};

constexpr Entry kUnsortedEntries[] = {
#define TAGPROOF_ROW(id, zydis, form, widths, family, op)                                \
    {ZYDIS_MNEMONIC_##zydis,   form,    static_cast<uint8_t>(widths), Family::k##family, \
     static_cast<uint8_t>(op), row_##id},
#define TAGPROOF_ONE(id, zydis, form, widths, family, code) \
    {ZYDIS_MNEMONIC_##zydis, form, static_cast<uint8_t>(widths), Family::k##family, code, row_##id},
#define TAGPROOF_CONDITION_ROW(id, zydis, form, widths, family) \
    TAGPROOF_ONE(id, zydis##O, form, widths, family, 0)         \
    TAGPROOF_ONE(id, zydis##NO, form, widths, family, 1)        \
    TAGPROOF_ONE(id, zydis##B, form, widths, family, 2)         \
    TAGPROOF_ONE(id, zydis##NB, form, widths, family, 3)        \
    TAGPROOF_ONE(id, zydis##Z, form, widths, family, 4)         \
    TAGPROOF_ONE(id, zydis##NZ, form, widths, family, 5)        \
    TAGPROOF_ONE(id, zydis##BE, form, widths, family, 6)        \
    TAGPROOF_ONE(id, zydis##NBE, form, widths, family, 7)       \
    TAGPROOF_ONE(id, zydis##S, form, widths, family, 8)         \
    TAGPROOF_ONE(id, zydis##NS, form, widths, family, 9)        \
    TAGPROOF_ONE(id, zydis##P, form, widths, family, 10)        \
    TAGPROOF_ONE(id, zydis##NP, form, widths, family, 11)       \
    TAGPROOF_ONE(id, zydis##L, form, widths, family, 12)        \
    TAGPROOF_ONE(id, zydis##NL, form, widths, family, 13)       \
    TAGPROOF_ONE(id, zydis##LE, form, widths, family, 14)       \
    TAGPROOF_ONE(id, zydis##NLE, form, widths, family, 15)
#include "jit/verify/rules.def"
#undef TAGPROOF_ROW
#undef TAGPROOF_ONE
#undef TAGPROOF_CONDITION_ROW
};

constexpr auto kEntries = [] {
    std::array<Entry, std::size(kUnsortedEntries)> entries{};
    std::copy(std::begin(kUnsortedEntries), std::end(kUnsortedEntries), entries.begin());
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.mnemonic < b.mnemonic; });
    return entries;
}();

// First entry of each mnemonic; entries of one mnemonic are adjacent.
constexpr auto kFirstEntry = [] {
    std::array<uint16_t, ZYDIS_MNEMONIC_MAX_VALUE + 1> first{};
    for (auto& slot : first) slot = kEntries.size();
    for (size_t i = kEntries.size(); i-- > 0;) {
        first[kEntries[i].mnemonic] = static_cast<uint16_t>(i);
    }
    return first;
}();

// --- rejections that need the encoding -----------------------------------------------------------

// REX only directly before the opcode; 0x66, 0xF2 and 0xF3 once, where they are part of a vector
// instruction's opcode, or 0x66 where it selects 16 bits of a nop (no other row has such operands).
bool prefixesAllowed(const ZydisDecodedInstruction& decoded, bool is_vector) {
    const auto& raw = decoded.raw;
    const bool is_nop = decoded.mnemonic == ZYDIS_MNEMONIC_NOP;
    unsigned legacy = 0;
    for (unsigned i = 0; i < raw.prefix_count; ++i) {
        const auto& prefix = raw.prefixes[i];
        if ((prefix.value & 0xF0) == 0x40) {
            if (i + 1 != raw.prefix_count) return false;
            continue;
        }
        const bool mandatory = is_vector && prefix.type == ZYDIS_PREFIX_TYPE_MANDATORY;
        if (++legacy > 1 || (!mandatory && !(is_nop && prefix.value == 0x66))) return false;
    }
    return true;
}

// Its only operand is its displacement.
bool isRelativeBranch(const ZydisDecodedInstruction& decoded) {
    return (decoded.attributes & ZYDIS_ATTRIB_IS_RELATIVE) != 0 &&
           decoded.operand_count_visible == 1 && decoded.raw.imm[0].is_relative != 0;
}

bool isFar(const ZydisDecodedInstruction& decoded) {
    return decoded.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR;
}

struct Operands {
    uint16_t form = 0;
    uint8_t width[3] = {};
    RuleId fault = RuleId::kNoRow;
};

// What a register operand is: digit of the form and number, or no allowed register.
struct RegisterClass {
    uint8_t digit = kNoOperand;
    uint8_t number = kNoRegister;
    bool is_64 = false;
    bool is_high = false;  // ah, bh, ch, dh
};

constexpr auto kRegisterClasses = [] {
    std::array<RegisterClass, ZYDIS_REGISTER_MAX_VALUE + 1> classes{};
    const auto fill = [&](int first, int last, FormDigit digit, unsigned number) {
        for (int reg = first; reg <= last; ++reg) {
            auto& entry = classes[static_cast<size_t>(reg)];
            entry.digit = static_cast<uint8_t>(digit);
            entry.number = static_cast<uint8_t>(number++);
        }
    };
    fill(ZYDIS_REGISTER_RAX, ZYDIS_REGISTER_R15, kReg, 0);
    fill(ZYDIS_REGISTER_EAX, ZYDIS_REGISTER_R15D, kReg, 0);
    fill(ZYDIS_REGISTER_AX, ZYDIS_REGISTER_R15W, kReg, 0);
    fill(ZYDIS_REGISTER_AL, ZYDIS_REGISTER_BL, kReg, 0);
    fill(ZYDIS_REGISTER_SPL, ZYDIS_REGISTER_R15B, kReg, 4);
    fill(ZYDIS_REGISTER_XMM0, ZYDIS_REGISTER_XMM15, kVec, 0);
    for (int reg = ZYDIS_REGISTER_RAX; reg <= ZYDIS_REGISTER_R15; ++reg) {
        classes[static_cast<size_t>(reg)].is_64 = true;
    }
    for (int reg = ZYDIS_REGISTER_AH; reg <= ZYDIS_REGISTER_BH; ++reg) {
        classes[static_cast<size_t>(reg)].is_high = true;
    }
    return classes;
}();

bool readRegister(ZydisRegister reg, unsigned k, Instruction& out, Operands& operands) {
    const RegisterClass& entry = kRegisterClasses[static_cast<size_t>(reg)];
    if (entry.digit == kNoOperand) {
        operands.fault = entry.is_high ? RuleId::kHighByte : RuleId::kNoRow;
        return false;
    }
    out.reg[k] = entry.number;
    operands.form = static_cast<uint16_t>(operands.form | (unsigned{entry.digit} << (3 * k)));
    return true;
}

// A 64-bit general register of an address.
bool readAddressRegister(ZydisRegister reg, uint8_t& out) {
    if (reg == ZYDIS_REGISTER_NONE) return true;
    const RegisterClass& entry = kRegisterClasses[static_cast<size_t>(reg)];
    out = entry.number;
    return entry.is_64;
}

bool readMemory(const ZydisDecodedOperandMem& mem,
                unsigned k,
                Instruction& out,
                Operands& operands) {
    if (mem.type != ZYDIS_MEMOP_TYPE_MEM && mem.type != ZYDIS_MEMOP_TYPE_AGEN) return false;
    if (mem.base == ZYDIS_REGISTER_RIP || mem.base == ZYDIS_REGISTER_EIP) {
        operands.fault = RuleId::kRipRelative;
        return false;
    }
    if (!readAddressRegister(mem.base, out.base)) return false;
    if (!readAddressRegister(mem.index, out.index)) return false;
    out.scale = mem.scale;
    // moffs forms have displacements of 64 bits.
    if (mem.disp.value != static_cast<int32_t>(mem.disp.value)) return false;
    out.disp = static_cast<int32_t>(mem.disp.value);
    operands.form = static_cast<uint16_t>(operands.form | (unsigned{kMem} << (3 * k)));
    return true;
}

bool readImmediate(const ZydisDecodedOperandImm& imm, unsigned k, Instruction& out, Operands& ops) {
    out.imm = imm.value.s;
    const unsigned digit = imm.is_relative ? kRel : kImm;
    ops.form = static_cast<uint16_t>(ops.form | (digit << (3 * k)));
    return true;
}

// Fills `operands` (by reference: a copy of the bytes just written would stall).
bool readOperands(const ZydisDecodedInstruction& decoded,
                  const ZydisDecodedOperand* list,
                  Instruction& out,
                  Operands& operands) {
    for (unsigned k = 0; k < decoded.operand_count_visible; ++k) {
        const ZydisDecodedOperand& operand = list[k];
        operands.width[k] = static_cast<uint8_t>(operand.size / 8);
        bool ok = false;
        switch (operand.type) {
            case ZYDIS_OPERAND_TYPE_REGISTER:
                ok = readRegister(operand.reg.value, k, out, operands);
                break;
            case ZYDIS_OPERAND_TYPE_MEMORY:
                ok = readMemory(operand.mem, k, out, operands);
                break;
            case ZYDIS_OPERAND_TYPE_IMMEDIATE:
                ok = readImmediate(operand.imm, k, out, operands);
                break;
            case ZYDIS_OPERAND_TYPE_UNUSED:
            case ZYDIS_OPERAND_TYPE_POINTER:
                break;
        }
        if (!ok) return false;
    }
    return true;
}

// The width that the widths column speaks of: operand 1, but for vector forms the memory or general
// register operand.
uint8_t columnWidth(const Operands& operands) {
    if ((operands.form & 7) != kVec) return operands.width[0];
    const bool two = (operands.form >> 6) == 0;
    return two ? operands.width[1] : operands.width[2];
}

bool hasVectorOperand(uint16_t form) { return (form & 7) == kVec || (form >> 3 & 7) == kVec; }

void fault(Instruction& out, RuleId rule) {
    out.family = Family::kFault;
    out.imm = static_cast<int64_t>(rule);
}

bool matchRow(const ZydisDecodedInstruction& decoded, const Operands& operands, Instruction& out) {
    const uint8_t width = columnWidth(operands);
    for (size_t i = kFirstEntry[decoded.mnemonic]; i < kEntries.size(); ++i) {
        const Entry& entry = kEntries[i];
        if (entry.mnemonic != decoded.mnemonic) return false;
        if (entry.form != operands.form) continue;
        const bool fits = std::has_single_bit(width) && (width & entry.widths) != 0;
        if (entry.widths != kAny && !fits) return false;
        out.row = entry.row;
        out.family = entry.family;
        out.op = entry.op;
        out.form = entry.form;
        out.width = width;
        out.src_width = operands.width[1];
        return true;
    }
    return false;
}

struct Decoder {
    ZydisDecoder zydis;
    ZydisDecoderContext context;
    ZydisDecodedInstruction decoded;
    ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];

    Decoder() { ZydisDecoderInit(&zydis, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64); }

    // Decodes one instruction into `out`; false: the bytes are no instruction.
    bool one(std::span<const uint8_t> bytes, Instruction& out) {
        const ZyanStatus status =
            ZydisDecoderDecodeInstruction(&zydis, &context, bytes.data(), bytes.size(), &decoded);
        if (!ZYAN_SUCCESS(status)) return false;
        out.length = decoded.length;
        const uint8_t visible = decoded.operand_count_visible;
        if (kFirstEntry[decoded.mnemonic] == kEntries.size() || visible > 3 || isFar(decoded)) {
            fault(out, prefixesAllowed(decoded, true) ? RuleId::kNoRow : RuleId::kPrefix);
            return true;
        }
        if (isRelativeBranch(decoded)) {
            out.imm = decoded.raw.imm[0].value.s;
            Operands read;
            read.form = J;
            if (decoded.raw.prefix_count != 0 && !prefixesAllowed(decoded, false)) {
                fault(out, RuleId::kPrefix);
            } else if (!matchRow(decoded, read, out)) {
                fault(out, RuleId::kNoRow);
            }
            return true;
        }
        if (!ZYAN_SUCCESS(
                ZydisDecoderDecodeOperands(&zydis, &context, &decoded, operands, visible))) {
            return false;
        }
        Operands read;
        const bool ok = readOperands(decoded, operands, out, read);
        const bool is_vector = hasVectorOperand(read.form);
        if (decoded.raw.prefix_count != 0 && !prefixesAllowed(decoded, is_vector)) {
            fault(out, RuleId::kPrefix);
        } else if (!ok || !matchRow(decoded, read, out)) {
            fault(out, read.fault);
        }
        return true;
    }
};

// Branch displacements become instruction indices, once all starts are known.
void resolveTargets(Program& program) {
    for (Instruction& instruction : program.instructions) {
        if (instruction.family != Family::kJump) continue;
        const int64_t target = int64_t{instruction.offset} + instruction.length + instruction.imm;
        if (target < 0) continue;
        instruction.target = program.indexOf(static_cast<uint64_t>(target));
    }
}

}  // namespace

uint32_t Program::indexOf(uint64_t offset) const {
    if (offset >= code.size()) return kNoTarget;
    const uint64_t group = starts[offset / 64];
    const uint64_t bit = uint64_t{1} << (offset % 64);
    if ((group & bit) == 0) return kNoTarget;
    return start_rank[offset / 64] + static_cast<uint32_t>(std::popcount(group & (bit - 1)));
}

void decode(std::span<const uint8_t> code, uint64_t address, Program& program) {
    program.code = code;
    program.address = address;
    program.instructions.clear();
    program.start_rank.clear();
    if (code.size() > kMaxCodeBytes) return;
    program.starts.assign((code.size() + 63) / 64, 0);
    Decoder decoder;
    size_t offset = 0;
    size_t ranked = 0;  // groups whose rank is known
    while (offset < code.size()) {
        for (; ranked <= offset / 64; ++ranked) {
            program.start_rank.push_back(static_cast<uint32_t>(program.instructions.size()));
        }
        program.starts[offset / 64] |= uint64_t{1} << (offset % 64);
        Instruction& out = program.instructions.emplace_back();
        out.offset = static_cast<uint32_t>(offset);
        if (!decoder.one(code.subspan(offset), out)) {
            out.length = 1;
            fault(out, RuleId::kUndecodable);
            break;
        }
        offset += out.length;
    }
    resolveTargets(program);
}

std::string disassemble(const Program& program, const Instruction& instruction) {
    ZydisDecoder decoder;
    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    ZydisDecodedInstruction decoded;
    ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
    const auto bytes = program.code.subspan(instruction.offset);
    if (!ZYAN_SUCCESS(
            ZydisDecoderDecodeFull(&decoder, bytes.data(), bytes.size(), &decoded, operands))) {
        return "(bad)";
    }
    ZydisFormatter formatter;
    ZydisFormatterInit(&formatter, ZYDIS_FORMATTER_STYLE_INTEL);
    ZydisFormatterSetProperty(&formatter, ZYDIS_FORMATTER_PROP_FORCE_SIZE, ZYAN_TRUE);
    ZydisFormatterSetProperty(&formatter, ZYDIS_FORMATTER_PROP_ADDR_PADDING_ABSOLUTE,
                              ZYDIS_PADDING_DISABLED);
    char text[256];
    ZydisFormatterFormatInstruction(&formatter, &decoded, operands, decoded.operand_count_visible,
                                    text, sizeof text, instruction.offset, nullptr);
    return text;
}

uint32_t rowCount() { return kRowCount; }

std::string_view rowName(uint32_t row) {
    return row < kRowCount ? kRowNames[row] : std::string_view{"?"};
}

}  // namespace tagproof::verify
