// The Python-visible type tuple: constructor, slots, methods.

#include <algorithm>

#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/slice.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

ItemView itemsOf(Value tuple) { return {tuple.as<Tuple>()->items(), tuple.as<Tuple>()->size}; }

Value constructTuple(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    Type* type = callee.as<Type>();
    if (!checkSingleArgument(thread, type, thread.types->tuple, positional, keyword_names)) {
        return Value::null();
    }
    Ref exact(
        Value::of(positional == 0 ? makeEmptyTuple(thread) : tupleFromIterable(thread, args[0])));
    if (!exact || type == thread.types->tuple) return exact.release();
    const uint64_t size = exact.as<Tuple>()->size;
    auto* copy = allocateSized<Tuple>(thread, type, sizeof(Tuple) + size * sizeof(Value));
    if (copy == nullptr) return Value::null();
    copy->size = size;
    for (uint64_t k = 0; k < size; ++k) copy->items()[k] = newRef(exact.as<Tuple>()->items()[k]);
    return Value::of(copy);
}

void deallocTuple(Thread& thread, Object* self) {
    auto* tuple = reinterpret_cast<Tuple*>(self);
    for (uint64_t k = tuple->size; k-- > 0;) decref(tuple->items()[k]);  // CPython's order
    freeObject(thread, self);
}

void traverseTuple(Object* self, VisitFunction visit, void* context) {
    for (const Value item : *reinterpret_cast<Tuple*>(self)) {
        if (!item.isNull()) visit(item, context);
    }
}

Value reprTuple(Thread& thread, Value self) {
    return reprItems(thread, self, itemsOf, "(", self.as<Tuple>()->size == 1 ? ",)" : ")");
}

// CPython's tuplehash: xxHash's mixing of the items' hashes.
int64_t hashTuple(Thread& thread, Value self) {
    constexpr uint64_t kPrime1 = 11400714785074694791u;
    constexpr uint64_t kPrime2 = 14029467366897019727u;
    constexpr uint64_t kPrime5 = 2870177450012600261u;
    const uint64_t size = self.as<Tuple>()->size;
    uint64_t sum = kPrime5;
    for (const Value item : *self.as<Tuple>()) {
        const int64_t hash = hashOf(thread, item);
        if (hash == -1) return -1;
        sum += static_cast<uint64_t>(hash) * kPrime2;
        sum = std::rotl(sum, 31) * kPrime1;
    }
    sum += size ^ (kPrime5 ^ 3527539u);
    return sum == UINT64_MAX ? 1546275796 : static_cast<int64_t>(sum);
}

Value compareTuples(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isTuple(left) || !isTuple(right)) return newRef(thread.singletons->not_implemented);
    return compareItems(thread, left, right, op, itemsOf);
}

int64_t lengthOfTuple(Thread&, Value self) { return static_cast<int64_t>(self.as<Tuple>()->size); }

Value sliceTuple(Thread& thread, Tuple* tuple, Slice* slice) {
    SlicePositions positions;
    if (!readSlice(thread, slice, &positions)) return Value::null();
    fitSlice(static_cast<int64_t>(tuple->size), &positions);
    const auto count = static_cast<uint64_t>(positions.count);
    if (count == tuple->size && positions.step == 1 && tuple->head.type == thread.types->tuple) {
        return newRef(Value::of(tuple));
    }
    if (count == 0) return Value::of(makeEmptyTuple(thread));
    Tuple* result = allocateTuple(thread, count);
    if (result == nullptr) return Value::null();
    for (uint64_t k = 0; k < count; ++k) {
        result->items()[k] = newRef(tuple->items()[positions.at(k)]);
    }
    return Value::of(result);
}

Value getTupleItem(Thread& thread, Value self, Value key) {
    auto* tuple = self.as<Tuple>();
    if (isSlice(thread, key)) return sliceTuple(thread, tuple, key.as<Slice>());
    uint64_t index = 0;
    if (!resolveIndex(thread, key, tuple->size, "tuple", "tuple index", &index)) {
        return Value::null();
    }
    return newRef(tuple->items()[index]);
}

int tupleContains(Thread& thread, Value self, Value item) {
    for (const Value candidate : *self.as<Tuple>()) {
        const int equal = compareBool(thread, candidate, item, CompareOp::kEq);
        if (equal != 0) return equal;
    }
    return 0;
}

Value concatTuples(Thread& thread, Value left, Value right) {
    if (!isTuple(left) || !isTuple(right)) return newRef(thread.singletons->not_implemented);
    auto* a = left.as<Tuple>();
    auto* b = right.as<Tuple>();
    if (a->size == 0 && isExactTuple(thread, right)) return newRef(right);
    if (b->size == 0 && isExactTuple(thread, left)) return newRef(left);
    if (a->size + b->size == 0) return Value::of(makeEmptyTuple(thread));
    Tuple* result = allocateTuple(thread, a->size + b->size);
    if (result == nullptr) return Value::null();
    for (uint64_t k = 0; k < a->size; ++k) result->items()[k] = newRef(a->items()[k]);
    for (uint64_t k = 0; k < b->size; ++k) result->items()[a->size + k] = newRef(b->items()[k]);
    return Value::of(result);
}

Value repeatTuple(Thread& thread, Value left, Value right) {
    const bool tuple_first = isTuple(left);
    const Value times = tuple_first ? right : left;
    auto* tuple = (tuple_first ? left : right).as<Tuple>();
    if (!isInt(times) && typeOf(thread, times)->slots.index == nullptr) {
        return newRef(thread.singletons->not_implemented);
    }
    int64_t count = 0;
    if (!toRepeatCount(thread, times, &count)) return Value::null();
    if (count <= 0 || tuple->size == 0) return Value::of(makeEmptyTuple(thread));
    if (count == 1 && tuple->head.type == thread.types->tuple) return newRef(Value::of(tuple));
    uint64_t size = 0;
    if (__builtin_mul_overflow(tuple->size, static_cast<uint64_t>(count), &size)) {
        return raiseMemoryError(thread);
    }
    Tuple* result = allocateTuple(thread, size);
    if (result == nullptr) return Value::null();
    for (uint64_t k = 0; k < size; ++k) {
        result->items()[k] = newRef(tuple->items()[k % tuple->size]);
    }
    return Value::of(result);
}

Value methodCount(Thread& thread, Value self, const Value* args, size_t) {
    int64_t count = 0;
    for (const Value item : *self.as<Tuple>()) {
        const int equal = compareBool(thread, item, args[0], CompareOp::kEq);
        if (equal < 0) return Value::null();
        count += equal;
    }
    return Value::fixnum(count);
}

Value methodIndex(Thread& thread, Value self, const Value* args, size_t count) {
    auto* tuple = self.as<Tuple>();
    uint64_t start = 0;
    uint64_t stop = 0;
    if (!readIndexBounds(thread, args + 1, count - 1, tuple->size, &start, &stop)) {
        return Value::null();
    }
    for (uint64_t k = start; k < stop; ++k) {
        const int equal = compareBool(thread, tuple->items()[k], args[0], CompareOp::kEq);
        if (equal < 0) return Value::null();
        if (equal != 0) return Value::fixnum(static_cast<int64_t>(k));
    }
    return raise(thread, ExceptionKind::kValueError, "tuple.index(x): x not in tuple");
}

Value methodNewArguments(Thread& thread, Value self, const Value*, size_t) {
    auto* tuple = self.as<Tuple>();
    Ref exact(Value::of(makeTuple(thread, tuple->items(), tuple->size)));
    const Value item = exact.get();
    return item.isNull() ? item : Value::of(makeTuple(thread, &item, 1));
}

}  // namespace

void initTupleType(Thread& thread) {
    Type* type = thread.types->tuple;
    setNativeLayout(type, CellFamily::kTuple, sizeof(Tuple), kTypeAllowsSubclass | kTypeIsTuple);
    TypeSlots& slots = type->slots;
    slots.dealloc = deallocTuple;
    slots.traverse = traverseTuple;
    slots.construct = constructTuple;
    slots.repr = reprTuple;
    slots.hash = hashTuple;
    slots.compare = compareTuples;
    slots.iter = newTupleIterator;
    slots.length = lengthOfTuple;
    slots.get_item = getTupleItem;
    slots.contains = tupleContains;
    slots.binary[static_cast<size_t>(BinaryOp::kAdd)] = concatTuples;
    slots.binary[static_cast<size_t>(BinaryOp::kMultiply)] = repeatTuple;
    addMethod(thread, type, "count", methodCount, 1, 1);
    addMethod(thread, type, "index", methodIndex, 1, 3);
    addMethod(thread, type, "__getnewargs__", methodNewArguments, 0, 0);
    addClassGetItem(thread, type);
}

}  // namespace tagproof
