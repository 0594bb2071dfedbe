// The Python-visible type list: constructor, slots, methods.

#include <algorithm>

#include "objmodel/c_int.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/list_slice.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/slice.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

ItemView itemsOf(Value list) { return {list.as<List>()->items, list.as<List>()->size}; }
Value none(Thread& thread) { return newRef(thread.singletons->none); }

// --- slots ---------------------------------------------------------------------------------------

Value constructList(Thread& thread, Value callee, const Value*, size_t, Value) {
    return Value::of(allocateObject(thread, callee.as<Type>()));
}

int initList(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    const Type* type = self.asObject()->type;
    if (!checkSingleArgument(thread, type, thread.types->list, positional, keyword_names)) {
        return -1;
    }
    listClear(thread, self.as<List>());
    return positional == 0 || listExtend(thread, self.as<List>(), args[0]) ? 0 : -1;
}

void deallocList(Thread& thread, Object* self) {
    listClear(thread, reinterpret_cast<List*>(self));
    freeObject(thread, self);
}

void traverseList(Object* self, VisitFunction visit, void* context) {
    const auto* list = reinterpret_cast<List*>(self);
    for (uint64_t k = 0; k < list->size; ++k) visit(list->items[k], context);
}

void clearList(Thread& thread, Object* self) { listClear(thread, reinterpret_cast<List*>(self)); }

Value reprList(Thread& thread, Value self) { return reprItems(thread, self, itemsOf, "[", "]"); }

Value compareLists(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isList(left) || !isList(right)) return newRef(thread.singletons->not_implemented);
    return compareItems(thread, left, right, op, itemsOf);
}

int64_t lengthOfList(Thread&, Value self) { return static_cast<int64_t>(self.as<List>()->size); }

Value getListItem(Thread& thread, Value self, Value key) {
    auto* list = self.as<List>();
    if (isSlice(thread, key)) return getListSlice(thread, list, key.as<Slice>());
    uint64_t index = 0;
    if (!resolveIndex(thread, key, list->size, "list", "list index", &index)) {
        return Value::null();
    }
    return newRef(list->items[index]);
}

int setListItem(Thread& thread, Value self, Value key, Value value) {
    auto* list = self.as<List>();
    if (isSlice(thread, key)) return setListSlice(thread, list, key.as<Slice>(), value);
    uint64_t index = 0;
    if (!resolveIndex(thread, key, list->size, "list", "list assignment index", &index)) {
        return -1;
    }
    if (value.isNull()) {
        decref(listPopAt(list, index));
        return 0;
    }
    const Value old = list->items[index];
    list->items[index] = newRef(value);
    decref(old);
    return 0;
}

// Index of the first item equal to `wanted` in [start, stop); INT64_MAX when there is none; -1 =
// exception. The comparison may have changed the list.
int64_t findItem(Thread& thread, List* list, Value wanted, uint64_t start, uint64_t stop) {
    for (uint64_t k = start; k < stop && k < list->size; ++k) {
        Ref item = Ref::borrow(list->items[k]);
        const int equal = compareBool(thread, item.get(), wanted, CompareOp::kEq);
        if (equal < 0) return -1;
        if (equal != 0) return static_cast<int64_t>(k);
    }
    return INT64_MAX;
}

int listContains(Thread& thread, Value self, Value item) {
    const int64_t found = findItem(thread, self.as<List>(), item, 0, UINT64_MAX);
    return found < 0 ? -1 : (found != INT64_MAX ? 1 : 0);
}

Value concatLists(Thread& thread, Value left, Value right) {
    if (!isList(left) || !isList(right)) return newRef(thread.singletons->not_implemented);
    const auto* a = left.as<List>();
    const auto* b = right.as<List>();
    List* result = makeList(thread, a->size + b->size);
    if (result == nullptr) return Value::null();
    for (uint64_t k = 0; k < a->size; ++k) result->items[k] = newRef(a->items[k]);
    for (uint64_t k = 0; k < b->size; ++k) result->items[a->size + k] = newRef(b->items[k]);
    result->size = a->size + b->size;
    return Value::of(result);
}

Value concatListInPlace(Thread& thread, Value left, Value right) {
    return listExtend(thread, left.as<List>(), right) ? newRef(left) : Value::null();
}

// Makes the `size` items at the front of `items` repeat until `total`.
void repeatItems(Value* items, uint64_t size, uint64_t total) {
    for (uint64_t k = size; k < total; ++k) items[k] = newRef(items[k - size]);
}

Value repeatList(Thread& thread, Value left, Value right) {
    const bool list_first = isList(left);
    const Value times = list_first ? right : left;
    const auto* list = (list_first ? left : right).as<List>();
    if (!isInt(times) && typeOf(thread, times)->slots.index == nullptr) {
        return newRef(thread.singletons->not_implemented);
    }
    int64_t count = 0;
    if (!toRepeatCount(thread, times, &count)) return Value::null();
    uint64_t size = 0;
    if (__builtin_mul_overflow(list->size, static_cast<uint64_t>(std::max<int64_t>(count, 0)),
                               &size)) {
        return raiseMemoryError(thread);
    }
    List* result = makeList(thread, size);
    if (result == nullptr || size == 0) return Value::of(result);
    for (uint64_t k = 0; k < list->size; ++k) result->items[k] = newRef(list->items[k]);
    repeatItems(result->items, list->size, size);
    result->size = size;
    return Value::of(result);
}

Value repeatListInPlace(Thread& thread, Value left, Value right) {
    if (!isInt(right) && typeOf(thread, right)->slots.index == nullptr) {
        return newRef(thread.singletons->not_implemented);
    }
    int64_t count = 0;
    if (!toRepeatCount(thread, right, &count)) return Value::null();
    auto* list = left.as<List>();
    uint64_t size = 0;
    if (count <= 0) {
        listClear(thread, list);
        return newRef(left);
    }
    if (__builtin_mul_overflow(list->size, static_cast<uint64_t>(count), &size)) {
        return raiseMemoryError(thread);
    }
    if (!listReserve(thread, list, size)) return Value::null();
    if (list->size != 0) repeatItems(list->items, list->size, size);
    list->size = size;
    return newRef(left);
}

// --- methods -------------------------------------------------------------------------------------

}  // namespace

Value listAppendMethod(Thread& thread, Value self, const Value* args, size_t) {
    return listAppend(thread, self.as<List>(), args[0]) ? none(thread) : Value::null();
}

namespace {

Value methodExtend(Thread& thread, Value self, const Value* args, size_t) {
    return listExtend(thread, self.as<List>(), args[0]) ? none(thread) : Value::null();
}

Value methodInsert(Thread& thread, Value self, const Value* args, size_t) {
    int64_t index = 0;
    if (!toSsize(thread, args[0], &index)) return Value::null();
    return listInsert(thread, self.as<List>(), index, args[1]) ? none(thread) : Value::null();
}

Value methodPop(Thread& thread, Value self, const Value* args, size_t count) {
    auto* list = self.as<List>();
    int64_t index = -1;
    if (count != 0 && !toSsize(thread, args[0], &index)) return Value::null();
    if (list->size == 0) return raise(thread, ExceptionKind::kIndexError, "pop from empty list");
    if (index < 0) index += static_cast<int64_t>(list->size);
    if (index < 0 || static_cast<uint64_t>(index) >= list->size) {
        return raise(thread, ExceptionKind::kIndexError, "pop index out of range");
    }
    return listPopAt(list, static_cast<uint64_t>(index));
}

Value methodRemove(Thread& thread, Value self, const Value* args, size_t) {
    auto* list = self.as<List>();
    const int64_t found = findItem(thread, list, args[0], 0, UINT64_MAX);
    if (found < 0) return Value::null();
    if (found == INT64_MAX) {
        return raise(thread, ExceptionKind::kValueError, "list.remove(x): x not in list");
    }
    // The comparison may have emptied the list.
    const auto index = static_cast<uint64_t>(found);
    if (index < list->size) decref(listPopAt(list, index));
    return none(thread);
}

Value methodIndex(Thread& thread, Value self, const Value* args, size_t count) {
    auto* list = self.as<List>();
    uint64_t start = 0;
    uint64_t stop = UINT64_MAX;
    if (count > 1 && !readIndexBounds(thread, args + 1, count - 1, list->size, &start, &stop)) {
        return Value::null();
    }
    const int64_t found = findItem(thread, list, args[0], start, stop);
    if (found < 0) return Value::null();
    if (found != INT64_MAX) return Value::fixnum(found);
    Ref text(reprOf(thread, args[0]));
    if (!text) return Value::null();
    return raise(thread, ExceptionKind::kValueError, "{} is not in list", toUtf8(text.as<Str>()));
}

Value methodCount(Thread& thread, Value self, const Value* args, size_t) {
    auto* list = self.as<List>();
    int64_t count = 0;
    for (uint64_t k = 0; k < list->size; ++k) {
        Ref item = Ref::borrow(list->items[k]);
        const int equal = compareBool(thread, item.get(), args[0], CompareOp::kEq);
        if (equal < 0) return Value::null();
        count += equal;
    }
    return Value::fixnum(count);
}

Value methodClear(Thread& thread, Value self, const Value*, size_t) {
    listClear(thread, self.as<List>());
    return none(thread);
}

Value methodCopy(Thread& thread, Value self, const Value*, size_t) {
    return Value::of(makeList(thread, self.as<List>()->items, self.as<List>()->size));
}

Value methodReverse(Thread& thread, Value self, const Value*, size_t) {
    auto* list = self.as<List>();
    std::reverse(list->items, list->items + list->size);
    return none(thread);
}

Value methodSort(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"key", "reverse", nullptr};
    const ParameterList parameters{.function = "sort", .names = kNames};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    int reverse = 0;
    if (!bound[1].isNull() && !toCInt(thread, bound[1], &reverse)) return Value::null();
    return listSort(thread, self.as<List>(), bound[0], reverse != 0) ? none(thread) : Value::null();
}

Value methodReversed(Thread& thread, Value self, const Value*, size_t) {
    return newListReverseIterator(thread, self);
}

void addListMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "append", listAppendMethod, 1, 1);
    addMethod(thread, type, "extend", methodExtend, 1, 1);
    addMethod(thread, type, "insert", methodInsert, 2, 2);
    addMethod(thread, type, "pop", methodPop, 0, 1);
    addMethod(thread, type, "remove", methodRemove, 1, 1);
    addMethod(thread, type, "index", methodIndex, 1, 3);
    addMethod(thread, type, "count", methodCount, 1, 1);
    addMethod(thread, type, "clear", methodClear, 0, 0);
    addMethod(thread, type, "copy", methodCopy, 0, 0);
    addMethod(thread, type, "reverse", methodReverse, 0, 0);
    addKeywordMethod(thread, type, "sort", methodSort);
    addMethod(thread, type, "__reversed__", methodReversed, 0, 0);
}

}  // namespace

void initListType(Thread& thread) {
    Type* type = thread.types->list;
    setNativeLayout(type, CellFamily::kList, sizeof(List), kTypeAllowsSubclass | kTypeIsList);
    TypeSlots& slots = type->slots;
    slots.dealloc = deallocList;
    slots.traverse = traverseList;
    slots.clear = clearList;
    slots.construct = constructList;
    slots.init = initList;
    slots.repr = reprList;
    slots.compare = compareLists;
    slots.iter = newListIterator;
    slots.length = lengthOfList;
    slots.get_item = getListItem;
    slots.set_item = setListItem;
    slots.contains = listContains;
    slots.binary[static_cast<size_t>(BinaryOp::kAdd)] = concatLists;
    slots.binary[static_cast<size_t>(BinaryOp::kMultiply)] = repeatList;
    slots.in_place[static_cast<size_t>(BinaryOp::kAdd)] = concatListInPlace;
    slots.in_place[static_cast<size_t>(BinaryOp::kMultiply)] = repeatListInPlace;
    addListMethods(thread, type);
    addClassGetItem(thread, type);
}

}  // namespace tagproof
