#pragma once
// Calls of any callable, and the binding of arguments to parameters.
//
// Vectorcall convention: `args` holds `positional` values, followed by one value per name in
// `keyword_names` (null or a Tuple of Str). All borrowed. Result: new reference, or null + pending.

#include <cstddef>
#include <initializer_list>

#include "objmodel/value.h"

namespace tagproof {

struct Dict;
struct Function;
struct Str;
struct Thread;
struct Tuple;

// call() of objmodel/protocol.h takes any callable; this is the same with the arguments spelt out.
[[nodiscard]] Value callWith(Thread& thread, Value callable, std::initializer_list<Value> args);

// callable(*args, **kwargs). `args` a Tuple; `kwargs` null or a Dict with str keys.
[[nodiscard]] Value callExpanded(Thread& thread, Value callable, Tuple* args, Dict* kwargs);

// Binds arguments to the parameters of `function` as CPython does, TypeErrors with its wording.
// Writes new references (or null for none) to slots[0 .. parameters), *args and **kwargs included;
// on failure false + pending, and the slots are null.
[[nodiscard]] bool bindArguments(Thread& thread,
                                 Function* function,
                                 const Value* args,
                                 size_t positional,
                                 Value keyword_names,
                                 Value* slots);

// How an error message names a callable: "f()" or "module.f()"... New reference to a str.
[[nodiscard]] Value callableName(Thread& thread, Value callable);

// True when a call with `count` positional arguments needs no binding but copying.
[[nodiscard]] bool takesExactly(const Function* function, size_t count);

}  // namespace tagproof
