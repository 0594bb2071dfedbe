#include "objmodel/callable_name.h"

#include <string>

#include "objmodel/attr.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"

namespace tagproof {

Value callableName(Thread& thread, Value callable) {
    const Names& names = thread.singletons->names;
    const Ref qualified_name(getAttrOrNull(thread, callable, names.qualname));
    if (!qualified_name) return hasPending(thread) ? Value::null() : strOf(thread, callable);
    const Ref text(strOf(thread, qualified_name.get()));
    if (!text) return Value::null();
    const Ref module(getAttrOrNull(thread, callable, names.module));
    if (!module && hasPending(thread)) return Value::null();
    std::string name = toUtf8(text.as<Str>()) + "()";
    if (module && isStr(module.get()) && !strEqual(module.as<Str>(), "builtins")) {
        name = toUtf8(module.as<Str>()) + "." + name;
    }
    return Value::of(makeStr(thread, name));
}

}  // namespace tagproof
