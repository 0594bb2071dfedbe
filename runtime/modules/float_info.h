#pragma once
// sys.float_info: what a float can hold.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// New reference, or null + pending.
[[nodiscard]] Value newFloatInfo(Thread& thread);

}  // namespace tagproof
