#pragma once
// What --stats prints: what the Vm and the compiler did, as text for people.

#include <string>
#include <string_view>

#include "jit/jit.h"
#include "jit/statistics.h"
#include "runtime/vm.h"

namespace tagproof::cli {

[[nodiscard]] std::string statisticsText(const Vm& vm, const Jit& jit);

// Why a function stays interpreted, in a few words.
[[nodiscard]] std::string reasonText(const NotCompiled& entry);

}  // namespace tagproof::cli
