// Iterators over sequences by position.

#include "objmodel/iterators.h"

#include <algorithm>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/bytes.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

struct CallableIterator {
    Object head;
    Value callable;  // owned; null when exhausted
    Value sentinel;  // owned; the result that ends the iteration
};

Value newIterator(Thread& thread, Type* type, Value sequence, int64_t index) {
    auto* iterator = allocateObject<SequenceIterator>(thread, type);
    if (iterator == nullptr) return Value::null();
    iterator->sequence = newRef(sequence);
    iterator->index = index;
    return Value::of(iterator);
}

void deallocIterator(Thread& thread, Object* self) {
    decref(reinterpret_cast<SequenceIterator*>(self)->sequence);
    freeObject(thread, self);
}

void traverseIterator(Object* self, VisitFunction visit, void* context) {
    const Value sequence = reinterpret_cast<SequenceIterator*>(self)->sequence;
    if (!sequence.isNull()) visit(sequence, context);
}

// Ends the iteration: the sequence is let go, so that it cannot grow back.
Value exhaust(SequenceIterator* iterator) {
    decref(std::exchange(iterator->sequence, Value::null()));
    return Value::null();
}

Value nextOfList(Thread&, Value self) {
    auto* iterator = self.as<SequenceIterator>();
    if (iterator->sequence.isNull()) return Value::null();
    const auto* list = iterator->sequence.as<List>();
    if (static_cast<uint64_t>(iterator->index) >= list->size) return exhaust(iterator);
    return newRef(list->items[iterator->index++]);
}

Value nextOfReversedList(Thread&, Value self) {
    auto* iterator = self.as<SequenceIterator>();
    if (iterator->sequence.isNull()) return Value::null();
    const auto* list = iterator->sequence.as<List>();
    const int64_t index = iterator->index;
    if (index < 0 || static_cast<uint64_t>(index) >= list->size) return exhaust(iterator);
    --iterator->index;
    return newRef(list->items[index]);
}

Value nextOfTuple(Thread&, Value self) {
    auto* iterator = self.as<SequenceIterator>();
    if (iterator->sequence.isNull()) return Value::null();
    auto* tuple = iterator->sequence.as<Tuple>();
    if (static_cast<uint64_t>(iterator->index) >= tuple->size) return exhaust(iterator);
    return newRef(tuple->items()[iterator->index++]);
}

Value nextOfStr(Thread& thread, Value self) {
    auto* iterator = self.as<SequenceIterator>();
    if (iterator->sequence.isNull()) return Value::null();
    const auto* text = iterator->sequence.as<Str>();
    if (static_cast<uint64_t>(iterator->index) >= text->length) return exhaust(iterator);
    return Value::of(makeCharStr(thread, text->at(static_cast<uint64_t>(iterator->index++))));
}

Value nextOfBytes(Thread&, Value self) {
    auto* iterator = self.as<SequenceIterator>();
    if (iterator->sequence.isNull()) return Value::null();
    const auto* bytes = iterator->sequence.as<Bytes>();
    if (static_cast<uint64_t>(iterator->index) >= bytes->length) return exhaust(iterator);
    return Value::fixnum(bytes->data()[iterator->index++]);
}

Value nextOfAny(Thread& thread, Value self) {
    auto* iterator = self.as<SequenceIterator>();
    if (iterator->sequence.isNull()) return Value::null();
    Ref sequence = Ref::borrow(iterator->sequence);
    const Value item = getItem(thread, sequence.get(), makeInt(thread, iterator->index));
    if (!item.isNull()) {
        ++iterator->index;
        return item;
    }
    if (pendingMatches(thread, ExceptionKind::kIndexError) ||
        pendingMatches(thread, ExceptionKind::kStopIteration)) {
        clearPending(thread);
        exhaust(iterator);
    }
    return Value::null();
}

// --- __length_hint__ -----------------------------------------------------------------------------

Value hintForward(Thread& thread, Value self, const Value*, size_t) {
    const auto* iterator = self.as<SequenceIterator>();
    if (iterator->sequence.isNull()) return Value::fixnum(0);
    const Type* type = typeOf(thread, iterator->sequence);
    if (type->slots.length == nullptr) return newRef(thread.singletons->not_implemented);
    const int64_t length = lengthOf(thread, iterator->sequence);
    if (length < 0) return Value::null();
    return Value::fixnum(std::max<int64_t>(length - iterator->index, 0));
}

Value hintBackward(Thread&, Value self, const Value*, size_t) {
    const auto* iterator = self.as<SequenceIterator>();
    if (iterator->sequence.isNull()) return Value::fixnum(0);
    const auto size = static_cast<int64_t>(iterator->sequence.as<List>()->size);
    const int64_t left = iterator->index + 1;
    return Value::fixnum(left > size ? 0 : left);
}

// --- iter(callable, sentinel) --------------------------------------------------------------------

void deallocCallableIterator(Thread& thread, Object* self) {
    auto* iterator = reinterpret_cast<CallableIterator*>(self);
    decref(iterator->callable);
    decref(iterator->sentinel);
    freeObject(thread, self);
}

void traverseCallableIterator(Object* self, VisitFunction visit, void* context) {
    const auto* iterator = reinterpret_cast<CallableIterator*>(self);
    if (!iterator->callable.isNull()) visit(iterator->callable, context);
    visit(iterator->sentinel, context);
}

Value nextOfCallable(Thread& thread, Value self) {
    auto* iterator = self.as<CallableIterator>();
    if (iterator->callable.isNull()) return Value::null();
    Ref callable = Ref::borrow(iterator->callable);
    Ref result(call(thread, callable.get(), nullptr, 0));
    int end = 0;
    if (!result) {
        if (!pendingMatches(thread, ExceptionKind::kStopIteration)) return Value::null();
        clearPending(thread);
        end = 1;
    } else {
        end = compareBool(thread, iterator->sentinel, result.get(), CompareOp::kEq);
    }
    if (end == 0) return result.release();
    if (end > 0) decref(std::exchange(iterator->callable, Value::null()));
    return Value::null();
}

void setUpIterator(Thread& thread, Type* type, UnaryFunction next, NativeCode hint) {
    setNativeLayout(type, CellFamily::kOther, sizeof(SequenceIterator), 0);
    type->slots.dealloc = deallocIterator;
    type->slots.traverse = traverseIterator;
    type->slots.iter = iterItself;
    type->slots.next = next;
    addMethod(thread, type, "__length_hint__", hint, 0, 0);
}

}  // namespace

Value iterItself(Thread&, Value self) { return newRef(self); }

Value newStrIterator(Thread& thread, Value text) {
    return newIterator(thread, thread.types->str_iterator, text, 0);
}
Value newBytesIterator(Thread& thread, Value bytes) {
    return newIterator(thread, thread.types->bytes_iterator, bytes, 0);
}
Value newListIterator(Thread& thread, Value list) {
    return newIterator(thread, thread.types->list_iterator, list, 0);
}
Value newListReverseIterator(Thread& thread, Value list) {
    const auto last = static_cast<int64_t>(list.as<List>()->size) - 1;
    return newIterator(thread, thread.types->list_reverse_iterator, list, last);
}
Value newTupleIterator(Thread& thread, Value tuple) {
    return newIterator(thread, thread.types->tuple_iterator, tuple, 0);
}
Value newSequenceIterator(Thread& thread, Value sequence) {
    return newIterator(thread, thread.types->iterator, sequence, 0);
}

Value newCallableIterator(Thread& thread, Value callable, Value sentinel) {
    auto* iterator = allocateObject<CallableIterator>(thread, thread.types->callable_iterator);
    if (iterator == nullptr) return Value::null();
    iterator->callable = newRef(callable);
    iterator->sentinel = newRef(sentinel);
    return Value::of(iterator);
}

void initSequenceIteratorTypes(Thread& thread) {
    const CoreTypes& types = *thread.types;
    setUpIterator(thread, types.str_iterator, nextOfStr, hintForward);
    setUpIterator(thread, types.bytes_iterator, nextOfBytes, hintForward);
    setUpIterator(thread, types.list_iterator, nextOfList, hintForward);
    setUpIterator(thread, types.list_reverse_iterator, nextOfReversedList, hintBackward);
    setUpIterator(thread, types.tuple_iterator, nextOfTuple, hintForward);
    setUpIterator(thread, types.iterator, nextOfAny, hintForward);
    Type* callable = types.callable_iterator;
    setNativeLayout(callable, CellFamily::kOther, sizeof(CallableIterator), 0);
    callable->slots.dealloc = deallocCallableIterator;
    callable->slots.traverse = traverseCallableIterator;
    callable->slots.iter = iterItself;
    callable->slots.next = nextOfCallable;
}

}  // namespace tagproof
