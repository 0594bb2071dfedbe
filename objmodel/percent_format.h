#pragma once
// The % operator of strings.

#include "objmodel/str.h"

namespace tagproof {

// format % args, as printf does; a mapping serves %(name)s. New reference, or null + pending.
[[nodiscard]] Value percentFormat(Thread& thread, Str* format, Value args);

}  // namespace tagproof
