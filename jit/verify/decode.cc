// Two tables must agree on each instruction: encodings.def says where an opcode has its operands,
// rules.def which mnemonics and forms may be used. Zydis decodes the fields, lengths and mnemonics;
// it reports one wrong address where prefix 0x67 is present, ignores prefixes that the CPU of
// another maker honours (0x66 on branches) and drops misplaced REX bytes, hence the closed list of
// prefixes in readPrefixes().

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

// --- the table of encodings.def ------------------------------------------------------------------

// Where an operand stands, and how wide it is: a letter of encodings.def, a width below it.
enum Place : uint8_t {
    kPlaceNone,
    kPlaceE,
    kPlaceG,
    kPlaceZ,
    kPlaceA,
    kPlaceC,
    kPlaceV,
    kPlaceW,
    kPlaceH,
    kPlaceN,
    kPlaceI,
    kPlaceJ,
    kPlaceU,
};
enum Size : uint8_t { kBytes1, kBytes2, kBytes4, kBytes8, kBytes16, kBySize, kByW };

constexpr uint8_t at(Place place, Size size) { return static_cast<uint8_t>(place << 3 | size); }

// The VEX classes in the order of the pp field: 66, F3, F2.
enum Class : uint8_t { kOne, k0F, k0F66, k0FF2, k0FF3, kV0F, kV0F66, kV0FF3, kV0FF2, kClassCount };

struct Shape {
    uint8_t operands[3];  // at() of each
    bool known;
    uint8_t refused;  // values of ModRM.reg, one bit each
};

constexpr auto kShapes = [] {
    constexpr uint8_t kNone = 0;
    constexpr uint8_t kEb = at(kPlaceE, kBytes1), kEw = at(kPlaceE, kBytes2);
    constexpr uint8_t kEd = at(kPlaceE, kBytes4), kEv = at(kPlaceE, kBySize);
    constexpr uint8_t kEy = at(kPlaceE, kByW);
    constexpr uint8_t kGb = at(kPlaceG, kBytes1), kGv = at(kPlaceG, kBySize);
    constexpr uint8_t kGy = at(kPlaceG, kByW);
    constexpr uint8_t kZb = at(kPlaceZ, kBytes1), kZv = at(kPlaceZ, kBySize);
    constexpr uint8_t kZq = at(kPlaceZ, kBytes8);
    constexpr uint8_t kAb = at(kPlaceA, kBytes1), kAv = at(kPlaceA, kBySize);
    constexpr uint8_t kC = at(kPlaceC, kBytes1), kU = at(kPlaceU, kBytes1);
    constexpr uint8_t kVx = at(kPlaceV, kBytes16), kHx = at(kPlaceH, kBytes16);
    constexpr uint8_t kNx = at(kPlaceN, kBytes16);
    constexpr uint8_t kWq = at(kPlaceW, kBytes8), kWx = at(kPlaceW, kBytes16);
    constexpr uint8_t kIb = at(kPlaceI, kBytes1), kIv = at(kPlaceI, kBySize);
    constexpr uint8_t kJ = at(kPlaceJ, kBytes1);
    std::array<std::array<Shape, 256>, kClassCount> shapes{};
#define TAGPROOF_ENCODING(map, first, last, a, b, c) \
    for (unsigned op = (first); op <= (last); ++op)  \
        shapes[map][op] = Shape{{k##a, k##b, k##c}, true, 0};
#define TAGPROOF_REFUSED(map, first, last, extensions) \
    for (unsigned op = (first); op <= (last); ++op) shapes[map][op].refused = (extensions);
#include "jit/verify/encodings.def"
#undef TAGPROOF_ENCODING
#undef TAGPROOF_REFUSED
    return shapes;
}();

// --- reading one instruction ---------------------------------------------------------------------

void fault(Instruction& out, RuleId rule) {
    out.family = Family::kFault;
    out.imm = static_cast<int64_t>(rule);
}

bool isRex(uint8_t prefix) { return (prefix & 0xF0) == 0x40; }

// The mandatory prefix: 0, 0x66, 0xF2 or 0xF3; nothing if the prefixes are not allowed. REX stands
// directly before the opcode; another prefix stands once, where it is part of the opcode, or is
// 0x66 where it selects 16 bits of a nop (no other row has such operands).
bool readPrefixes(const ZydisDecodedInstruction& decoded, uint8_t& mandatory) {
    const auto& raw = decoded.raw;
    unsigned legacy = 0;
    for (unsigned i = 0; i < raw.prefix_count; ++i) {
        const auto& prefix = raw.prefixes[i];
        if (isRex(prefix.value)) {
            if (i + 1 != raw.prefix_count) return false;
            continue;
        }
        const bool is_mandatory = prefix.type == ZYDIS_PREFIX_TYPE_MANDATORY;
        if (is_mandatory) mandatory = prefix.value;
        const bool widens_nop = decoded.mnemonic == ZYDIS_MNEMONIC_NOP && prefix.value == 0x66;
        if (++legacy > 1 || (!is_mandatory && !widens_nop)) return false;
    }
    return true;
}

// kClassCount: none that rows use.
unsigned classOf(const ZydisDecodedInstruction& decoded, uint8_t mandatory) {
    const bool is_vex = decoded.encoding == ZYDIS_INSTRUCTION_ENCODING_VEX;
    if (!is_vex && decoded.encoding != ZYDIS_INSTRUCTION_ENCODING_LEGACY) return kClassCount;
    if (decoded.opcode_map == ZYDIS_OPCODE_MAP_DEFAULT) {
        return mandatory == 0 && !is_vex ? kOne : kClassCount;
    }
    if (decoded.opcode_map != ZYDIS_OPCODE_MAP_0F) return kClassCount;
    if (is_vex) return decoded.raw.vex.L == 0 ? kV0F + decoded.raw.vex.pp : kClassCount;
    return mandatory == 0 ? k0F : mandatory == 0x66 ? k0F66 : mandatory == 0xF2 ? k0FF2 : k0FF3;
}

struct Decoder {
    ZydisDecoder zydis;
    ZydisDecoderContext context;
    ZydisDecodedInstruction decoded;

    // Minimal mode: lengths, mnemonics, fields and the checks of validity, but no operands, which
    // take as long again and are read here.
    Decoder() {
        ZydisDecoderInit(&zydis, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
        ZydisDecoderEnableMode(&zydis, ZYDIS_DECODER_MODE_MINIMAL, ZYAN_TRUE);
    }

    // Decodes one instruction into `out`; false: the bytes are no instruction.
    bool one(std::span<const uint8_t> bytes, Instruction& out) {
        const ZyanStatus status =
            ZydisDecoderDecodeInstruction(&zydis, &context, bytes.data(), bytes.size(), &decoded);
        if (!ZYAN_SUCCESS(status)) return false;
        out.length = decoded.length;
        uint8_t mandatory = 0;
        if (decoded.raw.prefix_count != 0 && !readPrefixes(decoded, mandatory)) {
            fault(out, RuleId::kPrefix);
            return true;
        }
        const unsigned map = classOf(decoded, mandatory);
        const Shape* shape = map < kClassCount ? &kShapes[map][decoded.opcode] : nullptr;
        if (shape == nullptr || !shape->known || isRefused(*shape)) {
            fault(out, RuleId::kNoRow);
            return true;
        }
        readOperands(*shape, out);
        return true;
    }

  private:
    // What has been read of the operands of one instruction.
    struct Operands {
        uint16_t form = 0;
        uint8_t count = 0;
        uint8_t width[3] = {};
        uint8_t column = 0;  // the width that rules.def speaks of
        RuleId fault = RuleId::kNoRow;
    };

    [[nodiscard]] bool isRefused(const Shape& shape) const {
        return (shape.refused >> decoded.raw.modrm.reg & 1) != 0;  // reg: 0 without a ModRM byte
    }

    [[nodiscard]] uint8_t widthOf(unsigned size) const {
        if (size == kBySize) return decoded.operand_width / 8;
        if (size == kByW) return context.vector_unified.W != 0 ? 8 : 4;
        return static_cast<uint8_t>(1U << size);
    }

    void readOperands(const Shape& shape, Instruction& out) {
        Operands read;
        const bool is_nop = decoded.opcode == 0x90 && decoded.mnemonic == ZYDIS_MNEMONIC_NOP &&
                            decoded.opcode_map == ZYDIS_OPCODE_MAP_DEFAULT;
        bool ok = true;
        for (unsigned k = 0; k < 3 && shape.operands[k] != 0 && !is_nop; ++k) {
            ok = ok && readOperand(shape.operands[k], out, read);
        }
        if (!ok || !matchRow(read, out)) fault(out, read.fault);
    }

    bool readOperand(uint8_t operand, Instruction& out, Operands& read) {
        const uint8_t width = widthOf(operand & 7U);
        const bool is_register = decoded.raw.modrm.mod == 3;
        switch (operand >> 3) {
            case kPlaceE:
                if (!is_register) return readMemory(width, out, read);
                return addRegister(context.reg_info.id_rm, width, out, read);
            case kPlaceG:
                return addRegister(context.reg_info.id_reg, width, out, read);
            case kPlaceZ:
                return addRegister(
                    static_cast<uint8_t>((decoded.opcode & 7) | context.vector_unified.B << 3),
                    width, out, read);
            case kPlaceA:
                return addRegister(0, width, out, read);
            case kPlaceC:
                return addRegister(1, width, out, read);
            case kPlaceV:
                return add(kVec, context.reg_info.id_reg, width, out, read);
            case kPlaceW:
                if (!is_register) return readMemory(width, out, read);
                return add(kVec, context.reg_info.id_rm, width, out, read);
            case kPlaceN:
                if (!is_register) return true;
                return add(kVec, context.reg_info.id_ndsndd, width, out, read);
            case kPlaceH:
                return add(kVec, context.reg_info.id_ndsndd, width, out, read);
            case kPlaceI:
                if (decoded.raw.imm[0].size == 0) return true;  // group F6, F7: test alone has one
                out.imm = decoded.raw.imm[0].value.s;
                return add(kImm, kNoRegister, width, out, read);
            case kPlaceJ:
                out.imm = decoded.raw.imm[0].value.s;
                return add(kRel, kNoRegister, width, out, read);
            case kPlaceU:
                out.imm = 1;
                return add(kImm, kNoRegister, width, out, read);
            default:
                return false;
        }
    }

    static bool add(unsigned digit, uint8_t reg, uint8_t width, Instruction& out, Operands& read) {
        const unsigned k = read.count++;
        read.form = static_cast<uint16_t>(read.form | digit << (3 * k));
        read.width[k] = width;
        out.reg[k] = reg;
        // rules.def speaks of operand 1, but for vector forms of the memory or general operand.
        if (k == 0 || digit == kReg || digit == kMem) {
            if (k == 0 || (read.form & 7) == kVec) read.column = width;
        }
        return true;
    }

    bool addRegister(uint8_t reg, uint8_t width, Instruction& out, Operands& read) {
        const auto& raw = decoded.raw;
        const bool has_rex =
            raw.prefix_count != 0 && isRex(raw.prefixes[raw.prefix_count - 1].value);
        if (width == 1 && reg >= 4 && reg < 8 && !has_rex) {
            read.fault = RuleId::kHighByte;
            return false;
        }
        return add(kReg, reg, width, out, read);
    }

    // [base + index * scale + disp]. Without base: mod 00, and rm 101 (rip) or base 101 in the SIB
    // byte. Without index: index 100 in the SIB byte, unextended.
    bool readMemory(uint8_t width, Instruction& out, Operands& read) {
        const auto& raw = decoded.raw;
        const bool has_sib = raw.modrm.rm == 4;
        const bool no_base = raw.modrm.mod == 0 && (has_sib ? raw.sib.base : raw.modrm.rm) == 5;
        if (no_base && !has_sib) {
            read.fault = RuleId::kRipRelative;
            return false;
        }
        if (!no_base) out.base = context.reg_info.id_base;
        if (has_sib && context.reg_info.id_index != 4) {
            out.index = context.reg_info.id_index;
            out.scale = static_cast<uint8_t>(1U << raw.sib.scale);
        }
        out.disp = static_cast<int32_t>(raw.disp.value);
        return add(kMem, kNoRegister, width, out, read);
    }

    bool matchRow(const Operands& read, Instruction& out) const {
        for (size_t i = kFirstEntry[decoded.mnemonic]; i < kEntries.size(); ++i) {
            const Entry& entry = kEntries[i];
            if (entry.mnemonic != decoded.mnemonic) return false;
            if (entry.form != read.form) continue;
            const bool fits = (read.column & entry.widths) != 0;
            if (entry.widths != kAny && !fits) return false;
            out.row = entry.row;
            out.family = entry.family;
            out.op = entry.op;
            out.form = entry.form;
            out.width = read.column;
            out.src_width = read.width[1];
            return true;
        }
        return false;
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
