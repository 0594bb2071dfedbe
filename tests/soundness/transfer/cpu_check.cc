#include "tests/soundness/transfer/cpu_check.h"

#include <fmt/format.h>

#include <cstring>
#include <random>

#include "tests/soundness/transfer/cpu.h"
#include "tests/soundness/write_set/native.h"

namespace tagproof::soundness {
namespace {

using Random = std::mt19937_64;
constexpr unsigned kOperands = 3;  // rax, rcx, rdx

uint64_t anyWord(Random& random) {
    constexpr uint64_t kEdges[] = {0,
                                   1,
                                   0x7F,
                                   0x80,
                                   0xFF,
                                   0x7FFFFFFF,
                                   0x80000000,
                                   0xFFFFFFFF,
                                   0x7FFFFFFFFFFFFFFF,
                                   0x8000000000000000,
                                   ~uint64_t{0}};
    const uint64_t word = random() >> (random() % 64);
    switch (random() % 3) {
        case 0:
            return word;
        case 1:
            return ~word;
        default:
            return kEdges[random() % std::size(kEdges)] + random() % 3 - 1;
    }
}

int64_t signExtended(uint64_t word, unsigned bytes) {
    if (bytes == 8) return static_cast<int64_t>(word);
    const unsigned shift = 64 - 8 * bytes;
    return static_cast<int64_t>(word << shift) >> shift;
}

// One instruction with given words: what the model says of a result.
class Run {
  public:
    Run(Explorer& explorer, const Cpu& after, Random& random)
        : explorer_(explorer),
          after_(after),
          again_(explorer),
          from_(explorer.context()),
          to_(explorer.context()) {
        again_.computes_all = true;
        again_.setFlags(after.flag_source);
        const Cpu start(explorer);
        for (unsigned k = 0; k < kOperands; ++k) {
            state.reg[k] = anyWord(random);
            give(start.regs[k], explorer.number(state.reg[k]));
        }
        state.flags = random() & kStatusFlags;
        const std::pair<z3::expr, unsigned> flags[] = {
            {start.carry, 0}, {start.zero, 6}, {start.sign, 7}, {start.overflow, 11}};
        for (const auto& [flag, bit] : flags) {
            give(flag, explorer.context().bool_val((state.flags >> bit & 1) != 0));
        }
        immediate = anyWord(random);
        displacement = anyWord(random);
    }

    // Puts the immediate and the displacement into the bytes.
    [[nodiscard]] std::vector<uint8_t> bytesOf(const Code& code) {
        std::vector<uint8_t> bytes = code.bytes;
        const size_t end = bytes.size() - code.immediate_bytes;
        if (code.immediate_bytes != 0) {
            std::memcpy(&bytes[end], &immediate, code.immediate_bytes);
            give(after_.imm, number(signExtended(immediate, code.immediate_bytes)));
        }
        if (code.displacement_bytes != 0) {
            std::memcpy(&bytes[end - 4], &displacement, 4);
            give(after_.disp, number(signExtended(displacement, 4)));
        }
        return bytes;
    }
    [[nodiscard]] z3::expr value(z3::expr e) { return e.substitute(from_, to_).simplify(); }
    // The first difference, or nothing.
    [[nodiscard]] std::string difference(const Code& code, const CpuState& seen) {
        for (unsigned k = 0; k < kOperands; ++k) {
            if (explorer_.known(value(after_.regs[k])) != seen.reg[k]) {
                return fmt::format("register {}", k);
            }
        }
        if (!code.sets_flags) return "";
        for (unsigned condition = 0; condition < 16; ++condition) {
            if (condition / 2 == 5) continue;  // parity
            const bool is_seen = holds(condition, seen.flags);
            if (value(after_.condition(condition)).is_true() != is_seen) {
                return fmt::format("condition {}", condition);
            }
            const z3::expr told = value(again_.condition(condition));
            const bool is_told = told.is_true() || told.is_false();
            if (is_told ? told.is_true() != is_seen : !mayBeUntold(condition)) {
                return fmt::format("condition {} by what the flags are those of", condition);
            }
        }
        return "";
    }

    CpuState state;
    uint64_t immediate = 0;
    uint64_t displacement = 0;

  private:
    [[nodiscard]] z3::expr number(int64_t value) {
        return explorer_.number(static_cast<uint64_t>(value));
    }
    void give(const z3::expr& variable, const z3::expr& value) {
        from_.push_back(variable);
        to_.push_back(value);
    }
    // Of a result only zero and sign are known.
    [[nodiscard]] bool mayBeUntold(unsigned condition) const {
        return after_.flag_source.kind == FlagSource::Kind::kResult && condition / 2 != 2 &&
               condition / 2 != 4;
    }
    [[nodiscard]] static bool holds(unsigned condition, uint64_t flags) {
        const bool carry = (flags & 1) != 0;
        const bool zero = (flags >> 6 & 1) != 0;
        const bool sign = (flags >> 7 & 1) != 0;
        const bool overflow = (flags >> 11 & 1) != 0;
        const bool bases[] = {overflow,
                              carry,
                              zero,
                              carry || zero,
                              sign,
                              false,
                              sign != overflow,
                              zero || sign != overflow};
        return bases[condition / 2] != ((condition & 1) != 0);
    }

    Explorer& explorer_;
    const Cpu& after_;
    Cpu again_;  // with the flags of what they are said to be those of
    z3::expr_vector from_;
    z3::expr_vector to_;
};

}  // namespace

CpuCheck checkCpu(uint64_t seed, unsigned runs_per_instruction) {
    CpuCheck result;
    Explorer explorer;
    Random random(seed);
    const Native native;
    for (const Code& code : allCodes()) {
        if (code.uses_memory || code.is_unspecific) continue;
        Cpu after(explorer);
        after.computes_all = true;
        code.run(after);
        for (unsigned k = 0; k < runs_per_instruction; ++k) {
            Run run(explorer, after, random);
            Native::place(run.bytesOf(code), 0);
            const RunResult seen = Native::run(run.state);
            ++result.runs;
            const std::string difference = run.difference(code, seen.state);
            if (difference.empty() && seen.signal == 0) continue;
            result.findings.push_back(fmt::format(
                "the model of {} is not what the CPU does: {}; a = {:#x}, b = {:#x}, immediate "
                "{:#x}",
                code.name, difference, run.state.reg[0], run.state.reg[1], run.immediate));
            break;
        }
    }
    return result;
}

}  // namespace tagproof::soundness
