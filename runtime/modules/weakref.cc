// The _weakref module: references, proxies and who has them. The rest of weakref is
// runtime/stdlib/weakref.py.

#include "objmodel/weakref.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/weak_proxy.h"
#include "runtime/builtins.h"
#include "runtime/modules/native_modules.h"

namespace tagproof {

namespace {

bool mayHaveWeakRefs(Value value) {
    return value.isObject() && hasFlag(value.asObject()->type, kTypeHasWeakrefs);
}

Value countOf(Thread& thread, Value, const Value* args, size_t) {
    const size_t count = mayHaveWeakRefs(args[0]) ? weakRefCount(args[0].asObject()) : 0;
    return makeInt(thread, static_cast<int64_t>(count));
}

// Newest first.
Value referencesTo(Thread& thread, Value, const Value* args, size_t) {
    Ref list(Value::of(makeList(thread)));
    if (!list || !mayHaveWeakRefs(args[0])) return list.release();
    for (WeakRef* it = args[0].asObject()->weakrefs; it != nullptr; it = it->next) {
        if (!listAppend(thread, list.as<List>(), Value::of(it))) return Value::null();
    }
    return list.release();
}

Value proxyTo(Thread& thread, Value, const Value* args, size_t count) {
    return newWeakProxy(thread, args[0], count > 1 ? args[1] : Value::null());
}

constexpr FunctionRow kFunctions[] = {
    {"getweakrefcount", countOf, 1, 1},
    {"getweakrefs", referencesTo, 1, 1},
    {"proxy", proxyTo, 1, 2},
};

}  // namespace

bool initWeakrefModule(Thread& thread, Value module) {
    const CoreTypes& types = *thread.types;
    const Value reference = Value::of(types.weakref);
    return addValue(thread, module, "ref", newRef(reference)) &&
           addValue(thread, module, "ReferenceType", newRef(reference)) &&
           addValue(thread, module, "ProxyType", newRef(Value::of(types.weak_proxy))) &&
           addValue(thread, module, "CallableProxyType",
                    newRef(Value::of(types.weak_callable_proxy))) &&
           addFunctions(thread, module, kFunctions);
}

}  // namespace tagproof
