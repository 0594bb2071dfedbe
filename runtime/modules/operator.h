#pragma once
// The parts of the _operator module (module_operator*.cc): its functions, and the types of
// callables that fetch something.

#include "objmodel/object.h"

namespace tagproof {

struct Thread;
struct Type;

namespace operators {

void setUpAttrGetter(Thread& thread, Type* type);
void setUpItemGetter(Thread& thread, Type* type);
void setUpMethodCaller(Thread& thread, Type* type);

}  // namespace operators
}  // namespace tagproof
