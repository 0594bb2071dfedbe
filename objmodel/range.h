#pragma once
// range objects and their iterators. Start, stop, step and length are exact ints of any size; an
// iterator uses machine integers when all its items are fixnums.

#include <cstdint>

#include "objmodel/object.h"

namespace tagproof {

struct Thread;

struct Range {
    Object head;
    Value start;  // owned ints
    Value stop;
    Value step;    // not 0
    Value length;  // number of items
};

// Iterator of a range whose items are fixnums. Emitted code advances it (layout::kRangeIter...).
struct RangeIterator {
    Object head;
    int64_t next = 0;  // next item
    int64_t step = 0;
    uint64_t remaining = 0;  // items to come
};

[[nodiscard]] bool isRange(const Thread& thread, Value value);
// range(start, stop, step) of exact ints, borrowed. New reference, or null with ValueError (step 0)
// or MemoryError pending.
[[nodiscard]] Value makeRange(Thread& thread, Value start, Value stop, Value step);
[[nodiscard]] Value newRangeIterator(Thread& thread, Value range);

void initRangeTypes(Thread& thread);

}  // namespace tagproof
