#pragma once
// What the CPU did in one case, and the comparison with what an instruction record says that it may
// do.

#include <cstdint>
#include <string_view>
#include <vector>

#include "jit/verify/decode.h"
#include "tests/soundness/write_set/cases.h"

namespace tagproof::soundness {

// The case is run twice, with complementary bytes where it writes, so that each byte shows.
struct Observation {
    const TestCase* test = nullptr;
    RunResult first;
    RunResult second;
    std::vector<uint64_t> changed;  // addresses of the bytes changed in either run, ascending
    std::span<const uint8_t> memory_before;  // the arena
    std::vector<uint8_t> memory;             // the arena after the first run
    uint64_t arena = 0;                      // its address
    uint64_t return_address = 0;             // of the instruction behind the case's
};

struct Range {
    uint64_t address = 0;
    uint64_t bytes = 0;
};
// The memory that a record's instruction writes: nothing, or one range.
[[nodiscard]] Range writtenRange(const verify::Instruction& record, const CpuState& before);
// Address of its memory operand.
[[nodiscard]] uint64_t addressOf(const verify::Instruction& record, const CpuState& before);
// Does condition code `code` hold?
[[nodiscard]] bool holds(unsigned code, uint64_t flags);

// Empty: nothing happened that the record does not say. Else what.
[[nodiscard]] std::string_view contradiction(const verify::Instruction& record,
                                             const Observation& seen);

}  // namespace tagproof::soundness
