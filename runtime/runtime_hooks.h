#pragma once
// What the object model asks the runtime for (objmodel/heap.h, RuntimeHooks).

#include <cstddef>
#include <cstdint>

#include "objmodel/value.h"

namespace tagproof {

class Heap;
struct Thread;

void setRuntimeHooks(Heap& heap);

// What sys.unraisablehook does with its argument unless a program sets another: prints it. May
// leave an AttributeError pending.
void printUnraisableArguments(Thread& thread, Value arguments);

// The lowest address that guest code may let this OS thread's stack reach: a reserve above its end,
// higher where a memory limit (0: none) allows less.
[[nodiscard]] uint64_t nativeStackLimit(size_t memory_limit);

}  // namespace tagproof
