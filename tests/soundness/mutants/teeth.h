#pragma once
// Does the oracle see anything at all? One hand-written function for each row of breaches.def: the
// verifier must reject it, and some run must end with that breach.

#include <string>
#include <vector>

#include "tests/soundness/mutants/emulator.h"

namespace tagproof::soundness {

// What went unnoticed.
[[nodiscard]] std::vector<std::string> missedBreaches(Emulator& emulator, const Memory& memory);

}  // namespace tagproof::soundness
