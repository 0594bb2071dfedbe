#pragma once
// Arguments that CPython takes as a C int.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// The number that an int, or what has __index__, stands for. False + TypeError, or OverflowError
// beyond 32 bits.
[[nodiscard]] bool toCInt(Thread& thread, Value value, int* number);

}  // namespace tagproof
