#pragma once
// What --stats prints: what the Vm and the compiler did, as text for people.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "jit/jit.h"
#include "jit/statistics.h"
#include "runtime/vm.h"

namespace tagproof::cli {

[[nodiscard]] std::string statisticsText(const Vm& vm, const Jit& jit);

// Why a function stays interpreted, in a few words.
[[nodiscard]] std::string reasonText(const NotCompiled& entry);

// The same for programs, and "proof": {"writes", "rules", "time", "verify_ns", "compile_ns",
// "share_of_compile"}, summed over the published units.
[[nodiscard]] nlohmann::ordered_json statisticsJson(const Vm& vm, const Jit& jit);
[[nodiscard]] nlohmann::ordered_json proofJson(const JitStatistics& counts);

}  // namespace tagproof::cli
