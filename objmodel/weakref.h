#pragma once
// Weak references. All references to an object form a list that starts in its head; the first one
// without a callback is shared. They are cleared when the object is released, then callbacks run.

#include <vector>

#include "objmodel/object.h"

namespace tagproof {

struct Thread;
struct Type;

struct WeakRef {
    Object head;
    Object* referent = nullptr;  // not owned; null when dead
    Value callback;              // owned, or null
    WeakRef* next = nullptr;     // in the referent's list, not owned
    WeakRef* previous = nullptr;
    int64_t hash = -1;  // of the referent, once asked for; -1 = not known
};

// `weakref.ref(object, callback)`; callback may be null. New reference, or null + TypeError
// "cannot create weak reference to 'int' object".
[[nodiscard]] Value newWeakRef(Thread& thread, Value object, Value callback);
// The referent (new reference), or null when dead.
[[nodiscard]] Value weakRefGet(WeakRef* reference);
// Clears all references to a dying object and runs their callbacks.
void clearWeakRefs(Thread& thread, Object* object);
// The parts of it. Clears all references; those that live and have a callback are appended to
// `waiting` (new references).
void detachWeakRefs(Object* object, std::vector<Value>* waiting);
// Runs and drops the callback. Errors are reported.
void runWeakRefCallback(Thread& thread, WeakRef* reference);
[[nodiscard]] size_t weakRefCount(const Object* object);

// The same for types whose instances are WeakRefs too (proxies): shared, cleared and called back
// alike.
[[nodiscard]] Value newWeakRefOfType(Thread& thread, Type* type, Value object, Value callback);
void setWeakRefLayout(Type* type, uint32_t flags);

void initWeakRefType(Thread& thread);

}  // namespace tagproof
