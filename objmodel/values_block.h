#pragma once
// Values blocks: the attribute values of one instance, with the order of insertion in front.
//
//   [ order bytes ... used(1) prefix(1) ][ value 0 ][ value 1 ] ...
//   ^block, 16-aligned     -2      -1   ^values
//
// prefix = roundUp(capacity + 2, 8) is written once, at creation; values[-3-k] is the index of the
// k-th inserted attribute. A block has one owner: an instance's slot, or a split dict.

#include <cstddef>
#include <cstdint>

#include "objmodel/object.h"
#include "objmodel/pool.h"

namespace tagproof {

class Heap;
struct Thread;

[[nodiscard]] constexpr size_t valuesPrefixSize(size_t capacity) {
    return (capacity + 2 + 7) & ~size_t{7};
}
[[nodiscard]] constexpr size_t valuesBlockSize(size_t capacity) {
    return (valuesPrefixSize(capacity) + capacity * sizeof(Value) + 15) & ~size_t{15};
}

[[nodiscard]] inline uint8_t* valuesBytes(Value* values) {
    return reinterpret_cast<uint8_t*>(values);
}
[[nodiscard]] inline size_t valuesUsed(Value* values) {
    return valuesBytes(values)[layout::kValuesUsed];
}
// Index of the k-th inserted attribute.
[[nodiscard]] inline size_t valuesOrderAt(Value* values, size_t k) {
    return valuesBytes(values)[layout::kValuesOrder - static_cast<ptrdiff_t>(k)];
}
[[nodiscard]] inline char* valuesBlockStart(Value* values) {
    return reinterpret_cast<char*>(values) - valuesBytes(values)[layout::kValuesPrefixSize];
}

// Records that the value at `index` was inserted last.
inline void appendValuesOrder(Value* values, size_t index) {
    uint8_t* bytes = valuesBytes(values);
    const size_t used = bytes[layout::kValuesUsed];
    bytes[layout::kValuesOrder - static_cast<ptrdiff_t>(used)] = static_cast<uint8_t>(index);
    bytes[layout::kValuesUsed] = static_cast<uint8_t>(used + 1);
}
// Takes `index` out of the order. The value itself is the caller's business.
void removeValuesOrder(Value* values, size_t index);

// How blocks are taken and freed: the heap holds one of these, checked by default; a lab puts the
// trusting instantiation in its place.
struct ValuesBlockOps {
    Value* (*take)(Heap&, size_t capacity);  // zeroed values, used 0; null = no memory
    void (*free)(Heap&, Value* values);      // trusts or checks the prefix byte
};
template <typename Policy>
struct ValuesBlocks {
    static Value* take(Heap& heap, size_t capacity);
    static void free(Heap& heap, Value* values);
    static constexpr ValuesBlockOps kOps{&take, &free};
};

// Those of Heap::plain_values_ops, reported to the heap's AllocationObserver.
extern const ValuesBlockOps kObservedValuesBlocks;

// A block with empty values, or null + MemoryError.
[[nodiscard]] Value* newValuesBlock(Thread& thread, size_t capacity);
// Gives back a block whose values are no longer anyone's.
void freeValuesBlock(Heap& heap, Value* values);

}  // namespace tagproof
