#pragma once
// What `tagproof verify` says of one function: its verdict as text for people and as JSON.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "jit/verify/verify.h"

namespace tagproof::cli {

// What was counted in a proven function: one line, then a line per class of memory write.
[[nodiscard]] std::string proofText(std::string_view function, const verify::Statistics& counts);
[[nodiscard]] nlohmann::json proofJson(std::string_view function, const verify::Statistics& counts);

// One line per function, then a line per class of memory write, or a block per violation.
[[nodiscard]] std::string verdictText(std::string_view function, const verify::Verdict& verdict);

// {"function", "proven", "instructions", "bytes", "writes": {class: count}, "violations": [...]}
[[nodiscard]] nlohmann::json verdictJson(std::string_view function, const verify::Verdict& verdict);

}  // namespace tagproof::cli
