#pragma once
// The names that dir() shows. They are asked for as a program would: through __dict__, __class__
// and __bases__, which a metaclass or a property may answer.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// object.__dir__: those of the instance and of its class. A List in no order, or null + pending.
[[nodiscard]] Value dirOfObject(Thread& thread, Value value);
// type.__dir__: those of the class and its bases.
[[nodiscard]] Value dirOfClass(Thread& thread, Value type);

}  // namespace tagproof
