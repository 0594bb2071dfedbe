#pragma once
// Proofs as one HTML page that needs nothing else: no network, no other file. Its style and script
// are tools/tagproof/page; without scripts it shows everything too.

#include <string>

#include "tools/tagproof/proof_report.h"

namespace tagproof::cli {

// The report's functions must have been explained with states.
[[nodiscard]] std::string programPage(const ProgramReport& report);

}  // namespace tagproof::cli
