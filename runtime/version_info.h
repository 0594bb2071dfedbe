#pragma once
// sys.version_info and sys.implementation: which Python this runtime is compatible with.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// The tuple (3, 11, 2, 'final', 0) with named fields. New reference, or null + pending.
[[nodiscard]] Value newVersionInfo(Thread& thread);

// A namespace with name, version and cache_tag. New reference, or null + pending.
[[nodiscard]] Value newImplementationInfo(Thread& thread, Value version_info);

}  // namespace tagproof
