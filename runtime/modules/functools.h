#pragma once
// The parts of the _functools module (module_functools*.cc). A set-up function fills in the layout,
// slots and methods of a type; the rest of functools is runtime/stdlib/functools.py.

#include "objmodel/object.h"

namespace tagproof {

struct Thread;
struct Type;

namespace functools {

void setUpPartial(Thread& thread, Type* type);
void setUpLruCache(Thread& thread, Type* type);
void setUpLruLink(Thread& thread, Type* type);

}  // namespace functools
}  // namespace tagproof
