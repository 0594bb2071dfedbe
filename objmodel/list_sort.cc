// list.sort(): keys, the cheapest comparison, and the list's state around the sort itself
// (timsort.h). The list is emptied while guest code compares; whoever changes it meanwhile gets
// ValueError.

#include <algorithm>
#include <vector>

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/timsort.h"

namespace tagproof {

namespace {

int lessFixnum(Thread&, Value left, Value right) {
    return left.asFixnum() < right.asFixnum() ? 1 : 0;
}
int lessFloat(Thread&, Value left, Value right) {
    return left.asImmediateDouble() < right.asImmediateDouble() ? 1 : 0;
}
int lessStr(Thread&, Value left, Value right) {
    return compareStr(left.as<Str>(), right.as<Str>()) < 0 ? 1 : 0;
}
int lessAny(Thread& thread, Value left, Value right) {
    Ref result(richCompare(thread, left, right, CompareOp::kLt));
    return result ? isTrue(thread, result.get()) : -1;
}

// The cheapest comparison that is right for all the keys.
LessFunction chooseLess(const Thread& thread, const std::vector<SortPair>& pairs) {
    const auto all = [&](auto test) {
        return std::all_of(pairs.begin(), pairs.end(),
                           [&](const SortPair& p) { return test(p.key); });
    };
    if (all([](Value key) { return key.isFixnum(); })) return lessFixnum;
    if (all([](Value key) { return key.isImmediateDouble(); })) return lessFloat;
    if (all([&](Value key) { return isExactStr(thread, key); })) return lessStr;
    return lessAny;
}

// Keys of all items; false with an exception pending and no key owned.
bool makeKeys(Thread& thread, Value key, std::vector<SortPair>* pairs) {
    for (size_t k = 0; k < pairs->size(); ++k) {
        (*pairs)[k].key = call(thread, key, &(*pairs)[k].item, 1);
        if ((*pairs)[k].key.isNull()) {
            for (size_t done = 0; done < k; ++done) decref((*pairs)[done].key);
            return false;
        }
    }
    return true;
}

bool sortPairs(Thread& thread, std::vector<SortPair>* pairs, Value key, bool reverse) {
    const bool has_key = !key.isNull() && key != thread.singletons->none;
    if (has_key) {
        if (!makeKeys(thread, key, pairs)) return false;
    } else {
        for (SortPair& pair : *pairs) pair.key = pair.item;
    }
    if (reverse) std::reverse(pairs->begin(), pairs->end());
    const bool good =
        pairs->size() < 2 || Timsort(thread, *pairs, chooseLess(thread, *pairs)).sort();
    if (reverse) std::reverse(pairs->begin(), pairs->end());
    if (has_key) {
        for (const SortPair& pair : *pairs) decref(pair.key);
    }
    return good;
}

}  // namespace

bool listSort(Thread& thread, List* list, Value key, bool reverse) {
    Value* items = std::exchange(list->items, nullptr);
    const uint64_t size = std::exchange(list->size, 0);
    const uint64_t capacity = std::exchange(list->capacity, 0);
    std::vector<SortPair> pairs(size);
    for (uint64_t k = 0; k < size; ++k) pairs[k].item = items[k];
    bool good = sortPairs(thread, &pairs, key, reverse);
    for (uint64_t k = 0; k < size; ++k) items[k] = pairs[k].item;
    const bool modified = list->items != nullptr;
    std::swap(list->items, items);
    List intruder;  // what was put into the list meanwhile
    intruder.items = items;
    intruder.size = std::exchange(list->size, size);
    intruder.capacity = std::exchange(list->capacity, capacity);
    listClear(thread, &intruder);
    if (good && modified) {
        raise(thread, ExceptionKind::kValueError, "list modified during sort");
        good = false;
    }
    return good;
}

}  // namespace tagproof
