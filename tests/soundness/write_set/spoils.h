#pragma once
// Would the comparison notice? Wrong records, each with the cases in which it must be found out.

#include <span>

#include "tests/soundness/write_set/observation.h"

namespace tagproof::soundness {

struct Spoil {
    const char* name;
    // Makes the record wrong; false: in this case the mistake would not show.
    bool (*apply)(verify::Instruction& record, const Observation& seen);
};

// For contradiction() of observation.h: wrong widths, addresses, registers, conditions.
[[nodiscard]] std::span<const Spoil> recordSpoils();
// For Model::contradiction(): wrong transfer functions.
[[nodiscard]] std::span<const Spoil> modelSpoils();

}  // namespace tagproof::soundness
