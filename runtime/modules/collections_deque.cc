// collections.deque as a type: making, operators, repr.

#include <algorithm>

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/str_builder.h"
#include "objmodel/type_object.h"
#include "runtime/modules/collections.h"
#include "runtime/modules/library_state.h"
#include "runtime/vm.h"

namespace tagproof::collections {

namespace {

Deque* dequeOf(Value self) { return self.as<Deque>(); }

// --- life ----------------------------------------------------------------------------------------

void clearSlot(Thread& thread, Object* self) { dequeClear(thread, reinterpret_cast<Deque*>(self)); }

void deallocDeque(Thread& thread, Object* self) {
    clearSlot(thread, self);
    freeObject(thread, self);
}

void traverseDeque(Object* self, VisitFunction visit, void* context) {
    auto* deque = reinterpret_cast<Deque*>(self);
    for (uint64_t k = 0; k < deque->size; ++k) visit(deque->at(k), context);
}

Deque* newDeque(Thread& thread, Type* type, int64_t max_size) {
    auto* deque = allocateObject<Deque>(thread, type);
    if (deque != nullptr) deque->max_size = max_size;
    return deque;
}

Value constructDeque(Thread& thread, Value callee, const Value*, size_t, Value) {
    return Value::of(newDeque(thread, callee.as<Type>(), -1));
}

// The maxlen argument. False + pending.
bool readMaxSize(Thread& thread, Value value, int64_t* out) {
    *out = -1;
    if (value.isNull() || value == thread.singletons->none) return true;
    if (!isInt(value)) {
        raise(thread, ExceptionKind::kTypeError, "an integer is required");
        return false;
    }
    if (!fitsInt64(thread, value, out)) {
        raise(thread, ExceptionKind::kOverflowError,
              "Python int too large to convert to C ssize_t");
        return false;
    }
    if (*out >= 0) return true;
    raise(thread, ExceptionKind::kValueError, "maxlen must be non-negative");
    return false;
}

int initDeque(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"iterable", "maxlen", nullptr};
    const ParameterList parameters{.function = "deque", .names = kNames, .max_positional = 2};
    Value bound[2];
    int64_t max_size = -1;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound) ||
        !readMaxSize(thread, bound[1], &max_size)) {
        return -1;
    }
    dequeOf(self)->max_size = max_size;
    dequeClear(thread, dequeOf(self));
    return bound[0].isNull() || dequeExtend(thread, dequeOf(self), bound[0]) ? 0 : -1;
}

// --- items ---------------------------------------------------------------------------------------

int64_t lengthOfDeque(Thread&, Value self) { return static_cast<int64_t>(dequeOf(self)->size); }

// False + pending.
bool readIndex(Thread& thread, Value self, Value key, uint64_t* out) {
    int64_t index = 0;
    if (!isInt(key) && typeOf(thread, key)->slots.index == nullptr) {
        raise(thread, ExceptionKind::kTypeError, "sequence index must be integer, not '{}'",
              typeName(typeOf(thread, key)));
        return false;
    }
    if (!toIndex(thread, key, &index)) return false;
    const auto size = static_cast<int64_t>(dequeOf(self)->size);
    if (index < 0) index += size;
    if (index < 0 || index >= size) {
        raise(thread, ExceptionKind::kIndexError, "deque index out of range");
        return false;
    }
    *out = static_cast<uint64_t>(index);
    return true;
}

Value getDequeItem(Thread& thread, Value self, Value key) {
    uint64_t index = 0;
    if (!readIndex(thread, self, key, &index)) return Value::null();
    return newRef(dequeOf(self)->at(index));
}

int setDequeItem(Thread& thread, Value self, Value key, Value value) {
    uint64_t index = 0;
    if (!readIndex(thread, self, key, &index)) return -1;
    if (value.isNull()) {
        decref(dequeTakeAt(dequeOf(self), index));
        return 0;
    }
    decref(std::exchange(dequeOf(self)->at(index), newRef(value)));
    return 0;
}

int dequeContains(Thread& thread, Value self, Value item) {
    Deque* const deque = dequeOf(self);
    const uint64_t changes = deque->changes;
    for (uint64_t k = 0; k < deque->size; ++k) {
        const Ref other = Ref::borrow(deque->at(k));
        const int equal = compareBool(thread, other.get(), item, CompareOp::kEq);
        if (equal != 0) return equal;
        if (deque->changes != changes) {
            raiseMutated(thread, ExceptionKind::kRuntimeError);
            return -1;
        }
    }
    return 0;
}

// --- comparison ----------------------------------------------------------------------------------

// Of two deques that are equal as far as the shorter one goes.
bool compareLengths(bool left_ended, bool right_ended, CompareOp op) {
    switch (op) {
        case CompareOp::kLt:
            return !right_ended;
        case CompareOp::kLe:
            return left_ended;
        case CompareOp::kEq:
            return left_ended && right_ended;
        case CompareOp::kNe:
            return !left_ended || !right_ended;
        case CompareOp::kGt:
            return !left_ended;
        case CompareOp::kGe:
            return right_ended;
    }
    return false;
}

Value compareByItems(Thread& thread, Value left, Value right, CompareOp op) {
    const Ref first(getIter(thread, left));
    const Ref second(first ? getIter(thread, right) : Value::null());
    if (!second) return Value::null();
    for (;;) {
        const Ref x(iterNext(thread, first.get()));
        if (!x && hasPending(thread)) return Value::null();
        const Ref y(iterNext(thread, second.get()));
        if (!y && hasPending(thread)) return Value::null();
        if (!x || !y) return boolValue(thread, compareLengths(!x, !y, op));
        const int equal = compareBool(thread, x.get(), y.get(), CompareOp::kEq);
        if (equal < 0) return Value::null();
        if (equal > 0) continue;
        const int answer = compareBool(thread, x.get(), y.get(), op);
        return answer < 0 ? Value::null() : boolValue(thread, answer > 0);
    }
}

Value compareDeques(Thread& thread, Value left, Value right, CompareOp op) {
    if (!isDeque(thread, left) || !isDeque(thread, right)) {
        return thread.singletons->not_implemented;
    }
    if (op == CompareOp::kEq || op == CompareOp::kNe) {
        if (left == right) return boolValue(thread, op == CompareOp::kEq);
        if (dequeOf(left)->size != dequeOf(right)->size) {
            return boolValue(thread, op == CompareOp::kNe);
        }
    }
    return compareByItems(thread, left, right, op);
}

// --- arithmetic ----------------------------------------------------------------------------------

// deque.copy(): what the class of a subclass makes of it.
Value copyOf(Thread& thread, Value self) {
    Deque* const deque = dequeOf(self);
    Type* const type = self.asObject()->type;
    if (type == thread.vm->library().deque) {
        Ref copy(Value::of(newDeque(thread, type, deque->max_size)));
        return copy && dequeExtend(thread, copy.as<Deque>(), self) ? copy.release() : Value::null();
    }
    const Ref limit(makeInt(thread, deque->max_size));
    if (!limit) return Value::null();
    const Value args[] = {self, limit.get()};
    Ref copy(call(thread, Value::of(type), args, deque->max_size < 0 ? 1 : 2));
    if (!copy || isDeque(thread, copy.get())) return copy.release();
    return raise(thread, ExceptionKind::kTypeError, "{}() must return a deque, not {}",
                 typeName(type), typeName(typeOf(thread, copy.get())));
}

Value concatenate(Thread& thread, Value left, Value right) {
    if (!isDeque(thread, left) || !isDeque(thread, right)) {
        return thread.singletons->not_implemented;
    }
    Ref result(copyOf(thread, left));
    if (!result || !dequeExtend(thread, dequeOf(result.get()), right)) return Value::null();
    return result.release();
}

Value extendInPlace(Thread& thread, Value left, Value right) {
    return dequeExtend(thread, dequeOf(left), right) ? newRef(left) : Value::null();
}

// Repeats the items so many times. False + MemoryError.
bool repeatItems(Thread& thread, Deque* deque, int64_t times) {
    if (times <= 0) {
        dequeClear(thread, deque);
        return true;
    }
    if (deque->size == 0 || times == 1) return true;
    auto count = static_cast<uint64_t>(times);
    const uint64_t size = deque->size;
    const auto limit = static_cast<uint64_t>(deque->max_size);
    if (deque->max_size >= 0) count = std::min(count, (limit + size - 1) / size);
    if (count > PTRDIFF_MAX / sizeof(Value) / size) {
        raiseMemoryError(thread);
        return false;
    }
    const Ref items(Value::of(listFromIterable(thread, Value::of(deque))));
    if (!items) return false;
    const auto* list = items.as<List>();
    for (uint64_t k = 1; k < count; ++k) {
        for (uint64_t i = 0; i < list->size; ++i) {
            if (!dequeAppend(thread, deque, list->items[i])) return false;
        }
    }
    return true;
}

bool isCount(const Thread& thread, Value value) {
    return isInt(value) || typeOf(thread, value)->slots.index != nullptr;
}

Value repeatInPlace(Thread& thread, Value left, Value right) {
    if (!isCount(thread, right)) return thread.singletons->not_implemented;
    int64_t times = 0;
    if (!toRepeatCount(thread, right, &times)) return Value::null();
    return repeatItems(thread, dequeOf(left), times) ? newRef(left) : Value::null();
}

Value repeat(Thread& thread, Value left, Value right) {
    if (!isDeque(thread, left)) std::swap(left, right);
    if (!isCount(thread, right)) return thread.singletons->not_implemented;
    int64_t times = 0;
    if (!toRepeatCount(thread, right, &times)) return Value::null();
    Ref result(copyOf(thread, left));
    const bool done = result && repeatItems(thread, dequeOf(result.get()), times);
    return done ? result.release() : Value::null();
}

// --- repr ----------------------------------------------------------------------------------------

// "deque([1, 2], maxlen=3)", with the name of the class; "[...]" inside of itself.
Value reprDeque(Thread& thread, Value self) {
    const ReprScope repr_scope(self.asObject());
    if (!repr_scope.first()) return Value::of(makeStr(thread, "[...]"));
    const Ref list(Value::of(listFromIterable(thread, self)));
    const Ref items(list ? reprOf(thread, list.get()) : Value::null());
    if (!items) return Value::null();
    const std::string name = typeName(self.asObject()->type);
    StrBuilder out(thread);
    const Ref shown(Value::of(makeStr(thread, name.substr(name.rfind('.') + 1))));
    if (!shown) return Value::null();
    out.append(shown.as<Str>());
    out.appendAscii("(");
    out.append(items.as<Str>());
    const int64_t limit = dequeOf(self)->max_size;
    if (limit >= 0) out.appendAscii(fmt::format(", maxlen={}", limit));
    out.appendAscii(")");
    return Value::of(out.finish());
}

Value getMaxSize(Thread& thread, Value self) {
    const int64_t limit = dequeOf(self)->max_size;
    return limit < 0 ? thread.singletons->none : makeInt(thread, limit);
}

Value copyMethod(Thread& thread, Value self, const Value*, size_t) { return copyOf(thread, self); }

void setOperators(Type* type) {
    TypeSlots& slots = type->slots;
    constexpr auto kAdd = static_cast<size_t>(BinaryOp::kAdd);
    constexpr auto kMultiply = static_cast<size_t>(BinaryOp::kMultiply);
    slots.compare = compareDeques;
    slots.length = lengthOfDeque;
    slots.get_item = getDequeItem;
    slots.set_item = setDequeItem;
    slots.contains = dequeContains;
    slots.binary[kAdd] = concatenate;
    slots.binary[kMultiply] = repeat;
    slots.in_place[kAdd] = extendInPlace;
    slots.in_place[kMultiply] = repeatInPlace;
}

}  // namespace

void setUpDeque(Thread& thread, Type* type) {
    setNativeLayout(
        type, CellFamily::kOther, sizeof(Deque),
        kTypeAllowsSubclass | kTypeHasWeakrefs | kTypeConcatenates | kTypeMatchesSequence);
    type->slots.dealloc = deallocDeque;
    type->slots.traverse = traverseDeque;
    type->slots.clear = clearSlot;
    type->slots.construct = constructDeque;
    type->slots.init = initDeque;
    type->slots.repr = reprDeque;
    type->slots.iter = newDequeIterator;
    setOperators(type);
    addGetSet(thread, type, "maxlen", getMaxSize, nullptr);
    addMethod(thread, type, "copy", copyMethod, 0, 0);
    addMethod(thread, type, "__copy__", copyMethod, 0, 0);
    addDequeMethods(thread, type);
}

}  // namespace tagproof::collections
