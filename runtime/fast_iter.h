#pragma once
// Inline steps of the iterators and containers that loops meet most.

#include <utility>

#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/range.h"
#include "objmodel/tuple.h"
#include "runtime/attr_cache.h"
#include "runtime/fast_arith.h"

namespace tagproof {

// After next() gave null with an exception pending, or where there is none: swallows StopIteration,
// raises TypeError. Always null.
Value nextItemSlow(Thread& thread, Value iterator);

// container[index] for exact lists and tuples and an index that is in range: borrowed. Null = not
// handled here.
[[nodiscard]] inline Value itemFast(Thread& thread,
                                    Value container,
                                    int64_t index,
                                    Feedback& feedback) {
    const Type* type = container.asObject()->type;
    if (type == thread.types->list) {
        const auto* list = container.as<List>();
        const auto position =
            static_cast<uint64_t>(index < 0 ? index + static_cast<int64_t>(list->size) : index);
        if (position >= list->size) return Value::null();
        recordSeen(feedback, kSeenList, kSeenFixnum, 0);
        return list->items[position];
    }
    if (type == thread.types->tuple) {
        const auto* tuple = container.as<Tuple>();
        const auto position =
            static_cast<uint64_t>(index < 0 ? index + static_cast<int64_t>(tuple->size) : index);
        if (position >= tuple->size) return Value::null();
        recordSeen(feedback, kSeenTuple, kSeenFixnum, 0);
        return tuple->items()[position];
    }
    return Value::null();
}

// The next item of a range or a list that has one, new reference. Null = not handled here.
[[nodiscard]] inline Value nextItemFast(const Thread& thread, Value iterator) {
    const Type* type = iterator.asObject()->type;
    if (type == thread.types->range_iterator) [[likely]] {
        auto* range = iterator.as<RangeIterator>();
        if (range->remaining == 0) return Value::null();
        const int64_t item = range->next;
        if (!Value::fitsFixnum(item)) [[unlikely]]
            return Value::null();
        --range->remaining;
        range->next =
            static_cast<int64_t>(static_cast<uint64_t>(item) + static_cast<uint64_t>(range->step));
        return Value::fixnum(item);
    }
    if (type == thread.types->list_iterator) {
        auto* position = iterator.as<SequenceIterator>();
        if (position->sequence.isNull()) return Value::null();
        const auto* list = position->sequence.as<List>();
        const auto index = static_cast<uint64_t>(position->index);
        if (index >= list->size) return Value::null();
        ++position->index;
        return newRef(list->items[index]);
    }
    return Value::null();
}

// Whether the word is all that keeps an object alive.
[[nodiscard]] inline bool isLastReference(Value value) {
    return value.isObject() && value.asObject()->refcount == 1;
}

// The next number and item of an enumerate() of such an iterator that has given a pair before, new
// references; item null = not handled here. Returns what the pair held: others hold it too, so that
// its release runs nothing.
[[nodiscard]] inline Value nextNumbered(const Thread& thread,
                                        Enumerate* enumerate,
                                        Value* number,
                                        Value* item) {
    const Value count = enumerate->count;
    const bool counts_on = count.isFixnum() && count != Value::fixnum(Value::kMaxFixnum);
    const Value pair = enumerate->pair;
    *item = Value::null();
    if (!counts_on || pair.isNull() || pair.asObject()->refcount != 1) return Value::null();
    Value* const kept = pair.as<Tuple>()->items();
    if (!kept[0].isFixnum() || isLastReference(kept[1])) return Value::null();
    *item = nextItemFast(thread, enumerate->iterator);
    if (item->isNull()) return Value::null();
    *number = count;
    enumerate->count = Value::fixnum(count.asFixnum() + 1);
    kept[0] = count;
    return std::exchange(kept[1], newRef(*item));
}

// The next item, new reference; null = exhausted, or an exception is pending.
[[nodiscard]] inline Value nextItem(Thread& thread, Value iterator) {
    const UnaryFunction next = iterator.asObject()->type->slots.next;
    if (next == nullptr) [[unlikely]]
        return nextItemSlow(thread, iterator);
    const Value item = next(thread, iterator);
    if (item.isNull() && hasPending(thread)) [[unlikely]]
        return nextItemSlow(thread, iterator);
    return item;
}

// Marks what kind of iterator a loop runs over.
void recordIterator(const Thread& thread, Feedback& feedback, Value iterator);

}  // namespace tagproof
