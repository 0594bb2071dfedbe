#pragma once
// The % operator of str and bytes.

#include "objmodel/bytes.h"
#include "objmodel/str.h"

namespace tagproof {

// format % args, as printf does; a mapping serves %(name)s. New reference, or null + pending.
[[nodiscard]] Value percentFormat(Thread& thread, Str* format, Value args);
[[nodiscard]] Value percentFormatBytes(Thread& thread, Bytes* format, Value args);

}  // namespace tagproof
