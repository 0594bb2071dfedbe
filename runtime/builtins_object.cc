// Built-in functions on any object: attributes, classes, identity, dir and vars.

#include <string>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/frame.h"
#include "runtime/known_natives.h"

namespace tagproof {

namespace {

// The name of an attribute argument, interned when it is a plain str; TypeError when it is none at
// all. New reference or null.
Value attributeName(Thread& thread, const char* format, Value name) {
    if (isExactStr(thread, name)) return Value::of(internStr(thread, newRef(name.as<Str>())));
    if (isStr(name)) return newRef(name);
    return raise(thread, ExceptionKind::kTypeError, fmt::runtime(format),
                 typeName(typeOf(thread, name)));
}
constexpr const char* kNameMustBeString = "attribute name must be string, not '{}'";

Value getattrBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    const Ref name(attributeName(thread, kNameMustBeString, args[1]));
    if (!name) return Value::null();
    if (count == 2) return getAttr(thread, args[0], name.as<Str>());
    const Value found = getAttrOrNull(thread, args[0], name.as<Str>());
    return !found.isNull() || hasPending(thread) ? found : newRef(args[2]);
}

Value hasattrBuiltin(Thread& thread, Value, const Value* args, size_t) {
    const Ref name(attributeName(thread, kNameMustBeString, args[1]));
    if (!name) return Value::null();
    const int present = hasAttr(thread, args[0], name.as<Str>());
    return present < 0 ? Value::null() : boolValue(thread, present > 0);
}

Value setattrBuiltin(Thread& thread, Value, const Value* args, size_t) {
    const Ref name(attributeName(thread, kNameMustBeString, args[1]));
    if (!name || setAttr(thread, args[0], name.as<Str>(), args[2]) < 0) return Value::null();
    return thread.singletons->none;
}

Value delattrBuiltin(Thread& thread, Value, const Value* args, size_t) {
    const Ref name(attributeName(thread, kNameMustBeString, args[1]));
    if (!name || delAttr(thread, args[0], name.as<Str>()) < 0) return Value::null();
    return thread.singletons->none;
}

}  // namespace

Value isinstanceBuiltin(Thread& thread, Value, const Value* args, size_t) {
    const int result = isInstance(thread, args[0], args[1]);
    return result < 0 ? Value::null() : boolValue(thread, result > 0);
}

namespace {

Value issubclassBuiltin(Thread& thread, Value, const Value* args, size_t) {
    const int result = isSubclass(thread, args[0], args[1]);
    return result < 0 ? Value::null() : boolValue(thread, result > 0);
}

Value callableBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return boolValue(thread, isCallable(thread, args[0]));
}

Value idBuiltin(Thread& thread, Value, const Value* args, size_t) {
    return makeUnsignedInt(thread, args[0].bits);
}

// --- dir, vars -----------------------------------------------------------------------------------

Value sortedKeys(Thread& thread, Value names) {
    Ref list(Value::of(listFromIterable(thread, names)));
    if (!list || !listSort(thread, list.as<List>(), Value::null(), false)) return Value::null();
    return list.release();
}

Value currentLocals(Thread& thread) {
    if (thread.frame == nullptr) {
        return raise(thread, ExceptionKind::kSystemError, "frame does not exist");
    }
    return frameLocals(thread, thread.frame);
}

Value dirBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    if (count == 0) {
        const Ref locals(currentLocals(thread));
        return locals ? sortedKeys(thread, locals.get()) : Value::null();
    }
    const Ref method(lookupSpecial(thread, args[0], thread.singletons->names.dir));
    if (!method) {
        if (hasPending(thread)) return Value::null();
        return raise(thread, ExceptionKind::kTypeError, "object does not provide __dir__");
    }
    const Ref names(call(thread, method.get(), nullptr, 0));
    return names ? sortedKeys(thread, names.get()) : Value::null();
}

Value varsBuiltin(Thread& thread, Value, const Value* args, size_t count) {
    if (count == 0) return currentLocals(thread);
    const Value dict = getAttrOrNull(thread, args[0], thread.singletons->names.dict);
    if (!dict.isNull() || hasPending(thread)) return dict;
    return raise(thread, ExceptionKind::kTypeError, "vars() argument must have __dict__ attribute");
}

constexpr FunctionRow kFunctions[] = {
    {"callable", callableBuiltin, 1, 1},
    {"delattr", delattrBuiltin, 2, 2},
    {"dir", dirBuiltin, 0, 1},
    {"getattr", getattrBuiltin, 2, 3},
    {"hasattr", hasattrBuiltin, 2, 2},
    {"id", idBuiltin, 1, 1},
    {"isinstance", isinstanceBuiltin, 2, 2},
    {"issubclass", issubclassBuiltin, 2, 2},
    {"setattr", setattrBuiltin, 3, 3},
    {"vars", varsBuiltin, 0, 1},
};

}  // namespace

bool addObjectBuiltins(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions);
}

Value newPlainObject(Thread& thread) {
    return call(thread, Value::of(thread.types->object), nullptr, 0);
}

}  // namespace tagproof
