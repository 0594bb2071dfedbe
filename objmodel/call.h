#pragma once
// More ways to call any callable from C++ code; `call` itself is in objmodel/protocol.h.

#include <cstddef>
#include <initializer_list>

#include "objmodel/protocol.h"

namespace tagproof {

[[nodiscard]] inline Value call(Thread& thread, Value callee, std::initializer_list<Value> args) {
    return call(thread, callee, args.begin(), args.size());
}

// `callee(first, args..., **keywords)`. New reference, or null + pending.
[[nodiscard]] Value callPrepended(Thread& thread,
                                  Value callee,
                                  Value first,
                                  const Value* args,
                                  size_t positional,
                                  Value keyword_names = Value::null());

// Number of keyword arguments that `keyword_names` (null or a Tuple) stands for.
[[nodiscard]] size_t keywordCount(Value keyword_names);

}  // namespace tagproof
