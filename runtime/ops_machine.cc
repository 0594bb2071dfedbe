// Ops that serve the machine rather than a bytecode: release, polls, recursion.

#include "objmodel/object.h"
#include "objmodel/recursion.h"
#include "runtime/ops.h"
#include "runtime/poll.h"

namespace tagproof {

extern "C" {

void opDealloc(Object* object) { releaseObject(object); }

int opPoll(Thread* thread) { return runPoll(*thread); }

Value opRecursionError(Thread* thread) {
    raiseRecursionError(*thread, "");
    return Value::null();
}

}  // extern "C"

}  // namespace tagproof
