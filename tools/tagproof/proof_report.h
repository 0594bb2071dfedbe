#pragma once
// What `tagproof verify` found out, as plain data: of each function its verdict, the proof of each
// memory write, the way to each violation and the assumptions. proof_text.h, proof_json.h and
// proof_page.h say it.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "jit/statistics.h"
#include "jit/verify/explain.h"
#include "jit/verify/infer/infer.h"

namespace tagproof::cli {

// Moving its JSON is not declared noexcept.
struct FunctionProof {     // NOLINT(bugprone-exception-escape)
    std::string function;  // with the loop's line for loops; a file's name for --raw
    std::string place;     // file:line; empty for --raw
    uint64_t address = 0;
    verify::Verdict verdict;
    verify::VerifyTimes times;  // zero where hints were given
    verify::Explanation explanation;
    std::vector<verify::Annotation> source;  // source lines and HIR, by offset
    nlohmann::ordered_json assumptions;      // the trusted tables, as in a manifest
};

struct ProgramReport {
    std::string program;                   // as the command line names it
    std::optional<int> program_status;     // with which it ended; nothing: it is no program
    std::string function;                  // the only one that was asked for; empty: all
    bool has_states = false;               // of each instruction, in explanations
    std::vector<FunctionProof> functions;  // in the order in which they were verified
    std::vector<NotCompiled> left_interpreted;
    uint64_t compile_nanoseconds = 0;  // whole pipeline, of all functions; 0: nothing was compiled
    uint64_t verify_nanoseconds = 0;   // filling the trusted tables included

    [[nodiscard]] size_t rejected() const;
};

// Rows of rules.def that were used.
[[nodiscard]] uint32_t rulesUsed(const verify::Statistics& counts);

// Several functions together.
struct ProofTotals {
    verify::Statistics counts;           // of proven functions
    verify::VerifyTimes times;           // of all functions
    uint64_t verified_instructions = 0;  // of all functions

    void add(const FunctionProof& proof);
    [[nodiscard]] uint64_t writes() const;
    [[nodiscard]] uint32_t rules() const { return rulesUsed(counts); }
};
[[nodiscard]] ProofTotals totalsOf(const ProgramReport& report);

// Verifies `code` as it stands in memory or in a file, at `address`, and explains it; `hints` may
// be null: inferred then.
[[nodiscard]] FunctionProof prove(std::span<const uint8_t> code,
                                  uint64_t address,
                                  const verify::Trusted& trusted,
                                  const verify::Hints* hints,
                                  verify::Detail detail);

// A copy of the tables that has, of the helpers, those only that the code calls: the others are no
// assumption of its proof. The verdict is the same.
class NeededTables {
  public:
    NeededTables(const verify::Trusted& trusted, const verify::Explanation& explanation);
    NeededTables(const NeededTables&) = delete;
    NeededTables& operator=(const NeededTables&) = delete;
    [[nodiscard]] const verify::Trusted& trusted() const { return trusted_; }

  private:
    std::vector<verify::Helper> helpers_;
    verify::SharedTables shared_;
    verify::Trusted trusted_;
};

}  // namespace tagproof::cli
