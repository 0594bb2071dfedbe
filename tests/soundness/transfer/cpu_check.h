#pragma once
// Is cpu.h what the CPU does? Each instruction of the proofs, run with many words.

#include <cstdint>
#include <string>
#include <vector>

namespace tagproof::soundness {

struct CpuCheck {
    uint64_t runs = 0;
    std::vector<std::string> findings;
};
// Maps fixed low addresses and handles signals: once per process.
[[nodiscard]] CpuCheck checkCpu(uint64_t seed, unsigned runs_per_instruction);

}  // namespace tagproof::soundness
