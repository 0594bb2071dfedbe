#include "objmodel/tuple.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

constexpr uint64_t kMaxTupleSize = uint64_t{1} << 40;

Tuple* allocateUnfilled(Thread& thread, uint64_t size) {
    if (size > kMaxTupleSize) {
        raiseMemoryError(thread);
        return nullptr;
    }
    auto* tuple =
        allocateSized<Tuple>(thread, thread.types->tuple, sizeof(Tuple) + size * sizeof(Value));
    if (tuple != nullptr) tuple->size = size;
    return tuple;
}

}  // namespace

bool isExactTuple(const Thread& thread, Value value) {
    return isExactly(value, thread.types->tuple);
}

Tuple* allocateTuple(Thread& thread, uint64_t size) {
    Tuple* tuple = allocateUnfilled(thread, size);
    if (tuple != nullptr) std::fill_n(tuple->items(), size, Value::null());
    return tuple;
}

Tuple* makeEmptyTuple(Thread& thread) {
    const Value empty = thread.singletons->empty_tuple;
    return empty.isNull() ? allocateTuple(thread, 0) : newRef(empty.as<Tuple>());
}

Tuple* makeTuple(Thread& thread, const Value* items, size_t count) {
    if (count == 0) return makeEmptyTuple(thread);
    Tuple* tuple = allocateUnfilled(thread, count);
    if (tuple == nullptr) return nullptr;
    for (size_t k = 0; k < count; ++k) tuple->items()[k] = newRef(items[k]);
    return tuple;
}

Tuple* makeTuple(Thread& thread, Value first, Value second) {
    const Value items[] = {first, second};
    return makeTuple(thread, items, 2);
}

Tuple* makeTupleOwning(Thread& thread, const Value* items, size_t count) {
    bool complete = true;
    for (size_t k = 0; k < count; ++k) complete = complete && !items[k].isNull();
    if (count == 0) return makeEmptyTuple(thread);
    Tuple* tuple = complete ? allocateUnfilled(thread, count) : nullptr;
    if (tuple == nullptr) {
        for (size_t k = 0; k < count; ++k) decref(items[k]);
        return nullptr;
    }
    std::copy_n(items, count, tuple->items());
    return tuple;
}

Tuple* repeatPair(Thread& thread, Value* kept, Value first, Value second) {
    if (!kept->isNull() && kept->asObject()->refcount == 1) {
        auto* pair = newRef(*kept).as<Tuple>();
        const Value old_first = std::exchange(pair->items()[0], first);
        const Value old_second = std::exchange(pair->items()[1], second);
        decref(old_first);
        decref(old_second);
        return pair;
    }
    const Value items[] = {first, second};
    Tuple* pair = makeTupleOwning(thread, items, 2);
    if (kept->isNull() && pair != nullptr) *kept = newRef(Value::of(pair));
    return pair;
}

Tuple* tupleFromIterable(Thread& thread, Value iterable) {
    if (isExactTuple(thread, iterable)) return newRef(iterable.as<Tuple>());
    if (isExactly(iterable, thread.types->list)) {
        const List* list = iterable.as<List>();
        return makeTuple(thread, list->items, list->size);
    }
    Ref list(Value::of(listFromIterable(thread, iterable)));
    if (!list) return nullptr;
    return makeTuple(thread, list.as<List>()->items, list.as<List>()->size);
}

Tuple* tupleFromIterableOr(Thread& thread, Value iterable, std::string_view message) {
    if (isExactTuple(thread, iterable)) return newRef(iterable.as<Tuple>());
    Ref list(Value::of(listFromIterableOr(thread, iterable, message)));
    if (!list) return nullptr;
    return makeTuple(thread, list.as<List>()->items, list.as<List>()->size);
}

}  // namespace tagproof
