// Every slot of a proxy takes the referent for as long as the operation runs, and hands over.

#include "objmodel/weak_proxy.h"

#include <fmt/format.h>

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

// The referent of a proxy, any other value itself; empty + ReferenceError when it is dead.
Ref behind(Thread& thread, Value value) {
    if (!isWeakProxy(thread, value)) return Ref::borrow(value);
    Ref referent(weakRefGet(value.as<WeakRef>()));
    if (!referent) {
        raiseText(thread, ExceptionKind::kReferenceError,
                  "weakly-referenced object no longer exists");
    }
    return referent;
}

// --- one operand ---------------------------------------------------------------------------------

template <Value (*Operation)(Thread&, Value)>
Value forwardUnary(Thread& thread, Value self) {
    const Ref object = behind(thread, self);
    return object ? Operation(thread, object.get()) : Value::null();
}

template <UnaryOp Operator>
Value forwardOperator(Thread& thread, Value self) {
    const Ref object = behind(thread, self);
    return object ? unaryOp(thread, Operator, object.get()) : Value::null();
}

Value forwardNext(Thread& thread, Value self) {
    const Ref object = behind(thread, self);
    if (!object) return Value::null();
    const Type* const type = typeOf(thread, object.get());
    if (type->slots.next != nullptr) return iterNext(thread, object.get());
    return raise(thread, ExceptionKind::kTypeError,
                 "Weakref proxy referenced a non-iterator '{}' object", typeName(type));
}

int forwardTruth(Thread& thread, Value self) {
    const Ref object = behind(thread, self);
    return object ? isTrue(thread, object.get()) : -1;
}

int64_t forwardLength(Thread& thread, Value self) {
    const Ref object = behind(thread, self);
    return object ? lengthOf(thread, object.get()) : -1;
}

Value forwardFloat(Thread& thread, Value self) {
    const Ref object = behind(thread, self);
    double number;
    if (!object || !toDouble(thread, object.get(), &number)) return Value::null();
    return makeFloat(thread, number);
}

Value reprOfProxy(Thread& thread, Value self) {
    const Ref object(weakRefGet(self.as<WeakRef>()));
    const Value shown = object ? object.get() : thread.singletons->none;
    return Value::of(makeStr(thread, fmt::format("<weakproxy at {:#x} to {} at {:#x}>", self.bits,
                                                 typeName(typeOf(thread, shown)), shown.bits)));
}

// --- items, attributes, calls --------------------------------------------------------------------

Value forwardGetItem(Thread& thread, Value self, Value key) {
    const Ref object = behind(thread, self);
    const Ref real_key = object ? behind(thread, key) : Ref();
    return real_key ? getItem(thread, object.get(), real_key.get()) : Value::null();
}

int forwardSetItem(Thread& thread, Value self, Value key, Value value) {
    const Ref object = behind(thread, self);
    if (!object) return -1;
    return value ? setItem(thread, object.get(), key, value) : delItem(thread, object.get(), key);
}

int forwardContains(Thread& thread, Value self, Value item) {
    const Ref object = behind(thread, self);
    return object ? contains(thread, object.get(), item) : -1;
}

Value forwardGetAttribute(Thread& thread, Value self, Str* name) {
    const Ref object = behind(thread, self);
    return object ? getAttr(thread, object.get(), name) : Value::null();
}

int forwardSetAttribute(Thread& thread, Value self, Str* name, Value value) {
    const Ref object = behind(thread, self);
    return object ? setAttr(thread, object.get(), name, value) : -1;
}

Value forwardCall(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const Ref object = behind(thread, callee);
    return object ? call(thread, object.get(), args, positional, keyword_names) : Value::null();
}

// --- two operands --------------------------------------------------------------------------------

Value forwardCompare(Thread& thread, Value left, Value right, CompareOp op) {
    const Ref real_left = behind(thread, left);
    const Ref real_right = real_left ? behind(thread, right) : Ref();
    return real_right ? richCompare(thread, real_left.get(), real_right.get(), op) : Value::null();
}

template <size_t Operator>
Value forwardBinary(Thread& thread, Value left, Value right) {
    const Ref real_left = behind(thread, left);
    const Ref real_right = real_left ? behind(thread, right) : Ref();
    if (!real_right) return Value::null();
    return binaryOp(thread, static_cast<BinaryOp>(Operator), real_left.get(), real_right.get());
}

template <size_t Operator>
Value forwardInPlace(Thread& thread, Value left, Value right) {
    const Ref real_left = behind(thread, left);
    const Ref real_right = real_left ? behind(thread, right) : Ref();
    if (!real_right) return Value::null();
    return inPlaceOp(thread, static_cast<BinaryOp>(Operator), real_left.get(), real_right.get());
}

Value methodDivmod(Thread& thread, Value self, const Value* args, size_t) {
    const Ref left = behind(thread, self);
    const Ref right = left ? behind(thread, args[0]) : Ref();
    return right ? divmodOf(thread, left.get(), right.get()) : Value::null();
}

Value methodReflectedDivmod(Thread& thread, Value self, const Value* args, size_t) {
    return methodDivmod(thread, args[0], &self, 1);
}

template <size_t... Operators>
void setArithmetic(TypeSlots& slots, std::index_sequence<Operators...>) {
    ((slots.binary[Operators] = forwardBinary<Operators>), ...);
    ((slots.in_place[Operators] = forwardInPlace<Operators>), ...);
}

void setSlots(TypeSlots& slots) {
    slots.repr = reprOfProxy;
    slots.str = forwardUnary<strOf>;
    slots.compare = forwardCompare;
    slots.get_attribute = forwardGetAttribute;
    slots.set_attribute = forwardSetAttribute;
    slots.iter = forwardUnary<getIter>;
    slots.next = forwardNext;
    slots.truth = forwardTruth;
    slots.length = forwardLength;
    slots.get_item = forwardGetItem;
    slots.set_item = forwardSetItem;
    slots.contains = forwardContains;
    slots.index = forwardUnary<indexOf>;
    slots.to_int = forwardUnary<toInt>;
    slots.to_float = forwardFloat;
    slots.absolute = forwardUnary<absoluteOf>;
    slots.unary[static_cast<size_t>(UnaryOp::kNegative)] = forwardOperator<UnaryOp::kNegative>;
    slots.unary[static_cast<size_t>(UnaryOp::kPositive)] = forwardOperator<UnaryOp::kPositive>;
    slots.unary[static_cast<size_t>(UnaryOp::kInvert)] = forwardOperator<UnaryOp::kInvert>;
    setArithmetic(slots, std::make_index_sequence<kBinaryOpCount>());
}

}  // namespace

bool isWeakProxy(const Thread& thread, Value value) {
    return isExactly(value, thread.types->weak_proxy) ||
           isExactly(value, thread.types->weak_callable_proxy);
}

Value powerOfReferents(Thread& thread, Value base, Value exponent, Value modulus) {
    const Ref real_base = behind(thread, base);
    const Ref real_exponent = real_base ? behind(thread, exponent) : Ref();
    const Ref real_modulus = real_exponent ? behind(thread, modulus) : Ref();
    if (!real_modulus) return Value::null();
    return powerOf(thread, real_base.get(), real_exponent.get(), real_modulus.get());
}

Value newWeakProxy(Thread& thread, Value object, Value callback) {
    Type* const type =
        isCallable(thread, object) ? thread.types->weak_callable_proxy : thread.types->weak_proxy;
    return newWeakRefOfType(thread, type, object, callback);
}

void initWeakProxyTypes(Thread& thread) {
    for (Type* const type : {thread.types->weak_proxy, thread.types->weak_callable_proxy}) {
        setWeakRefLayout(type, 0);
        setSlots(type->slots);
        addMethod(thread, type, "__divmod__", methodDivmod, 1, 1);
        addMethod(thread, type, "__rdivmod__", methodReflectedDivmod, 1, 1);
    }
    thread.types->weak_callable_proxy->slots.call = forwardCall;
}

}  // namespace tagproof
