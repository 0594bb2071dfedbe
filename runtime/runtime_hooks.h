#pragma once
// What the object model asks the runtime for (objmodel/heap.h, RuntimeHooks).

#include <cstddef>
#include <cstdint>

namespace tagproof {

class Heap;

void setRuntimeHooks(Heap& heap);

// The lowest address that guest code may let this OS thread's stack reach: a reserve above its end,
// higher where a memory limit (0: none) allows less.
[[nodiscard]] uint64_t nativeStackLimit(size_t memory_limit);

}  // namespace tagproof
