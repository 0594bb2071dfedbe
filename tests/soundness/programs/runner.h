#pragma once
// Runs random programs in pairs of Vms, one interpreted and one compiled, and compares.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/soundness/campaign.h"

namespace tagproof::soundness {

struct Tally {
    uint64_t programs = 0;
    uint64_t units = 0;         // functions and loops that were compiled and proven
    uint64_t instructions = 0;  // proven
    uint64_t code_bytes = 0;
    uint64_t exits_taken = 0;
    uint64_t invalidations = 0;
    uint64_t failing = 0;    // programs of which a call raised
    uint64_t idle = 0;       // programs of which nothing was compiled
    uint64_t rejected = 0;   // units
    uint64_t different = 0;  // programs
    uint64_t changed = 0;    // units whose bytes are not those that were proven
    uint64_t heap_findings = 0;
    std::map<std::string, uint64_t> left_interpreted;  // by reason, rejections not among them
    std::vector<std::string> findings;                 // the first kMaxFindings

    static constexpr size_t kMaxFindings = 10;
    void add(const Tally& other);
};

// Programs [first, first + count): program k is Generator(k). Vms live for kBlock programs, whose
// numbers are those of one multiple of it, and whose code is compiled in one way.
inline constexpr uint64_t kBlock = 100;
[[nodiscard]] Tally runPrograms(uint64_t first, uint64_t count, Progress* progress);

}  // namespace tagproof::soundness
