#pragma once
// What another decoder reads in the same bytes: LLVM's MC disassembler, whose tables are generated
// from LLVM's own description of the instruction set and share nothing with Zydis. It gives
// operands as data (no text to interpret) and says of each opcode what it writes, loads and stores.
// Capstone is a fork of the same tables, libopcodes has text only.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "jit/verify/decode.h"

namespace tagproof::soundness {

enum class OperandKind : uint8_t {
    kNone,
    kGeneral,   // general register, not ah, bh, ch, dh
    kHighByte,  // ah, bh, ch, dh
    kVector,    // xmm0-xmm15
    kOther,     // any other register
    kMemory,
    kImmediate,
    kRelative,  // branch displacement
};

inline constexpr uint8_t kNoNumber = verify::kNoRegister;
inline constexpr uint8_t kNotAddressable = 0xFE;  // rip, or an address register of 32 bits

struct ReadOperand {
    OperandKind kind = OperandKind::kNone;
    uint8_t number = kNoNumber;  // of a register
    uint8_t width = 0;           // bytes; of memory: of the access
    uint8_t base = kNoNumber;
    uint8_t index = kNoNumber;
    uint8_t scale = 0;
    bool has_segment = false;
    int64_t disp = 0;
    int64_t value = 0;  // immediate or displacement of a branch
};

inline constexpr uint32_t kMaxReadOperands = 4;

// What is the same for all instructions of one LLVM opcode (and condition).
struct Shape {
    struct Source {
        uint8_t operand = 0;  // index of the MCInst operand (memory: of its first)
        bool is_memory = false;
        bool is_fixed = false;  // not encoded: `fixed`
        ReadOperand fixed;
    };

    std::string opcode;    // LLVM's name, for messages
    std::string mnemonic;  // Intel's
    bool is_known = false;
    verify::Family family = verify::Family::kFault;  // what the mnemonic means
    uint8_t op = 0;
    uint8_t source_count = 0;
    std::array<Source, kMaxReadOperands> sources;
    uint8_t memory_width = 0;     // bytes, 0: not said
    bool writes_operand[2] = {};  // register operands 1 and 2
    bool reads_first = false;     // operand 1 is read before it is written
    bool loads = false;           // reads memory
    bool stores = false;          // writes memory
    bool writes_flags = false;
    uint16_t implicit_writes = 0;  // general registers that are no operands, by number
};

struct Reading {
    const Shape* shape = nullptr;
    uint8_t length = 0;
    uint8_t operand_count = 0;
    std::array<ReadOperand, kMaxReadOperands> operands;
};

class SecondDecoder {
  public:
    SecondDecoder();
    ~SecondDecoder();
    SecondDecoder(const SecondDecoder&) = delete;
    SecondDecoder& operator=(const SecondDecoder&) = delete;

    // False: the bytes begin with no instruction.
    [[nodiscard]] bool read(std::span<const uint8_t> bytes, Reading& out);
    [[nodiscard]] std::string text(std::span<const uint8_t> bytes);

  private:
    class Llvm;
    std::unique_ptr<Llvm> llvm_;
};

}  // namespace tagproof::soundness
