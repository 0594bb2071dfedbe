// Ops that serve the machine rather than a bytecode: release, polls, slow entries.

#include "objmodel/check.h"
#include "objmodel/object.h"
#include "objmodel/recursion.h"
#include "runtime/code.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/native_depth.h"
#include "runtime/ops.h"
#include "runtime/poll.h"

namespace tagproof {

extern "C" {

void opDealloc(Object* object) { releaseObject(object); }

int opPoll(Thread* thread) { return runPoll(*thread); }

Value opEnterSlow(Thread* thread, Value a0, Value a1, Value a2, Value a3, Value a4) {
    if (thread->recursion_depth >= thread->recursion_limit) {
        raiseRecursionError(*thread, "");
        return Value::null();
    }
    // What waited may have been all that was in the way. An interrupt is raised in the callee.
    TAGPROOF_CHECK(isFunction(*thread, thread->callee), "an entry without a callee");
    auto* function = thread->callee.as<Function>();
    const bool goes_on = thread->poll != 0 && runPoll(*thread) == 0;
    if (goes_on && thread->recursion_depth < thread->depth_limit) {
        const NativeDepthScope scope(*thread);
        thread->callee = Value::of(function);
        return reinterpret_cast<Entry>(function->code->entry)(thread, a0, a1, a2, a3, a4);
    }
    return interpretCallee(*thread, {a0, a1, a2, a3, a4});
}

}  // extern "C"

}  // namespace tagproof
