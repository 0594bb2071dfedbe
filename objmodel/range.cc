#include "objmodel/range.h"

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/slice.h"
#include "objmodel/str_builder.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

static_assert(offsetof(RangeIterator, next) == layout::kRangeIterNext);
static_assert(offsetof(RangeIterator, step) == layout::kRangeIterStep);
static_assert(offsetof(RangeIterator, remaining) == layout::kRangeIterRemaining);

namespace {

// Iterator of a range with an item or end beyond fixnums.
struct LongRangeIterator {
    Object head;
    Value next;  // owned ints: next item
    Value step;
    Value left;  // items to come
};

constexpr Value kZero = Value::fixnum(0);
constexpr Value kOne = Value::fixnum(1);

// --- arithmetic on owned ints: null in, null out -------------------------------------------------

Ref compute(Thread& thread, BinaryOp op, Value left, Value right) {
    if (left.isNull() || right.isNull()) return Ref();
    return Ref(intBinary(thread, op, left, right));
}

// (stop - start) / step rounded up, at least 0.
Ref countItems(Thread& thread, Value start, Value stop, Value step) {
    const bool up = intSign(thread, step) > 0;
    const int order = compareInt(thread, start, stop);
    if (up ? order >= 0 : order <= 0) return Ref(kZero);
    const Value low = up ? start : stop;
    const Value high = up ? stop : start;
    Ref size(intAbsolute(thread, step));
    Ref distance = compute(thread, BinaryOp::kSubtract, high, low);
    Ref last = compute(thread, BinaryOp::kSubtract, distance.get(), kOne);
    Ref steps = compute(thread, BinaryOp::kFloorDivide, last.get(), size.get());
    return compute(thread, BinaryOp::kAdd, steps.get(), kOne);
}

// start + index * step
Value itemAt(Thread& thread, const Range* range, Value index) {
    if (index == kZero) return newRef(range->start);
    Ref offset = compute(thread, BinaryOp::kMultiply, index, range->step);
    return compute(thread, BinaryOp::kAdd, range->start, offset.get()).release();
}

bool raiseStepZero(Thread& thread) {
    raise(thread, ExceptionKind::kValueError, "range() arg 3 must not be zero");
    return false;
}

// --- slots ---------------------------------------------------------------------------------------

Value constructRange(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "range", keyword_names) ||
        !checkArgumentCount(thread, "range", positional, 1, 3)) {
        return Value::null();
    }
    Ref bounds[3];
    for (size_t k = 0; k < positional; ++k) {
        bounds[k] = Ref(indexOf(thread, args[k]));
        if (!bounds[k]) return Value::null();
    }
    if (positional == 1) return makeRange(thread, kZero, bounds[0].get(), kOne);
    return makeRange(thread, bounds[0].get(), bounds[1].get(),
                     positional == 3 ? bounds[2].get() : kOne);
}

void deallocRange(Thread& thread, Object* self) {
    auto* range = reinterpret_cast<Range*>(self);
    decref(range->start);
    decref(range->stop);
    decref(range->step);
    decref(range->length);
    freeObject(thread, self);
}

void traverseRange(Object* self, VisitFunction visit, void* context) {
    const auto* range = reinterpret_cast<Range*>(self);
    visit(range->start, context);
    visit(range->stop, context);
    visit(range->step, context);
    visit(range->length, context);
}

Value reprRange(Thread& thread, Value self) {
    const auto* range = self.as<Range>();
    const Value parts[] = {range->start, range->stop, range->step};
    StrBuilder out(thread);
    out.appendAscii("range(");
    for (size_t k = 0; k < (range->step == kOne ? 2u : 3u); ++k) {
        if (k != 0) out.appendAscii(", ");
        Ref text(reprOf(thread, parts[k]));
        if (!text) return Value::null();
        out.append(text.as<Str>());
    }
    out.appendAscii(")");
    return Value::of(out.finish());
}

bool sameItems(Thread& thread, const Range* left, const Range* right) {
    if (left == right) return true;
    if (compareInt(thread, left->length, right->length) != 0) return false;
    if (left->length == kZero) return true;
    if (compareInt(thread, left->start, right->start) != 0) return false;
    return left->length == kOne || compareInt(thread, left->step, right->step) == 0;
}

Value compareRanges(Thread& thread, Value left, Value right, CompareOp op) {
    const bool equality = op == CompareOp::kEq || op == CompareOp::kNe;
    if (!equality || !isRange(thread, left) || !isRange(thread, right)) {
        return newRef(thread.singletons->not_implemented);
    }
    const bool same = sameItems(thread, left.as<Range>(), right.as<Range>());
    return boolValue(thread, same == (op == CompareOp::kEq));
}

// hash((length, start, step)) with None for what does not matter.
int64_t hashRange(Thread& thread, Value self) {
    const auto* range = self.as<Range>();
    const Value none = thread.singletons->none;
    const bool empty = range->length == kZero;
    const Value items[] = {range->length, empty ? none : range->start,
                           empty || range->length == kOne ? none : range->step};
    Ref tuple(Value::of(makeTuple(thread, items, 3)));
    return tuple ? hashOf(thread, tuple.get()) : -1;
}

int truthOfRange(Thread&, Value self) { return self.as<Range>()->length != kZero ? 1 : 0; }

int64_t lengthOfRange(Thread& thread, Value self) {
    int64_t length = 0;
    if (fitsInt64(thread, self.as<Range>()->length, &length)) return length;
    raise(thread, ExceptionKind::kOverflowError, "Python int too large to convert to C ssize_t");
    return -1;
}

// start, stop or step of a slice as an exact int.
Ref sliceNumber(Thread& thread, Value number) {
    if (isInt(number) || typeOf(thread, number)->slots.index != nullptr) {
        return Ref(indexOf(thread, number));
    }
    raise(thread, ExceptionKind::kTypeError,
          "slice indices must be integers or None or have an __index__ method");
    return Ref();
}

// A bound of slice.indices() for any length: `fallback` when left out, clamped to [low, high].
Ref sliceBound(Thread& thread, Value bound, Value length, Value fallback, Value low, Value high) {
    if (bound == thread.singletons->none) return Ref::borrow(fallback);
    Ref number = sliceNumber(thread, bound);
    if (!number) return number;
    if (intSign(thread, number.get()) < 0) {
        number = compute(thread, BinaryOp::kAdd, number.get(), length);
        if (!number) return number;
    }
    if (compareInt(thread, number.get(), low) < 0) return Ref::borrow(low);
    if (compareInt(thread, number.get(), high) > 0) return Ref::borrow(high);
    return number;
}

Value sliceRange(Thread& thread, const Range* range, const Slice* slice) {
    const bool plain = slice->step == thread.singletons->none;
    const Ref step = plain ? Ref(kOne) : sliceNumber(thread, slice->step);
    if (!step) return Value::null();
    const int sign = intSign(thread, step.get());
    if (sign == 0) return raise(thread, ExceptionKind::kValueError, "slice step cannot be zero");
    const Value length = range->length;
    Ref low(sign < 0 ? Value::fixnum(-1) : kZero);
    Ref high = sign < 0 ? compute(thread, BinaryOp::kSubtract, length, kOne) : Ref::borrow(length);
    if (!high) return Value::null();
    const Value first = sign < 0 ? high.get() : low.get();
    const Value last = sign < 0 ? low.get() : high.get();
    Ref start = sliceBound(thread, slice->start, length, first, low.get(), high.get());
    if (!start) return Value::null();
    Ref stop = sliceBound(thread, slice->stop, length, last, low.get(), high.get());
    if (!stop) return Value::null();
    Ref new_start(itemAt(thread, range, start.get()));
    Ref new_stop(itemAt(thread, range, stop.get()));
    Ref new_step = compute(thread, BinaryOp::kMultiply, range->step, step.get());
    if (!new_start || !new_stop || !new_step) return Value::null();
    return makeRange(thread, new_start.get(), new_stop.get(), new_step.get());
}

Value getRangeItem(Thread& thread, Value self, Value key) {
    const auto* range = self.as<Range>();
    if (isSlice(thread, key)) return sliceRange(thread, range, key.as<Slice>());
    if (!isInt(key) && typeOf(thread, key)->slots.index == nullptr) {
        return raise(thread, ExceptionKind::kTypeError,
                     "range indices must be integers or slices, not {}",
                     typeName(typeOf(thread, key)));
    }
    Ref index(indexOf(thread, key));
    if (index && intSign(thread, index.get()) < 0) {
        index = compute(thread, BinaryOp::kAdd, index.get(), range->length);
    }
    if (!index) return Value::null();
    if (intSign(thread, index.get()) < 0 || compareInt(thread, index.get(), range->length) >= 0) {
        return raise(thread, ExceptionKind::kIndexError, "range object index out of range");
    }
    return itemAt(thread, range, index.get());
}

// The position of an int among the items: null without pending when it is not there.
Ref positionOf(Thread& thread, const Range* range, Value integer) {
    Ref distance = compute(thread, BinaryOp::kSubtract, integer, range->start);
    Ref rest = compute(thread, BinaryOp::kRemainder, distance.get(), range->step);
    if (!rest || rest.get() != kZero) return Ref();
    Ref position = compute(thread, BinaryOp::kFloorDivide, distance.get(), range->step);
    if (!position || intSign(thread, position.get()) < 0 ||
        compareInt(thread, position.get(), range->length) >= 0) {
        return Ref();
    }
    return position;
}

// Plain ints are computed; anything else is compared with each item.
bool isPlainInt(const Thread& thread, Value value) {
    return isExactInt(thread, value) || isExactly(value, thread.types->bool_);
}

// Number of items equal to `item` and the position of the first; false with an exception pending.
bool compareEach(
    Thread& thread, Value range, Value item, bool stop_at_first, int64_t* count, int64_t* first) {
    int64_t position = 0;
    *count = 0;
    const bool complete = forEach(thread, range, [&](Value candidate) {
        const int equal = compareBool(thread, candidate, item, CompareOp::kEq);
        if (equal > 0 && (*count)++ == 0) *first = position;
        ++position;
        return equal == 0 || (equal > 0 && !stop_at_first);
    });
    return complete || (!hasPending(thread) && *count != 0);
}

int rangeContains(Thread& thread, Value self, Value item) {
    if (isPlainInt(thread, item)) {
        const Ref position = positionOf(thread, self.as<Range>(), item);
        return hasPending(thread) ? -1 : (position ? 1 : 0);
    }
    int64_t count = 0;
    int64_t first = 0;
    if (!compareEach(thread, self, item, true, &count, &first)) return -1;
    return count != 0 ? 1 : 0;
}

// --- methods -------------------------------------------------------------------------------------

Value methodCount(Thread& thread, Value self, const Value* args, size_t) {
    if (isPlainInt(thread, args[0])) {
        const int present = rangeContains(thread, self, args[0]);
        return present < 0 ? Value::null() : Value::fixnum(present);
    }
    int64_t count = 0;
    int64_t first = 0;
    if (!compareEach(thread, self, args[0], false, &count, &first)) return Value::null();
    return Value::fixnum(count);
}

Value methodIndex(Thread& thread, Value self, const Value* args, size_t) {
    if (!isPlainInt(thread, args[0])) {
        int64_t count = 0;
        int64_t first = 0;
        if (!compareEach(thread, self, args[0], true, &count, &first)) return Value::null();
        if (count != 0) return Value::fixnum(first);
        return raise(thread, ExceptionKind::kValueError, "sequence.index(x): x not in sequence");
    }
    Ref position = positionOf(thread, self.as<Range>(), args[0]);
    if (position || hasPending(thread)) return position.release();
    Ref text(reprOf(thread, args[0]));
    if (!text) return Value::null();
    return raise(thread, ExceptionKind::kValueError, "{} is not in range", toUtf8(text.as<Str>()));
}

// An iterator over `count` items from `start`: the quick kind when all of them are fixnums, which
// emitted code relies on.
Value newIterator(Thread& thread, Value start, Value step, Value count) {
    int64_t first = 0;
    int64_t distance = 0;
    int64_t left = 0;
    int64_t span = 0;
    int64_t end = 0;
    if (fitsInt64(thread, start, &first) && fitsInt64(thread, step, &distance) &&
        fitsInt64(thread, count, &left) && !__builtin_mul_overflow(distance, left, &span) &&
        !__builtin_add_overflow(first, span, &end) && Value::fitsFixnum(first) &&
        Value::fitsFixnum(end)) {
        auto* iterator = allocateObject<RangeIterator>(thread, thread.types->range_iterator);
        if (iterator == nullptr) return Value::null();
        iterator->next = first;
        iterator->step = distance;
        iterator->remaining = static_cast<uint64_t>(left);
        return Value::of(iterator);
    }
    auto* iterator = allocateObject<LongRangeIterator>(thread, thread.types->long_range_iterator);
    if (iterator == nullptr) return Value::null();
    iterator->next = newRef(start);
    iterator->step = newRef(step);
    iterator->left = newRef(count);
    return Value::of(iterator);
}

Value methodReversed(Thread& thread, Value self, const Value*, size_t) {
    const auto* range = self.as<Range>();
    Ref last = compute(thread, BinaryOp::kSubtract, range->length, kOne);
    Ref start(last ? itemAt(thread, range, last.get()) : Value::null());
    Ref step(start ? intNegate(thread, range->step) : Value::null());
    return step ? newIterator(thread, start.get(), step.get(), range->length) : Value::null();
}

// (range, (start, stop, step))
Value methodReduce(Thread& thread, Value self, const Value*, size_t) {
    const auto* range = self.as<Range>();
    const Value parts[] = {range->start, range->stop, range->step};
    const Ref arguments(Value::of(makeTuple(thread, parts, 3)));
    if (!arguments) return Value::null();
    return Value::of(makeTuple(thread, Value::of(thread.types->range), arguments.get()));
}

// --- iterators -----------------------------------------------------------------------------------

Value nextOfRange(Thread&, Value self) {
    auto* iterator = self.as<RangeIterator>();
    if (iterator->remaining == 0) return Value::null();
    const int64_t item = iterator->next;
    iterator->next += iterator->step;
    --iterator->remaining;
    return Value::fixnum(item);
}

Value hintOfRange(Thread& thread, Value self, const Value*, size_t) {
    return makeUnsignedInt(thread, self.as<RangeIterator>()->remaining);
}

Value nextOfLongRange(Thread& thread, Value self) {
    auto* iterator = self.as<LongRangeIterator>();
    if (iterator->left == kZero) return Value::null();
    Ref next = compute(thread, BinaryOp::kAdd, iterator->next, iterator->step);
    Ref left = compute(thread, BinaryOp::kSubtract, iterator->left, kOne);
    if (!next || !left) return Value::null();
    decref(iterator->left);
    iterator->left = left.release();
    const Value item = iterator->next;
    iterator->next = next.release();
    return item;
}

Value hintOfLongRange(Thread&, Value self, const Value*, size_t) {
    return newRef(self.as<LongRangeIterator>()->left);
}

void deallocLongRangeIterator(Thread& thread, Object* self) {
    auto* iterator = reinterpret_cast<LongRangeIterator*>(self);
    decref(iterator->next);
    decref(iterator->step);
    decref(iterator->left);
    freeObject(thread, self);
}

void traverseLongRangeIterator(Object* self, VisitFunction visit, void* context) {
    const auto* iterator = reinterpret_cast<LongRangeIterator*>(self);
    visit(iterator->next, context);
    visit(iterator->step, context);
    visit(iterator->left, context);
}

void initRangeIteratorTypes(Thread& thread) {
    Type* type = thread.types->range_iterator;
    setNativeLayout(type, CellFamily::kOther, sizeof(RangeIterator), 0);
    type->slots.dealloc = deallocPlain;
    type->slots.iter = iterItself;
    type->slots.next = nextOfRange;
    addMethod(thread, type, "__length_hint__", hintOfRange, 0, 0);
    Type* big = thread.types->long_range_iterator;
    setNativeLayout(big, CellFamily::kOther, sizeof(LongRangeIterator), 0);
    big->slots.dealloc = deallocLongRangeIterator;
    big->slots.traverse = traverseLongRangeIterator;
    big->slots.iter = iterItself;
    big->slots.next = nextOfLongRange;
    addMethod(thread, big, "__length_hint__", hintOfLongRange, 0, 0);
}

}  // namespace

bool isRange(const Thread& thread, Value value) { return isExactly(value, thread.types->range); }

Value makeRange(Thread& thread, Value start, Value stop, Value step) {
    if (intSign(thread, step) == 0 && !raiseStepZero(thread)) return Value::null();
    Ref length = countItems(thread, start, stop, step);
    if (!length) return Value::null();
    auto* range = allocateObject<Range>(thread, thread.types->range);
    if (range == nullptr) return Value::null();
    range->start = newRef(start);
    range->stop = newRef(stop);
    range->step = newRef(step);
    range->length = length.release();
    return Value::of(range);
}

Value newRangeIterator(Thread& thread, Value range) {
    const auto* source = range.as<Range>();
    return newIterator(thread, source->start, source->step, source->length);
}

void initRangeTypes(Thread& thread) {
    Type* type = thread.types->range;
    setNativeLayout(type, CellFamily::kOther, sizeof(Range), 0);
    TypeSlots& slots = type->slots;
    slots.dealloc = deallocRange;
    slots.traverse = traverseRange;
    slots.construct = constructRange;
    slots.repr = reprRange;
    slots.hash = hashRange;
    slots.compare = compareRanges;
    slots.iter = newRangeIterator;
    slots.truth = truthOfRange;
    slots.length = lengthOfRange;
    slots.get_item = getRangeItem;
    slots.contains = rangeContains;
    addMethod(thread, type, "count", methodCount, 1, 1);
    addMethod(thread, type, "index", methodIndex, 1, 1);
    addMethod(thread, type, "__reversed__", methodReversed, 0, 0);
    addMethod(thread, type, "__reduce__", methodReduce, 0, 0);
    addMember(thread, type, "start", offsetof(Range, start), false, true);
    addMember(thread, type, "stop", offsetof(Range, stop), false, true);
    addMember(thread, type, "step", offsetof(Range, step), false, true);
    initRangeIteratorTypes(thread);
}

}  // namespace tagproof
