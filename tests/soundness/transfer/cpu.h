#pragma once
// What instructions do, as bit-vectors: the registers, two words of the frame, the flags. Compared
// with the CPU by cpu_check.cc.

#include <functional>
#include <string>
#include <vector>

#include "tests/soundness/transfer/explorer.h"

namespace tagproof::soundness {

inline constexpr unsigned kFrame = 2;  // words below the return address; rsp is at the lower one

// What the flags are those of.
struct FlagSource {
    enum class Kind : uint8_t {
        kUnknown,
        kDifference,  // a - b
        kMasked,      // a & b; overflow and carry clear
        kResult,      // zero and sign of a
    };
    Kind kind = Kind::kUnknown;
    z3::expr a;  // as wide as the operation
    z3::expr b;
};

class Cpu {
  public:
    // All words unknown: each is a variable with the place's name.
    explicit Cpu(Explorer& explorer);

    [[nodiscard]] z3::expr reg(unsigned number, unsigned bytes) const;
    void setReg(unsigned number, unsigned bytes, const z3::expr& word);
    [[nodiscard]] z3::expr condition(unsigned code) const;
    // A number of `bits` bits.
    [[nodiscard]] z3::expr number(uint64_t value, unsigned bits) const {
        return explorer->number(value, bits);
    }
    // `bits` bits that nothing is known of.
    [[nodiscard]] z3::expr unknown(unsigned bits);

    // The families. Results are returned, flags set.
    [[nodiscard]] z3::expr add(const z3::expr& a, const z3::expr& b);
    [[nodiscard]] z3::expr subtract(const z3::expr& a, const z3::expr& b);
    [[nodiscard]] z3::expr logic(const z3::expr& result);
    [[nodiscard]] z3::expr test(const z3::expr& a, const z3::expr& b);
    [[nodiscard]] z3::expr increment(const z3::expr& a, bool down);
    [[nodiscard]] z3::expr negate(const z3::expr& a);
    // Any operation whose result is `word`: zero and sign are its, overflow and carry unknown.
    void setResultFlags(const z3::expr& word);
    // The flags are no more what they were: nothing is known of them.
    void forgetFlags() { flag_source.kind = FlagSource::Kind::kUnknown; }
    // The flags of `source`.
    void setFlags(const FlagSource& source);
    // Without flags: what addresses are.
    [[nodiscard]] z3::expr sum(const z3::expr& a, const z3::expr& b) const;
    // The low bits of the product.
    [[nodiscard]] z3::expr multiply(const z3::expr& a, const z3::expr& b) const;

    // The immediate operand and the displacement, as the instruction uses them.
    [[nodiscard]] z3::expr immediate(unsigned bytes) const;

    Explorer* explorer;
    std::vector<z3::expr> regs;   // 64 bits each
    std::vector<z3::expr> frame;  // word k: [entry rsp - 8(k + 1), entry rsp - 8k)
    z3::expr imm;                 // 64 bits, sign-extended from what the encoding has
    z3::expr disp;                // 64 bits, sign-extended
    z3::expr carry;
    z3::expr zero;
    z3::expr sign;
    z3::expr overflow;
    z3::expr less;    // sign != overflow
    z3::expr parity;  // not modelled
    FlagSource flag_source;
    bool computes_all = false;   // no result is what Explorer::exact() stands for
    bool computes_sums = false;  // products are; no terms cancel out in these

  private:
    [[nodiscard]] z3::expr low(Explorer::Exact function,
                               const z3::expr& a,
                               const z3::expr& b) const;
    void result(const z3::expr& word);
    unsigned unknowns_ = 0;
};

// One instruction (or a few): its bytes, which decode() turns into records, and what it does.
struct Code {
    std::string name;  // "add rax, rcx"
    std::vector<uint8_t> bytes = {};
    unsigned immediate_bytes = 0;     // the last of the bytes
    unsigned displacement_bytes = 0;  // the last, or before the immediate
    std::function<void(Cpu&)> run = {};
    bool sets_flags = false;     // all that conditions look at, parity aside
    bool uses_memory = false;    // the frame; not run on the CPU
    bool is_unspecific = false;  // results are unknown to the model; not run on the CPU
    enum class Reads : uint8_t { kFirst, kSecond, kBoth };
    Reads reads = Reads::kFirst;  // of rax and rcx
    bool has_contract = false;    // its proof is one of what it calls (contracts.h)
    bool passes_on = false;       // an operand may be the result as it is
    unsigned operand_bytes = 8;   // that its result is made of
};

enum class Operands : uint8_t { kRegisters, kSame, kImmediate };
inline constexpr const char* kAluNames[] = {"add", "sub", "and", "or", "xor", "cmp", "test"};
inline constexpr unsigned kAluCount = 7;
[[nodiscard]] Code aluCode(unsigned op, unsigned width, Operands operands);
inline constexpr const char* kUnaryNames[] = {"inc", "dec", "neg", "not"};
[[nodiscard]] Code unaryCode(unsigned op, unsigned width);
inline constexpr const char* kShiftNames[] = {"shl", "shr", "sar"};
[[nodiscard]] Code shiftCode(unsigned op, unsigned width, unsigned by);
// By cl, and rotations.
[[nodiscard]] std::vector<Code> unspecificShifts(unsigned width);
[[nodiscard]] Code imulCode(unsigned width, bool by_immediate);
[[nodiscard]] Code extendCode(bool is_signed, unsigned from, unsigned to);
[[nodiscard]] std::vector<Code> leaCodes(unsigned width);
[[nodiscard]] std::vector<Code> moveCodes(unsigned width);
[[nodiscard]] Code exchangeCode(unsigned width);
[[nodiscard]] Code moveIfCode(unsigned width);
[[nodiscard]] Code setConditionCode();
[[nodiscard]] std::vector<Code> divideCodes();
// Stores to the frame and loads from it, whole words and parts.
[[nodiscard]] std::vector<Code> frameStores();
[[nodiscard]] std::vector<Code> frameLoads();
// Arithmetic and comparisons with a word of the frame.
[[nodiscard]] std::vector<Code> frameOperands();
// All of the above.
[[nodiscard]] std::vector<Code> allCodes();

}  // namespace tagproof::soundness
