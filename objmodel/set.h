#pragma once
// Sets and frozensets: a hash table of owned values that both types and their subclasses share.
// Algorithm and constants are CPython 3.11's (Objects/setobject.c): open addressing, short runs of
// linear probes, perturbed jumps between them. The order of iteration is the order of the table, so
// it is CPython's as long as the hashes are.
//
// Looking for an element may run __hash__ and __eq__ of guest code, which may change the table:
// after each such call it is looked at again. Arguments are borrowed.

#include <cstddef>
#include <cstdint>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Thread;

struct SetEntry {
    Value key;         // owned; null = never used, Set::kDeleted = removed
    int64_t hash = 0;  // of key; -1 when removed, so that it matches no search
};

struct Set {
    static constexpr size_t kSmallSize = 8;  // entries inside the object
    static constexpr Value kDeleted = Value::sentinel(1);

    Object head;
    uint64_t fill = 0;          // entries ever used: elements and removed ones
    uint64_t used = 0;          // elements
    uint64_t mask = 0;          // entries of the table, a power of two, minus one
    SetEntry* table = nullptr;  // small_table, or an owned raw buffer
    int64_t hash = -1;          // of a frozenset; -1 = not computed yet
    uint64_t finger = 0;        // where pop() goes on
    SetEntry small_table[kSmallSize];
};

// set, frozenset or an instance of a subclass of either.
[[nodiscard]] inline bool isAnySet(Value value) {
    return value.isObject() && hasFlag(value.asObject()->type, kTypeIsSet);
}

// --- making: new reference, or null with an exception pending -----------------------------------
[[nodiscard]] Set* makeSet(Thread& thread);
// set(iterable), frozenset(iterable). An exact frozenset comes back itself; the empty one is one
// immortal object.
[[nodiscard]] Set* makeSet(Thread& thread, Value iterable);
[[nodiscard]] Set* makeFrozenset(Thread& thread, Value iterable);
// An empty set of `type`: set, frozenset or a subclass.
[[nodiscard]] Set* allocateSet(Thread& thread, Type* type);

// --- elements: -1 = exception ---------------------------------------------------------------------
[[nodiscard]] int setAdd(Thread& thread, Set* set, Value item);       // 1 added, 0 was there
[[nodiscard]] int setDiscard(Thread& thread, Set* set, Value item);   // 1 removed, 0 was not there
[[nodiscard]] int setContains(Thread& thread, Set* set, Value item);  // 1, 0
// The same with the hash of `item` known.
[[nodiscard]] int setAddHashed(Thread& thread, Set* set, Value item, int64_t hash);
[[nodiscard]] int setDiscardHashed(Thread& thread, Set* set, Value item, int64_t hash);
[[nodiscard]] int setContainsHashed(Thread& thread, Set* set, Value item, int64_t hash);
// Takes an element out. New reference; null, nothing pending, when the set is empty.
[[nodiscard]] Value setPop(Set* set);

// --- whole sets -----------------------------------------------------------------------------------
// Adds every item of an iterable (`set |= iterable`). 0 or -1.
[[nodiscard]] int setUpdate(Thread& thread, Set* set, Value iterable);
// Adds the elements of `other`; runs no __hash__. 0 or -1.
[[nodiscard]] int setMerge(Thread& thread, Set* set, Set* other);
void setClear(Thread& thread, Set* set);
// Moves `*position` (0 at the start) past the next element. Null at the end. Safe under any change
// of the set in between. Borrowed.
[[nodiscard]] SetEntry* setNext(Set* set, uint64_t* position);

// set, frozenset, set_iterator.
void initSetTypes(Thread& thread);

}  // namespace tagproof
