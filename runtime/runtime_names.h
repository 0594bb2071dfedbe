#pragma once
// Interned names that only the runtime uses; those of the object model are in Singletons::names.

#include "objmodel/thread.h"

namespace tagproof {

struct Str;

struct RuntimeNames {
#define RUNTIME_NAME(field, text) Str* field = nullptr;
#include "runtime/runtime_names.def"
#undef RUNTIME_NAME
};

// Of the thread's Vm. Immortal strings.
[[nodiscard]] const RuntimeNames& runtimeNames(const Thread& thread);
// False + MemoryError.
[[nodiscard]] bool initRuntimeNames(Thread& thread, RuntimeNames* names);

}  // namespace tagproof
