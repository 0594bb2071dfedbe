#pragma once
// sys.version_info and sys.implementation: which Python this runtime is compatible with.

#include <initializer_list>
#include <utility>

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// The tuple (3, 11, 2, 'final', 0) with named fields. New reference, or null + pending.
[[nodiscard]] Value newVersionInfo(Thread& thread);

// A namespace with these attributes, values borrowed. New reference, or null + pending.
[[nodiscard]] Value newNamespace(Thread& thread,
                                 std::initializer_list<std::pair<const char*, Value>> attributes);

// sys.flags: those of a run without options. New reference, or null + pending.
[[nodiscard]] Value newFlags(Thread& thread);

// A namespace with name, version and cache_tag. New reference, or null + pending.
[[nodiscard]] Value newImplementationInfo(Thread& thread, Value version_info);

}  // namespace tagproof
