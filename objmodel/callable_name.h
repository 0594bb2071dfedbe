#pragma once
// What messages call a callable.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// How an error message names a callable: "f()" or "module.f()". New reference to a str, or null +
// pending.
[[nodiscard]] Value callableName(Thread& thread, Value callable);

}  // namespace tagproof
