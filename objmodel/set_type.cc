// The Python-visible types set, frozenset and set_iterator.

#include <algorithm>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
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

struct SetIterator {
    Object head;
    Value set;               // owned; null when exhausted
    uint64_t position;       // in the table
    uint64_t expected_used;  // of the set; another number means that it changed
    uint64_t left;           // items to come
};

Value none(Thread& thread) { return newRef(thread.singletons->none); }
Value notImplemented(Thread& thread) { return newRef(thread.singletons->not_implemented); }
Value boolOrNull(Thread& thread, int truth) {
    return truth < 0 ? Value::null() : boolValue(thread, truth != 0);
}

// --- slots ---------------------------------------------------------------------------------------

Value constructSet(Thread& thread, Value callee, const Value*, size_t, Value) {
    return makeSetOfType(thread, callee.as<Type>(), Value::null());
}

int initSet(Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "set", keyword_names) ||
        !checkArgumentCount(thread, typeName(self.asObject()->type), positional, 0, 1)) {
        return -1;
    }
    setClear(thread, self.as<Set>());
    return positional == 0 || setUpdate(thread, self.as<Set>(), args[0]) ? 0 : -1;
}

Value constructFrozenSet(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    Type* type = callee.as<Type>();
    const Type* exact = thread.types->frozenset;
    const bool own_init = type->slots.init != exact->slots.init;  // may take keywords
    if ((!own_init && !rejectKeywords(thread, "frozenset", keyword_names)) ||
        !checkArgumentCount(thread, typeName(type), positional, 0, 1)) {
        return Value::null();
    }
    const Value iterable = positional == 0 ? Value::null() : args[0];
    return type == exact ? makeFrozenSet(thread, iterable) : makeSetOfType(thread, type, iterable);
}

void deallocSet(Thread& thread, Object* self) {
    setClear(thread, reinterpret_cast<Set*>(self));
    freeObject(thread, self);
}

void traverseSet(Object* self, VisitFunction visit, void* context) {
    Value key;
    int64_t hash = 0;
    for (uint64_t at = 0; setNext(reinterpret_cast<Set*>(self), &at, &key, &hash);) {
        visit(key, context);
    }
}

void clearSet(Thread& thread, Object* self) { setClear(thread, reinterpret_cast<Set*>(self)); }

// {1, 2} for sets, T({1, 2}) for other types, T() when empty.
Value reprSet(Thread& thread, Value self) {
    auto* set = self.as<Set>();
    const ReprScope repr_scope(&set->head);
    const std::string name = typeName(set->head.type);
    StrBuilder out(thread);
    if (!repr_scope.first() || set->used == 0) {
        Ref text(Value::of(makeStr(thread, name)));
        if (!text) return Value::null();
        out.append(text.as<Str>());
        out.appendAscii(repr_scope.first() ? "()" : "(...)");
        return Value::of(out.finish());
    }
    const RecursionScope scope(thread, " while getting the repr of an object");
    if (!scope.entered()) return Value::null();
    Ref keys(Value::of(tupleFromIterable(thread, self)));
    Ref title(Value::of(makeStr(thread, name)));
    if (!keys || !title) return Value::null();
    const bool plain = set->head.type == thread.types->set;
    if (!plain) {
        out.append(title.as<Str>());
        out.appendAscii("(");
    }
    for (const Value& key : *keys.as<Tuple>()) {
        out.appendAscii(&key == keys.as<Tuple>()->begin() ? "{" : ", ");
        Ref text(reprOf(thread, key));
        if (!text) return Value::null();
        out.append(text.as<Str>());
    }
    out.appendAscii(plain ? "}" : "})");
    return Value::of(out.finish());
}

uint64_t shuffleBits(uint64_t hash) { return ((hash ^ 89869747u) ^ (hash << 16)) * 3644798167u; }

// CPython's frozenset_hash: independent of the order of the items.
int64_t hashFrozenSet(Thread&, Value self) {
    auto* set = self.as<Set>();
    if (set->hash != -1) return set->hash;
    uint64_t hash = 0;
    Value key;
    int64_t item_hash = 0;
    for (uint64_t at = 0; setNext(set, &at, &key, &item_hash);) {
        hash ^= shuffleBits(static_cast<uint64_t>(item_hash));
    }
    hash ^= (set->used + 1) * 1927868237u;
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash * 69069u + 907133923u;
    set->hash = hash == UINT64_MAX ? 590923713 : static_cast<int64_t>(hash);
    return set->hash;
}

Value compareSets(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isAnySet(right)) return notImplemented(thread);
    auto* a = left.as<Set>();
    auto* b = right.as<Set>();
    switch (op) {
        case CompareOp::kEq:
        case CompareOp::kNe: {
            const bool hashes = a->hash != -1 && b->hash != -1 && a->hash != b->hash;
            const int equal = a->used != b->used || hashes ? 0 : setIsSubset(thread, a, right);
            return equal < 0 ? Value::null()
                             : boolValue(thread, (equal != 0) == (op == CompareOp::kEq));
        }
        case CompareOp::kLe:
            return boolOrNull(thread, setIsSubset(thread, a, right));
        case CompareOp::kGe:
            return boolOrNull(thread, setIsSubset(thread, b, left));
        case CompareOp::kLt:
            return boolOrNull(thread, a->used < b->used ? setIsSubset(thread, a, right) : 0);
        case CompareOp::kGt:
            return boolOrNull(thread, b->used < a->used ? setIsSubset(thread, b, left) : 0);
    }
    return notImplemented(thread);
}

int64_t lengthOfSet(Thread&, Value self) { return static_cast<int64_t>(self.as<Set>()->used); }

using KeyFunction = int (*)(Thread&, Set*, Value);

// A lookup in which a set stands for the frozenset of its items.
template <KeyFunction Function>
int withFrozenKey(Thread& thread, Value self, Value key) {
    const int result = Function(thread, self.as<Set>(), key);
    if (result >= 0 || !isMutableSet(thread, key) ||
        !pendingMatches(thread, ExceptionKind::kTypeError)) {
        return result;
    }
    clearPending(thread);
    Ref frozen(makeFrozenSet(thread, key));
    return frozen ? Function(thread, self.as<Set>(), frozen.get()) : -1;
}

// --- operators -----------------------------------------------------------------------------------

Value unionOf(Thread& thread, Set* set, Value other) {
    Ref result(setCopy(thread, set));
    const bool same = other == Value::of(set);
    if (!result || (!same && !setUpdate(thread, result.as<Set>(), other))) return Value::null();
    return result.release();
}

using AlgebraFunction = Value (*)(Thread&, Set*, Value);

template <AlgebraFunction Function>
Value operatorOf(Thread& thread, Value left, Value right) {
    if (!isAnySet(left) || !isAnySet(right)) return notImplemented(thread);
    return Function(thread, left.as<Set>(), right);
}

using UpdateFunction = bool (*)(Thread&, Set*, Value);

bool intersectInPlace(Thread& thread, Set* set, Value other) {
    Ref result(setIntersection(thread, set, other));
    if (!result) return false;
    setSwap(set, result.as<Set>());
    return true;
}

template <UpdateFunction Function>
Value inPlaceOf(Thread& thread, Value left, Value right) {
    if (!isAnySet(right)) return notImplemented(thread);
    return Function(thread, left.as<Set>(), right) ? newRef(left) : Value::null();
}

// --- methods -------------------------------------------------------------------------------------

Value methodAdd(Thread& thread, Value self, const Value* args, size_t) {
    return setAdd(thread, self.as<Set>(), args[0]) ? none(thread) : Value::null();
}

Value methodRemove(Thread& thread, Value self, const Value* args, size_t) {
    const int removed = withFrozenKey<setDiscard>(thread, self, args[0]);
    if (removed > 0) return none(thread);
    if (removed < 0) return Value::null();
    return raiseWithValue(thread, ExceptionKind::kKeyError, args[0]);
}

Value methodDiscard(Thread& thread, Value self, const Value* args, size_t) {
    return withFrozenKey<setDiscard>(thread, self, args[0]) < 0 ? Value::null() : none(thread);
}

Value methodPop(Thread& thread, Value self, const Value*, size_t) {
    auto* set = self.as<Set>();
    if (set->used == 0) {
        return raise(thread, ExceptionKind::kKeyError, "pop from an empty set");
    }
    uint64_t place = set->finger & set->mask;
    while (!set->entries()[place].isUsed()) place = (place + 1) & set->mask;
    SetEntry& entry = set->entries()[place];
    const Value key = std::exchange(entry.key, SetEntry::kDeleted);
    entry.hash = -1;
    --set->used;
    set->finger = place + 1;
    return key;
}

Value methodClear(Thread& thread, Value self, const Value*, size_t) {
    setClear(thread, self.as<Set>());
    return none(thread);
}

Value methodCopy(Thread& thread, Value self, const Value*, size_t) {
    if (isExactly(self, thread.types->frozenset)) return newRef(self);
    return setCopy(thread, self.as<Set>());
}

// Of several arguments, union and difference change one new set; intersection makes one set after
// the other.
Value methodUnion(Thread& thread, Value self, const Value* args, size_t count) {
    Ref result(setCopy(thread, self.as<Set>()));
    for (size_t k = 0; k < count && result; ++k) {
        if (args[k] == self) continue;
        if (!setUpdate(thread, result.as<Set>(), args[k])) return Value::null();
    }
    return result.release();
}

Value methodDifference(Thread& thread, Value self, const Value* args, size_t count) {
    if (count == 0) return setCopy(thread, self.as<Set>());
    Ref result(setDifference(thread, self.as<Set>(), args[0]));
    for (size_t k = 1; k < count && result; ++k) {
        if (!setDifferenceUpdate(thread, result.as<Set>(), args[k])) return Value::null();
    }
    return result.release();
}

Value methodIntersection(Thread& thread, Value self, const Value* args, size_t count) {
    if (count == 0) return setCopy(thread, self.as<Set>());
    Ref result = Ref::borrow(self);
    for (size_t k = 0; k < count && result; ++k) {
        result = Ref(setIntersection(thread, result.as<Set>(), args[k]));
    }
    return result.release();
}

Value methodIntersectionUpdate(Thread& thread, Value self, const Value* args, size_t count) {
    Ref result(methodIntersection(thread, self, args, count));
    if (!result) return Value::null();
    setSwap(self.as<Set>(), result.as<Set>());
    return none(thread);
}

Value methodSymmetricDifference(Thread& thread, Value self, const Value* args, size_t) {
    return setSymmetricDifference(thread, self.as<Set>(), args[0]);
}

template <UpdateFunction Function>
Value methodUpdate(Thread& thread, Value self, const Value* args, size_t count) {
    for (size_t k = 0; k < count; ++k) {
        if (!Function(thread, self.as<Set>(), args[k])) return Value::null();
    }
    return none(thread);
}

// (type, ([items],), attributes)
Value methodReduce(Thread& thread, Value self, const Value*, size_t) {
    const Ref list(Value::of(listFromIterable(thread, self)));
    const Value items = list.get();
    const Ref arguments(list ? Value::of(makeTuple(thread, &items, 1)) : Value::null());
    if (!arguments) return Value::null();
    Ref attributes(getAttrOrNull(thread, self, thread.singletons->names.dict));
    if (hasPending(thread)) return Value::null();
    if (!attributes) attributes = Ref(none(thread));
    const Value parts[] = {Value::of(self.asObject()->type), arguments.get(), attributes.get()};
    return Value::of(makeTuple(thread, parts, 3));
}

template <KeyFunction Function>
Value methodTest(Thread& thread, Value self, const Value* args, size_t) {
    return boolOrNull(thread, Function(thread, self.as<Set>(), args[0]));
}

// --- iterator ------------------------------------------------------------------------------------

void deallocSetIterator(Thread& thread, Object* self) {
    decref(reinterpret_cast<SetIterator*>(self)->set);
    freeObject(thread, self);
}

void traverseSetIterator(Object* self, VisitFunction visit, void* context) {
    const Value set = reinterpret_cast<SetIterator*>(self)->set;
    if (!set.isNull()) visit(set, context);
}

Value nextOfSet(Thread& thread, Value self) {
    auto* iterator = self.as<SetIterator>();
    if (iterator->set.isNull()) return Value::null();
    auto* set = iterator->set.as<Set>();
    if (set->used != iterator->expected_used) {
        iterator->expected_used = UINT64_MAX;
        return raise(thread, ExceptionKind::kRuntimeError, "Set changed size during iteration");
    }
    Value key;
    int64_t hash = 0;
    if (setNext(set, &iterator->position, &key, &hash)) {
        --iterator->left;
        return newRef(key);
    }
    decref(std::exchange(iterator->set, Value::null()));
    return Value::null();
}

Value hintOfSetIterator(Thread&, Value self, const Value*, size_t) {
    const auto* iterator = self.as<SetIterator>();
    const bool valid =
        !iterator->set.isNull() && iterator->set.as<Set>()->used == iterator->expected_used;
    return Value::fixnum(valid ? static_cast<int64_t>(iterator->left) : 0);
}

void fillSharedSlots(TypeSlots* slots) {
    slots->dealloc = deallocSet;
    slots->traverse = traverseSet;
    slots->repr = reprSet;
    slots->compare = compareSets;
    slots->iter = newSetIterator;
    slots->length = lengthOfSet;
    slots->contains = withFrozenKey<setContains>;
    slots->binary[static_cast<size_t>(BinaryOp::kOr)] = operatorOf<unionOf>;
    slots->binary[static_cast<size_t>(BinaryOp::kAnd)] = operatorOf<setIntersection>;
    slots->binary[static_cast<size_t>(BinaryOp::kSubtract)] = operatorOf<setDifference>;
    slots->binary[static_cast<size_t>(BinaryOp::kXor)] = operatorOf<setSymmetricDifference>;
}

void addSharedMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "copy", methodCopy, 0, 0);
    addMethod(thread, type, "union", methodUnion, 0, kAnyCount);
    addMethod(thread, type, "intersection", methodIntersection, 0, kAnyCount);
    addMethod(thread, type, "difference", methodDifference, 0, kAnyCount);
    addMethod(thread, type, "symmetric_difference", methodSymmetricDifference, 1, 1);
    addMethod(thread, type, "issubset", methodTest<setIsSubset>, 1, 1);
    addMethod(thread, type, "issuperset", methodTest<setIsSuperset>, 1, 1);
    addMethod(thread, type, "isdisjoint", methodTest<setIsDisjoint>, 1, 1);
    addMethod(thread, type, "__reduce__", methodReduce, 0, 0);
    addClassGetItem(thread, type);
}

void addMutableMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "add", methodAdd, 1, 1);
    addMethod(thread, type, "remove", methodRemove, 1, 1);
    addMethod(thread, type, "discard", methodDiscard, 1, 1);
    addMethod(thread, type, "pop", methodPop, 0, 0);
    addMethod(thread, type, "clear", methodClear, 0, 0);
    addMethod(thread, type, "update", methodUpdate<setUpdate>, 0, kAnyCount);
    addMethod(thread, type, "intersection_update", methodIntersectionUpdate, 0, kAnyCount);
    addMethod(thread, type, "difference_update", methodUpdate<setDifferenceUpdate>, 0, kAnyCount);
    addMethod(thread, type, "symmetric_difference_update",
              methodUpdate<setSymmetricDifferenceUpdate>, 1, 1);
}

void initSetIteratorType(Thread& thread) {
    Type* type = thread.types->set_iterator;
    setNativeLayout(type, CellFamily::kOther, sizeof(SetIterator), 0);
    type->slots.dealloc = deallocSetIterator;
    type->slots.traverse = traverseSetIterator;
    type->slots.iter = iterItself;
    type->slots.next = nextOfSet;
    addMethod(thread, type, "__length_hint__", hintOfSetIterator, 0, 0);
}

}  // namespace

Value newSetIterator(Thread& thread, Value set) {
    auto* iterator = allocateObject<SetIterator>(thread, thread.types->set_iterator);
    if (iterator == nullptr) return Value::null();
    iterator->set = newRef(set);
    iterator->expected_used = set.as<Set>()->used;
    iterator->left = set.as<Set>()->used;
    return Value::of(iterator);
}

void initSetTypes(Thread& thread) {
    constexpr uint32_t kFlags = kTypeAllowsSubclass | kTypeIsSet | kTypeHasWeakrefs;
    Type* set = thread.types->set;
    setNativeLayout(set, CellFamily::kSet, sizeof(Set), kFlags);
    fillSharedSlots(&set->slots);
    set->slots.construct = constructSet;
    set->slots.init = initSet;
    set->slots.clear = clearSet;
    set->slots.in_place[static_cast<size_t>(BinaryOp::kOr)] = inPlaceOf<setUpdate>;
    set->slots.in_place[static_cast<size_t>(BinaryOp::kAnd)] = inPlaceOf<intersectInPlace>;
    set->slots.in_place[static_cast<size_t>(BinaryOp::kSubtract)] = inPlaceOf<setDifferenceUpdate>;
    set->slots.in_place[static_cast<size_t>(BinaryOp::kXor)] =
        inPlaceOf<setSymmetricDifferenceUpdate>;
    addSharedMethods(thread, set);
    addMutableMethods(thread, set);
    Type* frozen = thread.types->frozenset;
    setNativeLayout(frozen, CellFamily::kSet, sizeof(Set), kFlags);
    fillSharedSlots(&frozen->slots);
    frozen->slots.construct = constructFrozenSet;
    frozen->slots.hash = hashFrozenSet;
    addSharedMethods(thread, frozen);
    initSetIteratorType(thread);
}

}  // namespace tagproof
