#pragma once
// The instruction set as data: an enumerator and a row of properties for each line of bytecode.def.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tagproof {

enum class Opcode : uint8_t {
#define BYTECODE(name, operand, pops, pushes, flags, text) name,
#include "runtime/bytecode.def"
#undef BYTECODE
};

// What the dispatch loop goes by: an Opcode, or a form (instruction_forms.def) of one.
enum class InstructionForm : uint8_t {
#define BYTECODE(name, operand, pops, pushes, flags, text) name,
#include "runtime/bytecode.def"
#undef BYTECODE
#define INSTRUCTION_FORM(name, first) name,
#define FORM_MATCH(name, first, first_operand, second, second_operand, saved)
#include "runtime/instruction_forms.def"
#undef INSTRUCTION_FORM
#undef FORM_MATCH
};

// The opcode of each form.
inline constexpr std::array kOpcodeOfForm{
#define BYTECODE(name, operand, pops, pushes, flags, text) Opcode::name,
#include "runtime/bytecode.def"
#undef BYTECODE
#define INSTRUCTION_FORM(name, first) Opcode::first,
#define FORM_MATCH(name, first, first_operand, second, second_operand, saved)
#include "runtime/instruction_forms.def"
#undef INSTRUCTION_FORM
#undef FORM_MATCH
};

enum class OperandKind : uint8_t {
    kNone,
    kLocal,
    kCell,
    kName,
    kConst,
    kCount,
    kTarget,
    kOp,
    kFlags
};

enum OpcodeFlag : uint8_t {
    kCache = 1,        // owns an AttrCache
    kFeedback = 2,     // owns a Feedback
    kJump = 4,         // operand is an instruction index
    kConditional = 8,  // may also fall through
    kEnds = 16,        // never falls through
    kMayRaise = 32,
};

struct OpcodeInfo {
    std::string_view name;
    OperandKind operand;
    int8_t pops;    // -1 = depends on the operand
    int8_t pushes;  // -1 = depends on the operand
    uint8_t flags;  // OpcodeFlag bits
};

[[nodiscard]] const OpcodeInfo& opcodeInfo(Opcode opcode);

// One instruction: 8 bytes. `site` numbers the code's caches (kCache) or feedback entries
// (kFeedback). `form` is that of the dispatch loop; all others ask for op().
struct Instruction {
    uint32_t form : 8;
    uint32_t operand : 24;
    uint32_t site;

    [[nodiscard]] Opcode op() const { return kOpcodeOfForm[form]; }
};
static_assert(sizeof(Instruction) == 8);

struct StackEffect {
    int pops;
    int pushes;
};
// Of one instruction; for conditional jumps `jumped` selects the taken path.
[[nodiscard]] StackEffect stackEffect(Instruction instruction, bool jumped);

}  // namespace tagproof
