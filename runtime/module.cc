#include "runtime/module.h"

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/import.h"
#include "runtime/runtime_names.h"

namespace tagproof {

namespace {

// Raises AttributeError for a missing module attribute; a module that is still being executed says
// so.
Value raiseMissing(Thread& thread, Value self, Str* name) {
    const Value module_name = dictGetStr(moduleDict(self), thread.singletons->names.name);
    std::string text;
    if (module_name.isNull() || !isStr(module_name)) {
        text = fmt::format("module has no attribute '{}'", toUtf8(name));
    } else if (isInitializing(thread, self)) {
        text = fmt::format(
            "partially initialized module '{}' has no attribute '{}' (most likely due to a "
            "circular "
            "import)",
            toUtf8(module_name.as<Str>()), toUtf8(name));
    } else {
        text = fmt::format("module '{}' has no attribute '{}'", toUtf8(module_name.as<Str>()),
                           toUtf8(name));
    }
    return raiseAttributeError(thread, self, name, text);
}

Value getModuleAttribute(Thread& thread, Value self, Str* name) {
    const Value found = genericGetAttrOrNull(thread, self, name);
    if (!found.isNull() || hasPending(thread)) return found;
    const Ref hook = Ref::borrow(dictGetStr(moduleDict(self), thread.singletons->names.getattr));
    if (hook) return call(thread, hook.get(), {Value::of(name)});
    return raiseMissing(thread, self, name);
}

void deallocModule(Thread& thread, Object* self) { freeObject(thread, self); }

Value reprModule(Thread& thread, Value self) {
    const Names& names = thread.singletons->names;
    const Value name = dictGetStr(moduleDict(self), names.name);
    const Value file = dictGetStr(moduleDict(self), names.file);
    if (name.isNull()) return Value::of(makeStr(thread, "<module '?'>"));
    const Ref name_text(reprOf(thread, name));
    if (!name_text) return Value::null();
    if (file.isNull() || !isStr(file)) {
        return Value::of(
            makeStr(thread, fmt::format("<module {} (built-in)>", toUtf8(name_text.as<Str>()))));
    }
    const Ref file_text(reprOf(thread, file));
    if (!file_text) return Value::null();
    return Value::of(makeStr(thread, fmt::format("<module {} from {}>", toUtf8(name_text.as<Str>()),
                                                 toUtf8(file_text.as<Str>()))));
}

Value getDict(Thread&, Value self) { return newRef(Value::of(moduleDict(self))); }

// The names of the namespace, or what a function __dir__ in it says.
Value dirOfModule(Thread& thread, Value self, const Value*, size_t) {
    Dict* const dict = moduleDict(self);
    const Value own = dictGetStr(dict, thread.singletons->names.dir);
    if (own) return call(thread, own, nullptr, 0);
    return Value::of(listFromIterable(thread, Value::of(dict)));
}

// An instance of the module type or a subclass, with an empty namespace. New reference.
Value allocateModule(Thread& thread, Type* type) {
    Ref module(Value::of(allocateObject(thread, type)));
    if (!module) return Value::null();
    Dict* const dict = newDictOfCells(thread);
    if (dict == nullptr) return Value::null();
    module.get().asObject()->slot.encodeDict(dict);
    return module.release();
}

// What every module has at first; names and doc borrowed.
bool fillNamespace(Thread& thread, Dict* dict, Value name, Value doc) {
    const Names& names = thread.singletons->names;
    const Value none = thread.singletons->none;
    const RuntimeNames& own_names = runtimeNames(thread);
    return dictSetStr(thread, dict, names.name, name) == 0 &&
           dictSetStr(thread, dict, names.doc, doc) == 0 &&
           dictSetStr(thread, dict, names.package, none) == 0 &&
           dictSetStr(thread, dict, own_names.loader, none) == 0 &&
           dictSetStr(thread, dict, own_names.spec, none) == 0;
}

Value constructModule(Thread& thread, Value callee, const Value*, size_t, Value) {
    return allocateModule(thread, callee.as<Type>());
}

// ModuleType(name, doc=None)
int initModule(Thread& thread, Value self, const Value* args, size_t count, Value keyword_names) {
    static constexpr const char* kNames[] = {"name", "doc", nullptr};
    const ParameterList parameters{
        .function = "module", .names = kNames, .max_positional = 2, .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, count, keyword_names, bound)) return -1;
    if (!isStr(bound[0])) {
        raise(thread, ExceptionKind::kTypeError, "module() argument 'name' must be str, not {}",
              typeName(typeOf(thread, bound[0])));
        return -1;
    }
    const Value doc = bound[1] ? bound[1] : thread.singletons->none;
    return fillNamespace(thread, moduleDict(self), bound[0], doc) ? 0 : -1;
}

}  // namespace

Value newModule(Thread& thread, std::string_view name) {
    Ref module(allocateModule(thread, thread.types->module));
    const Ref text(Value::of(makeStr(thread, name)));
    if (!module || !text) return Value::null();
    const Value none = thread.singletons->none;
    return fillNamespace(thread, moduleDict(module.get()), text.get(), none) ? module.release()
                                                                             : Value::null();
}

Dict* moduleDict(Value module) { return module.asObject()->slot.dict(); }

bool isModule(const Thread& thread, Value value) {
    return value.isObject() && isSubtype(value.asObject()->type, thread.types->module);
}

bool initModuleType(Thread& thread) {
    Type* type = thread.types->module;
    setNativeLayout(type, CellFamily::kModule, sizeof(Module),
                    kTypeHasManagedDict | kTypeHasWeakrefs | kTypeAllowsSubclass);
    type->slots.dealloc = deallocModule;
    type->slots.construct = constructModule;
    type->slots.init = initModule;
    type->slots.repr = reprModule;
    type->slots.get_attribute = getModuleAttribute;
    addGetSet(thread, type, "__dict__", getDict, nullptr);
    addMethod(thread, type, "__dir__", dirOfModule, 0, 0);
    return finishNativeType(thread, type);
}

}  // namespace tagproof
