#pragma once
// What the object model asks the runtime for (objmodel/heap.h, RuntimeHooks).

#include <cstdint>

namespace tagproof {

class Heap;

void setRuntimeHooks(Heap& heap);

// The lowest address that guest code may let this OS thread's stack reach: a reserve above its end.
[[nodiscard]] uint64_t nativeStackLimit();

}  // namespace tagproof
