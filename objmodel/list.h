#pragma once
// Lists: a growing array of owned value words outside the object (layout::kListItems, kListSize).
// Growth is CPython's (about 1/8 more, at least 4, multiples of 4), since amortised cost is part of
// what programs rely on.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Thread;

struct List {
    Object head;
    Value* items = nullptr;  // owned, malloc'd; null when capacity is 0
    uint64_t size = 0;       // items in use
    uint64_t capacity = 0;   // items that fit
};

[[nodiscard]] inline bool isList(Value value) {
    return value.isObject() && hasFlag(value.asObject()->type, kTypeIsList);
}
[[nodiscard]] bool isExactList(const Thread& thread, Value value);

// --- making: new reference, or null with MemoryError pending -----------------------------------
[[nodiscard]] List* makeList(Thread& thread, uint64_t capacity = 0);             // empty
[[nodiscard]] List* makeList(Thread& thread, const Value* items, size_t count);  // copies borrowed
// Takes over the references in `items`, also on failure.
[[nodiscard]] List* makeListOwning(Thread& thread, const Value* items, size_t count);
[[nodiscard]] List* listFromIterable(Thread& thread, Value iterable);
// With `message` in place of a TypeError of the iterable, as getIterOr().
[[nodiscard]] List* listFromIterableOr(Thread& thread, Value iterable, std::string_view message);

// --- changing: false with an exception pending ---------------------------------------------------
[[nodiscard]] bool listAppend(Thread& thread, List* list, Value item);       // borrowed item
[[nodiscard]] bool listAppendOwned(Thread& thread, List* list, Value item);  // takes it over
[[nodiscard]] bool listInsert(Thread& thread, List* list, int64_t index, Value item);
[[nodiscard]] bool listExtend(Thread& thread, List* list, Value iterable);
[[nodiscard]] bool listReserve(Thread& thread, List* list, uint64_t capacity);
// Removes and returns the item (new reference). Requires index < size.
[[nodiscard]] Value listPopAt(List* list, uint64_t index);
void listClear(Thread& thread, List* list);
// list.append as its method_descriptor runs it: for those who know the method by its code.
[[nodiscard]] Value listAppendMethod(Thread& thread, Value self, const Value* args, size_t count);
// list.sort(); `key` may be null or None. False with an exception pending.
[[nodiscard]] bool listSort(Thread& thread, List* list, Value key, bool reverse);

void initListType(Thread& thread);

}  // namespace tagproof
