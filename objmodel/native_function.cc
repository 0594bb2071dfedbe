#include "objmodel/native_function.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/callable_name.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

[[gnu::noinline]] Value raiseWrongCount(
    Thread& thread, const NativeSignature& signature, Value callee, const Str* name, size_t count) {
    const int min = signature.min_args;
    const int max = signature.max_args;
    if (min == max && max <= 1) {
        const Ref text(callableName(thread, callee));
        if (!text) return Value::null();
        return raise(thread, ExceptionKind::kTypeError, "{} takes {} ({} given)",
                     toUtf8(text.as<Str>()), max == 0 ? "no arguments" : "exactly one argument",
                     count);
    }
    static_cast<void>(checkArgumentCount(thread, toUtf8(name), count, static_cast<size_t>(min),
                                         max < 0 ? SIZE_MAX : static_cast<size_t>(max)));
    return Value::null();
}

[[gnu::noinline]] Value raiseKeywords(Thread& thread, Value callee) {
    const Ref text(callableName(thread, callee));
    if (!text) return Value::null();
    return raise(thread, ExceptionKind::kTypeError, "{} takes no keyword arguments",
                 toUtf8(text.as<Str>()));
}

// --- builtin_function_or_method ----------------------------------------------------------------

NativeFunction* functionOf(Value self) { return self.as<NativeFunction>(); }

void deallocFunction(Thread& thread, Object* self) {
    auto* function = reinterpret_cast<NativeFunction*>(self);
    decref(Value::of(std::exchange(function->name, nullptr)));
    decref(std::exchange(function->self, Value::null()));
    decref(std::exchange(function->module, Value::null()));
    freeObject(thread, self);
}

void traverseFunction(Object* self, VisitFunction visit, void* context) {
    const auto* function = reinterpret_cast<NativeFunction*>(self);
    for (const Value child : {Value::of(function->name), function->self, function->module}) {
        if (child) visit(child, context);
    }
}

void clearFunction(Thread&, Object* self) {
    decref(std::exchange(reinterpret_cast<NativeFunction*>(self)->self, Value::null()));
}

// Whose method it is: of the class or the object's class it is bound to.
Type* methodOwner(const Thread& thread, const NativeFunction* function) {
    if (function->owner == nullptr || function->self.isNull()) return function->owner;
    return isType(function->self) ? function->self.as<Type>() : typeOf(thread, function->self);
}

Value callFunction(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const NativeFunction* const function = functionOf(callee);
    return callNative(thread, function->signature, callee, function->name, function->self, args,
                      positional, keyword_names);
}

bool isBoundMethodOf(const NativeFunction* function) {
    return function->self && function->owner != nullptr;
}

Value reprFunction(Thread& thread, Value self) {
    const NativeFunction* const function = functionOf(self);
    const std::string name = toUtf8(function->name);
    if (!isBoundMethodOf(function)) {
        return Value::of(makeStr(thread, fmt::format("<built-in function {}>", name)));
    }
    return Value::of(makeStr(
        thread, fmt::format("<built-in method {} of {} object at {:#x}>", name,
                            typeName(typeOf(thread, function->self)), function->self.bits)));
}

int64_t hashFunction(Thread&, Value self) {
    const NativeFunction* const function = functionOf(self);
    const auto code = reinterpret_cast<uintptr_t>(function->signature.code) ^
                      reinterpret_cast<uintptr_t>(function->signature.keyword_code);
    const auto hash = static_cast<int64_t>((function->self.bits >> 4) ^ code);
    return hash == -1 ? -2 : hash;
}

Value compareFunction(Thread& thread, Value left, Value right, CompareOp op) {
    const bool equality = op == CompareOp::kEq || op == CompareOp::kNe;
    if (!equality || !isExactly(right, thread.types->builtin_function)) {
        return thread.singletons->not_implemented;
    }
    const NativeFunction* const a = functionOf(left);
    const NativeFunction* const b = functionOf(right);
    const bool same = a->self == b->self && a->signature.code == b->signature.code &&
                      a->signature.keyword_code == b->signature.keyword_code &&
                      strEqual(a->name, b->name);
    return boolValue(thread, same == (op == CompareOp::kEq));
}

// "list.append", "len". The class is asked as a program would ask it.
Value qualifiedName(Thread& thread, Type* owner, Str* name) {
    if (owner == nullptr) return newRef(Value::of(name));
    const Ref prefix(getAttr(thread, Value::of(owner), thread.singletons->names.qualname));
    if (!prefix) return Value::null();
    if (!isStr(prefix.get())) {
        return raise(thread, ExceptionKind::kTypeError,
                     "<method>.__class__.__qualname__ is not a unicode object");
    }
    return Value::of(makeStr(thread, toUtf8(prefix.as<Str>()) + "." + toUtf8(name)));
}

Value getFunctionName(Thread&, Value self) { return newRef(Value::of(functionOf(self)->name)); }

Value getFunctionQualname(Thread& thread, Value self) {
    const NativeFunction* const function = functionOf(self);
    return qualifiedName(thread, methodOwner(thread, function), function->name);
}

Value getFunctionSelf(Thread& thread, Value self) {
    const Value bound = functionOf(self)->self;
    return bound ? newRef(bound) : thread.singletons->none;
}

Value getFunctionModule(Thread& thread, Value self) {
    const Value module = functionOf(self)->module;
    return module ? newRef(module) : thread.singletons->none;
}

Value getNone(Thread& thread, Value) { return thread.singletons->none; }

// --- method_descriptor, classmethod_descriptor -------------------------------------------------

MethodDescriptor* descriptorOf(Value self) { return self.as<MethodDescriptor>(); }

void deallocDescriptor(Thread& thread, Object* self) {
    auto* descriptor = reinterpret_cast<MethodDescriptor*>(self);
    decref(Value::of(std::exchange(descriptor->name, nullptr)));
    freeObject(thread, self);
}

void traverseDescriptor(Object* self, VisitFunction visit, void* context) {
    visit(Value::of(reinterpret_cast<MethodDescriptor*>(self)->name), context);
}

bool checkSelf(Thread& thread, const MethodDescriptor* descriptor, Value self) {
    const Type* const type = typeOf(thread, self);
    if (type == descriptor->owner || isSubtype(type, descriptor->owner)) [[likely]]
        return true;
    raise(thread, ExceptionKind::kTypeError,
          "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
          toUtf8(descriptor->name), typeName(descriptor->owner), typeName(type));
    return false;
}

Value callDescriptor(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const MethodDescriptor* const descriptor = descriptorOf(callee);
    if (positional == 0) {
        return raise(thread, ExceptionKind::kTypeError, "unbound method {}.{}() needs an argument",
                     typeName(descriptor->owner), toUtf8(descriptor->name));
    }
    if (!checkSelf(thread, descriptor, args[0])) return Value::null();
    return callNative(thread, descriptor->signature, callee, descriptor->name, args[0], args + 1,
                      positional - 1, keyword_names);
}

Value bind(Thread& thread, const MethodDescriptor* descriptor, Value self) {
    auto* function = allocateObject<NativeFunction>(thread, thread.types->builtin_function);
    if (function == nullptr) return Value::null();
    function->signature = descriptor->signature;
    function->name = newRef(descriptor->name);
    function->self = newRef(self);
    function->owner = descriptor->owner;
    return Value::of(function);
}

Value getBoundMethod(Thread& thread, Value self, Value instance, Value) {
    if (instance.isNull()) return newRef(self);
    if (!checkSelf(thread, descriptorOf(self), instance)) return Value::null();
    return bind(thread, descriptorOf(self), instance);
}

Value getBoundClassMethod(Thread& thread, Value self, Value instance, Value owner) {
    const Value type = owner ? owner : Value::of(typeOf(thread, instance));
    const MethodDescriptor* const descriptor = descriptorOf(self);
    if (!isType(type) || !isSubtype(type.as<Type>(), descriptor->owner)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "descriptor '{}' requires a subtype of '{}' but received '{}'",
                     toUtf8(descriptor->name), typeName(descriptor->owner),
                     typeName(isType(type) ? type.as<Type>() : typeOf(thread, type)));
    }
    return bind(thread, descriptor, type);
}

Value callClassDescriptor(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (positional == 0) {
        return raise(thread, ExceptionKind::kTypeError,
                     "descriptor '{}' of '{}' object needs an argument",
                     toUtf8(descriptorOf(callee)->name), typeName(descriptorOf(callee)->owner));
    }
    const Ref bound(getBoundClassMethod(thread, callee, Value::null(), args[0]));
    if (!bound) return Value::null();
    return callFunction(thread, bound.get(), args + 1, positional - 1, keyword_names);
}

Value reprDescriptor(Thread& thread, Value self) {
    return Value::of(makeStr(
        thread, fmt::format("<method '{}' of '{}' objects>", toUtf8(descriptorOf(self)->name),
                            typeName(descriptorOf(self)->owner))));
}

Value getDescriptorName(Thread&, Value self) { return newRef(Value::of(descriptorOf(self)->name)); }

Value getDescriptorQualname(Thread& thread, Value self) {
    const MethodDescriptor* const descriptor = descriptorOf(self);
    return qualifiedName(thread, descriptor->owner, descriptor->name);
}

Value getDescriptorOwner(Thread&, Value self) {
    return newRef(Value::of(descriptorOf(self)->owner));
}

// --- registration ------------------------------------------------------------------------------

void store(Thread& thread, Type* type, std::string_view name, Value owned) {
    const Ref value(owned);
    Str* const key = internStr(thread, name);
    const bool stored =
        key != nullptr && value && dictSetStr(thread, type->attributes, key, value.get()) == 0;
    TAGPROOF_CHECK(stored, "no memory for the attributes of a built-in type");
}

Value newDescriptor(Thread& thread,
                    Type* descriptor_type,
                    Type* owner,
                    std::string_view name,
                    const NativeSignature& signature) {
    auto* descriptor = allocateObject<MethodDescriptor>(thread, descriptor_type);
    if (descriptor == nullptr) return Value::null();
    descriptor->signature = signature;
    descriptor->owner = owner;
    descriptor->name = internStr(thread, name);
    if (descriptor->name == nullptr) decref(Value::of(std::exchange(descriptor, nullptr)));
    return Value::of(descriptor);
}

void initDescriptorType(Thread& thread, Type* type) {
    setNativeLayout(type, CellFamily::kOther, sizeof(MethodDescriptor), 0);
    type->slots.dealloc = deallocDescriptor;
    type->slots.traverse = traverseDescriptor;
    type->slots.repr = reprDescriptor;
    addGetSet(thread, type, "__name__", getDescriptorName, nullptr);
    addGetSet(thread, type, "__qualname__", getDescriptorQualname, nullptr);
    addGetSet(thread, type, "__objclass__", getDescriptorOwner, nullptr);
    addGetSet(thread, type, "__doc__", getNone, nullptr);
}

}  // namespace

Value newNativeFunction(
    Thread& thread, std::string_view name, NativeSignature signature, Value self, Value module) {
    auto* function = allocateObject<NativeFunction>(thread, thread.types->builtin_function);
    if (function == nullptr) return Value::null();
    function->signature = signature;
    function->self = newRef(self);
    function->module = newRef(module);
    function->name = internStr(thread, name);
    if (function->name == nullptr) decref(Value::of(std::exchange(function, nullptr)));
    return Value::of(function);
}

Value callNative(Thread& thread,
                 const NativeSignature& signature,
                 Value callee,
                 const Str* name,
                 Value self,
                 const Value* args,
                 size_t positional,
                 Value keyword_names) {
    if (signature.keyword_code != nullptr) {
        return signature.keyword_code(thread, self, args, positional, keyword_names);
    }
    if (keyword_names && keywordCount(keyword_names) != 0) [[unlikely]] {
        return raiseKeywords(thread, callee);
    }
    const auto count = static_cast<int64_t>(positional);
    const bool fits = count >= signature.min_args &&
                      (signature.max_args == kAnyCount || count <= signature.max_args);
    if (!fits) [[unlikely]]
        return raiseWrongCount(thread, signature, callee, name, positional);
    return signature.code(thread, self, args, positional);
}

void addMethod(Thread& thread,
               Type* type,
               std::string_view name,
               NativeCode code,
               int min_args,
               int max_args) {
    const NativeSignature signature{code, nullptr, min_args, max_args};
    store(thread, type, name,
          newDescriptor(thread, thread.types->method_descriptor, type, name, signature));
}

void addKeywordMethod(Thread& thread, Type* type, std::string_view name, NativeKeywordCode code) {
    const NativeSignature signature{nullptr, code, 0, kAnyCount};
    store(thread, type, name,
          newDescriptor(thread, thread.types->method_descriptor, type, name, signature));
}

void addClassMethod(Thread& thread,
                    Type* type,
                    std::string_view name,
                    NativeCode code,
                    int min_args,
                    int max_args) {
    const NativeSignature signature{code, nullptr, min_args, max_args};
    store(thread, type, name,
          newDescriptor(thread, thread.types->classmethod_descriptor, type, name, signature));
}

void addKeywordClassMethod(Thread& thread,
                           Type* type,
                           std::string_view name,
                           NativeKeywordCode code) {
    const NativeSignature signature{nullptr, code, 0, kAnyCount};
    store(thread, type, name,
          newDescriptor(thread, thread.types->classmethod_descriptor, type, name, signature));
}

void addStaticMethod(Thread& thread,
                     Type* type,
                     std::string_view name,
                     NativeCode code,
                     int min_args,
                     int max_args) {
    const Ref function(newNativeFunction(thread, name, {code, nullptr, min_args, max_args}));
    if (!function) return;
    function.as<NativeFunction>()->owner = type;
    store(thread, type, name, newStaticMethod(thread, function.get()));
}

void addGetSet(
    Thread& thread, Type* type, std::string_view name, NativeGetter get, NativeSetter set) {
    store(thread, type, name, newGetSet(thread, type, internStr(thread, name), get, set));
}

void addMember(Thread& thread,
               Type* type,
               std::string_view name,
               size_t offset,
               bool writable,
               bool none_if_empty) {
    store(thread, type, name,
          newMember(thread, type, internStr(thread, name), static_cast<uint32_t>(offset), !writable,
                    none_if_empty));
}

void addConstant(Thread& thread, Type* type, std::string_view name, Value value) {
    store(thread, type, name, newRef(value));
}

void initNativeFunctionTypes(Thread& thread) {
    const CoreTypes& types = *thread.types;
    Type* const function = types.builtin_function;
    setNativeLayout(function, CellFamily::kOther, sizeof(NativeFunction), kTypeHasWeakrefs);
    function->slots.dealloc = deallocFunction;
    function->slots.traverse = traverseFunction;
    function->slots.clear = clearFunction;
    function->slots.call = callFunction;
    function->slots.repr = reprFunction;
    function->slots.hash = hashFunction;
    function->slots.compare = compareFunction;
    addGetSet(thread, function, "__name__", getFunctionName, nullptr);
    addGetSet(thread, function, "__qualname__", getFunctionQualname, nullptr);
    addGetSet(thread, function, "__self__", getFunctionSelf, nullptr);
    addGetSet(thread, function, "__module__", getFunctionModule, nullptr);
    addGetSet(thread, function, "__doc__", getNone, nullptr);
    addGetSet(thread, function, "__text_signature__", getNone, nullptr);
    initDescriptorType(thread, types.method_descriptor);
    types.method_descriptor->type_flags |= kTypeIsMethodDescriptor;
    types.method_descriptor->slots.call = callDescriptor;
    types.method_descriptor->slots.descriptor_get = getBoundMethod;
    initDescriptorType(thread, types.classmethod_descriptor);
    types.classmethod_descriptor->slots.call = callClassDescriptor;
    types.classmethod_descriptor->slots.descriptor_get = getBoundClassMethod;
}

}  // namespace tagproof
