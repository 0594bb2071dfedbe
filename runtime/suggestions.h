#pragma once
// "Did you mean: 'x'?": the name nearest to a misspelt one, by CPython 3.11's rules.

#include <optional>
#include <string>

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// For an AttributeError or NameError that nobody caught. Leaves no exception pending.
[[nodiscard]] std::optional<std::string> suggestName(Thread& thread, Value exception);

}  // namespace tagproof
