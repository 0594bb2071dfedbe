// The slots of classes made by programs: each finds the special method on the type and calls it, as
// the slot_* functions of CPython's Objects/typeobject.c.

#include <fmt/format.h>

#include <array>
#include <cstddef>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/int.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/special_methods.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

const Names& namesOf(const Thread& thread) { return thread.singletons->names; }

// Calls `type(self).name(self, args...)`. Null with `*missing` set when there is no such method, or
// when making it a bound one raised; that is pending then.
Value callOnType(Thread& thread,
                 Value self,
                 Str* name,
                 const Value* args,
                 size_t positional,
                 bool* missing,
                 Value keyword_names = Value::null()) {
    Type* const type = typeOf(thread, self);
    const Value method = lookupTypeAttribute(thread, type, name);
    *missing = method.isNull();
    if (*missing) return method;
    const Ref keep = Ref::borrow(method);
    const Type* const method_type = typeOf(thread, method);
    if (hasFlag(method_type, kTypeIsMethodDescriptor)) {
        return callPrepended(thread, method, self, args, positional, keyword_names);
    }
    const auto get = method_type->slots.descriptor_get;
    if (get == nullptr) return call(thread, method, args, positional, keyword_names);
    const Ref bound(get(thread, method, self, Value::of(type)));
    *missing = !bound;
    if (*missing) return Value::null();
    return call(thread, bound.get(), args, positional, keyword_names);
}

// An AttributeError with the name of the method that is missing, unless something is pending.
void raiseMissing(Thread& thread, Str* name) {
    if (!hasPending(thread)) raise(thread, ExceptionKind::kAttributeError, "{}", toUtf8(name));
}

// The same where a missing method is an AttributeError with its name.
Value callRequired(Thread& thread, Value self, Str* name, std::initializer_list<Value> args) {
    bool missing = false;
    const Value result = callOnType(thread, self, name, args.begin(), args.size(), &missing);
    if (missing) raiseMissing(thread, name);
    return result;
}

// The same where a missing method means NotImplemented.
Value callOrNotImplemented(Thread& thread, Value self, Str* name, Value other) {
    bool missing = false;
    const Value result = callOnType(thread, self, name, &other, 1, &missing);
    return missing && !hasPending(thread) ? thread.singletons->not_implemented : result;
}

template <Str* Names::*Name>
Value dispatchUnary(Thread& thread, Value self) {
    return callRequired(thread, self, namesOf(thread).*Name, {});
}

Value dispatchRepr(Thread& thread, Value self) {
    bool missing = false;
    const Value result = callOnType(thread, self, namesOf(thread).repr, nullptr, 0, &missing);
    if (!missing) return result;
    clearPending(thread);
    return Value::of(makeStr(
        thread, fmt::format("<{} object at {:#x}>", typeName(typeOf(thread, self)), self.bits)));
}

bool isNone(Thread& thread, Value self, Str* name) {
    return lookupTypeAttribute(thread, typeOf(thread, self), name) == thread.singletons->none;
}

Value dispatchIter(Thread& thread, Value self) {
    if (isNone(thread, self, namesOf(thread).iter)) {
        return raise(thread, ExceptionKind::kTypeError, "'{}' object is not iterable",
                     typeName(typeOf(thread, self)));
    }
    return callRequired(thread, self, namesOf(thread).iter, {});
}

int64_t dispatchHash(Thread& thread, Value self) {
    bool missing = false;
    const Ref result(callOnType(thread, self, namesOf(thread).hash, nullptr, 0, &missing));
    if (missing) {
        clearPending(thread);
        raise(thread, ExceptionKind::kTypeError, "unhashable type: '{}'",
              typeName(typeOf(thread, self)));
    }
    if (!result) return -1;
    if (!isInt(result.get())) {
        raise(thread, ExceptionKind::kTypeError, "__hash__ method should return an integer");
        return -1;
    }
    // A number that fits is the hash itself, not reduced as the hash of that int would be.
    int64_t number = 0;
    const int64_t hash =
        fitsInt64(thread, result.get(), &number) ? number : intHash(thread, result.get());
    return hash == -1 ? -2 : hash;
}

Value dispatchCall(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    bool missing = false;
    Str* const name = namesOf(thread).call;
    const Value result =
        callOnType(thread, callee, name, args, positional, &missing, keyword_names);
    if (missing) raiseMissing(thread, name);
    return result;
}

int dispatchInit(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    bool missing = false;
    const Ref result(
        callOnType(thread, self, namesOf(thread).init, args, positional, &missing, keyword_names));
    if (!result) return -1;
    if (result.get() == thread.singletons->none) return 0;
    raise(thread, ExceptionKind::kTypeError, "__init__() should return None, not '{}'",
          typeName(typeOf(thread, result.get())));
    return -1;
}

// --- attributes ----------------------------------------------------------------------------------

// `__getattribute__` alone. Missing attributes may be null without pending when `quiet`.
Value getAttributeFirst(Thread& thread, Value self, Str* name, bool quiet) {
    const Value method =
        lookupTypeAttribute(thread, typeOf(thread, self), namesOf(thread).getattribute);
    const Type* const wrapper = thread.types->wrapper_descriptor;
    if (method && isExactly(method, wrapper)) {
        const auto* descriptor = method.as<WrapperDescriptor>();
        const auto native = descriptor->owner->slots.get_attribute;
        if (native == genericGetAttr && quiet) return genericGetAttrOrNull(thread, self, name);
        return native(thread, self, name);
    }
    return callRequired(thread, self, namesOf(thread).getattribute, {Value::of(name)});
}

Value dispatchGetAttribute(Thread& thread, Value self, Str* name) {
    Str* const hook = namesOf(thread).getattr;
    const bool has_hook = !lookupTypeAttribute(thread, typeOf(thread, self), hook).isNull();
    const Value value = getAttributeFirst(thread, self, name, has_hook);
    if (value || !has_hook) return value;
    if (hasPending(thread)) {
        if (!pendingMatches(thread, ExceptionKind::kAttributeError)) return value;
        clearPending(thread);
    }
    return callRequired(thread, self, hook, {Value::of(name)});
}

int dispatchSetAttribute(Thread& thread, Value self, Str* name, Value value) {
    const Names& names = namesOf(thread);
    const Ref result(value ? callRequired(thread, self, names.setattr, {Value::of(name), value})
                           : callRequired(thread, self, names.delattr, {Value::of(name)}));
    return result ? 0 : -1;
}

Value dispatchDescriptorGet(Thread& thread, Value self, Value instance, Value owner) {
    const Value none = thread.singletons->none;
    return callRequired(thread, self, namesOf(thread).get,
                        {instance ? instance : none, owner ? owner : none});
}

int dispatchDescriptorSet(Thread& thread, Value self, Value instance, Value value) {
    const Names& names = namesOf(thread);
    const Ref result(value ? callRequired(thread, self, names.set, {instance, value})
                           : callRequired(thread, self, names.delete_, {instance}));
    return result ? 0 : -1;
}

int dispatchFinalize(Thread& thread, Object* self) {
    const Ref result(callRequired(thread, Value::of(self), namesOf(thread).del, {}));
    return result ? 0 : -1;
}

// --- comparison and containers -------------------------------------------------------------------

Value dispatchCompare(Thread& thread, Value left, Value right, CompareOp op) {
    const Names& names = namesOf(thread);
    const std::array<Str*, 6> by_op = {names.lt, names.le, names.eq, names.ne, names.gt, names.ge};
    bool missing = false;
    const Value result =
        callOnType(thread, left, by_op[static_cast<size_t>(op)], &right, 1, &missing);
    if (!missing) return result;
    clearPending(thread);
    return thread.singletons->not_implemented;
}

int64_t dispatchLength(Thread& thread, Value self) {
    const Ref result(callRequired(thread, self, namesOf(thread).len, {}));
    if (!result) return -1;
    const Ref number(indexOf(thread, result.get()));
    if (!number) return -1;
    if (intSign(thread, number.get()) < 0) {
        raise(thread, ExceptionKind::kValueError, "__len__() should return >= 0");
        return -1;
    }
    int64_t length = 0;
    if (fitsInt64(thread, number.get(), &length)) return length;
    raise(thread, ExceptionKind::kOverflowError, "cannot fit '{}' into an index-sized integer",
          typeName(typeOf(thread, number.get())));
    return -1;
}

int dispatchTruth(Thread& thread, Value self) {
    const Ref result(callRequired(thread, self, namesOf(thread).bool_, {}));
    if (!result) return -1;
    if (result.get() == thread.singletons->true_) return 1;
    if (result.get() == thread.singletons->false_) return 0;
    raise(thread, ExceptionKind::kTypeError, "__bool__ should return bool, returned {}",
          typeName(typeOf(thread, result.get())));
    return -1;
}

Value dispatchGetItem(Thread& thread, Value self, Value key) {
    return callRequired(thread, self, namesOf(thread).getitem, {key});
}

int dispatchSetItem(Thread& thread, Value self, Value key, Value value) {
    const Names& names = namesOf(thread);
    const Ref result(value ? callRequired(thread, self, names.setitem, {key, value})
                           : callRequired(thread, self, names.delitem, {key}));
    return result ? 0 : -1;
}

int dispatchContains(Thread& thread, Value self, Value item) {
    if (isNone(thread, self, namesOf(thread).contains)) {
        raise(thread, ExceptionKind::kTypeError, "'{}' object is not a container",
              typeName(typeOf(thread, self)));
        return -1;
    }
    const Ref result(callRequired(thread, self, namesOf(thread).contains, {item}));
    return result ? isTrue(thread, result.get()) : -1;
}

Value dispatchFormat(Thread& thread, Value self, Value spec) {
    return callRequired(thread, self, namesOf(thread).format, {spec});
}

// --- operators -----------------------------------------------------------------------------------

struct OperatorNames {
    Str* Names::*plain;
    Str* Names::*reflected;
    Str* Names::*in_place;
};
constexpr std::array<OperatorNames, kBinaryOpCount> kOperators = {{
    {&Names::add, &Names::radd, &Names::iadd},
    {&Names::sub, &Names::rsub, &Names::isub},
    {&Names::mul, &Names::rmul, &Names::imul},
    {&Names::matmul, &Names::rmatmul, &Names::imatmul},
    {&Names::truediv, &Names::rtruediv, &Names::itruediv},
    {&Names::floordiv, &Names::rfloordiv, &Names::ifloordiv},
    {&Names::mod, &Names::rmod, &Names::imod},
    {&Names::pow, &Names::rpow, &Names::ipow},
    {&Names::lshift, &Names::rlshift, &Names::ilshift},
    {&Names::rshift, &Names::rrshift, &Names::irshift},
    {&Names::and_, &Names::rand, &Names::iand},
    {&Names::or_, &Names::ror, &Names::ior},
    {&Names::xor_, &Names::rxor, &Names::ixor},
}};

bool overrides(Thread& thread, Type* derived, Type* base, Str* name) {
    const Value own = lookupTypeAttribute(thread, derived, name);
    return own && own != lookupTypeAttribute(thread, base, name);
}

// SLOT1BINFULL: the reflected method of a subclass that overrides it goes first.
template <size_t Op>
Value dispatchBinary(Thread& thread, Value left, Value right) {
    Type* const left_type = typeOf(thread, left);
    Type* const right_type = typeOf(thread, right);
    Str* const plain = namesOf(thread).*kOperators[Op].plain;
    Str* const reflected = namesOf(thread).*kOperators[Op].reflected;
    const Value not_implemented = thread.singletons->not_implemented;
    bool try_right = left_type != right_type && right_type->slots.binary[Op] == dispatchBinary<Op>;
    if (left_type->slots.binary[Op] == dispatchBinary<Op>) {
        if (try_right && isSubtype(right_type, left_type) &&
            overrides(thread, right_type, left_type, reflected)) {
            const Value result = callOrNotImplemented(thread, right, reflected, left);
            if (result != not_implemented) return result;
            try_right = false;
        }
        const Value result = callOrNotImplemented(thread, left, plain, right);
        if (result != not_implemented || left_type == right_type) return result;
    }
    return try_right ? callOrNotImplemented(thread, right, reflected, left) : not_implemented;
}

template <size_t Op>
Value dispatchInPlace(Thread& thread, Value left, Value right) {
    return callOrNotImplemented(thread, left, namesOf(thread).*kOperators[Op].in_place, right);
}

template <typename Function>
AnySlot any(Function function) {
    return reinterpret_cast<AnySlot>(function);
}

template <size_t... Ops>
constexpr std::array<BinaryFunction, kBinaryOpCount> binaryDispatchers(
    std::index_sequence<Ops...>) {
    return {dispatchBinary<Ops>...};
}
template <size_t... Ops>
constexpr std::array<BinaryFunction, kBinaryOpCount> inPlaceDispatchers(
    std::index_sequence<Ops...>) {
    return {dispatchInPlace<Ops>...};
}
constexpr auto kBinaryDispatchers = binaryDispatchers(std::make_index_sequence<kBinaryOpCount>{});
constexpr auto kInPlaceDispatchers = inPlaceDispatchers(std::make_index_sequence<kBinaryOpCount>{});
constexpr std::array<UnaryFunction, kUnaryOpCount> kUnaryDispatchers = {
    dispatchUnary<&Names::neg>, dispatchUnary<&Names::pos>, dispatchUnary<&Names::invert>};

}  // namespace

Value dispatchConstruct(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const Ref method(getAttr(thread, callee, namesOf(thread).new_));
    if (!method) return Value::null();
    return callPrepended(thread, method.get(), callee, args, positional, keyword_names);
}

AnySlot slotDispatcher(const SpecialMethod& method) {
    switch (method.group) {
        case SlotGroup::kRepr:
            return any(dispatchRepr);
        case SlotGroup::kStr:
            return any(dispatchUnary<&Names::str>);
        case SlotGroup::kHash:
            return any(dispatchHash);
        case SlotGroup::kCall:
            return any(dispatchCall);
        case SlotGroup::kGetAttribute:
            return any(dispatchGetAttribute);
        case SlotGroup::kSetAttribute:
            return any(dispatchSetAttribute);
        case SlotGroup::kCompare:
            return any(dispatchCompare);
        case SlotGroup::kIter:
            return any(dispatchIter);
        case SlotGroup::kNext:
            return any(dispatchUnary<&Names::next>);
        case SlotGroup::kInit:
            return any(dispatchInit);
        case SlotGroup::kNew:
            return any(dispatchConstruct);
        case SlotGroup::kDescriptorGet:
            return any(dispatchDescriptorGet);
        case SlotGroup::kDescriptorSet:
            return any(dispatchDescriptorSet);
        case SlotGroup::kFinalize:
            return any(dispatchFinalize);
        case SlotGroup::kLength:
            return any(dispatchLength);
        case SlotGroup::kGetItem:
            return any(dispatchGetItem);
        case SlotGroup::kSetItem:
            return any(dispatchSetItem);
        case SlotGroup::kContains:
            return any(dispatchContains);
        case SlotGroup::kTruth:
            return any(dispatchTruth);
        case SlotGroup::kFormat:
            return any(dispatchFormat);
        case SlotGroup::kIndex:
            return any(dispatchUnary<&Names::index>);
        case SlotGroup::kInt:
            return any(dispatchUnary<&Names::int_>);
        case SlotGroup::kFloat:
            return any(dispatchUnary<&Names::float_>);
        case SlotGroup::kAbsolute:
            return any(dispatchUnary<&Names::abs>);
        case SlotGroup::kUnary:
            return any(kUnaryDispatchers[method.argument]);
        case SlotGroup::kBinary:
        case SlotGroup::kReflected:
            return any(kBinaryDispatchers[method.argument]);
        case SlotGroup::kInPlace:
            return any(kInPlaceDispatchers[method.argument]);
    }
    return nullptr;
}

}  // namespace tagproof
