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
    const Ref name_text(reprOf(thread, name.isNull() ? Value::of(names.empty) : name));
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

// ModuleType(name, doc=None)
Value constructModule(Thread& thread, Value, const Value* args, size_t count, Value keyword_names) {
    static constexpr const char* kNames[] = {"name", "doc", nullptr};
    const ParameterList parameters{
        .function = "module", .names = kNames, .max_positional = 2, .required = 1};
    Value bound[2];
    if (!bindNativeArguments(thread, parameters, args, count, keyword_names, bound)) {
        return Value::null();
    }
    if (!isStr(bound[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "module() argument 'name' must be str, not {}",
                     typeName(typeOf(thread, bound[0])));
    }
    Ref module(newModule(thread, toUtf8(bound[0].as<Str>())));
    if (!module) return Value::null();
    if (!bound[1].isNull() &&
        dictSetStr(thread, moduleDict(module.get()), thread.singletons->names.doc, bound[1]) < 0) {
        return Value::null();
    }
    return module.release();
}

}  // namespace

Value newModule(Thread& thread, std::string_view name) {
    Ref module(Value::of(allocateObject(thread, thread.types->module)));
    if (!module) return Value::null();
    Dict* dict = newDictOfCells(thread);
    if (dict == nullptr) return Value::null();
    module.get().asObject()->slot.encodeDict(dict);
    const Ref name_text(Value::of(makeStr(thread, name)));
    if (!name_text) return Value::null();
    const Names& names = thread.singletons->names;
    const Value none = thread.singletons->none;
    const RuntimeNames& own_names = runtimeNames(thread);
    const bool stored = dictSetStr(thread, dict, names.name, name_text.get()) == 0 &&
                        dictSetStr(thread, dict, names.doc, none) == 0 &&
                        dictSetStr(thread, dict, names.package, none) == 0 &&
                        dictSetStr(thread, dict, own_names.loader, none) == 0 &&
                        dictSetStr(thread, dict, own_names.spec, none) == 0;
    return stored ? module.release() : Value::null();
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
    type->slots.repr = reprModule;
    type->slots.get_attribute = getModuleAttribute;
    addGetSet(thread, type, "__dict__", getDict, nullptr);
    addMethod(thread, type, "__dir__", dirOfModule, 0, 0);
    return finishNativeType(thread, type);
}

}  // namespace tagproof
