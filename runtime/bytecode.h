#pragma once
// The instruction set as data: an enumerator and a row of properties for each line of bytecode.def.

#include <cstdint>
#include <string_view>

namespace tagproof {

enum class Opcode : uint8_t {
#define BYTECODE(name, operand, pops, pushes, flags, text) name,
#include "runtime/bytecode.def"
#undef BYTECODE
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
// (kFeedback).
struct Instruction {
    uint32_t opcode : 8;
    uint32_t operand : 24;
    uint32_t site;

    [[nodiscard]] Opcode op() const { return static_cast<Opcode>(opcode); }
};
static_assert(sizeof(Instruction) == 8);

struct StackEffect {
    int pops;
    int pushes;
};
// Of one instruction; for conditional jumps `jumped` selects the taken path.
[[nodiscard]] StackEffect stackEffect(Instruction instruction, bool jumped);

}  // namespace tagproof
