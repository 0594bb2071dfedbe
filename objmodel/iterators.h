#pragma once
// Iterators: those of str, bytes, list, tuple, range and of any object with __getitem__, and the
// types enumerate, zip, map, filter and reversed. Set and dict iterators are with their containers.
// Functions give a new reference, or null with an exception pending; arguments are borrowed.

#include <cstdint>

#include "objmodel/object.h"

namespace tagproof {

struct Thread;

// str, bytes, list, tuple and __getitem__ iterators alike. Native fast paths may read them.
struct SequenceIterator {
    Object head;
    Value sequence;     // owned; null when exhausted
    int64_t index = 0;  // of the next item
};

struct Enumerate {
    Object head;
    Value iterator;  // owned
    Value count;     // owned int: number of the next item
    Value pair;      // owned: what it gave last, for repeatPair(), or null
};

[[nodiscard]] Value newStrIterator(Thread& thread, Value text);
[[nodiscard]] Value newBytesIterator(Thread& thread, Value bytes);
[[nodiscard]] Value newListIterator(Thread& thread, Value list);
[[nodiscard]] Value newListReverseIterator(Thread& thread, Value list);
[[nodiscard]] Value newTupleIterator(Thread& thread, Value tuple);
// iter(sequence) by __getitem__ with 0, 1, 2, ... until IndexError or StopIteration.
[[nodiscard]] Value newSequenceIterator(Thread& thread, Value sequence);
// iter(callable, sentinel).
[[nodiscard]] Value newCallableIterator(Thread& thread, Value callable, Value sentinel);
// __iter__ of every iterator: itself.
[[nodiscard]] Value iterItself(Thread& thread, Value self);

// str_iterator, bytes_iterator, list_iterator, list_reverseiterator, tuple_iterator, iterator,
// callable_iterator.
void initSequenceIteratorTypes(Thread& thread);
// enumerate, zip, map, filter, reversed.
void initIteratorTypes(Thread& thread);

}  // namespace tagproof
