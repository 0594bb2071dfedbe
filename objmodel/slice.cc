#include "objmodel/slice.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int_operand.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/str_builder.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

bool raiseNoIndex(Thread& thread) {
    raise(thread, ExceptionKind::kTypeError,
          "slice indices must be integers or None or have an __index__ method");
    return false;
}

// One bound: `out` keeps its default when the value is None.
bool readBound(Thread& thread, Value value, int64_t* out) {
    if (value == thread.singletons->none) return true;
    if (value.isFixnum()) {
        *out = value.asFixnum();
        return true;
    }
    if (!isInt(value) && typeOf(thread, value)->slots.index == nullptr) {
        return raiseNoIndex(thread);
    }
    return toIndexSaturated(thread, value, out);
}

// --- the type ------------------------------------------------------------------------------------

Value constructSlice(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "slice", keyword_names) ||
        !checkArgumentCount(thread, "slice", positional, 1, 3)) {
        return Value::null();
    }
    if (positional == 1) return makeSlice(thread, Value::null(), args[0], Value::null());
    return makeSlice(thread, args[0], args[1], positional == 3 ? args[2] : Value::null());
}

void deallocSlice(Thread& thread, Object* self) {
    auto* slice = reinterpret_cast<Slice*>(self);
    decref(slice->start);
    decref(slice->stop);
    decref(slice->step);
    freeObject(thread, self);
}

void traverseSlice(Object* self, VisitFunction visit, void* context) {
    const auto* slice = reinterpret_cast<Slice*>(self);
    visit(slice->start, context);
    visit(slice->stop, context);
    visit(slice->step, context);
}

Value reprSlice(Thread& thread, Value self) {
    const RecursionScope scope(thread, " while getting the repr of an object");
    if (!scope.entered()) return Value::null();
    const auto* slice = self.as<Slice>();
    const Value parts[] = {slice->start, slice->stop, slice->step};
    StrBuilder out(thread);
    out.appendAscii("slice(");
    for (size_t k = 0; k < 3; ++k) {
        if (k != 0) out.appendAscii(", ");
        Ref text(reprOf(thread, parts[k]));
        if (!text) return Value::null();
        out.append(text.as<Str>());
    }
    out.appendAscii(")");
    return Value::of(out.finish());
}

Value asTuple(Thread& thread, const Slice* slice) {
    const Value parts[] = {slice->start, slice->stop, slice->step};
    return Value::of(makeTuple(thread, parts, 3));
}

Value compareSlices(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isSlice(thread, left) || !isSlice(thread, right)) {
        return newRef(thread.singletons->not_implemented);
    }
    Ref a(asTuple(thread, left.as<Slice>()));
    Ref b(asTuple(thread, right.as<Slice>()));
    return a && b ? richCompare(thread, a.get(), b.get(), op) : Value::null();
}

// One bound as an int of any size; `out` keeps its default when the value is None.
bool readLongBound(Thread& thread, Value value, mpz_ptr out) {
    if (value == thread.singletons->none) return true;
    if (!isInt(value) && typeOf(thread, value)->slots.index == nullptr) {
        return raiseNoIndex(thread);
    }
    const Ref number(indexOf(thread, value));
    if (!number) return false;
    mpz_set(out, IntOperand(thread, number.get()).get());
    return true;
}

// The same within [lowest, highest], counted from the end when it is negative.
bool fitLongBound(Thread& thread,
                  Value value,
                  mpz_srcptr length,
                  mpz_srcptr lowest,
                  mpz_srcptr highest,
                  mpz_ptr out) {
    if (value == thread.singletons->none) return true;
    if (!readLongBound(thread, value, out)) return false;
    if (mpz_sgn(out) < 0) mpz_add(out, out, length);
    if (mpz_cmp(out, lowest) < 0) mpz_set(out, lowest);
    if (mpz_cmp(out, highest) > 0) mpz_set(out, highest);
    return true;
}

// In ints of any size: neither the length nor the bounds need to fit a word.
Value methodIndices(Thread& thread, Value self, const Value* args, size_t) {
    const auto* slice = self.as<Slice>();
    const Ref length_int(indexOf(thread, args[0]));
    if (!length_int) return Value::null();
    const IntOperand length(thread, length_int.get());
    if (mpz_sgn(length.get()) < 0) {
        return raise(thread, ExceptionKind::kValueError, "length should not be negative");
    }
    MpzTemp step;
    mpz_set_si(step.get(), 1);
    if (!readLongBound(thread, slice->step, step.get())) return Value::null();
    if (mpz_sgn(step.get()) == 0) {
        return raise(thread, ExceptionKind::kValueError, "slice step cannot be zero");
    }
    const bool backwards = mpz_sgn(step.get()) < 0;
    MpzTemp lowest;
    MpzTemp highest;
    mpz_set_si(lowest.get(), backwards ? -1 : 0);
    mpz_add(highest.get(), length.get(), lowest.get());
    MpzTemp start;
    MpzTemp stop;
    mpz_set(start.get(), backwards ? highest.get() : lowest.get());
    mpz_set(stop.get(), backwards ? lowest.get() : highest.get());
    if (!fitLongBound(thread, slice->start, length.get(), lowest.get(), highest.get(),
                      start.get()) ||
        !fitLongBound(thread, slice->stop, length.get(), lowest.get(), highest.get(), stop.get())) {
        return Value::null();
    }
    const Value items[] = {makeInt(thread, start.get()), makeInt(thread, stop.get()),
                           makeInt(thread, step.get())};
    return Value::of(makeTupleOwning(thread, items, 3));
}

}  // namespace

bool isSlice(const Thread& thread, Value value) { return isExactly(value, thread.types->slice); }

Value makeSlice(Thread& thread, Value start, Value stop, Value step) {
    auto* slice = allocateObject<Slice>(thread, thread.types->slice);
    if (slice == nullptr) return Value::null();
    const Value none = thread.singletons->none;
    slice->start = newRef(start.isNull() ? none : start);
    slice->stop = newRef(stop.isNull() ? none : stop);
    slice->step = newRef(step.isNull() ? none : step);
    return Value::of(slice);
}

bool readSlice(Thread& thread, Slice* slice, SlicePositions* positions) {
    positions->step = 1;
    if (!readBound(thread, slice->step, &positions->step)) return false;
    if (positions->step == 0) {
        raise(thread, ExceptionKind::kValueError, "slice step cannot be zero");
        return false;
    }
    positions->step = std::max(positions->step, -kMax);
    const bool backwards = positions->step < 0;
    positions->start = backwards ? kMax : 0;
    positions->stop = backwards ? std::numeric_limits<int64_t>::min() : kMax;
    return readBound(thread, slice->start, &positions->start) &&
           readBound(thread, slice->stop, &positions->stop);
}

void fitSlice(int64_t length, SlicePositions* positions) {
    const bool backwards = positions->step < 0;
    const int64_t lowest = backwards ? -1 : 0;
    const int64_t highest = backwards ? length - 1 : length;
    const auto fit = [&](int64_t bound) {
        if (bound < 0) bound += length;
        return std::clamp(bound, lowest, highest);
    };
    positions->start = fit(positions->start);
    positions->stop = fit(positions->stop);
    const int64_t distance =
        backwards ? positions->start - positions->stop : positions->stop - positions->start;
    const int64_t step = std::abs(positions->step);
    positions->count = distance <= 0 ? 0 : (distance - 1) / step + 1;
}

bool readBounds(Thread& thread,
                const Value* args,
                size_t count,
                uint64_t length,
                int64_t* start,
                int64_t* stop) {
    const auto size = static_cast<int64_t>(length);
    *start = 0;
    *stop = size;
    if (count > 0 && !readBound(thread, args[0], start)) return false;
    if (count > 1 && !readBound(thread, args[1], stop)) return false;
    if (*start < 0) *start = std::max<int64_t>(*start + size, 0);
    if (*stop < 0) *stop = std::max<int64_t>(*stop + size, 0);
    *stop = std::min(*stop, size);
    return true;
}

void initSliceType(Thread& thread) {
    Type* type = thread.types->slice;
    setNativeLayout(type, CellFamily::kOther, sizeof(Slice), 0);
    type->slots.dealloc = deallocSlice;
    type->slots.traverse = traverseSlice;
    type->slots.construct = constructSlice;
    type->slots.repr = reprSlice;
    type->slots.compare = compareSlices;
    addMethod(thread, type, "indices", methodIndices, 1, 1);
    addMember(thread, type, "start", offsetof(Slice, start), false, true);
    addMember(thread, type, "stop", offsetof(Slice, stop), false, true);
    addMember(thread, type, "step", offsetof(Slice, step), false, true);
}

}  // namespace tagproof
