#pragma once
// What `tagproof verify` says of a program, as plain data: every function that was compiled, proven
// or rejected, and what stays interpreted. As text for people and as JSON.

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "jit/statistics.h"
#include "jit/verify/verify.h"

namespace tagproof::cli {

struct ProvenUnit {
    std::string function;  // with the loop's line for loops
    std::string place;     // file:line
    verify::Statistics proof;
    std::string listing;  // with what is known at each instruction; empty unless asked for
};

struct ProgramReport {
    std::vector<ProvenUnit> proven;  // in the order in which they were published
    std::vector<NotCompiled> not_compiled;

    [[nodiscard]] size_t rejected() const;
};

[[nodiscard]] std::string programText(const ProgramReport& report);

// {"proven": n, "rejected": n, "functions": [{... as verdictJson, "place", "listing"}],
//  "not_compiled": [{"function", "place", "rejected", "reason"}]}
[[nodiscard]] nlohmann::json programJson(const ProgramReport& report);

}  // namespace tagproof::cli
