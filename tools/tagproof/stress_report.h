#pragma once
// What `tagproof bench stress` found, as plain data, and how it reads: a table for people, JSON for
// programs. The report does not know how the numbers were made.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tagproof::cli {

using NamedCount = std::pair<std::string, uint64_t>;

// One call of the benchmark, or several that must all agree.
struct StressRun {
    std::string name;
    uint64_t iterations = 0;
    uint64_t checksum = 0;  // of the first call that was wrong, otherwise of all
    uint64_t cpu_ns = 0;
    uint64_t wrong = 0;              // calls whose checksum was not the expected one
    uint64_t interpreted_calls = 0;  // calls of guest functions that the interpreter ran

    [[nodiscard]] double nsPerIteration() const;
};

struct StressReport {
    StressRun warm_up;                // interpreted
    StressRun interpreted;            // the expected checksum
    StressRun compiled;               // S3
    StressRun soak;                   // the long compiled run
    std::optional<StressRun> oracle;  // /usr/bin/python3, unless not asked for or not there

    uint64_t functions = 0;  // emitted and proven
    uint64_t code_bytes = 0;
    uint64_t instructions = 0;
    std::vector<NamedCount> writes;     // memory writes by class of proof
    std::vector<std::string> rejected;  // functions, with the first rule they broke
    std::vector<std::pair<std::string, std::string>> left_interpreted;  // function, reason
    std::vector<NamedCount> deopts;                                     // by reason
    uint64_t recompilations = 0;
    uint64_t steady_interpreted_calls = 0;  // in the last chunk of the long run
    uint64_t compile_ns = 0;                // verification inside
    uint64_t verify_ns = 0;
    std::vector<std::string> heap_findings;
    uint64_t memory_before = 0;  // bytes of the guest heap before the long run
    uint64_t memory_after = 0;

    // The same checksum everywhere, nothing rejected, nothing found in the heap.
    [[nodiscard]] bool resultsAgree() const;
    [[nodiscard]] bool ok() const;
    // After force_compile: of functions that are not compiled yet.
    [[nodiscard]] uint64_t interpretedCalls() const;
};

[[nodiscard]] std::string stressText(const StressReport& report);
[[nodiscard]] nlohmann::json stressJson(const StressReport& report);

}  // namespace tagproof::cli
