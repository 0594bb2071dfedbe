// set_iterator: walks the table, and notices when the number of elements changes.

#include <utility>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/iterators.h"
#include "objmodel/native_function.h"
#include "objmodel/set_operations.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

struct SetIterator {
    Object head;
    Value set;               // owned; null when exhausted
    uint64_t expected_used;  // elements at the start; UINT64_MAX after a change was reported
    uint64_t position;       // in the table
    uint64_t remaining;      // elements to come
};

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
    const auto* set = iterator->set.as<Set>();
    if (set->used != iterator->expected_used) {
        iterator->expected_used = UINT64_MAX;
        return raise(thread, ExceptionKind::kRuntimeError, "Set changed size during iteration");
    }
    SetEntry entry;
    if (!setNext(set, &iterator->position, &entry)) {
        decref(std::exchange(iterator->set, Value::null()));
        return Value::null();
    }
    --iterator->remaining;
    return newRef(entry.key);
}

Value hintOfSet(Thread&, Value self, const Value*, size_t) {
    const auto* iterator = self.as<SetIterator>();
    const bool valid =
        !iterator->set.isNull() && iterator->set.as<Set>()->used == iterator->expected_used;
    return Value::fixnum(valid ? static_cast<int64_t>(iterator->remaining) : 0);
}

}  // namespace

Value newSetIterator(Thread& thread, Value set) {
    auto* iterator = allocateObject<SetIterator>(thread, thread.types->set_iterator);
    if (iterator == nullptr) return Value::null();
    iterator->set = newRef(set);
    iterator->expected_used = set.as<Set>()->used;
    iterator->remaining = set.as<Set>()->used;
    return Value::of(iterator);
}

void initSetIteratorType(Thread& thread) {
    Type* type = thread.types->set_iterator;
    setNativeLayout(type, CellFamily::kOther, sizeof(SetIterator), 0);
    type->slots.dealloc = deallocSetIterator;
    type->slots.traverse = traverseSetIterator;
    type->slots.iter = iterItself;
    type->slots.next = nextOfSet;
    addMethod(thread, type, "__length_hint__", hintOfSet, 0, 0);
}

}  // namespace tagproof
