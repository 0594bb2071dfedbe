#pragma once
// range objects and their iterators. The numbers of a range are ints of any size; when all its
// items are fixnums it is iterated by a RangeIterator, which emitted code advances itself.

#include <cstdint>

#include "objmodel/object.h"

namespace tagproof {

struct Thread;

struct Range {
    Object head;
    Value start;  // owned, each an exact int
    Value stop;
    Value step;    // not 0
    Value length;  // number of items
};

// range_iterator. Native fast paths read and write it (layout::kRangeIter...).
struct RangeIterator {
    Object head;
    int64_t next = 0;        // the next item while remaining != 0
    int64_t step = 0;        // 0 when at most one item was ever to come
    uint64_t remaining = 0;  // items to come; next + remaining * step does not overflow
};

[[nodiscard]] bool isRange(const Thread& thread, Value value);
// range(start, stop, step) of exact ints (borrowed). New reference, or null with ValueError
// "range() arg 3 must not be zero" or MemoryError pending.
[[nodiscard]] Value makeRange(Thread& thread, Value start, Value stop, Value step);

// range, range_iterator, longrange_iterator.
void initRangeTypes(Thread& thread);

}  // namespace tagproof
