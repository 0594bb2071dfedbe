#pragma once
// What the parts of the itertools module share (module_itertools*.cc). A set-up function fills in
// the layout, slots and methods of the type of its name.
//
// An iterator that the collector has cleared is exhausted. What a step calls may step the same
// iterator: fields are read again afterwards, and what is in use is held.

#include "objmodel/iterators.h"
#include "objmodel/owned_values.h"
#include "objmodel/type_object.h"

namespace tagproof {

struct Tuple;

namespace itertools {

void setUpCount(Thread& thread, Type* type);
void setUpCycle(Thread& thread, Type* type);
void setUpRepeat(Thread& thread, Type* type);

void setUpAccumulate(Thread& thread, Type* type);
void setUpChain(Thread& thread, Type* type);
void setUpPairwise(Thread& thread, Type* type);
void setUpZipLongest(Thread& thread, Type* type);

void setUpCompress(Thread& thread, Type* type);
void setUpDropWhile(Thread& thread, Type* type);
void setUpFilterFalse(Thread& thread, Type* type);
void setUpIslice(Thread& thread, Type* type);
void setUpStarMap(Thread& thread, Type* type);
void setUpTakeWhile(Thread& thread, Type* type);

void setUpGroupBy(Thread& thread, Type* type);
void setUpGrouper(Thread& thread, Type* type);

void setUpTee(Thread& thread, Type* type);
void setUpTeeBlock(Thread& thread, Type* type);
// itertools.tee()
[[nodiscard]] Value tee(Thread& thread, Value, const Value* args, size_t count);

void setUpProduct(Thread& thread, Type* type);
void setUpPermutations(Thread& thread, Type* type);
void setUpCombinations(Thread& thread, Type* type);
void setUpCombinationsWithReplacement(Thread& thread, Type* type);

// An iterator type whose instances own the words of `Owned`.
template <typename T, typename Owned>
void setUpIterator(Type* type, CallFunction construct, UnaryFunction next) {
    setNativeLayout(type, CellFamily::kOther, sizeof(T), kTypeAllowsSubclass);
    Owned::setSlots(type);
    type->slots.construct = construct;
    type->slots.iter = iterItself;
    type->slots.next = next;
}

// "chain() takes no keyword arguments", unless a subclass has an __init__ for them. False +
// TypeError.
[[nodiscard]] bool rejectTypeKeywords(Thread& thread,
                                      Value callee,
                                      const char* name,
                                      Value keyword_names);
// Both checks of a type that takes positional arguments only.
[[nodiscard]] bool checkTypeArguments(Thread& thread,
                                      Value callee,
                                      const char* name,
                                      size_t positional,
                                      Value keyword_names,
                                      size_t count);
// The truth of predicate(item), of the item itself when `predicate` is None or bool: 1, 0, -1.
[[nodiscard]] int isSelected(Thread& thread, Value predicate, Value item);

}  // namespace itertools
}  // namespace tagproof
