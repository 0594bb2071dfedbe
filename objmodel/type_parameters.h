#pragma once
// What parametrised types, `list[T]` and `T | None`, have in common: the parameters in them, what
// replaces those, and how their arguments read.

#include <string>

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// The parameters (what has __typing_subst__) among the items of a tuple and inside them, each once:
// a new tuple, or null + pending.
[[nodiscard]] Value parametersOf(Thread& thread, Value args);

// The items of the tuple `args` with `parameters` replaced by `item`, which is a tuple when there
// are several: a new tuple, or null + TypeError. `self` is named in messages.
[[nodiscard]] Value substituteParameters(
    Thread& thread, Value self, Value args, Value parameters, Value item);

// Appends an argument as types are written, a class by its name. False + pending.
[[nodiscard]] bool appendTypeText(Thread& thread, Value argument, std::string* text);

}  // namespace tagproof
