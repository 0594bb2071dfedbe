#pragma once
// One child process: makes cases, runs them, compares, counts.

#include <cstdint>

#include "jit/verify/verify.h"

namespace tagproof::soundness {

inline constexpr uint32_t kShapesPerRow = 128;
inline constexpr uint32_t kFindingBytes = 8192;

// In memory that the parent shares; plain counters, so that those of a child that dies are kept.
struct Report {
    uint64_t runs = 0;
    uint64_t discarded = 0;  // encodings that decode() rejects (ah to bh), or to other rows
    uint64_t modelled = 0;   // cases that the abstract machine accepted
    uint64_t chains = 0;     // runs of several instructions
    uint64_t chains_modelled = 0;
    uint64_t words = 0;  // compared with their abstract words
    uint64_t conditions = 0;
    uint64_t spoiled = 0;
    uint64_t spoils_missed = 0;
    uint64_t outside_writes = 0;
    uint64_t faults = 0;
    uint64_t outside_registers = 0;
    uint64_t contradictions = 0;  // of the abstract machine
    uint64_t others = 0;
    uint64_t row_runs[verify::kMaxRows] = {};
    uint64_t row_modelled[verify::kMaxRows] = {};
    uint8_t shapes[verify::kMaxRows * kShapesPerRow] = {};
    char current[256] = {};             // the case under way
    char findings[kFindingBytes] = {};  // lines
};

void work(uint64_t seed, uint64_t runs, Report& report);

}  // namespace tagproof::soundness
