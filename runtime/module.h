#pragma once
// Module objects. A module's attributes are its namespace, a Dict whose values are cells, in the
// managed-dict slot (always in dict form).

#include <string_view>

#include "objmodel/object.h"

namespace tagproof {

struct Dict;
struct Str;
struct Thread;

struct Module {
    Object head;
};

// A module with an empty namespace but for __name__, __doc__, __package__, __loader__, __spec__.
// New reference, or null + pending.
[[nodiscard]] Value newModule(Thread& thread, std::string_view name);

// The namespace. Borrowed.
[[nodiscard]] Dict* moduleDict(Value module);

[[nodiscard]] bool isModule(const Thread& thread, Value value);
[[nodiscard]] bool initModuleType(Thread& thread);

}  // namespace tagproof
