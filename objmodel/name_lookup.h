#pragma once
// Attributes by a name that a program gave, which may be of a subclass of str: such a name is
// looked up by its own __hash__ and __eq__, which run guest code.

#include "objmodel/heap.h"
#include "objmodel/str.h"

namespace tagproof {

struct Dict;

[[nodiscard]] inline bool isPlainName(const Thread& thread, const Str* name) {
    return name->head.type == thread.types->str;
}

// In a namespace. New reference; null with or without pending.
[[nodiscard]] Value getByName(Thread& thread, Dict* dict, Str* name);

// In the classes of the MRO. New reference; null = not found. Nothing is ever pending: a name that
// fails to be hashed or compared is not found, as in CPython.
[[nodiscard]] Value findByName(Thread& thread, Type* type, Str* name);

}  // namespace tagproof
