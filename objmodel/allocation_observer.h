#pragma once
// An AllocationObserver sees everything that a heap hands out and takes back: the ledger of a lab,
// or a test that makes the n-th allocation fail. It costs nothing while there is none: objects then
// take the short way through objmodel/allocation.cc, values blocks the plain ValuesBlockOps. With
// one, addresses and their order are the same as without.

#include <cstddef>
#include <cstdint>

#include "objmodel/heap.h"

namespace tagproof {

enum class AllocationKind : uint8_t {
    kObject,       // a cell; its head is set when it is reported
    kValuesBlock,  // a cell; the address is that of the block, not of its values
    kRawBuffer,    // the address is the buffer's; growing one frees the old and takes the new
    kPages,        // for a pool whose cells are used up; never freed
};

struct AllocationObserver {
    void* context = nullptr;  // for the functions, each of which may be null
    // Before each allocation, but for those of the MemoryError itself. False makes it fail as it
    // does when memory is used up.
    bool (*may_take)(void* context, AllocationKind kind, size_t bytes) = nullptr;
    void (*taken)(void* context, AllocationKind kind, const void* address, size_t bytes) = nullptr;
    // After the memory was given back: its contents are gone.
    void (*freed)(void* context, AllocationKind kind, const void* address, size_t bytes) = nullptr;
};

// What the allocating functions tell the heap's observer, if there is one.
[[nodiscard]] inline bool mayAllocate(const Heap& heap, AllocationKind kind, size_t bytes) {
    const AllocationObserver* const observer = heap.allocationObserver();
    if (observer == nullptr || observer->may_take == nullptr) return true;
    return heap.memory_reserve_open || observer->may_take(observer->context, kind, bytes);
}
inline void noteTaken(const Heap& heap, AllocationKind kind, const void* address, size_t bytes) {
    const AllocationObserver* const observer = heap.allocationObserver();
    if (observer == nullptr || observer->taken == nullptr) return;
    observer->taken(observer->context, kind, address, bytes);
}
inline void noteFreed(const Heap& heap, AllocationKind kind, const void* address, size_t bytes) {
    const AllocationObserver* const observer = heap.allocationObserver();
    if (observer == nullptr || observer->freed == nullptr) return;
    observer->freed(observer->context, kind, address, bytes);
}

}  // namespace tagproof
