// The Python-visible type range: constructor, slots, methods.

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/range_items.h"
#include "objmodel/ref.h"
#include "objmodel/slice.h"
#include "objmodel/str_builder.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

constexpr Value kZero = Value::fixnum(0);
constexpr Value kOne = Value::fixnum(1);

// --- life ----------------------------------------------------------------------------------------

Value constructRange(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "range", keyword_names) ||
        !checkArgumentCount(thread, "range", positional, 1, 3)) {
        return Value::null();
    }
    const Ref start(positional == 1 ? kZero : indexOf(thread, args[0]));
    if (!start) return Value::null();
    const Ref stop(indexOf(thread, args[positional == 1 ? 0 : 1]));
    if (!stop) return Value::null();
    const Ref step(positional == 3 ? indexOf(thread, args[2]) : kOne);
    return step ? makeRange(thread, start.get(), stop.get(), step.get()) : Value::null();
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

// --- text, hash, comparison ----------------------------------------------------------------------

Value reprRange(Thread& thread, Value self) {
    const auto* range = self.as<Range>();
    const Value parts[] = {range->start, range->stop, range->step};
    StrBuilder out(thread);
    out.appendAscii("range(");
    for (size_t k = 0; k < (range->step == kOne ? 2 : 3); ++k) {
        if (k != 0) out.appendAscii(", ");
        const Ref text(reprOf(thread, parts[k]));
        if (!text) return Value::null();
        out.append(text.as<Str>());
    }
    out.appendAscii(")");
    return Value::of(out.finish());
}

// What of start and step tells ranges of a length apart; None for the rest.
Value significantParts(Thread& thread, const Range* range) {
    const Value none = thread.singletons->none;
    const bool empty = range->length == kZero;
    const bool single = range->length == kOne;
    const Value parts[] = {range->length, empty ? none : range->start,
                           empty || single ? none : range->step};
    return Value::of(makeTuple(thread, parts, 3));
}

int64_t hashRange(Thread& thread, Value self) {
    const Ref parts(significantParts(thread, self.as<Range>()));
    return parts ? hashOf(thread, parts.get()) : -1;
}

bool equalRanges(const Thread& thread, const Range* left, const Range* right) {
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
    const bool equal = equalRanges(thread, left.as<Range>(), right.as<Range>());
    return boolValue(thread, equal == (op == CompareOp::kEq));
}

// --- items ---------------------------------------------------------------------------------------

int64_t lengthOfRange(Thread& thread, Value self) {
    int64_t length = 0;
    if (fitsInt64(thread, self.as<Range>()->length, &length)) return length;
    raise(thread, ExceptionKind::kOverflowError, "Python int too large to convert to C ssize_t");
    return -1;
}

int truthOfRange(Thread&, Value self) { return self.as<Range>()->length != kZero ? 1 : 0; }

Value itemAt(Thread& thread, const Range* range, Value index) {
    Ref position = Ref::borrow(index);
    if (intSign(thread, index) < 0) {
        position = Ref(intBinary(thread, BinaryOp::kAdd, index, range->length));
        if (!position) return Value::null();
    }
    if (intSign(thread, position.get()) < 0 ||
        compareInt(thread, position.get(), range->length) >= 0) {
        return raise(thread, ExceptionKind::kIndexError, "range object index out of range");
    }
    return rangeItem(thread, range, position.get());
}

Value getRangeItem(Thread& thread, Value self, Value key) {
    const auto* range = self.as<Range>();
    if (isInt(key) || typeOf(thread, key)->slots.index != nullptr) {
        const Ref index(indexOf(thread, key));
        return index ? itemAt(thread, range, index.get()) : Value::null();
    }
    if (isSlice(thread, key)) return rangeSlice(thread, range, key.as<Slice>());
    return raise(thread, ExceptionKind::kTypeError,
                 "range indices must be integers or slices, not {}", typeName(typeOf(thread, key)));
}

// Items are found by arithmetic; anything else than an int is compared with each of them.
bool isArithmetic(const Thread& thread, Value item) {
    return isExactInt(thread, item) || isExactly(item, thread.types->bool_);
}

// Walks over the items and tells each one that equals `wanted` to visit(position), until it gives
// false. False with an exception pending.
template <typename Visit>
bool forEachEqual(Thread& thread, Value self, Value wanted, Visit visit) {
    int64_t position = 0;
    const bool done = forEach(thread, self, [&](Value item) {
        const int equal = compareBool(thread, item, wanted, CompareOp::kEq);
        if (equal < 0) return false;
        const bool more = equal == 0 || visit(position);
        ++position;
        return more;
    });
    return done || !hasPending(thread);
}

int rangeContains(Thread& thread, Value self, Value item) {
    if (isArithmetic(thread, item)) return rangeHasInt(thread, self.as<Range>(), item);
    bool found = false;
    const bool good = forEachEqual(thread, self, item, [&](int64_t) {
        found = true;
        return false;
    });
    return good ? found : -1;
}

// --- methods -------------------------------------------------------------------------------------

Value methodCount(Thread& thread, Value self, const Value* args, size_t) {
    if (isArithmetic(thread, args[0])) {
        const int present = rangeHasInt(thread, self.as<Range>(), args[0]);
        return present < 0 ? Value::null() : Value::fixnum(present);
    }
    int64_t count = 0;
    const bool good = forEachEqual(thread, self, args[0], [&](int64_t) {
        ++count;
        return true;
    });
    return good ? Value::fixnum(count) : Value::null();
}

Value indexOfInt(Thread& thread, const Range* range, Value item) {
    const int present = rangeHasInt(thread, range, item);
    if (present < 0) return Value::null();
    if (present == 0) {
        const Ref text(reprOf(thread, item));
        if (!text) return Value::null();
        return raise(thread, ExceptionKind::kValueError, "{} is not in range",
                     toUtf8(text.as<Str>()));
    }
    const Ref offset(intBinary(thread, BinaryOp::kSubtract, item, range->start));
    if (!offset) return Value::null();
    return intBinary(thread, BinaryOp::kFloorDivide, offset.get(), range->step);
}

Value methodIndex(Thread& thread, Value self, const Value* args, size_t) {
    if (isArithmetic(thread, args[0])) return indexOfInt(thread, self.as<Range>(), args[0]);
    int64_t found = -1;
    const bool good = forEachEqual(thread, self, args[0], [&](int64_t position) {
        found = position;
        return false;
    });
    if (!good) return Value::null();
    if (found >= 0) return Value::fixnum(found);
    return raise(thread, ExceptionKind::kValueError, "sequence.index(x): x not in sequence");
}

Value methodReversed(Thread& thread, Value self, const Value*, size_t) {
    return newReversedRangeIterator(thread, self);
}

// (range, (start, stop, step))
Value methodReduce(Thread& thread, Value self, const Value*, size_t) {
    const auto* range = self.as<Range>();
    const Value parts[] = {range->start, range->stop, range->step};
    const Ref arguments(Value::of(makeTuple(thread, parts, 3)));
    if (!arguments) return Value::null();
    return Value::of(makeTuple(thread, Value::of(thread.types->range), arguments.get()));
}

}  // namespace

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
    addMember(thread, type, "start", offsetof(Range, start), false, false);
    addMember(thread, type, "stop", offsetof(Range, stop), false, false);
    addMember(thread, type, "step", offsetof(Range, step), false, false);
    initRangeIteratorTypes(thread);
}

}  // namespace tagproof
