#pragma once
// Descriptors of the object model: property, classmethod, staticmethod, the members made by
// __slots__ and the computed attributes of built-in types.

#include <cstdint>

#include "objmodel/native_function.h"
#include "objmodel/object.h"

namespace tagproof {

struct Property {
    Object head;
    Value getter;   // owned, or null
    Value setter;   // owned, or null
    Value deleter;  // owned, or null
    Value doc;      // owned, or null
    Value name;     // owned str set by __set_name__, or null
    bool doc_from_getter = false;
};

// classmethod and staticmethod alike; user subclasses keep attributes in the slot.
struct MethodWrapperObject {
    Object head;
    Value callable;  // owned
};

// A word of the instance: __slots__ names and writable attributes of built-in types.
struct MemberDescriptor {
    Object head;
    Type* owner = nullptr;  // borrowed: owns this descriptor, or is built-in
    Str* name = nullptr;    // owned
    uint32_t offset = 0;    // of the value word in the instance
    bool read_only = false;
    bool none_if_empty = false;  // an empty word reads as None
};

struct GetSetDescriptor {
    Object head;
    Type* owner = nullptr;  // borrowed
    Str* name = nullptr;    // owned
    NativeGetter get = nullptr;
    NativeSetter set = nullptr;  // null = read-only
};

// New references, or null + MemoryError.
[[nodiscard]] Value newStaticMethod(Thread& thread, Value callable);
[[nodiscard]] Value newClassMethod(Thread& thread, Value callable);
[[nodiscard]] Value newMember(
    Thread& thread, Type* owner, Str* name, uint32_t offset, bool read_only, bool none_if_empty);
[[nodiscard]] Value newGetSet(
    Thread& thread, Type* owner, Str* name, NativeGetter get, NativeSetter set);

// `__dict__` for the instances of a type with kTypeHasManagedDict, `__weakref__` for one with
// kTypeHasWeakrefs. Classes made by programs get them by themselves. False + MemoryError.
[[nodiscard]] bool addManagedDictAttribute(Thread& thread, Type* type);
[[nodiscard]] bool addWeakrefAttribute(Thread& thread, Type* type);

void initDescriptorTypes(Thread& thread);
void initPropertyType(Thread& thread);

}  // namespace tagproof
