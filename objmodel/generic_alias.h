#pragma once
// types.GenericAlias: `list[int]`, a class with what it is said to hold. It passes for its class in
// calls, attributes and as a base; only isinstance() refuses it.

#include "objmodel/native_function.h"
#include "objmodel/object.h"

namespace tagproof {

struct GenericAlias {
    Object head;
    Value origin;             // owned
    Value args;               // owned tuple
    Value parameters;         // owned tuple once asked for, else null
    bool is_starred = false;  // *tuple[int, ...]
};

[[nodiscard]] bool isGenericAlias(const Thread& thread, Value value);  // or of a subclass

// origin[args], where a tuple is several arguments. New reference, or null + MemoryError.
[[nodiscard]] Value newGenericAlias(Thread& thread, Value origin, Value args);

// Gives a built-in type that is being set up a __class_getitem__ that makes aliases.
void addClassGetItem(Thread& thread, Type* type);

void initGenericAliasType(Thread& thread);

}  // namespace tagproof
