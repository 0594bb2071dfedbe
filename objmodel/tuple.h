#pragma once
// Tuples: a size and the items inline (layout::kTupleSize, kTupleItems). Immutable once visible to
// a program. The empty tuple is one immortal object.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Thread;

struct Tuple {
    Object head;
    uint64_t size = 0;  // number of items; their words follow, each an owned reference

    [[nodiscard]] const Value* items() const { return reinterpret_cast<const Value*>(this + 1); }
    [[nodiscard]] Value* items() { return reinterpret_cast<Value*>(this + 1); }
    [[nodiscard]] Value* begin() { return items(); }
    [[nodiscard]] Value* end() { return items() + size; }
};
static_assert(sizeof(Tuple) == layout::kTupleItems);

[[nodiscard]] inline bool isTuple(Value value) {
    return value.isObject() && hasFlag(value.asObject()->type, kTypeIsTuple);
}
[[nodiscard]] bool isExactTuple(const Thread& thread, Value value);

// --- making: new reference, or null with MemoryError pending -----------------------------------
// All items null: the caller fills every one before a program can see the tuple.
[[nodiscard]] Tuple* allocateTuple(Thread& thread, uint64_t size);
// Copies borrowed items.
[[nodiscard]] Tuple* makeTuple(Thread& thread, const Value* items, size_t count);
[[nodiscard]] Tuple* makeTuple(Thread& thread, Value first, Value second);
// Takes over the references in `items`, also on failure.
[[nodiscard]] Tuple* makeTupleOwning(Thread& thread, const Value* items, size_t count);
// (first, second), taken over, for an iterator that gives pairs: while nobody else has its last one
// (`*kept`, its own reference, null before the first), that one is filled again, as in CPython.
// New reference, or null + MemoryError, with both given up.
[[nodiscard]] Tuple* repeatPair(Thread& thread, Value* kept, Value first, Value second);
[[nodiscard]] Tuple* makeEmptyTuple(Thread& thread);
// tuple(iterable). An exact tuple comes back itself.
[[nodiscard]] Tuple* tupleFromIterable(Thread& thread, Value iterable);
// With `message` in place of a TypeError of the iterable, as getIterOr().
[[nodiscard]] Tuple* tupleFromIterableOr(Thread& thread, Value iterable, std::string_view message);

void initTupleType(Thread& thread);

}  // namespace tagproof
