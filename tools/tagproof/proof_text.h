#pragma once
// Proofs as text for people.

#include <string>

#include "tools/tagproof/proof_report.h"

namespace tagproof::cli {

// One function: counts, each write with its proof, each violation with its path, the assumptions,
// rules used and time. With states, the disassembly takes the place of the writes.
[[nodiscard]] std::string functionText(const FunctionProof& proof, bool has_states);

// All functions, what stays interpreted, and the totals.
[[nodiscard]] std::string programText(const ProgramReport& report);

}  // namespace tagproof::cli
