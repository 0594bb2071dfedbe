// Instruction records against what Zydis says of the operands when it decodes them in full, for
// opcodes of all maps with prefixes and ModRM bytes of each kind. decode() itself uses Zydis's
// minimal mode and encodings.def. tests/soundness/encodings does the same with another decoder and
// many more encodings.

#include "jit/verify/decode.h"

#include <Zydis/Zydis.h>

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

// Registers, memory by SIB and by displacements of both sizes, nothing but a displacement, rip.
constexpr uint8_t kModRm[] = {0xC1, 0x02, 0x44, 0x82, 0x04, 0x05};
constexpr uint8_t kTail[] = {0x8B, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};

unsigned bytesOf(const ZydisDecodedOperand& operand) { return operand.size / 8; }

uint8_t numberOf(ZydisRegister reg) {
    if (reg == ZYDIS_REGISTER_NONE) return kNoRegister;
    if (ZydisRegisterGetClass(reg) == ZYDIS_REGCLASS_XMM) {
        return static_cast<uint8_t>(ZydisRegisterGetId(reg));
    }
    const auto mode = ZYDIS_MACHINE_MODE_LONG_64;
    return static_cast<uint8_t>(ZydisRegisterGetId(ZydisRegisterGetLargestEnclosing(mode, reg)));
}

class Comparison {
  public:
    Comparison() { ZydisDecoderInit(&full_, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64); }

    // Decodes both ways; true: decode() accepts.
    bool accepts(std::span<const uint8_t> bytes) {
        decode(bytes, kCodeAddress, program_);
        const Instruction& in = program_.instructions.front();
        if (in.family == Family::kFault) return false;
        const bool ok = ZYAN_SUCCESS(
            ZydisDecoderDecodeFull(&full_, bytes.data(), bytes.size(), &decoded_, operands_));
        EXPECT_TRUE(ok);
        EXPECT_EQ(in.length, decoded_.length);
        SCOPED_TRACE(disassemble(program_, in));
        compareOperands(in);
        return true;
    }

  private:
    void compareOperands(const Instruction& in) {
        unsigned form = 0;
        unsigned column = 0;
        for (unsigned k = 0; k < decoded_.operand_count_visible; ++k) {
            if (decoded_.mnemonic == ZYDIS_MNEMONIC_NOP && decoded_.opcode == 0x90) break;
            const ZydisDecodedOperand& operand = operands_[k];
            const unsigned digit = compareOperand(in, k, operand);
            const bool is_general = digit == kReg || digit == kMem;
            if (is_general && (k == 0 || (form & 7) == kVec)) column = bytesOf(operand);
            if (k == 1 && in.family == Family::kExtend) {
                EXPECT_EQ(in.src_width, bytesOf(operand));
            }
            form |= digit << (3 * k);
        }
        EXPECT_EQ(in.form, form);
        if (column != 0) {
            EXPECT_EQ(in.width, column);
        }
    }

    unsigned compareOperand(const Instruction& in, unsigned k, const ZydisDecodedOperand& operand) {
        switch (operand.type) {
            case ZYDIS_OPERAND_TYPE_REGISTER: {
                EXPECT_EQ(in.reg[k], numberOf(operand.reg.value));
                const ZydisRegisterClass kind = ZydisRegisterGetClass(operand.reg.value);
                return kind == ZYDIS_REGCLASS_XMM ? kVec : kReg;
            }
            case ZYDIS_OPERAND_TYPE_MEMORY:
                EXPECT_EQ(in.base, numberOf(operand.mem.base));
                EXPECT_EQ(in.index, numberOf(operand.mem.index));
                EXPECT_EQ(in.scale, operand.mem.scale);
                EXPECT_EQ(in.disp, operand.mem.disp.value);
                return kMem;
            default:
                EXPECT_EQ(in.imm, operand.imm.value.s);
                return in.family == Family::kJump ? kRel : kImm;
        }
    }

    ZydisDecoder full_;
    ZydisDecodedInstruction decoded_;
    ZydisDecodedOperand operands_[ZYDIS_MAX_OPERAND_COUNT];
    Program program_;
};

// How many encodings that start with `head` are accepted: each opcode, ModRM.reg and kModRm.
unsigned acceptedAfter(const Bytes& head) {
    Comparison comparison;
    unsigned accepted = 0;
    for (unsigned opcode = 0; opcode < 256; ++opcode) {
        for (const uint8_t rm : kModRm) {
            for (unsigned reg = 0; reg < 8; ++reg) {
                Bytes bytes = head;
                bytes.push_back(static_cast<uint8_t>(opcode));
                bytes.push_back(static_cast<uint8_t>(rm | reg << 3));
                bytes.insert(bytes.end(), std::begin(kTail), std::end(kTail));
                accepted += comparison.accepts(bytes) ? 1 : 0;
            }
        }
    }
    return accepted;
}

struct Head {
    Bytes bytes;
    unsigned accepted;  // encodings
};

// Counts were taken when each accepted encoding agreed with a second decoder.
const Head kHeads[] = {
    {{}, 5030},
    {{0x48}, 5130},
    {{0x41}, 5090},
    {{0x44}, 5090},
    {{0x42}, 5090},
    {{0x0F}, 1904},
    {{0x48, 0x0F}, 1872},
    {{0x45, 0x0F}, 1904},
    {{0x66}, 49},
    {{0x66, 0x0F}, 360},
    {{0x66, 0x48, 0x0F}, 408},
    {{0xF2, 0x0F}, 328},
    {{0xF2, 0x48, 0x0F}, 360},
    {{0xF3, 0x0F}, 40},
    {{0xC5, 0xE8}, 8},
    {{0xC5, 0xE9}, 80},
    {{0xC5, 0xEA}, 0},
    {{0xC5, 0xEB}, 256},
    {{0xC4, 0xE1, 0xE9}, 80},
    {{0xC4, 0xE1, 0xEB}, 256},
    {{0xC5, 0xF8}, 88},
    {{0xC5, 0xF9}, 320},
    {{0xC5, 0xFA}, 40},
    {{0xC4, 0xE1, 0xF9}, 400},
    // Never: an instruction of these has another address, width, repetition or map.
    {{0x67}, 0},
    {{0x64}, 0},
    {{0x2E}, 0},
    {{0xF0}, 0},
    {{0xF2}, 2},
    {{0xF3}, 0},
    {{0x48, 0x66}, 0},
    {{0x66, 0x66, 0x0F}, 0},
    {{0xC5, 0xED}, 0},
    {{0xC5, 0xEF}, 0},
    {{0x0F, 0x38}, 0},
    {{0x0F, 0x3A}, 0},
    {{0xC4, 0xE2, 0x69}, 0},
};

TEST(Decode, OperandsAgreeWithTheFullDecoder) {
    for (const Head& head : kHeads) {
        std::string text;
        for (const uint8_t byte : head.bytes) text += " " + std::to_string(byte);
        EXPECT_EQ(acceptedAfter(head.bytes), head.accepted) << "after" << text;
    }
}

}  // namespace
}  // namespace tagproof::verify::testing
