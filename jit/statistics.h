#pragma once
// What the compiler did, for `--stats`, `bench stress` and the jit module.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "jit/compile_error.h"
#include "jit/hir/ir.h"
#include "jit/verify/infer/infer.h"
#include "jit/verify/verify.h"

namespace tagproof {

inline constexpr size_t kDeoptReasonCount = static_cast<size_t>(hir::DeoptReason::kForced) + 1;

// A function or loop that stays interpreted.
struct NotCompiled {
    std::string function;  // qualified name, with the line for loops and resumptions
    std::string place;     // file:line
    CompileErrorKind kind;
    std::string reason;
};

struct JitStatistics {
    uint64_t functions_compiled = 0;  // units published, all kinds of entries
    uint64_t loops_compiled = 0;
    uint64_t resumptions_compiled = 0;  // of generators
    uint64_t recompilations = 0;        // units published for code that had one before
    uint64_t rejected = 0;              // by the verifier
    uint64_t invalidations = 0;
    uint64_t revivals = 0;         // invalidated units whose dependencies came to hold again
    uint64_t units_collected = 0;  // given up with what they named, before the end of the program
    uint64_t code_bytes = 0;       // emitted, freed ones included
    uint64_t live_code_bytes = 0;
    uint64_t compile_nanoseconds = 0;  // whole pipeline, verification included
    uint64_t verify_nanoseconds = 0;
    verify::VerifyTimes verify_times;  // of its steps; the rest is filling the trusted tables
    uint64_t publish_nanoseconds = 0;  // mapping and copying
    std::array<uint64_t, kDeoptReasonCount> deopts{};
    verify::Statistics proof;  // summed over all units
    std::vector<NotCompiled> not_compiled;

    [[nodiscard]] uint64_t totalDeopts() const;
};

}  // namespace tagproof
