#pragma once
// The built-in types of one heap: a Type* for each row of core_types.def and exceptions.def. They
// are immortal objects of that heap, made before anything else, so that a pointer here is never
// null; their behaviours are filled in by initCoreTypes.

#include <cstddef>

namespace tagproof {

struct Thread;
struct Type;

enum class ExceptionKind {
#define EXCEPTION(name, base, extras) k##name,
#include "objmodel/exceptions.def"
#undef EXCEPTION
};
inline constexpr size_t kExceptionKindCount = static_cast<size_t>(ExceptionKind::kUserWarning) + 1;

struct CoreTypes {
#define CORE_TYPE(field, name, base) Type* field = nullptr;
#include "objmodel/core_types.def"
#undef CORE_TYPE
    Type* exceptions[kExceptionKindCount] = {};
};

// Fills in every type that the object model implements, then makes all of core_types.def usable
// (attributes, MRO, inherited behaviours). Types implemented by a higher layer are ready but bare:
// that layer fills their slots and methods and then calls finishNativeType
// (objmodel/type_object.h). False + exception pending when memory runs out.
[[nodiscard]] bool initCoreTypes(Thread& thread);

}  // namespace tagproof
