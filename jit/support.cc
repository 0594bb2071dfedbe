// The helpers that only emitted code uses: forms of the slow paths that fit its calling
// conventions.

#include "jit/helpers.h"
#include "objmodel/cell.h"
#include "objmodel/check.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/object.h"
#include "objmodel/shared_keys.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/tuple.h"
#include "objmodel/type.h"
#include "objmodel/type_object.h"
#include "objmodel/values_block.h"
#include "runtime/function.h"
#include "runtime/generator.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

enum MakeFunctionFlag : uint64_t { kDefaults = 1, kKwDefaults = 2, kAnnotations = 4, kClosure = 8 };

}  // namespace

extern "C" {

Value jitLoadFreeCell(Thread*, Value callee, uint64_t index) {
    return newRef(callee.as<Function>()->closure->items()[index]);
}

void jitStoreFirst(Thread*, Value owner, uint64_t index, Value value) {
    const Object* object = owner.asObject();
    TAGPROOF_CHECK(object->slot.isValues() && index < object->type->shared_keys->count,
                   "first store outside the values block");
    Value* values = object->slot.values();
    TAGPROOF_CHECK(values[index].isNull(), "first store to an attribute that is there");
    appendValuesOrder(values, index);
    values[index] = value;
}

Value jitMakeFunction(Thread* thread, Dict* globals, Value code, uint64_t flags) {
    const auto part = [&](size_t index, uint64_t flag) {
        return (flags & flag) != 0 ? thread->args[index] : Value::null();
    };
    return opMakeFunction(thread, code, part(0, kDefaults), part(1, kKwDefaults),
                          part(2, kAnnotations), part(3, kClosure), globals);
}

Value jitNewGenerator(Thread* thread, Value callee, uint64_t count) {
    return newGeneratorOf(*thread, callee.as<Function>(), thread->args, count);
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
