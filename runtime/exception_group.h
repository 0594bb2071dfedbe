#pragma once
// Exception groups: the parts of a group, and the methods split, subgroup and derive.

#include <vector>

#include "objmodel/ref.h"

namespace tagproof {

struct Thread;
struct Tuple;

[[nodiscard]] bool isExceptionGroup(const Thread& thread, Value value);
// The exceptions of a group. Borrowed.
[[nodiscard]] const Tuple* groupMembers(Value group);
// A group of `members` like `group`, made by its derive(), with its traceback, cause, context and
// notes. New reference, or null + pending.
[[nodiscard]] Value deriveGroup(Thread& thread, Value group, const std::vector<Ref>& members);

// Adds the methods to BaseExceptionGroup.
[[nodiscard]] bool initExceptionGroupMethods(Thread& thread);

}  // namespace tagproof
