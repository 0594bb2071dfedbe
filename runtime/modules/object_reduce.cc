// What these methods do is runtime/stdlib/copyreg.py, which is imported when one is first called.

#include "runtime/modules/object_reduce.h"

#include "objmodel/attr.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/import.h"

namespace tagproof {

namespace {

Value callCopyreg(Thread& thread, const char* function, const Value* args, size_t count) {
    const Ref module(importModule(thread, "copyreg"));
    Str* const name = internStr(thread, function);
    if (!module || name == nullptr) return Value::null();
    const Ref callee(getAttr(thread, module.get(), name));
    return callee ? call(thread, callee.get(), args, count) : Value::null();
}

Value reduce(Thread& thread, Value self, const Value*, size_t) {
    const Value args[] = {self, Value::fixnum(0)};
    return callCopyreg(thread, "_reduce_object", args, 2);
}

Value reduceFor(Thread& thread, Value self, const Value* args, size_t) {
    int64_t protocol;
    if (!toIndex(thread, args[0], &protocol)) return Value::null();
    const Value both[] = {self, Value::fixnum(protocol)};
    return callCopyreg(thread, "_reduce_object_ex", both, 2);
}

Value getState(Thread& thread, Value self, const Value*, size_t) {
    return callCopyreg(thread, "_state_of", &self, 1);
}

}  // namespace

bool addObjectReduce(Thread& thread) {
    Type* const type = thread.types->object;
    addMethod(thread, type, "__reduce__", reduce, 0, 0);
    addMethod(thread, type, "__reduce_ex__", reduceFor, 1, 1);
    addMethod(thread, type, "__getstate__", getState, 0, 0);
    return !hasPending(thread);
}

}  // namespace tagproof
