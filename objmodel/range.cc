// Arithmetic of ranges (declared in objmodel/range.h and objmodel/range_items.h).

#include "objmodel/range.h"

#include <utility>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/protocol.h"
#include "objmodel/range_items.h"
#include "objmodel/ref.h"
#include "objmodel/slice.h"

namespace tagproof {

namespace {

constexpr Value kZero = Value::fixnum(0);
constexpr Value kOne = Value::fixnum(1);

// Number of items from `low` (in) to `high` (out) in steps of `step` > 0.
Value countSteps(Thread& thread, Value low, Value high, Value step) {
    if (compareInt(thread, low, high) >= 0) return kZero;
    if (low.isFixnum() && high.isFixnum() && step.isFixnum()) {
        const int64_t distance = high.asFixnum() - low.asFixnum();
        return makeInt(thread, (distance - 1) / step.asFixnum() + 1);
    }
    const Ref distance(intBinary(thread, BinaryOp::kSubtract, high, low));
    if (!distance) return Value::null();
    const Ref last(intBinary(thread, BinaryOp::kSubtract, distance.get(), kOne));
    if (!last) return Value::null();
    const Ref steps(intBinary(thread, BinaryOp::kFloorDivide, last.get(), step));
    return steps ? intBinary(thread, BinaryOp::kAdd, steps.get(), kOne) : Value::null();
}

Value countItems(Thread& thread, Value start, Value stop, Value step) {
    if (intSign(thread, step) > 0) return countSteps(thread, start, stop, step);
    const Ref positive(intNegate(thread, step));
    return positive ? countSteps(thread, stop, start, positive.get()) : Value::null();
}

// A bound of a slice as an exact int, or null + TypeError.
Value readSliceBound(Thread& thread, Value bound) {
    if (isInt(bound) || typeOf(thread, bound)->slots.index != nullptr) {
        return indexOf(thread, bound);
    }
    return raise(thread, ExceptionKind::kTypeError,
                 "slice indices must be integers or None or have an __index__ method");
}

// The interval that the bounds of a slice are fitted to.
struct Limits {
    Value length;
    Value lowest;
    Value highest;
};

// A bound counted from the end when negative, within the limits. `missing` stands for None.
Value fitBound(Thread& thread, Value bound, const Limits& limits, Value missing) {
    if (bound == thread.singletons->none) return newRef(missing);
    Ref position(readSliceBound(thread, bound));
    if (!position) return Value::null();
    if (intSign(thread, position.get()) < 0) {
        position = Ref(intBinary(thread, BinaryOp::kAdd, position.get(), limits.length));
        if (!position) return Value::null();
        const bool low = compareInt(thread, position.get(), limits.lowest) < 0;
        return low ? newRef(limits.lowest) : position.release();
    }
    const bool high = compareInt(thread, position.get(), limits.highest) > 0;
    return high ? newRef(limits.highest) : position.release();
}

}  // namespace

bool isRange(const Thread& thread, Value value) { return isExactly(value, thread.types->range); }

Value makeRange(Thread& thread, Value start, Value stop, Value step) {
    if (intSign(thread, step) == 0) {
        return raise(thread, ExceptionKind::kValueError, "range() arg 3 must not be zero");
    }
    Ref length(countItems(thread, start, stop, step));
    if (!length) return Value::null();
    auto* range = allocateObject<Range>(thread, thread.types->range);
    if (range == nullptr) return Value::null();
    range->start = newRef(start);
    range->stop = newRef(stop);
    range->step = newRef(step);
    range->length = length.release();
    return Value::of(range);
}

Value rangeItem(Thread& thread, const Range* range, Value index) {
    const Ref offset(intBinary(thread, BinaryOp::kMultiply, index, range->step));
    return offset ? intBinary(thread, BinaryOp::kAdd, range->start, offset.get()) : Value::null();
}

Value rangeSlice(Thread& thread, const Range* range, Slice* slice) {
    const bool plain = slice->step == thread.singletons->none;
    const Ref step(plain ? kOne : readSliceBound(thread, slice->step));
    if (!step) return Value::null();
    const int direction = intSign(thread, step.get());
    if (direction == 0) {
        return raise(thread, ExceptionKind::kValueError, "slice step cannot be zero");
    }
    const Value length = range->length;
    const Ref last(intBinary(thread, BinaryOp::kSubtract, length, kOne));
    if (!last) return Value::null();
    const bool forwards = direction > 0;
    const Limits limits{length, forwards ? kZero : Value::fixnum(-1),
                        forwards ? length : last.get()};
    const Value first = forwards ? limits.lowest : limits.highest;
    const Value end = forwards ? limits.highest : limits.lowest;
    const Ref start_index(fitBound(thread, slice->start, limits, first));
    if (!start_index) return Value::null();
    const Ref stop_index(fitBound(thread, slice->stop, limits, end));
    if (!stop_index) return Value::null();
    const Ref new_step(intBinary(thread, BinaryOp::kMultiply, step.get(), range->step));
    const Ref start(rangeItem(thread, range, start_index.get()));
    const Ref stop(rangeItem(thread, range, stop_index.get()));
    if (!new_step || !start || !stop) return Value::null();
    return makeRange(thread, start.get(), stop.get(), new_step.get());
}

int rangeHasInt(Thread& thread, const Range* range, Value integer) {
    const bool upwards = intSign(thread, range->step) > 0;
    const int from_start = compareInt(thread, integer, range->start);
    const int from_stop = compareInt(thread, integer, range->stop);
    if (upwards ? (from_start < 0 || from_stop >= 0) : (from_start > 0 || from_stop <= 0)) return 0;
    const Ref offset(intBinary(thread, BinaryOp::kSubtract, integer, range->start));
    if (!offset) return -1;
    const Ref rest(intBinary(thread, BinaryOp::kRemainder, offset.get(), range->step));
    if (!rest) return -1;
    return intSign(thread, rest.get()) == 0 ? 1 : 0;
}

}  // namespace tagproof
