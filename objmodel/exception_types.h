#pragma once
// Inside of the exception files: what the classes with fields of their own share.

#include "objmodel/error.h"
#include "objmodel/type.h"

namespace tagproof {

// BaseException.__new__ and __init__.
[[nodiscard]] Value constructException(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names);
[[nodiscard]] int initException(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names);
[[nodiscard]] Value strOfException(Thread& thread, Value self);

// Replaces `args` by a new tuple. 0 or -1 + MemoryError.
[[nodiscard]] int setExceptionArgs(Thread& thread, Value self, const Value* args, size_t count);

// Fills the slots of the classes whose __init__ or __str__ differs from BaseException's.
void initExceptionVariants(Thread& thread);

}  // namespace tagproof
