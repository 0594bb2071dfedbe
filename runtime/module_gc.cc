// The gc module.

#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "runtime/builtins.h"
#include "runtime/native_modules.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// Reference counts alone reclaim memory: there is never a cycle to collect.
Value collect(Thread& thread, Value, const Value*, size_t) {
    thread.vm->noteCollection();
    return Value::fixnum(0);
}

Value enable(Thread& thread, Value, const Value*, size_t) {
    thread.vm->setCollectorEnabled(true);
    return thread.singletons->none;
}

Value disable(Thread& thread, Value, const Value*, size_t) {
    thread.vm->setCollectorEnabled(false);
    return thread.singletons->none;
}

Value isEnabled(Thread& thread, Value, const Value*, size_t) {
    return boolValue(thread, thread.vm->collectorEnabled());
}

constexpr FunctionRow kFunctions[] = {
    {"collect", collect, 0, 1},
    {"disable", disable, 0, 0},
    {"enable", enable, 0, 0},
    {"isenabled", isEnabled, 0, 0},
};

}  // namespace

bool initGcModule(Thread& thread, Value module) { return addFunctions(thread, module, kFunctions); }

}  // namespace tagproof
