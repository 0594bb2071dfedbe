#pragma once
// Instruction forms of the rows: found by asking decode() which opcodes it accepts, and put
// together here, field by field, without asking the verifier anything more.

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "jit/verify/decode.h"
#include "tests/soundness/opcode_map.h"

namespace tagproof::soundness {

// One opcode with what it needs around it.
struct Template {
    uint8_t row = 0xFF;
    verify::Family family = verify::Family::kFault;
    uint8_t width = 0;
    bool is_vex = false;
    uint8_t prefix = 0;  // 0x66, 0xF2, 0xF3 or none; VEX: the pp field
    bool is_wide = false;
    bool has_escape = false;  // 0F
    uint8_t opcode = 0;
    bool has_modrm = true;
    bool has_memory = false;
    uint8_t extensions = 0xFF;  // values of ModRM.reg that the row has; all: an operand
    bool has_vvvv = false;      // VEX: a register stands there
    uint8_t immediate_bytes = 0;

    [[nodiscard]] bool hasRegField() const { return has_modrm && extensions == 0xFF; }
};

// By row.
[[nodiscard]] std::vector<std::vector<Template>> findTemplates();

// The fields that a template leaves open.
struct Fields {
    uint8_t reg = 0;  // ModRM.reg, with its extension bit
    uint8_t rm = 0;   // register operand there, or in the opcode
    uint8_t vvvv = 0;
    bool has_base = false;
    bool has_index = false;
    uint8_t base = 0;
    uint8_t index = 0;  // not rsp
    uint8_t scale_bits = 0;
    int32_t disp = 0;
    uint8_t disp_bytes = 0;  // 0, 1 or 4; without base: 4; base rbp or r13: not 0
    uint64_t immediate = 0;
    bool with_rex = false;  // a REX byte even where none is needed
};
// Appends the instruction's bytes.
void encode(const Template& form, const Fields& fields, std::vector<uint8_t>& out);

}  // namespace tagproof::soundness
