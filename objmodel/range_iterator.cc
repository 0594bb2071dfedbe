// Iterators of ranges. When every item is a fixnum: RangeIterator, plain machine integers. Else
// LongRangeIterator, which counts with ints of any size.

#include <utility>

#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/iterators.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/range_items.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"

namespace tagproof {

static_assert(offsetof(RangeIterator, next) == layout::kRangeIterNext);
static_assert(offsetof(RangeIterator, step) == layout::kRangeIterStep);
static_assert(offsetof(RangeIterator, remaining) == layout::kRangeIterRemaining);

namespace {

struct LongRangeIterator {
    Object head;
    Value next;       // owned, as all three are, exact ints: the next item
    Value step;       //
    Value remaining;  // items to come
};

// --- range_iterator ------------------------------------------------------------------------------

Value nextOfRange(Thread&, Value self) {
    auto* iterator = self.as<RangeIterator>();
    if (iterator->remaining == 0) return Value::null();
    const Value item = Value::fixnum(iterator->next);
    iterator->next += iterator->step;
    --iterator->remaining;
    return item;
}

Value hintOfRange(Thread& thread, Value self, const Value*, size_t) {
    return makeUnsignedInt(thread, self.as<RangeIterator>()->remaining);
}

// Requires first to be a fixnum, and the last item too.
Value newShortIterator(Thread& thread, Value first, Value step, uint64_t count) {
    auto* iterator = allocateObject<RangeIterator>(thread, thread.types->range_iterator);
    if (iterator == nullptr) return Value::null();
    iterator->next = first.asFixnum();
    // Two fixnums are less than 2^61 apart, so that a step between two items fits; one that goes
    // beyond the only item may be of any size.
    if (count > 1) static_cast<void>(fitsInt64(thread, step, &iterator->step));
    iterator->remaining = count;
    return Value::of(iterator);
}

// --- longrange_iterator --------------------------------------------------------------------------

void deallocLong(Thread& thread, Object* self) {
    auto* iterator = reinterpret_cast<LongRangeIterator*>(self);
    decref(iterator->next);
    decref(iterator->step);
    decref(iterator->remaining);
    freeObject(thread, self);
}

void traverseLong(Object* self, VisitFunction visit, void* context) {
    const auto* iterator = reinterpret_cast<LongRangeIterator*>(self);
    visit(iterator->next, context);
    visit(iterator->step, context);
    visit(iterator->remaining, context);
}

Value nextOfLong(Thread& thread, Value self) {
    auto* iterator = self.as<LongRangeIterator>();
    if (intSign(thread, iterator->remaining) == 0) return Value::null();
    Ref next(intBinary(thread, BinaryOp::kAdd, iterator->next, iterator->step));
    if (!next) return Value::null();
    Ref left(intBinary(thread, BinaryOp::kSubtract, iterator->remaining, Value::fixnum(1)));
    if (!left) return Value::null();
    decref(std::exchange(iterator->remaining, left.release()));
    return std::exchange(iterator->next, next.release());
}

Value hintOfLong(Thread&, Value self, const Value*, size_t) {
    return newRef(self.as<LongRangeIterator>()->remaining);
}

Value newLongIterator(Thread& thread, Value first, Value step, Value count) {
    auto* iterator = allocateObject<LongRangeIterator>(thread, thread.types->long_range_iterator);
    if (iterator == nullptr) return Value::null();
    iterator->next = newRef(first);
    iterator->step = newRef(step);
    iterator->remaining = newRef(count);
    return Value::of(iterator);
}

Value newIterator(Thread& thread, Value first, Value last, Value step, Value count) {
    if (first.isFixnum() && last.isFixnum() && count.isFixnum()) {
        return newShortIterator(thread, first, step, static_cast<uint64_t>(count.asFixnum()));
    }
    return newLongIterator(thread, first, step, count);
}

// The item at length - 1. Requires a range that is not empty.
Value lastItem(Thread& thread, const Range* range) {
    const Ref index(intBinary(thread, BinaryOp::kSubtract, range->length, Value::fixnum(1)));
    return index ? rangeItem(thread, range, index.get()) : Value::null();
}

}  // namespace

Value newRangeIterator(Thread& thread, Value self) {
    const auto* range = self.as<Range>();
    if (range->length == Value::fixnum(0)) {
        return newShortIterator(thread, Value::fixnum(0), range->step, 0);
    }
    const Ref last(lastItem(thread, range));
    if (!last) return Value::null();
    return newIterator(thread, range->start, last.get(), range->step, range->length);
}

Value newReversedRangeIterator(Thread& thread, Value self) {
    const auto* range = self.as<Range>();
    if (range->length == Value::fixnum(0)) return newRangeIterator(thread, self);
    const Ref last(lastItem(thread, range));
    const Ref step(intNegate(thread, range->step));
    if (!last || !step) return Value::null();
    return newIterator(thread, last.get(), range->start, step.get(), range->length);
}

void initRangeIteratorTypes(Thread& thread) {
    Type* type = thread.types->range_iterator;
    setNativeLayout(type, CellFamily::kOther, sizeof(RangeIterator), 0);
    type->slots.dealloc = deallocPlain;
    type->slots.iter = iterItself;
    type->slots.next = nextOfRange;
    addMethod(thread, type, "__length_hint__", hintOfRange, 0, 0);
    Type* long_type = thread.types->long_range_iterator;
    setNativeLayout(long_type, CellFamily::kOther, sizeof(LongRangeIterator), 0);
    long_type->slots.dealloc = deallocLong;
    long_type->slots.traverse = traverseLong;
    long_type->slots.iter = iterItself;
    long_type->slots.next = nextOfLong;
    addMethod(thread, long_type, "__length_hint__", hintOfLong, 0, 0);
}

}  // namespace tagproof
