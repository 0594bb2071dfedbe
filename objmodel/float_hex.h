#pragma once
// The hexadecimal text of floats.

#include <string>
#include <string_view>

#include "objmodel/float.h"

namespace tagproof {

// float.hex(): "0x1.8000000000000p+0".
[[nodiscard]] std::string hexDouble(double number);
// float.fromhex(); false with ValueError or OverflowError pending.
[[nodiscard]] bool doubleFromHex(Thread& thread, std::string_view text, double* out);

}  // namespace tagproof
