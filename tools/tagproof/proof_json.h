#pragma once
// Proofs as JSON, for programs.

#include <nlohmann/json.hpp>

#include "tools/tagproof/proof_report.h"

namespace tagproof::cli {

[[nodiscard]] nlohmann::ordered_json functionJson(const FunctionProof& proof, bool has_states);
[[nodiscard]] nlohmann::ordered_json programJson(const ProgramReport& report);

// [{"function": ..., "place": ..., "reason": ...}, ...]
[[nodiscard]] nlohmann::ordered_json notCompiledJson(const std::vector<NotCompiled>& entries);
// {"stack": 3, ...}: memory writes by class of proof, classes without any included.
[[nodiscard]] nlohmann::ordered_json writesJson(const verify::Statistics& counts);
// {"mov_rr": 7, ...}: rows of rules.def by instructions that used them.
[[nodiscard]] nlohmann::ordered_json rulesJson(const verify::Statistics& counts);
[[nodiscard]] nlohmann::ordered_json timesJson(const verify::VerifyTimes& times,
                                               uint64_t instructions);

}  // namespace tagproof::cli
