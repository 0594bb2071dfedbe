// Slow paths of import statements.

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/import.h"
#include "runtime/ops.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// Copies one name; names with a leading underscore only when __all__ lists them.
bool importPublic(
    Thread& thread, Value module, Value name, bool listed, Value names, Dict* globals) {
    if (!isStr(name)) {
        raise(thread, ExceptionKind::kTypeError, "Item in __all__ must be str, not {}",
              typeName(typeOf(thread, name)));
        return false;
    }
    auto* text = name.as<Str>();
    if (!listed && text->length != 0 && text->at(0) == U'_') return true;
    const Ref interned(Value::of(internStr(thread, newRef(text))));
    if (!interned) return false;
    const Ref value(getAttr(thread, module, interned.as<Str>()));
    return value && opStoreName(&thread, names, globals, interned.as<Str>(), value.get()) == 0;
}

}  // namespace

extern "C" {

Value opImportName(Thread* thread, Dict* globals, Str* name, Value fromlist, Value level) {
    const Names& names = thread->singletons->names;
    // A program may have replaced builtins.__import__.
    const Value hook = dictGetStr(thread->vm->builtins(), names.import_);
    if (hook.isNull()) {
        return raise(*thread, ExceptionKind::kImportError, "__import__ not found");
    }
    if (hook == thread->vm->importFunction()) {
        return importName(*thread, name, globals, fromlist, level.asFixnum());
    }
    const Value none = thread->singletons->none;
    const Value args[] = {Value::of(name), Value::of(globals), none, fromlist, level};
    return call(*thread, hook, args, 5);
}

Value opImportFrom(Thread* thread, Value module, Str* name) {
    return importFrom(*thread, module, name);
}

int opImportStar(Thread* thread, Value module, Value names, Dict* globals) {
    const Names& known = thread->singletons->names;
    const Ref all(getAttrOrNull(*thread, module, known.all));
    if (!all && hasPending(*thread)) return -1;
    if (all) {
        const bool done = forEach(*thread, all.get(), [&](Value name) {
            return importPublic(*thread, module, name, true, names, globals);
        });
        return done ? 0 : -1;
    }
    const Ref dict(getAttr(*thread, module, known.dict));
    if (!dict) return -1;
    const Ref keys(callMethod(*thread, dict.get(), known.keys, nullptr, 0));
    if (!keys) return -1;
    const bool done = forEach(*thread, keys.get(), [&](Value name) {
        return importPublic(*thread, module, name, false, names, globals);
    });
    return done ? 0 : -1;
}

}  // extern "C"

}  // namespace tagproof
