#include "objmodel/weakref.h"

#include <fmt/format.h>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

void link(WeakRef* reference, Object* object) {
    reference->referent = object;
    reference->previous = nullptr;
    reference->next = object->weakrefs;
    if (reference->next != nullptr) reference->next->previous = reference;
    object->weakrefs = reference;
}

void unlink(WeakRef* reference) {
    Object* const object = reference->referent;
    if (object == nullptr) return;
    if (reference->previous != nullptr) {
        reference->previous->next = reference->next;
    } else {
        object->weakrefs = reference->next;
    }
    if (reference->next != nullptr) reference->next->previous = reference->previous;
    reference->referent = nullptr;
    reference->next = nullptr;
    reference->previous = nullptr;
}

void deallocWeakRef(Thread& thread, Object* self) {
    auto* reference = reinterpret_cast<WeakRef*>(self);
    unlink(reference);
    const Value callback = std::exchange(reference->callback, Value::null());
    decref(callback);
    freeObject(thread, self);
}

void traverseWeakRef(Object* self, VisitFunction visit, void* context) {
    const auto* reference = reinterpret_cast<WeakRef*>(self);
    if (reference->callback) visit(reference->callback, context);
}

void clearWeakRef(Thread&, Object* self) {
    auto* reference = reinterpret_cast<WeakRef*>(self);
    unlink(reference);
    decref(std::exchange(reference->callback, Value::null()));
}

WeakRef* findShared(const Object* object, const Type* type) {
    for (WeakRef* reference = object->weakrefs; reference != nullptr; reference = reference->next) {
        if (reference->callback.isNull() && reference->head.type == type) return reference;
    }
    return nullptr;
}

Value makeReference(Thread& thread, Type* type, Value object, Value callback) {
    const bool possible = object.isObject() && hasFlag(object.asObject()->type, kTypeHasWeakrefs);
    if (!possible) {
        return raise(thread, ExceptionKind::kTypeError,
                     "cannot create weak reference to '{}' object",
                     typeName(typeOf(thread, object)));
    }
    if (callback == thread.singletons->none) callback = Value::null();
    if (callback.isNull() && !hasFlag(type, kTypeIsHeap)) {
        WeakRef* shared = findShared(object.asObject(), type);
        if (shared != nullptr) return Value::of(newRef(shared));
    }
    auto* reference = allocateObject<WeakRef>(thread, type);
    if (reference == nullptr) return Value::null();
    reference->hash = -1;
    reference->callback = newRef(callback);
    link(reference, object.asObject());
    return Value::of(reference);
}

Value constructWeakRef(Thread& thread, Value callee, const Value* args, size_t positional, Value) {
    if (!checkArgumentCount(thread, "__new__", positional, 1, 2)) return Value::null();
    const Value callback = positional > 1 ? args[1] : Value::null();
    return makeReference(thread, callee.as<Type>(), args[0], callback);
}

// A subclass may have keywords of its own: only this takes none.
int initWeakRef(Thread& thread, Value, const Value*, size_t positional, Value keyword_names) {
    return rejectKeywords(thread, "ref", keyword_names) &&
                   checkArgumentCount(thread, "__init__", positional, 1, 2)
               ? 0
               : -1;
}

Value callWeakRef(Thread& thread, Value callee, const Value*, size_t positional, Value keywords) {
    if (!rejectKeywords(thread, "weakref", keywords) ||
        !checkArgumentCount(thread, "weakref", positional, 0, 0)) {
        return Value::null();
    }
    const Value referent = weakRefGet(callee.as<WeakRef>());
    return referent ? referent : thread.singletons->none;
}

int64_t hashWeakRef(Thread& thread, Value self) {
    auto* reference = self.as<WeakRef>();
    if (reference->hash != -1) return reference->hash;
    const Ref referent(weakRefGet(reference));
    if (!referent) {
        raise(thread, ExceptionKind::kTypeError, "weak object has gone away");
        return -1;
    }
    reference->hash = hashOf(thread, referent.get());
    return reference->hash;
}

Value compareWeakRef(Thread& thread, Value left, Value right, CompareOp op) {
    const bool equality = op == CompareOp::kEq || op == CompareOp::kNe;
    if (!equality || !isInstanceOf(thread, left, thread.types->weakref) ||
        !isInstanceOf(thread, right, thread.types->weakref)) {
        return thread.singletons->not_implemented;
    }
    const Ref left_object(weakRefGet(left.as<WeakRef>()));
    const Ref right_object(weakRefGet(right.as<WeakRef>()));
    if (!left_object || !right_object) {
        return boolValue(thread, (left == right) == (op == CompareOp::kEq));
    }
    return richCompare(thread, left_object.get(), right_object.get(), op);
}

Value reprWeakRef(Thread& thread, Value self) {
    const Ref referent(weakRefGet(self.as<WeakRef>()));
    if (!referent) {
        return Value::of(makeStr(thread, fmt::format("<weakref at {:#x}; dead>", self.bits)));
    }
    const Ref name(getAttrOrNull(thread, referent.get(), thread.singletons->names.name));
    if (!name && hasPending(thread)) return Value::null();
    const bool named = name && isStr(name.get());
    return Value::of(
        makeStr(thread, fmt::format("<weakref at {:#x}; to '{}' at {:#x}{}>", self.bits,
                                    typeName(typeOf(thread, referent.get())), referent.get().bits,
                                    named ? " (" + toUtf8(name.as<Str>()) + ")" : "")));
}

Value getCallback(Thread& thread, Value self) {
    const Value callback = self.as<WeakRef>()->callback;
    return callback ? newRef(callback) : thread.singletons->none;
}

}  // namespace

Value newWeakRefOfType(Thread& thread, Type* type, Value object, Value callback) {
    return makeReference(thread, type, object, callback);
}

Value newWeakRef(Thread& thread, Value object, Value callback) {
    return makeReference(thread, thread.types->weakref, object, callback);
}

Value weakRefGet(WeakRef* reference) {
    if (reference->referent == nullptr || reference->referent->refcount == 0) return Value::null();
    return Value::of(newRef(reference->referent));
}

void detachWeakRefs(Object* object, std::vector<Value>* waiting) {
    while (object->weakrefs != nullptr) {
        WeakRef* const reference = object->weakrefs;
        unlink(reference);
        const bool alive = reference->head.refcount != 0;
        if (reference->callback && alive) waiting->push_back(newRef(Value::of(reference)));
    }
}

void runWeakRefCallback(Thread& thread, WeakRef* reference) {
    const Ref callback(std::exchange(reference->callback, Value::null()));
    if (!callback) return;
    const Ref result(call(thread, callback.get(), {Value::of(reference)}));
    if (!result) reportUnraisable(thread, callback.get());
}

// All references are dead before the first callback runs: none of them can reach the object.
void clearWeakRefs(Thread& thread, Object* object) {
    std::vector<Value> waiting;
    detachWeakRefs(object, &waiting);
    if (waiting.empty()) return;
    const Value pending = takePending(thread);
    for (const Value reference : waiting) {
        runWeakRefCallback(thread, reference.as<WeakRef>());
        decref(reference);
    }
    restorePending(thread, pending);
}

size_t weakRefCount(const Object* object) {
    size_t count = 0;
    for (const WeakRef* it = object->weakrefs; it != nullptr; it = it->next) ++count;
    return count;
}

void setWeakRefLayout(Type* type, uint32_t flags) {
    setNativeLayout(type, CellFamily::kOther, sizeof(WeakRef), flags);
    type->slots.dealloc = deallocWeakRef;
    type->slots.traverse = traverseWeakRef;
    type->slots.clear = clearWeakRef;
}

void initWeakRefType(Thread& thread) {
    Type* const type = thread.types->weakref;
    setWeakRefLayout(type, kTypeAllowsSubclass);
    type->slots.construct = constructWeakRef;
    type->slots.init = initWeakRef;
    type->slots.call = callWeakRef;
    type->slots.hash = hashWeakRef;
    type->slots.compare = compareWeakRef;
    type->slots.repr = reprWeakRef;
    addGetSet(thread, type, "__callback__", getCallback, nullptr);
    addClassGetItem(thread, type);
}

}  // namespace tagproof
