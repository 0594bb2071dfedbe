#pragma once
// Set algebra, as the operators and methods of set and frozenset share it. `other` is any iterable
// and borrowed; results are new sets of the built-in type below the left operand's (a subclass
// gives a plain set or frozenset). Null or -1 = exception.

#include "objmodel/set.h"

namespace tagproof {

// set or frozenset, whichever `set` is an instance of.
[[nodiscard]] Type* plainSetType(const Thread& thread, const Set* set);

[[nodiscard]] Set* setCopy(Thread& thread, Set* set);
[[nodiscard]] Set* setUnion(Thread& thread, Set* set, Value other);
[[nodiscard]] Set* setIntersection(Thread& thread, Set* set, Value other);
[[nodiscard]] Set* setDifference(Thread& thread, Set* set, Value other);
[[nodiscard]] Set* setSymmetricDifference(Thread& thread, Set* set, Value other);

// The same on the set itself: 0 or -1. For union see setUpdate.
[[nodiscard]] int setIntersectionUpdate(Thread& thread, Set* set, Value other);
[[nodiscard]] int setDifferenceUpdate(Thread& thread, Set* set, Value other);
[[nodiscard]] int setSymmetricDifferenceUpdate(Thread& thread, Set* set, Value other);
// Exchanges the elements of two sets.
void setSwap(Set* left, Set* right);

// 1, 0 or -1.
[[nodiscard]] int setIsSubset(Thread& thread, Set* set, Value other);
[[nodiscard]] int setIsSuperset(Thread& thread, Set* set, Value other);
[[nodiscard]] int setIsDisjoint(Thread& thread, Set* set, Value other);

// --- methods (objmodel/set_methods.cc) and iterators (objmodel/set_iterator.cc) ------------------
void addSetMethods(Thread& thread, Type* type);         // those that set and frozenset have
void addMutableSetMethods(Thread& thread, Type* type);  // those of set alone
[[nodiscard]] int containsInSet(Thread& thread, Value self, Value item);  // `item in self`
[[nodiscard]] Value newSetIterator(Thread& thread, Value set);
void initSetIteratorType(Thread& thread);

}  // namespace tagproof
