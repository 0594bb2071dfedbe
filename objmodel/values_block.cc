#include "objmodel/values_block.h"

#include <fmt/format.h>

#include <cstring>

#include "objmodel/allocation_observer.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"

namespace tagproof {
namespace {

// Of a checked free: the block that the prefix byte leads to must be one of the pools' cells, and
// its pool's capacity must be the one that makes this prefix.
template <typename Policy>
void checkBlock(const char* block, const Value* values, uint8_t prefix) {
    if constexpr (std::is_same_v<Policy, CheckedCells>) {
        const Pool* pool = Page::of(values)->pool;
        const bool sound = pool->kind == kValuesCellKind && pool->isCellStart(block) &&
                           valuesPrefixSize(pool->values_capacity) == prefix;
        if (!sound) [[unlikely]] {
            checkFailed(__FILE__, __LINE__,
                        fmt::format("values block freed with prefix byte {} at {:#x}: not the "
                                    "start of a block",
                                    prefix, reinterpret_cast<uintptr_t>(values) - 1));
        }
    }
}

Value* takeObserved(Heap& heap, size_t capacity) {
    const size_t bytes = heap.valuesPool(capacity)->cell_size;
    if (!mayAllocate(heap, AllocationKind::kValuesBlock, bytes)) return nullptr;
    Value* const values = heap.plain_values_ops->take(heap, capacity);
    if (values == nullptr) return nullptr;
    noteTaken(heap, AllocationKind::kValuesBlock, valuesBlockStart(values), bytes);
    return values;
}

void freeObserved(Heap& heap, Value* values) {
    const char* const block = valuesBlockStart(values);
    const size_t bytes = Page::of(values)->pool->cell_size;
    heap.plain_values_ops->free(heap, values);
    noteFreed(heap, AllocationKind::kValuesBlock, block, bytes);
}

}  // namespace

const ValuesBlockOps kObservedValuesBlocks{takeObserved, freeObserved};

void removeValuesOrder(Value* values, size_t index) {
    uint8_t* const bytes = valuesBytes(values);
    const size_t used = bytes[layout::kValuesUsed];
    uint8_t* const first = bytes + layout::kValuesOrder;  // k-th at first[-k]
    size_t k = 0;
    while (k < used && *(first - k) != index) ++k;
    TAGPROOF_CHECK(k < used, "an attribute is missing in the order of its values block");
    for (; k + 1 < used; ++k) *(first - k) = *(first - k - 1);
    bytes[layout::kValuesUsed] = static_cast<uint8_t>(used - 1);
}

template <typename Policy>
Value* ValuesBlocks<Policy>::take(Heap& heap, size_t capacity) {
    char* const block = takeCell<Policy>(*heap.valuesPool(capacity));
    if (block == nullptr) [[unlikely]]
        return nullptr;
    const size_t prefix = valuesPrefixSize(capacity);
    auto* values = reinterpret_cast<Value*>(block + prefix);
    std::memset(static_cast<void*>(values), 0, capacity * sizeof(Value));
    valuesBytes(values)[layout::kValuesUsed] = 0;
    valuesBytes(values)[layout::kValuesPrefixSize] = static_cast<uint8_t>(prefix);
    return values;
}

// The prefix byte decides where the block starts; the policy, whether that is believed.
template <typename Policy>
void ValuesBlocks<Policy>::free(Heap&, Value* values) {
    const uint8_t prefix = valuesBytes(values)[layout::kValuesPrefixSize];
    char* const block = valuesBlockStart(values);
    checkBlock<Policy>(block, values, prefix);
    valuesBytes(values)[layout::kValuesPrefixSize] = 0;
    freeCell<Policy>(*Page::of(values)->pool, block);
}

template struct ValuesBlocks<CheckedCells>;
template struct ValuesBlocks<TrustingCells>;

Value* newValuesBlock(Thread& thread, size_t capacity) {
    Value* const values = thread.heap->values_ops->take(*thread.heap, capacity);
    if (values == nullptr) [[unlikely]]
        raiseMemoryError(thread);
    return values;
}

void freeValuesBlock(Heap& heap, Value* values) { heap.values_ops->free(heap, values); }

}  // namespace tagproof
