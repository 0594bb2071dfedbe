#pragma once
// isinstance() and issubclass() without the hooks of metaclasses: what type.__instancecheck__ and
// type.__subclasscheck__ do. Anything with a tuple of __bases__ passes for a class.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// 1, 0, or -1 + pending: TypeError where something is no class.
[[nodiscard]] int isInstanceUnhooked(Thread& thread, Value value, Value target);
[[nodiscard]] int isSubclassUnhooked(Thread& thread, Value subject, Value target);

}  // namespace tagproof
