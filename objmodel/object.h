#pragma once
// The object head and reference counting. Every heap object begins with an Object as its first
// member (`Object head;`), at the offsets of objmodel/layout.h. The count is 32-bit, always read
// and written 32-bit; bit 31 marks an immortal object, whose count never changes.

#include <cstdint>

#include "objmodel/layout.h"
#include "objmodel/managed_dict_slot.h"
#include "objmodel/value.h"

namespace tagproof {

struct Type;
struct WeakRef;

struct Object {
    uint32_t refcount = 0;  // references held; bit 31 = immortal
    uint32_t flags = 0;     // ObjectFlag bits
    Type* type = nullptr;   // owned reference for heap types
    WeakRef* weakrefs =
        nullptr;  // first weak reference to this object, not owned; free-list link when free
    ManagedDictSlot slot;  // attributes; stays empty for types without a managed dict
};
static_assert(sizeof(Object) == layout::kObjectPayload);

enum ObjectFlag : uint32_t {
    kFinalized = 1,  // __del__ has run
    kInRepr = 2,     // a container whose repr is under way
    kFrozen = 4,     // gc.freeze: the collector leaves it alone
};

[[nodiscard]] inline bool isImmortal(const Object* object) {
    return static_cast<int32_t>(object->refcount) < 0;
}

// Takes the last reference away and releases the object: runs __del__, weak reference callbacks and
// the type's dealloc. May run guest code: every invariant must hold before the call (I8).
void releaseObject(Object* object);

[[gnu::always_inline]] inline void incref(Object* object) {
    if (!isImmortal(object)) ++object->refcount;
}
[[gnu::always_inline]] inline void incref(Value value) {
    if (value.isObject()) incref(value.asObject());
}
[[gnu::always_inline]] inline void decref(Object* object) {
    if (isImmortal(object)) return;
    if (--object->refcount == 0) releaseObject(object);
}
[[gnu::always_inline]] inline void decref(Value value) {
    if (value.isObject()) decref(value.asObject());
}

// `value` with one more count: a new reference made from a borrowed one.
[[nodiscard, gnu::always_inline]] inline Value newRef(Value value) {
    incref(value);
    return value;
}
template <typename T>
[[nodiscard]] inline T* newRef(T* object) {
    incref(reinterpret_cast<Object*>(object));
    return object;
}

}  // namespace tagproof
