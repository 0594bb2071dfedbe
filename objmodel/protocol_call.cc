// Calls.

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"

namespace tagproof {

Value call(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const Type* type = typeOf(thread, callee);
    if (type->slots.call == nullptr) {
        return raise(thread, ExceptionKind::kTypeError, "'{}' object is not callable",
                     typeName(type));
    }
    if (!hasFlag(type, kTypeIsHeap)) {
        if (!checkNativeStack(thread)) return Value::null();
        return type->slots.call(thread, callee, args, positional, keyword_names);
    }
    const RecursionScope scope(thread, " while calling a Python object");
    if (!scope.entered()) return Value::null();
    return type->slots.call(thread, callee, args, positional, keyword_names);
}

Value callMethod(Thread& thread, Value self, Str* name, const Value* args, size_t positional) {
    MethodLookup lookup;
    if (!getMethod(thread, self, name, &lookup)) return Value::null();
    Ref callable(lookup.callable);
    if (lookup.unbound) return callPrepended(thread, callable.get(), self, args, positional);
    return call(thread, callable.get(), args, positional);
}

bool isCallable(const Thread& thread, Value value) {
    return typeOf(thread, value)->slots.call != nullptr;
}

}  // namespace tagproof
