#include "runtime/builtins.h"

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/module.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

struct TypeRow {
    const char* name;
    Type* CoreTypes::*type;
};

// The types of core_types.def that programs see under their name.
constexpr TypeRow kTypes[] = {
    {"bool", &CoreTypes::bool_},
    {"bytearray", &CoreTypes::bytearray},
    {"bytes", &CoreTypes::bytes},
    {"classmethod", &CoreTypes::classmethod},
    {"complex", &CoreTypes::complex},
    {"dict", &CoreTypes::dict},
    {"enumerate", &CoreTypes::enumerate},
    {"filter", &CoreTypes::filter},
    {"float", &CoreTypes::float_},
    {"frozenset", &CoreTypes::frozenset},
    {"int", &CoreTypes::int_},
    {"list", &CoreTypes::list},
    {"map", &CoreTypes::map},
    {"memoryview", &CoreTypes::memoryview},
    {"object", &CoreTypes::object},
    {"property", &CoreTypes::property},
    {"range", &CoreTypes::range},
    {"reversed", &CoreTypes::reversed},
    {"set", &CoreTypes::set},
    {"slice", &CoreTypes::slice},
    {"staticmethod", &CoreTypes::staticmethod},
    {"str", &CoreTypes::str},
    {"super", &CoreTypes::super},
    {"tuple", &CoreTypes::tuple},
    {"type", &CoreTypes::type},
    {"zip", &CoreTypes::zip},
};

bool addTypes(Thread& thread, Value module) {
    for (const TypeRow& row : kTypes) {
        if (!addValue(thread, module, row.name, newRef(Value::of(thread.types->*row.type)))) {
            return false;
        }
    }
    return true;
}

constexpr const char* kExceptionNames[] = {
#define EXCEPTION(name, base, extras) #name,
#include "objmodel/exceptions.def"
#undef EXCEPTION
};

bool addExceptions(Thread& thread, Value module) {
    for (size_t i = 0; i < kExceptionKindCount; ++i) {
        const Value type = Value::of(thread.types->exceptions[i]);
        if (!addValue(thread, module, kExceptionNames[i], newRef(type))) return false;
    }
    const Value os_error = Value::of(exceptionType(thread, ExceptionKind::kOSError));
    return addValue(thread, module, "EnvironmentError", newRef(os_error)) &&
           addValue(thread, module, "IOError", newRef(os_error));
}

bool addConstants(Thread& thread, Value module) {
    const Singletons& singletons = *thread.singletons;
    return addValue(thread, module, "None", singletons.none) &&
           addValue(thread, module, "True", singletons.true_) &&
           addValue(thread, module, "False", singletons.false_) &&
           addValue(thread, module, "NotImplemented", singletons.not_implemented) &&
           addValue(thread, module, "Ellipsis", singletons.ellipsis) &&
           addValue(thread, module, "__debug__", singletons.true_);
}

}  // namespace

bool addValue(Thread& thread, Value module, std::string_view name, Value owned) {
    const Ref value(owned);
    const Ref key(Value::of(internStr(thread, name)));
    return value && key && dictSetStr(thread, moduleDict(module), key.as<Str>(), value.get()) == 0;
}

bool addFunction(Thread& thread,
                 Value module,
                 std::string_view name,
                 NativeCode code,
                 int min_args,
                 int max_args) {
    const NativeSignature signature{
        .code = code, .keyword_code = nullptr, .min_args = min_args, .max_args = max_args};
    const Value module_name = dictGetStr(moduleDict(module), thread.singletons->names.name);
    return addValue(thread, module, name,
                    newNativeFunction(thread, name, signature, Value::null(), module_name));
}

bool addKeywordFunction(Thread& thread,
                        Value module,
                        std::string_view name,
                        NativeKeywordCode code) {
    const NativeSignature signature{
        .code = nullptr, .keyword_code = code, .min_args = 0, .max_args = kAnyCount};
    const Value module_name = dictGetStr(moduleDict(module), thread.singletons->names.name);
    return addValue(thread, module, name,
                    newNativeFunction(thread, name, signature, Value::null(), module_name));
}

Value sysAttribute(Thread& thread, Str* name) {
    return dictGetStr(thread.vm->sysNamespace(), name);
}

bool initBuiltins(Thread& thread, Value module) {
    return addConstants(thread, module) && addTypes(thread, module) &&
           addExceptions(thread, module) && addNumberBuiltins(thread, module) &&
           addSequenceBuiltins(thread, module) && addObjectBuiltins(thread, module) &&
           addTextBuiltins(thread, module) && addScopeBuiltins(thread, module) &&
           addClassBuiltins(thread, module) && addExitBuiltins(thread, module);
}

}  // namespace tagproof
