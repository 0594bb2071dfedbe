// What a deque does with its ring of items.

#include <algorithm>
#include <utility>

#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/modules/collections.h"
#include "runtime/modules/library_state.h"
#include "runtime/vm.h"

namespace tagproof::collections {

namespace {

constexpr uint64_t kFirstCapacity = 8;

// Room for one more item. False + MemoryError.
bool reserveOne(Thread& thread, Deque* deque) {
    if (deque->size < deque->capacity) return true;
    const uint64_t capacity = std::max(deque->capacity * 2, kFirstCapacity);
    if (capacity > PTRDIFF_MAX / sizeof(Value)) {
        raiseMemoryError(thread);
        return false;
    }
    auto* const items = static_cast<Value*>(allocateRaw(thread, capacity * sizeof(Value)));
    if (items == nullptr) return false;
    for (uint64_t k = 0; k < deque->size; ++k) items[k] = deque->at(k);
    freeRaw(thread, deque->items, deque->capacity * sizeof(Value));
    deque->items = items;
    deque->capacity = capacity;
    deque->first = 0;
    return true;
}

bool isTooLong(const Deque* deque) {
    return deque->max_size >= 0 && deque->size > static_cast<uint64_t>(deque->max_size);
}

// Adds every item by `add`. A deque that is added to itself is copied first.
template <typename Add>
bool extendBy(Thread& thread, Deque* deque, Value iterable, Add add) {
    Ref source = Ref::borrow(iterable);
    if (iterable == Value::of(deque)) {
        source = Ref(Value::of(listFromIterable(thread, iterable)));
        if (!source) return false;
    }
    return forEach(thread, source.get(), [&](Value item) { return add(thread, deque, item); });
}

}  // namespace

bool isDeque(const Thread& thread, Value value) {
    return isInstanceOf(thread, value, thread.vm->library().deque);
}

bool dequeAppend(Thread& thread, Deque* deque, Value item) {
    if (!reserveOne(thread, deque)) return false;
    deque->at(deque->size++) = newRef(item);
    ++deque->changes;
    if (isTooLong(deque)) decref(dequePopLeft(deque));
    return true;
}

bool dequeAppendLeft(Thread& thread, Deque* deque, Value item) {
    if (!reserveOne(thread, deque)) return false;
    deque->first = (deque->first - 1) & (deque->capacity - 1);
    ++deque->size;
    deque->at(0) = newRef(item);
    ++deque->changes;
    if (isTooLong(deque)) decref(dequePop(deque));
    return true;
}

Value dequePop(Deque* deque) {
    ++deque->changes;
    return deque->at(--deque->size);
}

Value dequePopLeft(Deque* deque) {
    ++deque->changes;
    const Value item = deque->at(0);
    deque->first = (deque->first + 1) & (deque->capacity - 1);
    --deque->size;
    return item;
}

Value dequeTakeAt(Deque* deque, uint64_t index) {
    const Value item = deque->at(index);
    if (index < deque->size / 2) {
        for (uint64_t k = index; k > 0; --k) deque->at(k) = deque->at(k - 1);
        deque->first = (deque->first + 1) & (deque->capacity - 1);
    } else {
        for (uint64_t k = index; k + 1 < deque->size; ++k) deque->at(k) = deque->at(k + 1);
    }
    --deque->size;
    ++deque->changes;
    return item;
}

bool dequeInsert(Thread& thread, Deque* deque, uint64_t index, Value item) {
    if (!reserveOne(thread, deque)) return false;
    if (index < deque->size / 2) {
        deque->first = (deque->first - 1) & (deque->capacity - 1);
        for (uint64_t k = 0; k < index; ++k) deque->at(k) = deque->at(k + 1);
    } else {
        for (uint64_t k = deque->size; k > index; --k) deque->at(k) = deque->at(k - 1);
    }
    ++deque->size;
    deque->at(index) = newRef(item);
    ++deque->changes;
    return true;
}

void dequeRotate(Deque* deque, int64_t steps) {
    if (deque->size < 2) return;
    ++deque->changes;
    const auto size = static_cast<int64_t>(deque->size);
    steps %= size;
    if (steps > size / 2) steps -= size;
    if (steps < -(size / 2)) steps += size;
    const uint64_t mask = deque->capacity - 1;
    for (; steps > 0; --steps) {
        const Value last = deque->at(deque->size - 1);
        deque->first = (deque->first - 1) & mask;
        deque->at(0) = last;
    }
    for (; steps < 0; ++steps) {
        const Value item = deque->at(0);
        deque->first = (deque->first + 1) & mask;
        deque->at(deque->size - 1) = item;
    }
}

void dequeReverse(Deque* deque) {
    for (uint64_t k = 0; k < deque->size / 2; ++k) {
        std::swap(deque->at(k), deque->at(deque->size - 1 - k));
    }
}

void dequeClear(Thread& thread, Deque* deque) {
    Deque old = *deque;
    deque->items = nullptr;
    deque->capacity = 0;
    deque->first = 0;
    deque->size = 0;
    if (old.size != 0) ++deque->changes;
    for (uint64_t k = 0; k < old.size; ++k) decref(old.at(k));
    freeRaw(thread, old.items, old.capacity * sizeof(Value));
}

bool dequeExtend(Thread& thread, Deque* deque, Value iterable) {
    return extendBy(thread, deque, iterable, dequeAppend);
}

bool dequeExtendLeft(Thread& thread, Deque* deque, Value iterable) {
    return extendBy(thread, deque, iterable, dequeAppendLeft);
}

Value raiseMutated(Thread& thread, ExceptionKind kind) {
    return raiseText(thread, kind, "deque mutated during iteration");
}

}  // namespace tagproof::collections
