#pragma once
// Writes manifests: what `verify --raw` reads, from the tables that a function was verified with.

#include <nlohmann/json_fwd.hpp>

#include "jit/verify/verify.h"

namespace tagproof::cli {

// The "trusted" object. Values that are the format's defaults are left out.
[[nodiscard]] nlohmann::ordered_json trustedJson(const verify::Trusted& trusted);

// A whole manifest; without `hints` they are to be inferred.
[[nodiscard]] nlohmann::ordered_json manifestJson(uint64_t address,
                                                  const verify::Trusted& trusted,
                                                  const verify::Hints* hints);

}  // namespace tagproof::cli
