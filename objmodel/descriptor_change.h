#pragma once
// Descriptors that get other functions after they were made: property.__init__ and the like, called
// once more. Whoever remembers what a descriptor calls relies on the versions of the types that
// hold it, so these change.

#include <array>

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// What a property (getter, setter) or a staticmethod or classmethod (its callable) calls. Borrowed,
// null where there is none; nothing for other values.
using DescriptorCalls = std::array<Value, 2>;
[[nodiscard]] DescriptorCalls callsOf(const Thread& thread, Value descriptor);

// `descriptor` calls something else from now on. Walks the heap: for what hardly ever happens.
void descriptorModified(Thread& thread, Value descriptor);

}  // namespace tagproof
