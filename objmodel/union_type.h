#pragma once
// types.UnionType: `int | None`, what isinstance() takes for a tuple of classes.

#include "objmodel/object.h"

namespace tagproof {

struct Thread;

struct UnionType {
    Object head;
    Value args;        // owned tuple of two or more, flat, each once; NoneType for None
    Value parameters;  // owned tuple once asked for, else null
};

[[nodiscard]] bool isUnion(const Thread& thread, Value value);

// The slot of | between classes, aliases, unions and None: a union, or the one class that is left
// of it. NotImplemented for other operands.
[[nodiscard]] Value uniteTypes(Thread& thread, Value left, Value right);

void initUnionType(Thread& thread);

}  // namespace tagproof
