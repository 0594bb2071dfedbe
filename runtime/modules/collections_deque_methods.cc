// The methods and the iterators of collections.deque.

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/native_function.h"
#include "objmodel/owned_values.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/sequence.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/modules/collections.h"
#include "runtime/modules/library_state.h"
#include "runtime/vm.h"

namespace tagproof::collections {

namespace {

Deque* dequeOf(Value self) { return self.as<Deque>(); }

Value noneIf(const Thread& thread, bool done) {
    return done ? thread.singletons->none : Value::null();
}

// --- methods -------------------------------------------------------------------------------------

Value append(Thread& thread, Value self, const Value* args, size_t) {
    return noneIf(thread, dequeAppend(thread, dequeOf(self), args[0]));
}
Value appendLeft(Thread& thread, Value self, const Value* args, size_t) {
    return noneIf(thread, dequeAppendLeft(thread, dequeOf(self), args[0]));
}
Value extend(Thread& thread, Value self, const Value* args, size_t) {
    return noneIf(thread, dequeExtend(thread, dequeOf(self), args[0]));
}
Value extendLeft(Thread& thread, Value self, const Value* args, size_t) {
    return noneIf(thread, dequeExtendLeft(thread, dequeOf(self), args[0]));
}

template <Value (*Take)(Deque*)>
Value popBy(Thread& thread, Value self, const Value*, size_t) {
    if (dequeOf(self)->size != 0) return Take(dequeOf(self));
    return raise(thread, ExceptionKind::kIndexError, "pop from an empty deque");
}

Value clear(Thread& thread, Value self, const Value*, size_t) {
    dequeClear(thread, dequeOf(self));
    return thread.singletons->none;
}

Value reverse(Thread& thread, Value self, const Value*, size_t) {
    dequeReverse(dequeOf(self));
    return thread.singletons->none;
}

Value rotate(Thread& thread, Value self, const Value* args, size_t count) {
    int64_t steps = 1;
    if (!checkArgumentCount(thread, "deque.rotate", count, 0, 1) ||
        (count != 0 && !toSsize(thread, args[0], &steps))) {
        return Value::null();
    }
    dequeRotate(dequeOf(self), steps);
    return thread.singletons->none;
}

Value insert(Thread& thread, Value self, const Value* args, size_t count) {
    int64_t index = 0;
    if (count != 2) {
        return raise(thread, ExceptionKind::kTypeError,
                     "insert() takes exactly 2 arguments ({} given)", count);
    }
    if (!toSsize(thread, args[0], &index)) return Value::null();
    Deque* const deque = dequeOf(self);
    const auto size = static_cast<int64_t>(deque->size);
    if (deque->max_size == size) {
        return raise(thread, ExceptionKind::kIndexError, "deque already at its maximum size");
    }
    if (index < 0) index = index < -size ? 0 : index + size;
    if (index > size) index = size;
    return noneIf(thread, dequeInsert(thread, deque, static_cast<uint64_t>(index), args[1]));
}

Value raiseNotIn(Thread& thread, Value item) {
    const Ref text(reprOf(thread, item));
    if (!text) return Value::null();
    return raise(thread, ExceptionKind::kValueError, "{} is not in deque", toUtf8(text.as<Str>()));
}

Value remove(Thread& thread, Value self, const Value* args, size_t) {
    Deque* const deque = dequeOf(self);
    const uint64_t changes = deque->changes;
    for (uint64_t k = 0; k < deque->size; ++k) {
        const Ref item = Ref::borrow(deque->at(k));
        const int equal = compareBool(thread, item.get(), args[0], CompareOp::kEq);
        if (equal < 0) return Value::null();
        if (deque->changes != changes) return raiseMutated(thread, ExceptionKind::kIndexError);
        if (equal == 0) continue;
        decref(dequeTakeAt(deque, k));
        return thread.singletons->none;
    }
    return raiseNotIn(thread, args[0]);
}

Value index(Thread& thread, Value self, const Value* args, size_t count) {
    if (count < 1 || count > 3) {
        return raise(thread, ExceptionKind::kTypeError,
                     "index() takes at {} {} argument{} ({} given)", count < 1 ? "least" : "most",
                     count < 1 ? 1 : 3, count < 1 ? "" : "s", count);
    }
    Deque* const deque = dequeOf(self);
    uint64_t start = 0;
    uint64_t stop = deque->size;
    if (count > 1 && !readIndexBounds(thread, args + 1, count - 1, deque->size, &start, &stop)) {
        return Value::null();
    }
    const uint64_t changes = deque->changes;
    for (uint64_t k = start; k < stop && k < deque->size; ++k) {
        const Ref item = Ref::borrow(deque->at(k));
        const int equal = compareBool(thread, item.get(), args[0], CompareOp::kEq);
        if (equal > 0) return makeInt(thread, static_cast<int64_t>(k));
        if (equal < 0) return Value::null();
        if (deque->changes != changes) return raiseMutated(thread, ExceptionKind::kRuntimeError);
    }
    return raiseNotIn(thread, args[0]);
}

Value countOf(Thread& thread, Value self, const Value* args, size_t) {
    Deque* const deque = dequeOf(self);
    const uint64_t changes = deque->changes;
    int64_t found = 0;
    for (uint64_t k = 0; k < deque->size; ++k) {
        const Ref item = Ref::borrow(deque->at(k));
        const int equal = compareBool(thread, item.get(), args[0], CompareOp::kEq);
        if (equal < 0) return Value::null();
        found += equal;
        if (deque->changes != changes) return raiseMutated(thread, ExceptionKind::kRuntimeError);
    }
    return makeInt(thread, found);
}

// (type, arguments, state, iterator)
Value reduce(Thread& thread, Value self, const Value*, size_t) {
    const Ref method(getAttrOrNull(thread, self, thread.singletons->names.get_state));
    if (!method && hasPending(thread)) return Value::null();
    const Ref state(method ? call(thread, method.get(), nullptr, 0) : thread.singletons->none);
    const Ref iterator(state ? getIter(thread, self) : Value::null());
    const int64_t limit = dequeOf(self)->max_size;
    const Ref number(makeInt(thread, limit));
    const Ref empty(Value::of(makeEmptyTuple(thread)));
    if (!iterator || !number || !empty) return Value::null();
    const Value words[] = {empty.get(), number.get()};
    const Ref arguments(Value::of(makeTuple(thread, words, limit < 0 ? 0 : 2)));
    if (!arguments) return Value::null();
    const Value parts[] = {Value::of(self.asObject()->type), arguments.get(), state.get(),
                           iterator.get()};
    return Value::of(makeTuple(thread, parts, std::size(parts)));
}

Value reversedMethod(Thread& thread, Value self, const Value*, size_t) {
    return newDequeReverseIterator(thread, self);
}

// --- iterators -----------------------------------------------------------------------------------

struct DequeIterator {
    Object head;
    Value deque;       // owned
    uint64_t index;    // of the next item, from the end that it starts at
    uint64_t left;     // items to come
    uint64_t changes;  // of the deque, when this was made
};

Value newIterator(Thread& thread, Type* type, Value deque) {
    auto* iterator = allocateObject<DequeIterator>(thread, type);
    if (iterator == nullptr) return Value::null();
    iterator->deque = newRef(deque);
    iterator->left = dequeOf(deque)->size;
    iterator->changes = dequeOf(deque)->changes;
    return Value::of(iterator);
}

// Type(deque, start=0)
Value constructIterator(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    auto* const type = callee.as<Type>();
    const std::string name = typeName(type);
    if (!rejectKeywords(thread, name, keyword_names) ||
        !checkArgumentCount(thread, name, positional, 1, 2)) {
        return Value::null();
    }
    if (!isDeque(thread, args[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "argument 1 must be collections.deque, not {}",
                     typeName(typeOf(thread, args[0])));
    }
    int64_t start = 0;
    if (positional > 1 && !toSsize(thread, args[1], &start)) return Value::null();
    Ref iterator(newIterator(thread, type, args[0]));
    if (!iterator || start <= 0) return iterator.release();
    auto* const words = iterator.as<DequeIterator>();
    words->index = std::min(static_cast<uint64_t>(start), words->left);
    words->left -= words->index;
    return iterator.release();
}

template <bool Backwards>
Value nextOfDeque(Thread& thread, Value self) {
    auto* iterator = self.as<DequeIterator>();
    if (iterator->deque.isNull()) return Value::null();
    Deque* const deque = dequeOf(iterator->deque);
    if (deque->changes != iterator->changes) {
        iterator->left = 0;
        return raiseMutated(thread, ExceptionKind::kRuntimeError);
    }
    if (iterator->left == 0) return Value::null();
    --iterator->left;
    const uint64_t place = iterator->index++;
    return newRef(deque->at(Backwards ? deque->size - 1 - place : place));
}

Value hintOfIterator(Thread& thread, Value self, const Value*, size_t) {
    return makeInt(thread, static_cast<int64_t>(self.as<DequeIterator>()->left));
}

// (type, (deque, items passed))
Value reduceIterator(Thread& thread, Value self, const Value*, size_t) {
    const auto* iterator = self.as<DequeIterator>();
    const Ref passed(
        makeInt(thread, static_cast<int64_t>(dequeOf(iterator->deque)->size - iterator->left)));
    const Ref arguments(passed ? Value::of(makeTuple(thread, iterator->deque, passed.get()))
                               : Value::null());
    if (!arguments) return Value::null();
    return Value::of(makeTuple(thread, Value::of(self.asObject()->type), arguments.get()));
}

void setUpIterator(Thread& thread, Type* type, UnaryFunction next) {
    setNativeLayout(type, CellFamily::kOther, sizeof(DequeIterator), 0);
    OwnedValues<DequeIterator, &DequeIterator::deque>::setSlots(type);
    type->slots.construct = constructIterator;
    type->slots.iter = iterItself;
    type->slots.next = next;
    addMethod(thread, type, "__length_hint__", hintOfIterator, 0, 0);
    addMethod(thread, type, "__reduce__", reduceIterator, 0, 0);
}

}  // namespace

Value newDequeIterator(Thread& thread, Value deque) {
    return newIterator(thread, thread.vm->library().deque_iterator, deque);
}

Value newDequeReverseIterator(Thread& thread, Value deque) {
    return newIterator(thread, thread.vm->library().deque_reverse_iterator, deque);
}

void setUpDequeIterator(Thread& thread, Type* type) {
    setUpIterator(thread, type, nextOfDeque<false>);
}

void setUpDequeReverseIterator(Thread& thread, Type* type) {
    setUpIterator(thread, type, nextOfDeque<true>);
}

void addDequeMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "append", append, 1, 1);
    addMethod(thread, type, "appendleft", appendLeft, 1, 1);
    addMethod(thread, type, "extend", extend, 1, 1);
    addMethod(thread, type, "extendleft", extendLeft, 1, 1);
    addMethod(thread, type, "pop", popBy<dequePop>, 0, 0);
    addMethod(thread, type, "popleft", popBy<dequePopLeft>, 0, 0);
    addMethod(thread, type, "clear", clear, 0, 0);
    addMethod(thread, type, "reverse", reverse, 0, 0);
    addMethod(thread, type, "rotate", rotate, 0, kAnyCount);
    addMethod(thread, type, "insert", insert, 0, kAnyCount);
    addMethod(thread, type, "remove", remove, 1, 1);
    addMethod(thread, type, "index", index, 0, kAnyCount);
    addMethod(thread, type, "count", countOf, 1, 1);
    addMethod(thread, type, "__reduce__", reduce, 0, 0);
    addMethod(thread, type, "__reversed__", reversedMethod, 0, 0);
    addClassGetItem(thread, type);
}

}  // namespace tagproof::collections
