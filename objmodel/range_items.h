#pragma once
// Inside of the range type: arithmetic of ranges, and their iterators.

#include "objmodel/range.h"

namespace tagproof {

struct Slice;

// start + index * step. New reference, or null + pending.
[[nodiscard]] Value rangeItem(Thread& thread, const Range* range, Value index);
// A sub-range. New reference, or null + pending.
[[nodiscard]] Value rangeSlice(Thread& thread, const Range* range, Slice* slice);
// An exact int or a bool is an item: 1, 0, -1.
[[nodiscard]] int rangeHasInt(Thread& thread, const Range* range, Value integer);

[[nodiscard]] Value newRangeIterator(Thread& thread, Value range);
[[nodiscard]] Value newReversedRangeIterator(Thread& thread, Value range);
// range_iterator, longrange_iterator.
void initRangeIteratorTypes(Thread& thread);

}  // namespace tagproof
