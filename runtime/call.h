#pragma once
// Calls with expanded arguments, and the binding of arguments to parameters. Calls of any callable:
// objmodel/call.h.
//
// Vectorcall convention: `args` holds `positional` values, followed by one value per name in
// `keyword_names` (null or a Tuple of Str). All borrowed. Result: new reference, or null + pending.

#include <cstddef>

#include "objmodel/value.h"

namespace tagproof {

struct Code;
struct Dict;
struct Function;
struct Str;
struct Thread;
struct Tuple;

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

// Calls a function whose code has a compiled entry, binding arguments where needed.
[[nodiscard]] Value callBound(
    Thread& thread, Function* function, const Value* args, size_t positional, Value keyword_names);

// Parameters that take part in binding: positional, keyword-only, *args, **kwargs. A compiled entry
// takes so many arguments.
[[nodiscard]] size_t parameterCount(const Code* code);

// The tuple of callable(*iterable). New reference, or null + pending.
[[nodiscard]] Value argumentsFromIterable(Thread& thread, Value callable, Value iterable);

}  // namespace tagproof
