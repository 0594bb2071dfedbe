#pragma once
// set and frozenset: CPython 3.11's hash table, step by step (first place hash & mask, nine linear
// probes, then the perturbed sequence; the same growth), because the order of iteration follows
// from it. The first eight entries are part of the object.

#include <cstddef>
#include <cstdint>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Thread;

struct SetEntry {
    Value key;         // owned; null = never used, kDeleted = deleted
    int64_t hash = 0;  // 0 when never used, -1 when deleted

    static constexpr Value kDeleted = Value::sentinel(1);
    [[nodiscard]] bool isUsed() const { return !key.isNull() && !key.isSentinel(); }
};

struct Set {
    static constexpr uint64_t kSmallSize = 8;

    Object head;
    uint64_t fill = 0;               // entries used or deleted
    uint64_t used = 0;               // entries used
    uint64_t mask = kSmallSize - 1;  // size of the table - 1
    SetEntry* table = nullptr;       // owned, or null: `small` is the table
    int64_t hash = -1;               // of a frozenset, once asked for
    uint64_t finger = 0;             // where pop() goes on
    SetEntry small[kSmallSize];

    [[nodiscard]] SetEntry* entries() { return table != nullptr ? table : small; }
};

// A set, a frozenset or an instance of a subclass.
[[nodiscard]] inline bool isAnySet(Value value) {
    return value.isObject() && hasFlag(value.asObject()->type, kTypeIsSet);
}
// An instance of set or of a subclass of set.
[[nodiscard]] bool isMutableSet(const Thread& thread, Value value);

// --- making: new reference, or null with an exception pending ----------------------------------
[[nodiscard]] Set* makeSet(Thread& thread);
// `iterable` may be null: empty. frozenset gives back an exact frozenset itself.
[[nodiscard]] Value makeSetOfType(Thread& thread, Type* type, Value iterable);
[[nodiscard]] Value makeFrozenSet(Thread& thread, Value iterable);

// --- by key: may run __hash__ and __eq__ ---------------------------------------------------------
[[nodiscard]] bool setAdd(Thread& thread, Set* set, Value key);      // false = exception
[[nodiscard]] int setContains(Thread& thread, Set* set, Value key);  // 1, 0, -1
[[nodiscard]] int setDiscard(Thread& thread, Set* set, Value key);   // 1, 0, -1
[[nodiscard]] bool setAddHashed(Thread& thread, Set* set, Value key, int64_t hash);
[[nodiscard]] int setContainsHashed(Thread& thread, Set* set, Value key, int64_t hash);
[[nodiscard]] int setDiscardHashed(Thread& thread, Set* set, Value key, int64_t hash);

// --- whole sets ----------------------------------------------------------------------------------
void setClear(Thread& thread, Set* set);
// Adds every item. False = exception.
[[nodiscard]] bool setUpdate(Thread& thread, Set* set, Value iterable);
// Rebuilds the table with room for `wanted` entries and without deleted ones. False = MemoryError.
[[nodiscard]] bool setResize(Thread& thread, Set* set, uint64_t wanted);
// Moves *position (0 at the start) past the next key and gives it (borrowed) with its hash; false
// at the end. Safe under changes.
[[nodiscard]] bool setNext(Set* set, uint64_t* position, Value* key, int64_t* hash);

// --- algebra: `other` is any iterable; results are of set or frozenset, as `set` is --------------
[[nodiscard]] Value setCopy(Thread& thread, Set* set);
[[nodiscard]] Value setIntersection(Thread& thread, Set* set, Value other);
[[nodiscard]] Value setDifference(Thread& thread, Set* set, Value other);
[[nodiscard]] Value setSymmetricDifference(Thread& thread, Set* set, Value other);
[[nodiscard]] bool setDifferenceUpdate(Thread& thread, Set* set, Value other);
[[nodiscard]] bool setSymmetricDifferenceUpdate(Thread& thread, Set* set, Value other);
void setSwap(Set* left, Set* right);                                     // exchanges the contents
[[nodiscard]] int setIsSubset(Thread& thread, Set* set, Value other);    // 1, 0, -1
[[nodiscard]] int setIsSuperset(Thread& thread, Set* set, Value other);  // 1, 0, -1
[[nodiscard]] int setIsDisjoint(Thread& thread, Set* set, Value other);  // 1, 0, -1

[[nodiscard]] Value newSetIterator(Thread& thread, Value set);

void initSetTypes(Thread& thread);

}  // namespace tagproof
