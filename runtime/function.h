#pragma once
// Functions made by `def` and lambda, and bound methods.

#include "objmodel/object.h"
#include "runtime/code.h"

namespace tagproof {

struct Dict;
struct Str;
struct Thread;
struct Tuple;
struct Type;

struct Function {
    Object head;
    Code* code = nullptr;        // +0x20, owned
    Dict* globals = nullptr;     // owned
    Dict* builtins = nullptr;    // owned
    Tuple* defaults = nullptr;   // of the last positional parameters; owned, or null
    Dict* kwdefaults = nullptr;  // of keyword-only parameters; owned, or null
    Tuple* closure = nullptr;    // cells of the free variables; owned, or null
    Value name;                  // str, owned
    Value qualified_name;        // str, owned
    Value doc;                   // owned, None without docstring
    Value annotations;           // dict, owned, or null until asked for
    Value module;                // owned: globals["__name__"] at creation, or None
    uint32_t version = 0;        // raised when code, defaults or kwdefaults are replaced
    uint32_t reserved = 0;
};

struct BoundMethod {
    Object head;
    Value function;  // +0x20: any callable, owned
    Value self;      // +0x28: owned
};

// New reference, or null + MemoryError. Borrows all arguments; `closure` may be null.
[[nodiscard]] Value newFunction(
    Thread& thread, Code* code, Dict* globals, Value qualified_name, Tuple* closure);
[[nodiscard]] Value newBoundMethod(Thread& thread, Value function, Value self);

[[nodiscard]] bool isFunction(const Thread& thread, Value value);
[[nodiscard]] bool isBoundMethod(const Thread& thread, Value value);

// Fills the slots and attributes of the function and method types.
[[nodiscard]] bool initFunctionTypes(Thread& thread);
[[nodiscard]] bool initMethodType(Thread& thread);

}  // namespace tagproof
