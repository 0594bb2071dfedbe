// mappingproxy: a read-only view of a mapping; what `C.__dict__` is. Everything is passed on.

#include <fmt/format.h>

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/generic_alias.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

Value mappingOf(Value self) { return self.as<MappingProxy>()->mapping; }

void clearProxy(Thread&, Object* self) {
    decref(std::exchange(reinterpret_cast<MappingProxy*>(self)->mapping, Value::null()));
}

void deallocProxy(Thread& thread, Object* self) {
    clearProxy(thread, self);
    freeObject(thread, self);
}

void traverseProxy(Object* self, VisitFunction visit, void* context) {
    const Value mapping = reinterpret_cast<MappingProxy*>(self)->mapping;
    if (mapping) visit(mapping, context);
}

Value constructProxy(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "mappingproxy", keyword_names) ||
        !checkArgumentCount(thread, "mappingproxy", positional, 1, 1)) {
        return Value::null();
    }
    const Type* const type = typeOf(thread, args[0]);
    const bool is_mapping = type->slots.get_item != nullptr && !hasFlag(type, kTypeIsList) &&
                            !hasFlag(type, kTypeIsTuple);
    if (is_mapping) return newMappingProxy(thread, args[0]);
    return raise(thread, ExceptionKind::kTypeError,
                 "mappingproxy() argument must be a mapping, not {}", typeName(type));
}

Value getProxyItem(Thread& thread, Value self, Value key) {
    return checkNativeStack(thread) ? getItem(thread, mappingOf(self), key) : Value::null();
}
int proxyContains(Thread& thread, Value self, Value key) {
    return checkNativeStack(thread) ? contains(thread, mappingOf(self), key) : -1;
}
int64_t proxyLength(Thread& thread, Value self) {
    return checkNativeStack(thread) ? lengthOf(thread, mappingOf(self)) : -1;
}
Value iterProxy(Thread& thread, Value self) {
    return checkNativeStack(thread) ? getIter(thread, mappingOf(self)) : Value::null();
}
Value strProxy(Thread& thread, Value self) { return strOf(thread, mappingOf(self)); }

Value reprProxy(Thread& thread, Value self) {
    const Ref inner(reprOf(thread, mappingOf(self)));
    if (!inner) return Value::null();
    return Value::of(makeStr(thread, fmt::format("mappingproxy({})", toUtf8(inner.as<Str>()))));
}

Value compareProxy(Thread& thread, Value left, Value right, CompareOp op) {
    const Value other = isExactly(right, thread.types->mapping_proxy) ? mappingOf(right) : right;
    return richCompare(thread, mappingOf(left), other, op);
}

Value mergeProxies(Thread& thread, Value left, Value right) {
    const Type* const proxy = thread.types->mapping_proxy;
    const Value a = isExactly(left, proxy) ? mappingOf(left) : left;
    const Value b = isExactly(right, proxy) ? mappingOf(right) : right;
    if (!checkNativeStack(thread)) return Value::null();
    return binaryOp(thread, BinaryOp::kOr, a, b);
}

Value refuseMergeInPlace(Thread& thread, Value self, Value) {
    return raise(thread, ExceptionKind::kTypeError, "'|=' is not supported by {}; use '|' instead",
                 typeName(typeOf(thread, self)));
}

Value forward(Thread& thread, Value self, const char* name, const Value* args, size_t count) {
    Str* const interned = internStr(thread, name);
    if (interned == nullptr || !checkNativeStack(thread)) return Value::null();
    return callMethod(thread, mappingOf(self), interned, args, count);
}

Value getMethodOfProxy(Thread& thread, Value self, const Value* args, size_t count) {
    const Value with_default[] = {args[0], count > 1 ? args[1] : thread.singletons->none};
    return forward(thread, self, "get", with_default, 2);
}
Value keysOfProxy(Thread& thread, Value self, const Value* args, size_t count) {
    return forward(thread, self, "keys", args, count);
}
Value valuesOfProxy(Thread& thread, Value self, const Value* args, size_t count) {
    return forward(thread, self, "values", args, count);
}
Value itemsOfProxy(Thread& thread, Value self, const Value* args, size_t count) {
    return forward(thread, self, "items", args, count);
}
Value copyOfProxy(Thread& thread, Value self, const Value* args, size_t count) {
    return forward(thread, self, "copy", args, count);
}
Value reversedProxy(Thread& thread, Value self, const Value* args, size_t count) {
    return forward(thread, self, "__reversed__", args, count);
}

}  // namespace

Value newMappingProxy(Thread& thread, Value mapping) {
    auto* proxy = allocateObject<MappingProxy>(thread, thread.types->mapping_proxy);
    if (proxy == nullptr) return Value::null();
    proxy->mapping = newRef(mapping);
    return Value::of(proxy);
}

void initMappingProxyType(Thread& thread) {
    Type* const type = thread.types->mapping_proxy;
    setNativeLayout(type, CellFamily::kOther, sizeof(MappingProxy), 0);
    type->slots.dealloc = deallocProxy;
    type->slots.traverse = traverseProxy;
    type->slots.clear = clearProxy;
    type->slots.construct = constructProxy;
    type->slots.get_item = getProxyItem;
    type->slots.contains = proxyContains;
    type->slots.length = proxyLength;
    type->slots.iter = iterProxy;
    type->slots.str = strProxy;
    type->slots.repr = reprProxy;
    type->slots.compare = compareProxy;
    type->slots.binary[static_cast<size_t>(BinaryOp::kOr)] = mergeProxies;
    type->slots.in_place[static_cast<size_t>(BinaryOp::kOr)] = refuseMergeInPlace;
    addMethod(thread, type, "get", getMethodOfProxy, 1, 2);
    addMethod(thread, type, "keys", keysOfProxy, 0, 0);
    addMethod(thread, type, "values", valuesOfProxy, 0, 0);
    addMethod(thread, type, "items", itemsOfProxy, 0, 0);
    addMethod(thread, type, "copy", copyOfProxy, 0, 0);
    addMethod(thread, type, "__reversed__", reversedProxy, 0, 0);
    addClassGetItem(thread, type);
}

}  // namespace tagproof
