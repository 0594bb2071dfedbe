// The helpers that only emitted code uses: forms of the slow paths that fit its calling
// conventions.

#include "jit/helpers.h"
#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/object.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/tuple.h"
#include "objmodel/type.h"
#include "runtime/function.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

enum MakeFunctionFlag : uint64_t { kDefaults = 1, kKwDefaults = 2, kAnnotations = 4, kClosure = 8 };

}  // namespace

extern "C" {

Value jitLoadFreeCell(Thread*, Value callee, uint64_t index) {
    return newRef(callee.as<Function>()->closure->items()[index]);
}

// A name that has an index always fits, so the store cannot fail; a MemoryError while it becomes a
// dict would be lost here, but values form needs no memory.
void jitStoreFirst(Thread* thread, Value owner, Str* name, Value value) {
    if (managedSet(*thread, owner.asObject(), name, value) != 0) {
        const Value lost = thread->pending;
        thread->pending = Value::null();
        decref(lost);
    }
    decref(value);
}

Value jitMakeFunction(Thread* thread, Dict* globals, Value code, uint64_t flags) {
    const auto part = [&](size_t index, uint64_t flag) {
        return (flags & flag) != 0 ? thread->args[index] : Value::null();
    };
    return opMakeFunction(thread, code, part(0, kDefaults), part(1, kKwDefaults),
                          part(2, kAnnotations), part(3, kClosure), globals);
}

Object* jitNewInstance(Thread* thread, Type* type) { return newInstance(*thread, type); }

int jitCheckInitResult(Thread* thread, Value result) {
    if (result == thread->singletons->none) return 0;
    const std::string name = toUtf8(typeOf(*thread, result)->name);
    raise(*thread, ExceptionKind::kTypeError, "__init__() should return None, not '{}'", name);
    return -1;
}

void jitReraise(Thread* thread, Value exception) { opReraise(thread, newRef(exception)); }

void jitPopExcept(Thread* thread, Value previous) { opPopExcept(thread, newRef(previous)); }

}  // extern "C"

}  // namespace tagproof
