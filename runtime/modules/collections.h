#pragma once
// The parts of the _collections module (module_collections*.cc). A set-up function fills in the
// layout, slots and methods of a type; the rest of collections is runtime/stdlib/collections.

#include <cstdint>

#include "objmodel/core_types.h"
#include "objmodel/object.h"

namespace tagproof {

struct Thread;
struct Type;

namespace collections {

// A ring of items, at the power-of-two places (first + 0 ... first + size - 1) % capacity.
struct Deque {
    Object head;
    Value* items;       // owned raw buffer, or null
    uint64_t capacity;  // of the buffer: a power of two, or 0
    uint64_t first;     // place of the first item
    uint64_t size;      // items in use
    uint64_t changes;   // raised with each one that iterators must not miss
    int64_t max_size;   // -1: no limit

    [[nodiscard]] Value& at(uint64_t index) { return items[(first + index) & (capacity - 1)]; }
};

// --- deques without guest code in between
// ----------------------------------------------------------
[[nodiscard]] bool isDeque(const Thread& thread, Value value);
// Borrowed item; the end that is too long afterwards gives one up. False + MemoryError.
[[nodiscard]] bool dequeAppend(Thread& thread, Deque* deque, Value item);
[[nodiscard]] bool dequeAppendLeft(Thread& thread, Deque* deque, Value item);
// New reference. Requires an item.
[[nodiscard]] Value dequePop(Deque* deque);
[[nodiscard]] Value dequePopLeft(Deque* deque);
// Takes out the item at an index; new reference.
[[nodiscard]] Value dequeTakeAt(Deque* deque, uint64_t index);
// Borrowed item before the one at an index, or at the end. False + MemoryError.
[[nodiscard]] bool dequeInsert(Thread& thread, Deque* deque, uint64_t index, Value item);
void dequeRotate(Deque* deque, int64_t steps);
void dequeReverse(Deque* deque);
void dequeClear(Thread& thread, Deque* deque);
// Appends every item of any iterable. False + pending.
[[nodiscard]] bool dequeExtend(Thread& thread, Deque* deque, Value iterable);
[[nodiscard]] bool dequeExtendLeft(Thread& thread, Deque* deque, Value iterable);
// "deque mutated during iteration".
Value raiseMutated(Thread& thread, ExceptionKind kind);

void addDequeMethods(Thread& thread, Type* type);
void setUpDeque(Thread& thread, Type* type);
void setUpDequeIterator(Thread& thread, Type* type);
void setUpDequeReverseIterator(Thread& thread, Type* type);
// iter() and reversed() of a deque.
[[nodiscard]] Value newDequeIterator(Thread& thread, Value deque);
[[nodiscard]] Value newDequeReverseIterator(Thread& thread, Value deque);

void setUpDefaultDict(Thread& thread, Type* type);
void setUpTupleGetter(Thread& thread, Type* type);

}  // namespace collections
}  // namespace tagproof
