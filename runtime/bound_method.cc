// Bound methods: a callable and the object that goes before the arguments.

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/function.h"

namespace tagproof {

namespace {

BoundMethod* methodOf(Value self) { return self.as<BoundMethod>(); }

Value callMethodSlot(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const BoundMethod* method = methodOf(callee);
    return callPrepended(thread, method->function, method->self, args, positional, keyword_names);
}

void deallocMethod(Thread& thread, Object* self) {
    auto* method = reinterpret_cast<BoundMethod*>(self);
    decref(method->function);
    decref(method->self);
    freeObject(thread, self);
}

void traverseMethod(Object* self, VisitFunction visit, void* context) {
    auto* method = reinterpret_cast<BoundMethod*>(self);
    visit(method->function, context);
    visit(method->self, context);
}

Value reprMethod(Thread& thread, Value self) {
    const Names& names = thread.singletons->names;
    Ref name(getAttrOrNull(thread, methodOf(self)->function, names.qualname));
    if (!name && !hasPending(thread)) {
        name = Ref(getAttrOrNull(thread, methodOf(self)->function, names.name));
    }
    if (!name && hasPending(thread)) return Value::null();
    const Ref owner(reprOf(thread, methodOf(self)->self));
    if (!owner) return Value::null();
    const std::string text = name && isStr(name.get()) ? toUtf8(name.as<Str>()) : "?";
    return Value::of(
        makeStr(thread, fmt::format("<bound method {} of {}>", text, toUtf8(owner.as<Str>()))));
}

int64_t hashMethod(Thread& thread, Value self) {
    const int64_t function = hashOf(thread, methodOf(self)->function);
    if (function == -1) return -1;
    const auto owner = static_cast<int64_t>(std::rotr(methodOf(self)->self.bits, 4));
    const int64_t hash = owner ^ function;
    return hash == -1 ? -2 : hash;
}

Value compareMethods(Thread& thread, Value left, Value right, CompareOp op) {
    const bool comparable = (op == CompareOp::kEq || op == CompareOp::kNe) &&
                            isBoundMethod(thread, left) && isBoundMethod(thread, right);
    if (!comparable) return thread.singletons->not_implemented;
    const int same_function =
        compareBool(thread, methodOf(left)->function, methodOf(right)->function, CompareOp::kEq);
    if (same_function < 0) return Value::null();
    const bool equal = same_function != 0 && methodOf(left)->self == methodOf(right)->self;
    return boolValue(thread, equal == (op == CompareOp::kEq));
}

Value getMethodFunction(Thread&, Value self) { return newRef(methodOf(self)->function); }
Value getMethodSelf(Thread&, Value self) { return newRef(methodOf(self)->self); }

// Everything else is the function's.
Value getMethodAttribute(Thread& thread, Value self, Str* name) {
    const Value own = genericGetAttrOrNull(thread, self, name);
    if (!own.isNull() || hasPending(thread)) return own;
    return getAttr(thread, methodOf(self)->function, name);
}

Value getMethodDoc(Thread& thread, Value self) {
    return getAttr(thread, methodOf(self)->function, thread.singletons->names.doc);
}

// MethodType(function, instance)
Value constructMethod(Thread& thread, Value, const Value* args, size_t count, Value keyword_names) {
    if (!rejectKeywords(thread, "method", keyword_names)) return Value::null();
    if (!checkArgumentCount(thread, "method", count, 2, 2)) return Value::null();
    if (!isCallable(thread, args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "first argument must be callable");
    }
    if (args[1] == thread.singletons->none) {
        return raise(thread, ExceptionKind::kTypeError, "instance must not be None");
    }
    return newBoundMethod(thread, args[0], args[1]);
}

}  // namespace

Value newBoundMethod(Thread& thread, Value function, Value self) {
    auto* method = allocateObject<BoundMethod>(thread, thread.types->method);
    if (method == nullptr) return Value::null();
    method->function = newRef(function);
    method->self = newRef(self);
    return Value::of(method);
}

bool isBoundMethod(const Thread& thread, Value value) {
    return isExactly(value, thread.types->method);
}

bool initMethodType(Thread& thread) {
    Type* type = thread.types->method;
    setNativeLayout(type, CellFamily::kOther, sizeof(BoundMethod), kTypeHasWeakrefs);
    type->slots.dealloc = deallocMethod;
    type->slots.traverse = traverseMethod;
    type->slots.construct = constructMethod;
    type->slots.call = callMethodSlot;
    type->slots.repr = reprMethod;
    type->slots.hash = hashMethod;
    type->slots.compare = compareMethods;
    type->slots.get_attribute = getMethodAttribute;
    addGetSet(thread, type, "__func__", getMethodFunction, nullptr);
    addGetSet(thread, type, "__self__", getMethodSelf, nullptr);
    addGetSet(thread, type, "__doc__", getMethodDoc, nullptr);
    return finishNativeType(thread, type);
}

}  // namespace tagproof
