#pragma once
// slice objects, and the arithmetic of slicing that all sequences share.

#include <cstddef>
#include <cstdint>

#include "objmodel/object.h"

namespace tagproof {

struct Thread;

struct Slice {
    Object head;
    Value start;  // owned, each any value; None when left out
    Value stop;
    Value step;
};

// The positions that a slice selects of a sequence: start, start + step, ... , `count` of them.
struct SlicePositions {
    int64_t start = 0;
    int64_t stop = 0;  // as Python's slice.indices gives it
    int64_t step = 1;
    int64_t count = 0;

    // Position of item k < count. Unsigned: behind the last item the sum need not fit.
    [[nodiscard]] uint64_t at(uint64_t k) const {
        return static_cast<uint64_t>(start) + k * static_cast<uint64_t>(step);
    }
};

[[nodiscard]] bool isSlice(const Thread& thread, Value value);
// New reference, or null + MemoryError. Arguments borrowed; null reads as None.
[[nodiscard]] Value makeSlice(Thread& thread, Value start, Value stop, Value step);
// Reads the bounds (which may run guest code) without a length yet. False with an exception
// pending: TypeError "slice indices must be integers or None or have an __index__ method" or
// ValueError "slice step cannot be zero".
[[nodiscard]] bool readSlice(Thread& thread, Slice* slice, SlicePositions* positions);
// Fits bounds read by readSlice to a sequence of `length` items and counts.
void fitSlice(int64_t length, SlicePositions* positions);
// Start and stop of methods like str.find(sub, start, stop): args[0..count) may be None or missing.
// Fits them to 0 <= start, stop <= length.
[[nodiscard]] bool readBounds(Thread& thread,
                              const Value* args,
                              size_t count,
                              uint64_t length,
                              int64_t* start,
                              int64_t* stop);

void initSliceType(Thread& thread);

}  // namespace tagproof
