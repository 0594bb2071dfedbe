#pragma once
// Making containers from values on a stack or in the argument area. Items borrowed; new reference,
// or null + pending.

#include <cstddef>

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

[[nodiscard]] Value buildSet(Thread& thread, const Value* items, size_t count);
[[nodiscard]] Value buildMap(Thread& thread, const Value* items, size_t pairs);  // k1 v1 k2 v2 ...
[[nodiscard]] Value buildString(Thread& thread, const Value* items, size_t count);  // items are str

// What is called with the **kwargs dict at `dict`, for messages: callable null args dict.
[[nodiscard]] inline Value callableUnder(const Value* dict) { return dict[-3]; }

}  // namespace tagproof
