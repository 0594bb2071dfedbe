#pragma once
// Tuples whose items have names too: sys.float_info, time.struct_time.

#include <cstddef>

#include "objmodel/value.h"

namespace tagproof {

struct Thread;
struct Type;

inline constexpr size_t kMaxStructFields = 11;

struct StructSequence {
    const char* name;           // with its module in front
    const char* const* fields;  // their names
    size_t count;               // at most kMaxStructFields
};

// A new type, immortal, which is called with one sequence of as many items. Null + pending.
[[nodiscard]] Type* newStructSequenceType(Thread& thread, const StructSequence& description);
// An instance; takes over the references in `items`, also on failure (any of them null).
[[nodiscard]] Value newStructSequence(Thread& thread, Type* type, const Value* items, size_t count);

}  // namespace tagproof
