#pragma once
// What an AttributeError tells of the access that failed.

#include "objmodel/value.h"

namespace tagproof {

struct Str;
struct Thread;

// A pending AttributeError that leaves a load of `owner.name` gets its `name` and `obj`, unless it
// has one of them. Anything else pending stays as it is.
void noteAttributeErrorContext(Thread& thread, Value owner, Str* name);

}  // namespace tagproof
