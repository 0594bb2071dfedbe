// The methods of set and frozenset (declared in objmodel/set_operations.h).

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/set_operations.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

using Update = int (*)(Thread&, Set*, Value);
using Question = int (*)(Thread&, Set*, Value);

Value none(Thread& thread) { return newRef(thread.singletons->none); }

// Asks about an item; a set, which is unhashable, stands for the frozenset of its elements.
int askAboutItem(Thread& thread, Set* set, Value item, Question question) {
    const int answer = question(thread, set, item);
    if (answer >= 0 || !isInstanceOf(thread, item, thread.types->set) ||
        !pendingMatches(thread, ExceptionKind::kTypeError)) {
        return answer;
    }
    clearPending(thread);
    const Ref frozen(Value::of(makeFrozenset(thread, item)));
    return frozen ? question(thread, set, frozen.get()) : -1;
}

// --- for both types ------------------------------------------------------------------------------

Value methodIntersection(Thread& thread, Value self, const Value* args, size_t count) {
    if (count == 0) return Value::of(setCopy(thread, self.as<Set>()));
    Ref result = Ref::borrow(self);
    for (size_t k = 0; k < count; ++k) {
        result = Ref(Value::of(setIntersection(thread, result.as<Set>(), args[k])));
        if (!result) return Value::null();
    }
    return result.release();
}

// A new set, changed by each argument in turn.
template <Update update>
Value updateNew(Thread& thread, Set* owned, const Value* args, size_t count) {
    Ref result(Value::of(owned));
    if (!result) return Value::null();
    for (size_t k = 0; k < count; ++k) {
        if (update(thread, result.as<Set>(), args[k]) < 0) return Value::null();
    }
    return result.release();
}

Value methodUnion(Thread& thread, Value self, const Value* args, size_t count) {
    return updateNew<setUpdate>(thread, setCopy(thread, self.as<Set>()), args, count);
}

Value methodDifference(Thread& thread, Value self, const Value* args, size_t count) {
    if (count == 0) return Value::of(setCopy(thread, self.as<Set>()));
    Set* first = setDifference(thread, self.as<Set>(), args[0]);
    return updateNew<setDifferenceUpdate>(thread, first, args + 1, count - 1);
}

Value methodSymmetricDifference(Thread& thread, Value self, const Value* args, size_t) {
    return Value::of(setSymmetricDifference(thread, self.as<Set>(), args[0]));
}

template <Question question>
Value methodAsk(Thread& thread, Value self, const Value* args, size_t) {
    const int answer = question(thread, self.as<Set>(), args[0]);
    return answer < 0 ? Value::null() : boolValue(thread, answer != 0);
}

Value methodCopy(Thread& thread, Value self, const Value*, size_t) {
    if (isExactly(self, thread.types->frozenset)) return newRef(self);
    return Value::of(setCopy(thread, self.as<Set>()));
}

// (type, ([elements],), attributes)
Value methodReduce(Thread& thread, Value self, const Value*, size_t) {
    const Ref list(Value::of(listFromIterable(thread, self)));
    if (!list) return Value::null();
    const Value elements = list.get();
    const Ref arguments(Value::of(makeTuple(thread, &elements, 1)));
    if (!arguments) return Value::null();
    Ref attributes(getAttrOrNull(thread, self, thread.singletons->names.dict));
    if (hasPending(thread)) return Value::null();
    if (!attributes) attributes = Ref(none(thread));
    const Value parts[] = {Value::of(self.asObject()->type), arguments.get(), attributes.get()};
    return Value::of(makeTuple(thread, parts, 3));
}

// --- for set -------------------------------------------------------------------------------------

template <Update update>
Value methodUpdateAll(Thread& thread, Value self, const Value* args, size_t count) {
    for (size_t k = 0; k < count; ++k) {
        if (update(thread, self.as<Set>(), args[k]) < 0) return Value::null();
    }
    return none(thread);
}

Value methodIntersectionUpdate(Thread& thread, Value self, const Value* args, size_t count) {
    const Ref result(methodIntersection(thread, self, args, count));
    if (!result) return Value::null();
    setSwap(self.as<Set>(), result.as<Set>());
    return none(thread);
}

Value methodAdd(Thread& thread, Value self, const Value* args, size_t) {
    return setAdd(thread, self.as<Set>(), args[0]) < 0 ? Value::null() : none(thread);
}

Value methodDiscard(Thread& thread, Value self, const Value* args, size_t) {
    const int removed = askAboutItem(thread, self.as<Set>(), args[0], setDiscard);
    return removed < 0 ? Value::null() : none(thread);
}

Value methodRemove(Thread& thread, Value self, const Value* args, size_t) {
    const int removed = askAboutItem(thread, self.as<Set>(), args[0], setDiscard);
    if (removed < 0) return Value::null();
    if (removed == 0) return raiseWithValue(thread, ExceptionKind::kKeyError, args[0]);
    return none(thread);
}

Value methodPop(Thread& thread, Value self, const Value*, size_t) {
    const Value item = setPop(self.as<Set>());
    if (!item.isNull()) return item;
    return raise(thread, ExceptionKind::kKeyError, "pop from an empty set");
}

Value methodClear(Thread& thread, Value self, const Value*, size_t) {
    setClear(thread, self.as<Set>());
    return none(thread);
}

}  // namespace

int containsInSet(Thread& thread, Value self, Value item) {
    return askAboutItem(thread, self.as<Set>(), item, setContains);
}

void addSetMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "copy", methodCopy, 0, 0);
    addMethod(thread, type, "difference", methodDifference, 0, kAnyCount);
    addMethod(thread, type, "intersection", methodIntersection, 0, kAnyCount);
    addMethod(thread, type, "isdisjoint", methodAsk<setIsDisjoint>, 1, 1);
    addMethod(thread, type, "issubset", methodAsk<setIsSubset>, 1, 1);
    addMethod(thread, type, "issuperset", methodAsk<setIsSuperset>, 1, 1);
    addMethod(thread, type, "symmetric_difference", methodSymmetricDifference, 1, 1);
    addMethod(thread, type, "union", methodUnion, 0, kAnyCount);
    addMethod(thread, type, "__reduce__", methodReduce, 0, 0);
}

void addMutableSetMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "add", methodAdd, 1, 1);
    addMethod(thread, type, "clear", methodClear, 0, 0);
    addMethod(thread, type, "difference_update", methodUpdateAll<setDifferenceUpdate>, 0,
              kAnyCount);
    addMethod(thread, type, "discard", methodDiscard, 1, 1);
    addMethod(thread, type, "intersection_update", methodIntersectionUpdate, 0, kAnyCount);
    addMethod(thread, type, "pop", methodPop, 0, 0);
    addMethod(thread, type, "remove", methodRemove, 1, 1);
    addMethod(thread, type, "symmetric_difference_update",
              methodUpdateAll<setSymmetricDifferenceUpdate>, 1, 1);
    addMethod(thread, type, "update", methodUpdateAll<setUpdate>, 0, kAnyCount);
}

}  // namespace tagproof
