#pragma once
// Decoding: bytes to instruction records. Zydis decodes, this file's tables decide: only
// instructions with a row in rules.def become records that the checker will execute; everything
// else becomes a fault. The records are the checker's own: inference may read them, nobody may
// write them.

#include <cstdint>
#include <span>
#include <vector>

#include "jit/verify/verify.h"

namespace tagproof::verify {

// What an instruction does; one transfer function each (machine.h).
enum class Family : uint8_t {
    kMove,
    kExtend,
    kLea,
    kExchange,
    kPush,
    kPop,
    kNop,
    kAlu,
    kUnary,
    kShift,
    kImul,
    kDiv,
    kSignToRdx,
    kSetCondition,
    kMoveIf,
    kJump,
    kCall,
    kReturn,
    kTrap,
    kVecMove,
    kVecArith,
    kVecToInt,
    kVecCompare,
    kFault,  // no row, or rejected while decoding: imm holds the RuleId
};

// The op column of rules.def. Condition codes are those of the encoding (0 = o .. 15 = nle).
enum Op : uint8_t {
    kADD,
    kSUB,
    kAND,
    kOR,
    kXOR,
    kCMP,
    kTEST,
    kINC,
    kDEC,
    kNEG,
    kNOT,
    kSHL,
    kSHR,
    kSAR,
    kROT,
    kMUL,
    kZero = 0,
    kSign = 1,
    kAlways = 16,
};

// Operand forms: one base-8 digit per operand, first operand lowest.
enum FormDigit : uint16_t { kNoOperand = 0, kReg = 1, kVec = 2, kMem = 3, kImm = 4, kRel = 5 };

inline constexpr size_t kMaxCodeBytes = size_t{1} << 31;
inline constexpr uint8_t kNoRegister = 0xFF;
inline constexpr uint32_t kNoTarget = 0xFFFFFFFFU;

struct Instruction {
    uint32_t offset = 0;  // from the function's first byte
    uint8_t length = 0;
    uint8_t row = 0xFF;  // of rules.def
    Family family = Family::kFault;
    uint8_t op = 0;
    uint16_t form = 0;
    uint8_t width = 0;      // bytes of operand 1 (vector forms: of the memory or general operand)
    uint8_t src_width = 0;  // bytes of operand 2 of Extend
    uint8_t reg[3] = {kNoRegister, kNoRegister, kNoRegister};  // of operand k, if a register
    uint8_t base = kNoRegister;                                // memory operand
    uint8_t index = kNoRegister;                               // memory operand
    uint8_t scale = 0;                                         // memory operand
    bool visited = false;                                      // checker: has been executed
    int32_t disp = 0;                                          // memory operand
    uint32_t target = kNoTarget;  // branches: index of the instruction jumped to
    uint32_t label = 0;           // checker: 1 + index of the hint at this instruction, 0: none
    int64_t imm = 0;              // immediate, sign-extended to 64 bits
};

// A decoded function.
struct Program {
    std::span<const uint8_t> code;
    uint64_t address = 0;
    std::vector<Instruction> instructions;
    std::vector<uint64_t> starts;      // bit per byte: an instruction starts here
    std::vector<uint32_t> start_rank;  // starts before each 64-byte group

    // Index of the instruction that starts at `offset`, or kNoTarget.
    [[nodiscard]] uint32_t indexOf(uint64_t offset) const;
};

// Fills `program`. Every byte is covered once by a record; what cannot be decoded becomes a fault
// record of one byte after which decoding stops.
void decode(std::span<const uint8_t> code, uint64_t address, Program& program);

// Intel-syntax text, with branch targets as offsets from the function's first byte.
[[nodiscard]] std::string disassemble(const Program& program, const Instruction& instruction);

}  // namespace tagproof::verify
