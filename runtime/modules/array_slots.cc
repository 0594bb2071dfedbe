// Arrays as sequences: items, slices, operators, comparison, repr, iteration.

#include <cstring>
#include <string>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/slice.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "objmodel/type_setup.h"
#include "runtime/modules/array.h"
#include "runtime/modules/library_state.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

Array* arrayOf(Value self) { return self.as<Array>(); }

bool raiseBadArgument(Thread& thread) {
    raise(thread, ExceptionKind::kTypeError, "bad argument type for built-in operation");
    return false;
}

// The position that a key names. False + IndexError with `message`, or TypeError.
bool resolve(Thread& thread, const Array* array, Value key, const char* message, uint64_t* index) {
    if (!isInt(key) && typeOf(thread, key)->slots.index == nullptr) {
        raise(thread, ExceptionKind::kTypeError, "array indices must be integers");
        return false;
    }
    int64_t position;
    if (!toIndex(thread, key, &position)) return false;
    if (position < 0) position += static_cast<int64_t>(array->size);
    if (position < 0 || static_cast<uint64_t>(position) >= array->size) {
        raiseText(thread, ExceptionKind::kIndexError, message);
        return false;
    }
    *index = static_cast<uint64_t>(position);
    return true;
}

bool positionsOf(Thread& thread, const Array* array, Value key, SlicePositions* positions) {
    if (!readSlice(thread, key.as<Slice>(), positions)) return false;
    fitSlice(static_cast<int64_t>(array->size), positions);
    return true;
}

Value getItemOf(Thread& thread, Value self, Value key) {
    const Array* const array = arrayOf(self);
    if (!isSlice(thread, key)) {
        uint64_t index;
        return resolve(thread, array, key, "array index out of range", &index)
                   ? loadItem(thread, array, index)
                   : Value::null();
    }
    SlicePositions positions;
    if (!positionsOf(thread, array, key, &positions)) return Value::null();
    const auto count = static_cast<uint64_t>(positions.count);
    if (positions.step == 1) {
        return copyItems(thread, array->kind, array->at(positions.at(0)), count);
    }
    Ref result(newArray(thread, nullptr, array->kind));
    if (!result || !resizeArray(thread, result.as<Array>(), count)) return Value::null();
    for (uint64_t k = 0; k < count; ++k) {
        std::memcpy(result.as<Array>()->at(k), array->at(positions.at(k)), array->kind->size);
    }
    return result.release();
}

int setIndexed(Thread& thread, Array* array, Value key, Value value) {
    uint64_t index;
    if (!resolve(thread, array, key, "array assignment index out of range", &index)) return -1;
    if (value.isNull()) {
        eraseItems(array, index, 1);
        return 0;
    }
    char item[kLargestItem];
    if (!array->kind->store(thread, value, item)) return -1;
    // Converting may have taken the place away: then nothing is stored, as in CPython.
    if (index < array->size) std::memcpy(array->at(index), item, array->kind->size);
    return 0;
}

// Each item of an extended slice is taken out, from the end on.
void eraseExtended(Array* array, const SlicePositions& positions) {
    const auto count = static_cast<uint64_t>(positions.count);
    for (uint64_t k = 0; k < count; ++k) {
        eraseItems(array, positions.at(positions.step > 0 ? count - 1 - k : k), 1);
    }
}

int replaceSlice(Thread& thread,
                 Array* array,
                 const SlicePositions& positions,
                 const Array* other) {
    const auto count = static_cast<uint64_t>(positions.count);
    const uint64_t needed = other == nullptr ? 0 : other->size;
    if (positions.step == 1) {
        const auto begin = static_cast<uint64_t>(positions.start);
        const uint64_t behind = array->size - begin - count;
        const uint64_t old_size = array->size;
        if (needed > count && !resizeArray(thread, array, old_size + needed - count)) return -1;
        std::memmove(array->at(begin + needed), array->at(begin + count),
                     behind * array->kind->size);
        array->size = old_size + needed - count;
        if (needed > 0) std::memcpy(array->at(begin), other->data, needed * array->kind->size);
        return 0;
    }
    if (needed == 0) {
        eraseExtended(array, positions);
        return 0;
    }
    if (needed != count) {
        raise(thread, ExceptionKind::kValueError,
              "attempt to assign array of size {} to extended slice of size {}", needed, count);
        return -1;
    }
    for (uint64_t k = 0; k < count; ++k) {
        std::memcpy(array->at(positions.at(k)), other->at(k), array->kind->size);
    }
    return 0;
}

int setItemOf(Thread& thread, Value self, Value key, Value value) {
    Array* const array = arrayOf(self);
    if (!isSlice(thread, key)) return setIndexed(thread, array, key, value);
    Ref source;
    if (!value.isNull()) {
        if (!isArray(thread, value)) {
            raise(thread, ExceptionKind::kTypeError,
                  "can only assign array (not \"{}\") to array slice",
                  typeName(typeOf(thread, value)));
            return -1;
        }
        const Array* const other = arrayOf(value);
        source = value == self ? Ref(copyItems(thread, other->kind, other->data, other->size))
                               : Ref::borrow(value);
        if (!source) return -1;
        if (other->kind != array->kind) return raiseBadArgument(thread) ? 0 : -1;
    }
    SlicePositions positions;
    if (!positionsOf(thread, array, key, &positions)) return -1;
    return replaceSlice(thread, array, positions, source ? source.as<Array>() : nullptr);
}

int64_t lengthOfArray(Thread&, Value self) { return static_cast<int64_t>(arrayOf(self)->size); }

int containsItem(Thread& thread, Value self, Value item) {
    const Array* const array = arrayOf(self);
    for (uint64_t k = 0; k < array->size; ++k) {
        const Ref own(loadItem(thread, array, k));
        const int same = own ? compareBool(thread, own.get(), item, CompareOp::kEq) : -1;
        if (same != 0) return same;
    }
    return 0;
}

// --- operators -----------------------------------------------------------------------------------

// A class made by a program may know what to do with an array at its left.
bool mayReflect(const Thread& thread, Value right, BinaryOp op) {
    const Type* const type = typeOf(thread, right);
    return hasFlag(type, kTypeIsHeap) && type->slots.binary[static_cast<size_t>(op)] != nullptr;
}

Value concat(Thread& thread, Value left, Value right) {
    const bool leave = !isArray(thread, left) ||
                       (!isArray(thread, right) && mayReflect(thread, right, BinaryOp::kAdd));
    if (leave) return thread.singletons->not_implemented;
    if (!isArray(thread, right)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "can only append array (not \"{}\") to array",
                     typeName(typeOf(thread, right)));
    }
    const Array* const a = arrayOf(left);
    if (a->kind != arrayOf(right)->kind) {
        raiseBadArgument(thread);
        return Value::null();
    }
    Ref result(copyItems(thread, a->kind, a->data, a->size));
    return result && extendArray(thread, result.as<Array>(), right) ? result.release()
                                                                    : Value::null();
}

Value concatInPlace(Thread& thread, Value left, Value right) {
    if (!isArray(thread, right)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "can only extend array with array (not \"{}\")",
                     typeName(typeOf(thread, right)));
    }
    return extendArray(thread, arrayOf(left), right) ? newRef(left) : Value::null();
}

// Fills the array up with copies of its first `size` items.
bool repeatWithin(Thread& thread, Array* array, uint64_t size, int64_t count) {
    uint64_t total = 0;
    const auto times = static_cast<uint64_t>(count < 0 ? 0 : count);
    if (__builtin_mul_overflow(size, times, &total)) {
        raiseMemoryError(thread);
        return false;
    }
    if (!resizeArray(thread, array, total)) return false;
    for (uint64_t done = size; done < total; done += size) {
        std::memcpy(array->at(done), array->data, size * array->kind->size);
    }
    return true;
}

bool isCount(const Thread& thread, Value value) {
    return isInt(value) || typeOf(thread, value)->slots.index != nullptr;
}
Value raiseNoCount(Thread& thread, Value value) {
    return raise(thread, ExceptionKind::kTypeError,
                 "can't multiply sequence by non-int of type '{}'",
                 typeName(typeOf(thread, value)));
}

Value repeat(Thread& thread, Value left, Value right) {
    const bool array_first = isArray(thread, left);
    const Value times = array_first ? right : left;
    const Array* const array = arrayOf(array_first ? left : right);
    if (!isCount(thread, times)) {
        if (mayReflect(thread, times, BinaryOp::kMultiply)) {
            return thread.singletons->not_implemented;
        }
        return raiseNoCount(thread, times);
    }
    int64_t count;
    if (!toRepeatCount(thread, times, &count)) return Value::null();
    Ref result(copyItems(thread, array->kind, array->data, array->size));
    return result && repeatWithin(thread, result.as<Array>(), array->size, count) ? result.release()
                                                                                  : Value::null();
}

Value repeatInPlace(Thread& thread, Value left, Value right) {
    if (!isCount(thread, right)) return raiseNoCount(thread, right);
    int64_t count;
    if (!toRepeatCount(thread, right, &count)) return Value::null();
    Array* const array = arrayOf(left);
    return repeatWithin(thread, array, array->size, count) ? newRef(left) : Value::null();
}

// As sequences are compared: by the first items that differ, else by size.
Value compare(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isArray(thread, left) || !isArray(thread, right)) {
        return thread.singletons->not_implemented;
    }
    const Array* const a = arrayOf(left);
    const Array* const b = arrayOf(right);
    const bool is_equality = op == CompareOp::kEq || op == CompareOp::kNe;
    if (is_equality && a->size != b->size) return boolValue(thread, op == CompareOp::kNe);
    for (uint64_t k = 0; k < a->size && k < b->size; ++k) {
        const Ref x(loadItem(thread, a, k));
        const Ref y(x ? loadItem(thread, b, k) : Value::null());
        const Ref equal(y ? richCompare(thread, x.get(), y.get(), CompareOp::kEq) : Value::null());
        const int same = equal ? isTrue(thread, equal.get()) : -1;
        if (same < 0) return Value::null();
        if (same != 0) continue;
        if (is_equality) return boolValue(thread, op == CompareOp::kNe);
        return richCompare(thread, x.get(), y.get(), op);
    }
    return richCompare(thread, Value::fixnum(static_cast<int64_t>(a->size)),
                       Value::fixnum(static_cast<int64_t>(b->size)), op);
}

// --- repr ----------------------------------------------------------------------------------------

Value repr(Thread& thread, Value self) {
    const Array* const array = arrayOf(self);
    std::string text =
        toUtf8(plainTypeName(self.asObject()->type)) + "('" + std::string(1, array->kind->code);
    if (array->size == 0) return Value::of(makeStr(thread, text + "')"));
    text += "', ";
    if (array->kind->code == 'u') {
        Str* const name = internStr(thread, "tounicode");
        const Ref characters(name == nullptr ? Value::null()
                                             : callMethod(thread, self, name, nullptr, 0));
        const Ref shown(characters ? reprOf(thread, characters.get()) : Value::null());
        return shown ? Value::of(makeStr(thread, text + toUtf8(shown.as<Str>()) + ")"))
                     : Value::null();
    }
    text += "[";
    for (uint64_t k = 0; k < array->size; ++k) {
        const Ref item(loadItem(thread, array, k));
        const Ref shown(item ? reprOf(thread, item.get()) : Value::null());
        if (!shown) return Value::null();
        text += (k == 0 ? "" : ", ") + toUtf8(shown.as<Str>());
    }
    return Value::of(makeStr(thread, text + "])"));
}

// --- iteration -----------------------------------------------------------------------------------

struct ArrayIterator {
    Object head;
    Value array;  // owned; null when exhausted
    uint64_t position = 0;
};

Value iterate(Thread& thread, Value self) {
    auto* iterator = allocateObject<ArrayIterator>(thread, thread.vm->library().array_iterator);
    if (iterator == nullptr) return Value::null();
    iterator->array = newRef(self);
    return Value::of(iterator);
}

void clearIterator(Thread&, Object* self) {
    const Value old = std::exchange(reinterpret_cast<ArrayIterator*>(self)->array, Value::null());
    decref(old);
}
void deallocIterator(Thread& thread, Object* self) {
    clearIterator(thread, self);
    freeObject(thread, self);
}
void traverseIterator(Object* self, VisitFunction visit, void* context) {
    const Value array = reinterpret_cast<ArrayIterator*>(self)->array;
    if (!array.isNull()) visit(array, context);
}

Value iteratorItself(Thread&, Value self) { return newRef(self); }

Value nextItem(Thread& thread, Value self) {
    auto* iterator = self.as<ArrayIterator>();
    if (iterator->array.isNull()) return Value::null();
    const Array* const array = arrayOf(iterator->array);
    if (iterator->position < array->size) return loadItem(thread, array, iterator->position++);
    clearIterator(thread, self.asObject());
    return Value::null();
}

}  // namespace

bool isArray(const Thread& thread, Value value) {
    return isInstanceOf(thread, value, thread.vm->library().array);
}

void setArraySlots(Type* type) {
    type->slots.get_item = getItemOf;
    type->slots.set_item = setItemOf;
    type->slots.length = lengthOfArray;
    type->slots.contains = containsItem;
    type->slots.compare = compare;
    type->slots.hash = nullptr;
    type->slots.repr = repr;
    type->slots.iter = iterate;
    type->slots.binary[static_cast<size_t>(BinaryOp::kAdd)] = concat;
    type->slots.binary[static_cast<size_t>(BinaryOp::kMultiply)] = repeat;
    type->slots.in_place[static_cast<size_t>(BinaryOp::kAdd)] = concatInPlace;
    type->slots.in_place[static_cast<size_t>(BinaryOp::kMultiply)] = repeatInPlace;
}

void setUpArrayIterator(Thread&, Type* type) {
    setNativeLayout(type, CellFamily::kOther, sizeof(ArrayIterator), 0);
    type->slots.dealloc = deallocIterator;
    type->slots.traverse = traverseIterator;
    type->slots.clear = clearIterator;
    type->slots.iter = iteratorItself;
    type->slots.next = nextItem;
}

}  // namespace tagproof
