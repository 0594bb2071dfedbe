#include "objmodel/list.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"

namespace tagproof {

namespace {

constexpr uint64_t kMaxListSize = uint64_t{1} << 40;

// Sets the capacity to hold `size` items exactly or more; the size stays.
bool resizeStorage(Thread& thread, List* list, uint64_t capacity) {
    if (capacity > kMaxListSize) {
        raiseMemoryError(thread);
        return false;
    }
    void* items = reallocateRaw(thread, list->items, list->capacity * sizeof(Value),
                                capacity * sizeof(Value));
    if (items == nullptr) return false;
    list->items = static_cast<Value*>(items);
    list->capacity = capacity;
    return true;
}

}  // namespace

static_assert(offsetof(List, items) == layout::kListItems);
static_assert(offsetof(List, size) == layout::kListSize);

bool isExactList(const Thread& thread, Value value) { return isExactly(value, thread.types->list); }

List* makeList(Thread& thread, uint64_t capacity) {
    auto* list = allocateObject<List>(thread, thread.types->list);
    if (list == nullptr || capacity == 0 || resizeStorage(thread, list, capacity)) return list;
    decref(&list->head);
    return nullptr;
}

List* makeList(Thread& thread, const Value* items, size_t count) {
    List* list = makeList(thread, count);
    if (list == nullptr) return nullptr;
    for (size_t k = 0; k < count; ++k) list->items[k] = newRef(items[k]);
    list->size = count;
    return list;
}

List* makeListOwning(Thread& thread, const Value* items, size_t count) {
    List* list = makeList(thread, count);
    if (list == nullptr) {
        for (size_t k = 0; k < count; ++k) decref(items[k]);
        return nullptr;
    }
    if (count != 0) std::memcpy(list->items, items, count * sizeof(Value));
    list->size = count;
    return list;
}

List* listFromIterable(Thread& thread, Value iterable) {
    Ref list(Value::of(makeList(thread)));
    if (!list || !listExtend(thread, list.as<List>(), iterable)) return nullptr;
    return list.release().as<List>();
}

List* listFromIterableOr(Thread& thread, Value iterable, std::string_view message) {
    if (isExactList(thread, iterable) || isExactTuple(thread, iterable)) {
        return listFromIterable(thread, iterable);
    }
    const Ref iterator(getIterOr(thread, iterable, message));
    return iterator ? listFromIterable(thread, iterator.get()) : nullptr;
}

bool listReserve(Thread& thread, List* list, uint64_t capacity) {
    if (capacity <= list->capacity) return true;
    const uint64_t roomy = (capacity + (capacity >> 3) + 6) & ~uint64_t{3};
    const bool one_more = capacity == list->size + 1;
    return resizeStorage(thread, list, one_more || list->size != 0 ? roomy : capacity);
}

bool listAppend(Thread& thread, List* list, Value item) {
    return listAppendOwned(thread, list, newRef(item));
}

bool listAppendOwned(Thread& thread, List* list, Value item) {
    if (list->size == list->capacity && !listReserve(thread, list, list->size + 1)) {
        decref(item);
        return false;
    }
    list->items[list->size++] = item;
    return true;
}

bool listInsert(Thread& thread, List* list, int64_t index, Value item) {
    if (!listReserve(thread, list, list->size + 1)) return false;
    const auto size = static_cast<int64_t>(list->size);
    if (index < 0) index += size;
    index = std::clamp<int64_t>(index, 0, size);
    Value* place = list->items + index;
    std::memmove(place + 1, place, static_cast<size_t>(size - index) * sizeof(Value));
    *place = newRef(item);
    ++list->size;
    return true;
}

namespace {

// Appends the items of an array that guest code cannot change meanwhile.
bool appendAll(Thread& thread, List* list, const Value* items, uint64_t count) {
    if (count == 0) return true;
    const bool itself = items == list->items;
    if (!listReserve(thread, list, list->size + count)) return false;
    if (itself) items = list->items;
    for (uint64_t k = 0; k < count; ++k) list->items[list->size + k] = newRef(items[k]);
    list->size += count;
    return true;
}

// Room for the items that an iterable says it has; false with an exception pending.
bool reserveHinted(Thread& thread, List* list, Value iterable) {
    constexpr int64_t kDefault = 8;
    constexpr int64_t kMostReserved = int64_t{1} << 28;  // a hint is not trusted beyond
    const int64_t hint = lengthHint(thread, iterable, kDefault);
    if (hint < 0) return false;
    if (hint > static_cast<int64_t>(kMaxListSize)) {
        raiseMemoryError(thread);
        return false;
    }
    return listReserve(thread, list,
                       list->size + static_cast<uint64_t>(std::min(hint, kMostReserved)));
}

}  // namespace

bool listExtend(Thread& thread, List* list, Value iterable) {
    if (isExactTuple(thread, iterable)) {
        const auto* tuple = iterable.as<Tuple>();
        return appendAll(thread, list, tuple->items(), tuple->size);
    }
    if (isExactList(thread, iterable)) {
        const auto* other = iterable.as<List>();
        return appendAll(thread, list, other->items, other->size);
    }
    Ref iterator(getIter(thread, iterable));
    if (!iterator || !reserveHinted(thread, list, iterable)) return false;
    for (;;) {
        const Value item = iterNext(thread, iterator.get());
        if (item.isNull()) return !hasPending(thread);
        if (!listAppendOwned(thread, list, item)) return false;
    }
}

Value listPopAt(List* list, uint64_t index) {
    const Value item = list->items[index];
    --list->size;
    Value* place = list->items + index;
    std::memmove(place, place + 1, (list->size - index) * sizeof(Value));
    return item;
}

void listClear(Thread& thread, List* list) {
    Value* items = std::exchange(list->items, nullptr);
    const uint64_t size = std::exchange(list->size, 0);
    const uint64_t capacity = std::exchange(list->capacity, 0);
    for (uint64_t k = size; k-- > 0;) decref(items[k]);
    freeRaw(thread, items, capacity * sizeof(Value));
}

}  // namespace tagproof
