#pragma once
// Slices of lists: reading, assigning, deleting.

#include "objmodel/list.h"
#include "objmodel/slice.h"

namespace tagproof {

// list[slice], a new list; null with an exception pending.
[[nodiscard]] Value getListSlice(Thread& thread, List* list, Slice* slice);
// list[slice] = value; value null = del list[slice]. 0 or -1.
[[nodiscard]] int setListSlice(Thread& thread, List* list, Slice* slice, Value value);
// list[begin:end] = items (owned references, taken over on success). False + MemoryError.
[[nodiscard]] bool replaceListRange(
    Thread& thread, List* list, uint64_t begin, uint64_t end, const Value* items, uint64_t count);

}  // namespace tagproof
