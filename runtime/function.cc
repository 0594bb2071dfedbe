#include "runtime/function.h"

#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/call.h"
#include "runtime/interpreter.h"
#include "runtime/interpreter_call.h"
#include "runtime/module.h"
#include "runtime/native_depth.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

static_assert(offsetof(Function, code) == layout::kFunctionCode);
static_assert(offsetof(BoundMethod, function) == layout::kBoundMethodFunction);
static_assert(offsetof(BoundMethod, self) == layout::kBoundMethodSelf);

// --- functions -----------------------------------------------------------------------------------

Value callFunctionSlot(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    auto* function = callee.as<Function>();
    Code* code = function->code;
    const JitHooks& hooks = thread.vm->hooks();
    if (countEntry(code, hooks)) {
        hooks.function_hot(thread, function);
    }
    if (hasCompiledEntry(code) && hasRoomForCompiled(thread)) {
        return callBound(thread, function, args, positional, keyword_names);
    }
    const bool exact = code->exact_count == positional && keyword_names.isNull();
    if (exact) return callFunction(thread, function, args, positional);
    Frame* frame = pushFrame(thread, function);
    if (frame == nullptr) return Value::null();
    if (!bindArguments(thread, function, args, positional, keyword_names, frame->slots())) {
        popFrame(thread, frame);
        return Value::null();
    }
    return interpretCall(thread, *frame);
}

// Code or defaults were replaced: compiled callers rely on them.
void noteModified(Thread& thread, Function* function) {
    ++function->version;
    const JitHooks& hooks = thread.vm->hooks();
    if (hooks.function_modified != nullptr) hooks.function_modified(thread, function);
}

void clearFunction(Thread&, Object* self) {
    auto* function = reinterpret_cast<Function*>(self);
    for (Value* word : {&function->doc, &function->annotations, &function->module}) {
        const Value old = std::exchange(*word, Value::null());
        decref(old);
    }
    const Value closure = Value::of(std::exchange(function->closure, nullptr));
    const Value defaults = Value::of(std::exchange(function->defaults, nullptr));
    const Value kwdefaults = Value::of(std::exchange(function->kwdefaults, nullptr));
    decref(closure);
    decref(defaults);
    decref(kwdefaults);
}

void deallocFunction(Thread& thread, Object* self) {
    auto* function = reinterpret_cast<Function*>(self);
    clearFunction(thread, self);
    decref(function->name);
    decref(function->qualified_name);
    decref(Value::of(function->globals));
    decref(Value::of(function->builtins));
    decref(Value::of(function->code));
    freeObject(thread, self);
}

void traverseFunction(Object* self, VisitFunction visit, void* context) {
    auto* function = reinterpret_cast<Function*>(self);
    const Value words[] = {function->doc,
                           function->annotations,
                           function->module,
                           Value::of(function->closure),
                           Value::of(function->defaults),
                           Value::of(function->kwdefaults),
                           Value::of(function->globals),
                           Value::of(function->builtins),
                           Value::of(function->code),
                           function->name,
                           function->qualified_name};
    for (Value word : words) {
        if (!word.isNull()) visit(word, context);
    }
}

Value reprFunction(Thread& thread, Value self) {
    const Str* name = self.as<Function>()->qualified_name.as<Str>();
    return Value::of(
        makeStr(thread, fmt::format("<function {} at {:#x}>", toUtf8(name), self.bits)));
}

Value bindFunction(Thread& thread, Value self, Value instance, Value) {
    if (instance.isNull()) return newRef(self);
    return newBoundMethod(thread, self, instance);
}

// --- attributes of functions
// -----------------------------------------------------------------------

Function* functionOf(Value self) { return self.as<Function>(); }

Value orNone(const Thread& thread, Value value) {
    return value.isNull() ? thread.singletons->none : newRef(value);
}
void replace(Value* word, Value value) {
    const Value old = std::exchange(*word, newRef(value));
    decref(old);
}

int setText(Thread& thread, Value* word, Value value, const char* attribute) {
    if (value.isNull() || !isStr(value)) {
        raise(thread, ExceptionKind::kTypeError, "{} must be set to a string object", attribute);
        return -1;
    }
    replace(word, value);
    return 0;
}

Value getName(Thread&, Value self) { return newRef(functionOf(self)->name); }
int setName(Thread& thread, Value self, Value value) {
    return setText(thread, &functionOf(self)->name, value, "__name__");
}
Value getQualifiedName(Thread&, Value self) { return newRef(functionOf(self)->qualified_name); }
int setQualifiedName(Thread& thread, Value self, Value value) {
    return setText(thread, &functionOf(self)->qualified_name, value, "__qualname__");
}
Value getDoc(Thread& thread, Value self) { return orNone(thread, functionOf(self)->doc); }
int setDoc(Thread& thread, Value self, Value value) {
    replace(&functionOf(self)->doc, value.isNull() ? thread.singletons->none : value);
    return 0;
}
Value getModule(Thread& thread, Value self) { return orNone(thread, functionOf(self)->module); }
int setModule(Thread& thread, Value self, Value value) {
    replace(&functionOf(self)->module, value.isNull() ? thread.singletons->none : value);
    return 0;
}
Value getGlobals(Thread&, Value self) { return newRef(Value::of(functionOf(self)->globals)); }
Value getBuiltins(Thread&, Value self) { return newRef(Value::of(functionOf(self)->builtins)); }
Value getClosure(Thread& thread, Value self) {
    return orNone(thread, Value::of(functionOf(self)->closure));
}
Value getCode(Thread&, Value self) { return newRef(Value::of(functionOf(self)->code)); }
int setCode(Thread& thread, Value self, Value value) {
    if (value.isNull() || !isCode(thread, value)) {
        raise(thread, ExceptionKind::kTypeError, "__code__ must be set to a code object");
        return -1;
    }
    Function* function = functionOf(self);
    const CodeBody& body = *value.as<Code>()->body;
    const size_t expected = body.cell_names.size() - body.own_cells;
    const size_t present = function->closure == nullptr ? 0 : function->closure->size;
    if (expected != present) {
        raise(thread, ExceptionKind::kValueError,
              "{}() requires a code object with {} free vars, not {}",
              toUtf8(function->name.as<Str>()), present, expected);
        return -1;
    }
    const Value old = Value::of(std::exchange(function->code, newRef(value.as<Code>())));
    noteModified(thread, function);
    decref(old);
    return 0;
}

Value getDefaults(Thread& thread, Value self) {
    return orNone(thread, Value::of(functionOf(self)->defaults));
}
int setDefaults(Thread& thread, Value self, Value value) {
    if (value == thread.singletons->none) value = Value::null();
    if (!value.isNull() && !isTuple(value)) {
        raise(thread, ExceptionKind::kTypeError, "__defaults__ must be set to a tuple object");
        return -1;
    }
    incref(value);
    const Value old = Value::of(std::exchange(functionOf(self)->defaults, value.as<Tuple>()));
    noteModified(thread, functionOf(self));
    decref(old);
    return 0;
}

Value getKeywordDefaults(Thread& thread, Value self) {
    return orNone(thread, Value::of(functionOf(self)->kwdefaults));
}
int setKeywordDefaults(Thread& thread, Value self, Value value) {
    if (value == thread.singletons->none) value = Value::null();
    if (!value.isNull() && !objectHasFlag(value, kTypeIsDict)) {
        raise(thread, ExceptionKind::kTypeError, "__kwdefaults__ must be set to a dict object");
        return -1;
    }
    incref(value);
    const Value old = Value::of(std::exchange(functionOf(self)->kwdefaults, value.as<Dict>()));
    noteModified(thread, functionOf(self));
    decref(old);
    return 0;
}

// A dict, made when first asked for.
Value getAnnotations(Thread& thread, Value self) {
    Value* word = &functionOf(self)->annotations;
    if (word->isNull()) *word = Value::of(newDict(thread));
    return newRef(*word);
}
int setAnnotations(Thread& thread, Value self, Value value) {
    if (value == thread.singletons->none) value = Value::null();
    if (!value.isNull() && !objectHasFlag(value, kTypeIsDict)) {
        raise(thread, ExceptionKind::kTypeError, "__annotations__ must be set to a dict object");
        return -1;
    }
    replace(&functionOf(self)->annotations, value);
    return 0;
}

void addFunctionAttributes(Thread& thread, Type* type) {
    addGetSet(thread, type, "__name__", getName, setName);
    addGetSet(thread, type, "__qualname__", getQualifiedName, setQualifiedName);
    addGetSet(thread, type, "__doc__", getDoc, setDoc);
    addGetSet(thread, type, "__module__", getModule, setModule);
    addGetSet(thread, type, "__globals__", getGlobals, nullptr);
    addGetSet(thread, type, "__builtins__", getBuiltins, nullptr);
    addGetSet(thread, type, "__closure__", getClosure, nullptr);
    addGetSet(thread, type, "__code__", getCode, setCode);
    addGetSet(thread, type, "__defaults__", getDefaults, setDefaults);
    addGetSet(thread, type, "__kwdefaults__", getKeywordDefaults, setKeywordDefaults);
    addGetSet(thread, type, "__annotations__", getAnnotations, setAnnotations);
    static_cast<void>(addManagedDictAttribute(thread, type));
}

bool initFunctionType(Thread& thread) {
    Type* type = thread.types->function;
    setNativeLayout(type, CellFamily::kFunction, sizeof(Function),
                    kTypeHasManagedDict | kTypeHasWeakrefs | kTypeIsMethodDescriptor);
    type->slots.dealloc = deallocFunction;
    type->slots.traverse = traverseFunction;
    type->slots.clear = clearFunction;
    type->slots.call = callFunctionSlot;
    type->slots.repr = reprFunction;
    type->slots.descriptor_get = bindFunction;
    addFunctionAttributes(thread, type);
    return finishNativeType(thread, type);
}

}  // namespace

// Compiled code is made for one namespace. exec of one code object in several makes functions that
// share what is inside it.
static void noteGlobals(Code* code, const Dict* globals) {
    if (code->globals == nullptr) code->globals = globals;
    if (code->globals == globals || (code->jit_flags & kCodeHasManyGlobals) != 0) return;
    code->jit_flags |= kCodeHasManyGlobals;
    setEntry(code, nullptr);
}

Value newFunction(Thread& thread, Code* code, Dict* globals, Value qualified_name, Tuple* closure) {
    auto* function = allocateObject<Function>(thread, thread.types->function);
    if (function == nullptr) return Value::null();
    const Names& names = thread.singletons->names;
    const Value builtins = dictGetStr(globals, names.builtins);
    Dict* builtins_dict = thread.vm->builtins();
    if (isModule(thread, builtins)) builtins_dict = moduleDict(builtins);
    if (objectHasFlag(builtins, kTypeIsDict)) builtins_dict = builtins.as<Dict>();
    const Value module = dictGetStr(globals, names.name);
    noteGlobals(code, globals);
    function->code = newRef(code);
    function->globals = newRef(globals);
    function->builtins = newRef(builtins_dict);
    function->closure = closure == nullptr ? nullptr : newRef(closure);
    function->name = newRef(Value::of(code->body->name));
    function->qualified_name = newRef(qualified_name);
    function->doc = orNone(thread, code->body->docstring);
    function->module = orNone(thread, module);
    return Value::of(function);
}

bool isFunction(const Thread& thread, Value value) {
    return isExactly(value, thread.types->function);
}

bool initFunctionTypes(Thread& thread) {
    return initFunctionType(thread) && initMethodType(thread);
}

}  // namespace tagproof
