#pragma once
// Interned names that only the runtime uses; those of the object model are in Singletons::names.

#include "objmodel/thread.h"

namespace tagproof {

struct Str;

struct RuntimeNames {
    Str* build_class = nullptr;      // __build_class__
    Str* metaclass = nullptr;        // metaclass
    Str* spec = nullptr;             // __spec__
    Str* loader = nullptr;           // __loader__
    Str* initializing = nullptr;     // _initializing
    Str* modules = nullptr;          // modules
    Str* stdout_ = nullptr;          // stdout
    Str* stderr_ = nullptr;          // stderr
    Str* stdin_ = nullptr;           // stdin
    Str* excepthook = nullptr;       // excepthook
    Str* underscore = nullptr;       // _
    Str* n_fields = nullptr;         // n_fields
    Str* readline = nullptr;         // readline
};

// Of the thread's Vm. Immortal strings.
[[nodiscard]] const RuntimeNames& runtimeNames(const Thread& thread);
// False + MemoryError.
[[nodiscard]] bool initRuntimeNames(Thread& thread, RuntimeNames* names);

}  // namespace tagproof
