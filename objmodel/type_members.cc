// Attributes and methods that every class has: __name__, __bases__, mro(), ...

#include <fmt/format.h>

#include <string>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/class_check.h"
#include "objmodel/dict.h"
#include "objmodel/dir.h"
#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_setup.h"

namespace tagproof {
namespace {

Type* typeFrom(Value self) { return self.as<Type>(); }

bool checkSettable(Thread& thread, const Type* type, Value value, const char* name) {
    if (hasFlag(type, kTypeIsHeap) && value) return true;
    raise(thread, ExceptionKind::kTypeError, "cannot {} '{}' attribute of immutable type '{}'",
          value ? "set" : "delete", name, typeName(type));
    return false;
}

bool checkIsStr(Thread& thread, const Type* type, Value value, const char* name) {
    if (isStr(value)) return true;
    raise(thread, ExceptionKind::kTypeError, "can only assign string to {}.{}, not '{}'",
          typeName(type), name, typeName(typeOf(thread, value)));
    return false;
}

// --- names ---------------------------------------------------------------------------------------

Value getName(Thread&, Value self) { return newRef(Value::of(plainTypeName(typeFrom(self)))); }

int setName(Thread& thread, Value self, Value value) {
    Type* const type = typeFrom(self);
    if (!checkSettable(thread, type, value, "__name__") ||
        !checkIsStr(thread, type, value, "__name__")) {
        return -1;
    }
    if (toUtf8(value.as<Str>()).find('\0') != std::string::npos) {
        raise(thread, ExceptionKind::kValueError, "type name must not contain null characters");
        return -1;
    }
    decref(Value::of(std::exchange(type->name, newRef(value.as<Str>()))));
    return 0;
}

Value getQualname(Thread&, Value self) {
    const Type* const type = typeFrom(self);
    return newRef(Value::of(type->qualified_name));
}

int setQualname(Thread& thread, Value self, Value value) {
    Type* const type = typeFrom(self);
    if (!checkSettable(thread, type, value, "__qualname__") ||
        !checkIsStr(thread, type, value, "__qualname__")) {
        return -1;
    }
    decref(Value::of(std::exchange(type->qualified_name, newRef(value.as<Str>()))));
    return 0;
}

Value getModule(Thread& thread, Value self) { return typeModule(thread, typeFrom(self)); }

int setModule(Thread& thread, Value self, Value value) {
    Type* const type = typeFrom(self);
    if (!checkSettable(thread, type, value, "__module__")) return -1;
    return storeTypeAttribute(thread, type, thread.singletons->names.module, value);
}

Value getDoc(Thread& thread, Value self) {
    Type* const type = typeFrom(self);
    const Value doc = dictGetStr(type->attributes, thread.singletons->names.doc);
    if (doc.isNull()) return thread.singletons->none;
    const auto get = typeOf(thread, doc)->slots.descriptor_get;
    return get == nullptr ? newRef(doc) : get(thread, doc, Value::null(), self);
}

int setDoc(Thread& thread, Value self, Value value) {
    Type* const type = typeFrom(self);
    if (!checkSettable(thread, type, value, "__doc__")) return -1;
    return storeTypeAttribute(thread, type, thread.singletons->names.doc, value);
}

// --- structure -----------------------------------------------------------------------------------

Value getBases(Thread&, Value self) { return newRef(Value::of(typeFrom(self)->bases)); }
int setBases(Thread& thread, Value self, Value value) {
    Type* const type = typeFrom(self);
    if (!checkSettable(thread, type, value, "__bases__")) return -1;
    return setTypeBases(thread, type, value);
}
Value getDict(Thread& thread, Value self) {
    return newMappingProxy(thread, Value::of(typeFrom(self)->attributes));
}
Value getNone(Thread& thread, Value) { return thread.singletons->none; }

template <Str* Names::*Name>
Value getOwnAttribute(Thread& thread, Value self) {
    Str* const name = thread.singletons->names.*Name;
    const Value value = dictGetStr(typeFrom(self)->attributes, name);
    if (value) return newRef(value);
    return raiseNoAttribute(thread, self, name);
}

Value getAnnotations(Thread& thread, Value self) {
    Type* const type = typeFrom(self);
    Str* const name = thread.singletons->names.annotations;
    const Value known = dictGetStr(type->attributes, name);
    if (known) return newRef(known);
    if (!hasFlag(type, kTypeIsHeap)) return raiseNoAttribute(thread, self, name);
    Ref made(Value::of(newDict(thread)));
    if (!made || storeTypeAttribute(thread, type, name, made.get()) < 0) return Value::null();
    return made.release();
}

int setAnnotations(Thread& thread, Value self, Value value) {
    return storeTypeAttribute(thread, typeFrom(self), thread.singletons->names.annotations, value);
}

// Without an attribute error's name and object, as CPython's.
Value getAbstractMethods(Thread& thread, Value self) {
    const Value value =
        dictGetStr(typeFrom(self)->attributes, thread.singletons->names.abstractmethods);
    // `type` itself has this very descriptor under the name.
    if (value && typeFrom(self) != thread.types->type) return newRef(value);
    return raise(thread, ExceptionKind::kAttributeError, "__abstractmethods__");
}

int setAbstractMethods(Thread& thread, Value self, Value value) {
    Type* const type = typeFrom(self);
    const int abstract = value ? isTrue(thread, value) : 0;
    if (abstract < 0) return -1;
    Str* const name = thread.singletons->names.abstractmethods;
    if (value.isNull() && dictGetStr(type->attributes, name).isNull()) {
        raise(thread, ExceptionKind::kAttributeError, "__abstractmethods__");
        return -1;
    }
    if (storeTypeAttribute(thread, type, name, value) < 0) return -1;
    type->type_flags = abstract > 0 ? type->type_flags | kTypeIsAbstractBase
                                    : type->type_flags & ~uint32_t{kTypeIsAbstractBase};
    return 0;
}

// --- methods -------------------------------------------------------------------------------------

Value mroMethod(Thread& thread, Value self, const Value*, size_t) {
    const Ref mro(Value::of(computeMro(thread, typeFrom(self))));
    if (!mro) return Value::null();
    return Value::of(makeList(thread, mro.as<Tuple>()->items(), mro.as<Tuple>()->size));
}

Value subclassesMethod(Thread& thread, Value self, const Value*, size_t) {
    Ref list(Value::of(makeList(thread)));
    const Type* const type = typeFrom(self);
    if (!list || type->subclasses == nullptr) return list.release();
    for (Type* const subclass : *type->subclasses) {
        if (!listAppend(thread, list.as<List>(), Value::of(subclass))) return Value::null();
    }
    return list.release();
}

Value prepareMethod(Thread& thread, Value, const Value*, size_t, Value) {
    return Value::of(newDict(thread));
}

Value instancecheckMethod(Thread& thread, Value self, const Value* args, size_t) {
    const int answer = isInstanceUnhooked(thread, args[0], self);
    return answer < 0 ? Value::null() : boolValue(thread, answer > 0);
}

Value subclasscheckMethod(Thread& thread, Value self, const Value* args, size_t) {
    const int answer = isSubclassUnhooked(thread, args[0], self);
    return answer < 0 ? Value::null() : boolValue(thread, answer > 0);
}

Value dirMethod(Thread& thread, Value self, const Value*, size_t) {
    return dirOfClass(thread, self);
}

}  // namespace

Str* plainTypeName(const Type* type) {
    return hasFlag(type, kTypeIsHeap) ? type->name : type->qualified_name;
}

Value typeModule(Thread& thread, Type* type) {
    Str* const name = thread.singletons->names.module;
    if (hasFlag(type, kTypeIsHeap)) {
        const Value module = dictGetStr(type->attributes, name);
        if (module) return newRef(module);
        return raise(thread, ExceptionKind::kAttributeError, "__module__");
    }
    const std::string text = typeName(type);
    const size_t dot = text.rfind('.');
    if (dot == std::string::npos) {
        return Value::of(newRef(thread.singletons->names.builtins_module));
    }
    return Value::of(internStr(thread, std::string_view(text).substr(0, dot)));
}

void addTypeAttributes(Thread& thread) {
    Type* const type = thread.types->type;
    addGetSet(thread, type, "__name__", getName, setName);
    addGetSet(thread, type, "__qualname__", getQualname, setQualname);
    addGetSet(thread, type, "__module__", getModule, setModule);
    addGetSet(thread, type, "__doc__", getDoc, setDoc);
    addGetSet(thread, type, "__bases__", getBases, setBases);
    addMember(thread, type, "__base__", offsetof(Type, base), false, true);
    addMember(thread, type, "__mro__", offsetof(Type, mro), false, true);
    addGetSet(thread, type, "__dict__", getDict, nullptr);
    addGetSet(thread, type, "__annotations__", getAnnotations, setAnnotations);
    addGetSet(thread, type, "__text_signature__", getNone, nullptr);
    addGetSet(thread, type, "__abstractmethods__", getAbstractMethods, setAbstractMethods);
    addMethod(thread, type, "mro", mroMethod, 0, 0);
    addMethod(thread, type, "__subclasses__", subclassesMethod, 0, 0);
    addMethod(thread, type, "__instancecheck__", instancecheckMethod, 1, 1);
    addMethod(thread, type, "__subclasscheck__", subclasscheckMethod, 1, 1);
    addMethod(thread, type, "__dir__", dirMethod, 0, 0);
    addKeywordClassMethod(thread, type, "__prepare__", prepareMethod);
}

}  // namespace tagproof
