#include "objmodel/list_slice.h"

#include <cstring>
#include <vector>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"

namespace tagproof {

namespace {

// Drops references that are no longer in any list: the last step, since it can run guest code.
void dropAll(const std::vector<Value>& values) {
    for (const Value value : values) decref(value);
}

int assignExtended(Thread& thread, List* list, const SlicePositions& positions, List* source) {
    if (static_cast<int64_t>(source->size) != positions.count) {
        raise(thread, ExceptionKind::kValueError,
              "attempt to assign sequence of size {} to extended slice of size {}", source->size,
              positions.count);
        return -1;
    }
    std::vector<Value> old;
    for (uint64_t k = 0; k < source->size; ++k) {
        Value& item = list->items[positions.at(k)];
        old.push_back(item);
        item = newRef(source->items[k]);
    }
    dropAll(old);
    return 0;
}

void deleteExtended(List* list, SlicePositions positions) {
    if (positions.count == 0) return;
    if (positions.step < 0) {
        positions.start += positions.step * (positions.count - 1);
        positions.step = -positions.step;
    }
    std::vector<Value> old;
    auto to = static_cast<uint64_t>(positions.start);
    auto next = static_cast<uint64_t>(positions.start);
    for (auto from = to; from < list->size; ++from) {
        if (from == next && static_cast<int64_t>(old.size()) < positions.count) {
            old.push_back(list->items[from]);
            next += static_cast<uint64_t>(positions.step);
        } else {
            list->items[to++] = list->items[from];
        }
    }
    list->size = to;
    dropAll(old);
}

}  // namespace

Value getListSlice(Thread& thread, List* list, Slice* slice) {
    SlicePositions positions;
    if (!readSlice(thread, slice, &positions)) return Value::null();
    fitSlice(static_cast<int64_t>(list->size), &positions);
    const auto count = static_cast<uint64_t>(positions.count);
    if (positions.step == 1) {
        return Value::of(makeList(thread, list->items + positions.start, count));
    }
    List* result = makeList(thread, count);
    if (result == nullptr) return Value::null();
    for (uint64_t k = 0; k < count; ++k) {
        result->items[k] = newRef(list->items[positions.at(k)]);
    }
    result->size = count;
    return Value::of(result);
}

bool replaceListRange(
    Thread& thread, List* list, uint64_t begin, uint64_t end, const Value* items, uint64_t count) {
    const uint64_t removed = end - begin;
    if (count > removed && !listReserve(thread, list, list->size + count - removed)) return false;
    const std::vector<Value> old(list->items + begin, list->items + end);
    if (list->items != nullptr) {
        std::memmove(list->items + begin + count, list->items + end,
                     (list->size - end) * sizeof(Value));
    }
    if (count != 0) std::memcpy(list->items + begin, items, count * sizeof(Value));
    list->size = list->size - removed + count;
    for (size_t k = old.size(); k-- > 0;) decref(old[k]);  // CPython's order
    return true;
}

int setListSlice(Thread& thread, List* list, Slice* slice, Value value) {
    SlicePositions positions;
    if (!readSlice(thread, slice, &positions)) return -1;
    Ref source;
    if (!value.isNull()) {
        source = Ref(Value::of(listFromIterableOr(thread, value,
                                                  positions.step == 1
                                                      ? "can only assign an iterable"
                                                      : "must assign iterable to extended slice")));
        if (!source) return -1;
    }
    fitSlice(static_cast<int64_t>(list->size), &positions);  // the iterable may have changed it
    if (positions.step != 1) {
        if (source) return assignExtended(thread, list, positions, source.as<List>());
        deleteExtended(list, positions);
        return 0;
    }
    const auto begin = static_cast<uint64_t>(positions.start);
    const uint64_t end = begin + static_cast<uint64_t>(positions.count);
    if (!source) return replaceListRange(thread, list, begin, end, nullptr, 0) ? 0 : -1;
    auto* items = source.as<List>();
    if (!replaceListRange(thread, list, begin, end, items->items, items->size)) return -1;
    items->size = 0;  // its references moved
    return 0;
}

}  // namespace tagproof
