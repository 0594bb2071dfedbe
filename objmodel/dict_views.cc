// dict_keys, dict_values, dict_items and the iterators of dicts.

#include <algorithm>
#include <utility>

#include "objmodel/dict_methods.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/set.h"
#include "objmodel/str_builder.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

struct DictIteratorObject {
    Object head;
    DictIterator state;
    Value pair;  // owned: the item that it gave last, for repeatPair(), or null
};

// What an iterator or view gives of each entry.
enum class Part { kKey, kValue, kItem };

Value notImplemented(Thread& thread) { return newRef(thread.singletons->not_implemented); }

Value partOf(Thread& thread, Part part, Value key, Value value) {
    switch (part) {
        case Part::kKey:
            return newRef(key);
        case Part::kValue:
            return newRef(value);
        case Part::kItem:
            return Value::of(makeTuple(thread, key, value));
    }
    return Value::null();
}

// --- iterators -----------------------------------------------------------------------------------

Value newIterator(Thread& thread, Type* type, Value dict, bool backwards) {
    auto* iterator = allocateObject<DictIteratorObject>(thread, type);
    if (iterator == nullptr) return Value::null();
    auto* source = dict.as<Dict>();
    incref(dict);
    iterator->state = DictIterator{.dict = source,
                                   .position = backwards ? dictEndPosition(source) : 0,
                                   .expected_used = source->used,
                                   .remaining = source->used};
    return Value::of(iterator);
}

void deallocIterator(Thread& thread, Object* self) {
    auto* iterator = reinterpret_cast<DictIteratorObject*>(self);
    decref(Value::of(iterator->state.dict));
    decref(iterator->pair);
    freeObject(thread, self);
}

void traverseIterator(Object* self, VisitFunction visit, void* context) {
    const auto* iterator = reinterpret_cast<DictIteratorObject*>(self);
    if (iterator->state.dict != nullptr) visit(Value::of(iterator->state.dict), context);
    if (!iterator->pair.isNull()) visit(iterator->pair, context);
}

template <Part Which>
Value nextForward(Thread& thread, Value self) {
    Value key;
    Value value;
    auto* iterator = self.as<DictIteratorObject>();
    if (!dictIterate(thread, &iterator->state, &key, &value)) return Value::null();
    if constexpr (Which == Part::kItem) {
        return Value::of(repeatPair(thread, &iterator->pair, newRef(key), newRef(value)));
    }
    return partOf(thread, Which, key, value);
}

template <Part Which>
Value nextBackward(Thread& thread, Value self) {
    DictIterator& state = self.as<DictIteratorObject>()->state;
    if (state.dict == nullptr) return Value::null();
    if (state.dict->used != state.expected_used) {
        state.expected_used = UINT64_MAX;
        return raise(thread, ExceptionKind::kRuntimeError,
                     "dictionary changed size during iteration");
    }
    Value key;
    Value value;
    if (dictPrevious(state.dict, &state.position, &key, &value)) {
        --state.remaining;
        return partOf(thread, Which, key, value);
    }
    decref(Value::of(std::exchange(state.dict, nullptr)));
    return Value::null();
}

Value hintOfIterator(Thread&, Value self, const Value*, size_t) {
    const DictIterator& state = self.as<DictIteratorObject>()->state;
    const bool valid = state.dict != nullptr && state.dict->used == state.expected_used;
    return Value::fixnum(valid ? static_cast<int64_t>(state.remaining) : 0);
}

void setUpIterator(Thread& thread, Type* type, UnaryFunction next) {
    setNativeLayout(type, CellFamily::kOther, sizeof(DictIteratorObject), 0);
    type->slots.dealloc = deallocIterator;
    type->slots.traverse = traverseIterator;
    type->slots.iter = iterItself;
    type->slots.next = next;
    addMethod(thread, type, "__length_hint__", hintOfIterator, 0, 0);
}

template <Part Which>
Value newForward(Thread& thread, Value dict) {
    const CoreTypes& types = *thread.types;
    Type* const by_part[] = {types.dict_key_iterator, types.dict_value_iterator,
                             types.dict_item_iterator};
    return newIterator(thread, by_part[static_cast<size_t>(Which)], dict, false);
}

template <Part Which>
Value newBackward(Thread& thread, Value dict) {
    const CoreTypes& types = *thread.types;
    Type* const by_part[] = {types.dict_reverse_key_iterator, types.dict_reverse_value_iterator,
                             types.dict_reverse_item_iterator};
    return newIterator(thread, by_part[static_cast<size_t>(Which)], dict, true);
}

// --- views ---------------------------------------------------------------------------------------

Dict* dictOf(Value view) { return view.as<DictView>()->dict.as<Dict>(); }

Value newView(Thread& thread, Type* type, Value dict) {
    auto* view = allocateObject<DictView>(thread, type);
    if (view != nullptr) view->dict = newRef(dict);
    return Value::of(view);
}

void deallocView(Thread& thread, Object* self) {
    decref(reinterpret_cast<DictView*>(self)->dict);
    freeObject(thread, self);
}

void traverseView(Object* self, VisitFunction visit, void* context) {
    visit(reinterpret_cast<DictView*>(self)->dict, context);
}

Value reprView(Thread& thread, Value self) {
    const ReprScope repr_scope(self.asObject());
    if (!repr_scope.first()) return Value::of(makeAsciiStr(thread, "..."));
    const RecursionScope scope(thread, " while getting the repr of an object");
    if (!scope.entered()) return Value::null();
    Ref items(Value::of(listFromIterable(thread, self)));
    Ref text(items ? reprOf(thread, items.get()) : Value::null());
    if (!text) return Value::null();
    StrBuilder out(thread);
    out.appendAscii(typeName(self.asObject()->type));
    out.appendAscii("(");
    out.append(text.as<Str>());
    out.appendAscii(")");
    return Value::of(out.finish());
}

int64_t lengthOfView(Thread&, Value self) { return static_cast<int64_t>(dictOf(self)->used); }

template <Part Which>
Value iterView(Thread& thread, Value self) {
    return newForward<Which>(thread, self.as<DictView>()->dict);
}
template <Part Which>
Value methodReversed(Thread& thread, Value self, const Value*, size_t) {
    return newBackward<Which>(thread, self.as<DictView>()->dict);
}

int keysContain(Thread& thread, Value self, Value key) {
    return dictContains(thread, dictOf(self), key);
}

int itemsContain(Thread& thread, Value self, Value item) {
    if (!isTuple(item) || item.as<Tuple>()->size != 2) return 0;
    const Value* pair = item.as<Tuple>()->items();
    Ref value = Ref::borrow(dictGet(thread, dictOf(self), pair[0]));
    if (!value) return hasPending(thread) ? -1 : 0;
    return compareBool(thread, value.get(), pair[1], CompareOp::kEq);
}

Value getMapping(Thread& thread, Value self) {
    return newMappingProxy(thread, self.as<DictView>()->dict);
}

// --- views as sets -------------------------------------------------------------------------------

bool isSetView(const Thread& thread, Value value) {
    return isExactly(value, thread.types->dict_keys) || isExactly(value, thread.types->dict_items);
}

// Every item of `left` is in `right`: 1, 0, -1.
int allIn(Thread& thread, Value left, Value right) {
    const bool all =
        forEach(thread, left, [&](Value item) { return contains(thread, right, item) > 0; });
    return hasPending(thread) ? -1 : (all ? 1 : 0);
}

Value compareViews(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isAnySet(right) && !isSetView(thread, right)) return notImplemented(thread);
    const int64_t a = lengthOf(thread, left);
    const int64_t b = lengthOf(thread, right);
    if (a < 0 || b < 0) return Value::null();
    int answer = 0;
    switch (op) {
        case CompareOp::kEq:
        case CompareOp::kNe:
            answer = a == b ? allIn(thread, left, right) : 0;
            if (answer >= 0 && op == CompareOp::kNe) answer = 1 - answer;
            break;
        case CompareOp::kLt:
            answer = a < b ? allIn(thread, left, right) : 0;
            break;
        case CompareOp::kLe:
            answer = a <= b ? allIn(thread, left, right) : 0;
            break;
        case CompareOp::kGt:
            answer = a > b ? allIn(thread, right, left) : 0;
            break;
        case CompareOp::kGe:
            answer = a >= b ? allIn(thread, right, left) : 0;
            break;
    }
    return answer < 0 ? Value::null() : boolValue(thread, answer != 0);
}

Ref toSet(Thread& thread, Value iterable) {
    if (isExactly(iterable, thread.types->dict_keys) &&
        isExactDict(thread, iterable.as<DictView>()->dict)) {
        iterable = iterable.as<DictView>()->dict;
    }
    return Ref(makeSetOfType(thread, thread.types->set, iterable));
}

Value unionOfViews(Thread& thread, Value left, Value right) {
    Ref result = toSet(thread, left);
    if (!result || !setUpdate(thread, result.as<Set>(), right)) return Value::null();
    return result.release();
}

Value differenceOfViews(Thread& thread, Value left, Value right) {
    Ref result = toSet(thread, left);
    if (!result || !setDifferenceUpdate(thread, result.as<Set>(), right)) return Value::null();
    return result.release();
}

Value symmetricDifferenceOfViews(Thread& thread, Value left, Value right) {
    Ref result = toSet(thread, left);
    if (!result || !setSymmetricDifferenceUpdate(thread, result.as<Set>(), right)) {
        return Value::null();
    }
    return result.release();
}

// The smaller operand is walked, as CPython does; its order is the result's.
Value intersectionOfViews(Thread& thread, Value left, Value right) {
    if (!isSetView(thread, left)) std::swap(left, right);
    const int64_t size = lengthOf(thread, left);
    if (size < 0) return Value::null();
    if (isExactly(right, thread.types->set) &&
        size <= static_cast<int64_t>(right.as<Set>()->used)) {
        return setIntersection(thread, right.as<Set>(), left);
    }
    if (isSetView(thread, right) && lengthOf(thread, right) > size) std::swap(left, right);
    Ref result(Value::of(makeSet(thread)));
    if (!result) return Value::null();
    const bool good = forEach(thread, right, [&](Value item) {
        const int present = contains(thread, left, item);
        return present == 0 || (present > 0 && setAdd(thread, result.as<Set>(), item));
    });
    return good ? result.release() : Value::null();
}

Value methodIsDisjoint(Thread& thread, Value self, const Value* args, size_t) {
    if (self == args[0]) return boolValue(thread, dictOf(self)->used == 0);
    const bool none =
        forEach(thread, args[0], [&](Value item) { return contains(thread, self, item) == 0; });
    return hasPending(thread) ? Value::null() : boolValue(thread, none);
}

// --- set-up --------------------------------------------------------------------------------------

template <Part Which>
void setUpView(Thread& thread, Type* type) {
    setNativeLayout(type, CellFamily::kOther, sizeof(DictView), 0);
    type->slots.dealloc = deallocView;
    type->slots.traverse = traverseView;
    type->slots.repr = reprView;
    type->slots.length = lengthOfView;
    type->slots.iter = iterView<Which>;
    addMethod(thread, type, "__reversed__", methodReversed<Which>, 0, 0);
    addGetSet(thread, type, "mapping", getMapping, nullptr);
}

void setUpSetView(Thread& thread, Type* type, int (*contains_item)(Thread&, Value, Value)) {
    type->slots.contains = contains_item;
    type->slots.compare = compareViews;
    type->slots.binary[static_cast<size_t>(BinaryOp::kOr)] = unionOfViews;
    type->slots.binary[static_cast<size_t>(BinaryOp::kAnd)] = intersectionOfViews;
    type->slots.binary[static_cast<size_t>(BinaryOp::kSubtract)] = differenceOfViews;
    type->slots.binary[static_cast<size_t>(BinaryOp::kXor)] = symmetricDifferenceOfViews;
    addMethod(thread, type, "isdisjoint", methodIsDisjoint, 1, 1);
}

}  // namespace

Value dictKeys(Thread& thread, Value dict) {
    return newView(thread, thread.types->dict_keys, dict);
}
Value dictValues(Thread& thread, Value dict) {
    return newView(thread, thread.types->dict_values, dict);
}
Value dictItems(Thread& thread, Value dict) {
    return newView(thread, thread.types->dict_items, dict);
}
Value newDictKeyIterator(Thread& thread, Value dict) {
    return newForward<Part::kKey>(thread, dict);
}
Value newDictReverseKeyIterator(Thread& thread, Value dict) {
    return newBackward<Part::kKey>(thread, dict);
}

void initDictViewTypes(Thread& thread) {
    const CoreTypes& types = *thread.types;
    setUpView<Part::kKey>(thread, types.dict_keys);
    setUpView<Part::kValue>(thread, types.dict_values);
    setUpView<Part::kItem>(thread, types.dict_items);
    setUpSetView(thread, types.dict_keys, keysContain);
    setUpSetView(thread, types.dict_items, itemsContain);
    setUpIterator(thread, types.dict_key_iterator, nextForward<Part::kKey>);
    setUpIterator(thread, types.dict_value_iterator, nextForward<Part::kValue>);
    setUpIterator(thread, types.dict_item_iterator, nextForward<Part::kItem>);
    setUpIterator(thread, types.dict_reverse_key_iterator, nextBackward<Part::kKey>);
    setUpIterator(thread, types.dict_reverse_value_iterator, nextBackward<Part::kValue>);
    setUpIterator(thread, types.dict_reverse_item_iterator, nextBackward<Part::kItem>);
}

}  // namespace tagproof
