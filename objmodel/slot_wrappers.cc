// Slots as programs see them: `int.__add__` (wrapper_descriptor), `(1).__add__` (method-wrapper)
// and `int.__new__`. The reverse of slot_dispatch.cc.

#include <fmt/format.h>

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/special_methods.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

// method-wrapper: a wrapper_descriptor bound to an object.
struct BoundWrapper {
    Object head;
    WrapperDescriptor* descriptor = nullptr;  // owned
    Value self;                               // owned
};

struct WrapperCall {
    Thread& thread;
    const SpecialMethod& method;
    const TypeSlots& slots;
    Value self;
    const Value* args;
    size_t count;
};

struct CountRange {
    size_t min;
    size_t max;
};

CountRange countsOf(const SpecialMethod& method) {
    switch (method.group) {
        case SlotGroup::kGetAttribute:
        case SlotGroup::kCompare:
        case SlotGroup::kGetItem:
        case SlotGroup::kContains:
        case SlotGroup::kFormat:
        case SlotGroup::kBinary:
        case SlotGroup::kReflected:
        case SlotGroup::kInPlace:
            return {1, 1};
        case SlotGroup::kDescriptorGet:
            return {1, 2};
        case SlotGroup::kSetAttribute:
        case SlotGroup::kSetItem:
        case SlotGroup::kDescriptorSet: {
            const size_t count = method.argument == 0 ? 2 : 1;
            return {count, count};
        }
        case SlotGroup::kRepr:
        case SlotGroup::kStr:
        case SlotGroup::kHash:
        case SlotGroup::kCall:
        case SlotGroup::kIter:
        case SlotGroup::kNext:
        case SlotGroup::kInit:
        case SlotGroup::kNew:
        case SlotGroup::kFinalize:
        case SlotGroup::kLength:
        case SlotGroup::kTruth:
        case SlotGroup::kIndex:
        case SlotGroup::kInt:
        case SlotGroup::kFloat:
        case SlotGroup::kAbsolute:
        case SlotGroup::kUnary:
            break;
    }
    return {0, 0};
}

bool checkCount(Thread& thread, const SpecialMethod& method, size_t count) {
    const CountRange range = countsOf(method);
    if (count >= range.min && count <= range.max) return true;
    const size_t bound = count < range.min ? range.min : range.max;
    raise(thread, ExceptionKind::kTypeError, "expected {}{} argument{}, got {}",
          range.min == range.max ? "" : (count < range.min ? "at least " : "at most "), bound,
          bound == 1 ? "" : "s", count);
    return false;
}

Value noneOrNull(Thread& thread, int status) {
    return status < 0 ? Value::null() : thread.singletons->none;
}

Str* attributeName(Thread& thread, Value name) {
    if (isStr(name)) return name.as<Str>();
    raise(thread, ExceptionKind::kTypeError, "attribute name must be string, not '{}'",
          typeName(typeOf(thread, name)));
    return nullptr;
}

Value callGetAttribute(const WrapperCall& call) {
    Str* const name = attributeName(call.thread, call.args[0]);
    if (name == nullptr) return Value::null();
    return call.slots.get_attribute(call.thread, call.self, name);
}

Value callSetAttribute(const WrapperCall& call) {
    Str* const name = attributeName(call.thread, call.args[0]);
    if (name == nullptr) return Value::null();
    // object's must not be used to get around the checks of type's.
    if (isType(call.self) && call.slots.set_attribute == genericSetAttr) {
        return raise(call.thread, ExceptionKind::kTypeError, "can't apply this {} to {} object",
                     call.method.text, typeName(call.self.asObject()->type));
    }
    const Value value = call.method.argument == 0 ? call.args[1] : Value::null();
    return noneOrNull(call.thread, call.slots.set_attribute(call.thread, call.self, name, value));
}

Value callDescriptorGet(const WrapperCall& call) {
    const Value none = call.thread.singletons->none;
    const Value instance = call.args[0] == none ? Value::null() : call.args[0];
    const Value owner = call.count < 2 || call.args[1] == none ? Value::null() : call.args[1];
    if (instance.isNull() && owner.isNull()) {
        return raise(call.thread, ExceptionKind::kTypeError, "__get__(None, None) is invalid");
    }
    return call.slots.descriptor_get(call.thread, call.self, instance, owner);
}

Value callNext(const WrapperCall& call) {
    const Value item = call.slots.next(call.thread, call.self);
    if (item.isNull() && !hasPending(call.thread)) raiseStopIteration(call.thread, item);
    return item;
}

Value callHash(const WrapperCall& call) {
    const int64_t hash = call.slots.hash(call.thread, call.self);
    return hash == -1 ? Value::null() : makeInt(call.thread, hash);
}

Value callLength(const WrapperCall& call) {
    const int64_t length = call.slots.length(call.thread, call.self);
    return length < 0 ? Value::null() : makeInt(call.thread, length);
}

Value truthValue(const WrapperCall& call, int truth) {
    return truth < 0 ? Value::null() : boolValue(call.thread, truth > 0);
}

Value callThree(const WrapperCall& call, int (*function)(Thread&, Value, Value, Value)) {
    const Value value = call.method.argument == 0 ? call.args[1] : Value::null();
    return noneOrNull(call.thread, function(call.thread, call.self, call.args[0], value));
}

Value callFinalize(const WrapperCall& call) {
    return noneOrNull(call.thread, call.slots.finalize(call.thread, call.self.asObject()));
}

Value callFormat(const WrapperCall& call) {
    const Value spec = call.args[0];
    if (isStr(spec)) return call.slots.format(call.thread, call.self, spec);
    const bool none = spec == call.thread.singletons->none;
    return raise(call.thread, ExceptionKind::kTypeError,
                 "__format__() argument must be str, not {}",
                 none ? "None" : typeName(typeOf(call.thread, spec)));
}

// Every group but the two that take keywords.
Value callSlot(const WrapperCall& call) {
    Thread& thread = call.thread;
    const TypeSlots& slots = call.slots;
    const Value self = call.self;
    const Value* const args = call.args;
    const size_t argument = call.method.argument;
    switch (call.method.group) {
        case SlotGroup::kRepr:
            return slots.repr(thread, self);
        case SlotGroup::kStr:
            return slots.str(thread, self);
        case SlotGroup::kHash:
            return callHash(call);
        case SlotGroup::kGetAttribute:
            return callGetAttribute(call);
        case SlotGroup::kSetAttribute:
            return callSetAttribute(call);
        case SlotGroup::kCompare:
            return slots.compare(thread, self, args[0], static_cast<CompareOp>(argument));
        case SlotGroup::kIter:
            return slots.iter(thread, self);
        case SlotGroup::kNext:
            return callNext(call);
        case SlotGroup::kDescriptorGet:
            return callDescriptorGet(call);
        case SlotGroup::kDescriptorSet:
            return callThree(call, slots.descriptor_set);
        case SlotGroup::kFinalize:
            return callFinalize(call);
        case SlotGroup::kLength:
            return callLength(call);
        case SlotGroup::kGetItem:
            return slots.get_item(thread, self, args[0]);
        case SlotGroup::kSetItem:
            return callThree(call, slots.set_item);
        case SlotGroup::kContains:
            return truthValue(call, slots.contains(thread, self, args[0]));
        case SlotGroup::kTruth:
            return truthValue(call, slots.truth(thread, self));
        case SlotGroup::kFormat:
            return callFormat(call);
        case SlotGroup::kIndex:
            return slots.index(thread, self);
        case SlotGroup::kInt:
            return slots.to_int(thread, self);
        case SlotGroup::kFloat:
            return slots.to_float(thread, self);
        case SlotGroup::kAbsolute:
            return slots.absolute(thread, self);
        case SlotGroup::kUnary:
            return slots.unary[argument](thread, self);
        case SlotGroup::kBinary:
            return slots.binary[argument](thread, self, args[0]);
        case SlotGroup::kReflected:
            return slots.binary[argument](thread, args[0], self);
        case SlotGroup::kInPlace:
            return slots.in_place[argument](thread, self, args[0]);
        case SlotGroup::kCall:
        case SlotGroup::kInit:
        case SlotGroup::kNew:
            break;
    }
    return Value::null();
}

bool isSequence(const Type* type) {
    constexpr uint32_t kSequences = kTypeIsStr | kTypeIsList | kTypeIsTuple | kTypeConcatenates;
    return (type->type_flags & kSequences) != 0;
}

// NotImplemented, or the TypeError of a sequence's own + and *, which CPython's types have in slots
// that know no NotImplemented.
Value sequenceResult(Thread& thread, const WrapperDescriptor* wrapper, Value self, Value other) {
    const SpecialMethod& method = *wrapper->method;
    const bool is_operator = method.group == SlotGroup::kBinary ||
                             method.group == SlotGroup::kReflected ||
                             method.group == SlotGroup::kInPlace;
    const auto op = static_cast<BinaryOp>(method.argument);
    if (is_operator && isSequence(wrapper->owner)) {
        if (op == BinaryOp::kAdd) return raiseUnsupported(thread, op, self, other, "");
        int64_t count;
        if (op == BinaryOp::kMultiply && !toIndex(thread, other, &count)) return Value::null();
    }
    return thread.singletons->not_implemented;
}

Value callWrapped(Thread& thread,
                  const WrapperDescriptor* wrapper,
                  Value self,
                  const Value* args,
                  size_t positional,
                  Value keyword_names) {
    const SpecialMethod& method = *wrapper->method;
    const TypeSlots& slots = wrapper->owner->slots;
    if (method.group == SlotGroup::kInit) {
        return noneOrNull(thread, slots.init(thread, self, args, positional, keyword_names));
    }
    if (method.group == SlotGroup::kCall) {
        return slots.call(thread, self, args, positional, keyword_names);
    }
    if (keywordCount(keyword_names) != 0) {
        return raise(thread, ExceptionKind::kTypeError, "wrapper {}() takes no keyword arguments",
                     method.text);
    }
    if (!checkCount(thread, method, positional)) return Value::null();
    const Value result = callSlot({thread, method, slots, self, args, positional});
    // A value of a program too: `iter([NotImplemented]).__next__()`.
    if (positional == 0 || result != thread.singletons->not_implemented) return result;
    return sequenceResult(thread, wrapper, self, args[0]);
}

// --- wrapper_descriptor --------------------------------------------------------------------------

bool checkSelf(Thread& thread, const WrapperDescriptor* wrapper, Value self) {
    const Type* const type = typeOf(thread, self);
    if (isSubtype(type, wrapper->owner)) return true;
    raise(thread, ExceptionKind::kTypeError,
          "descriptor '{}' requires a '{}' object but received a '{}'", wrapper->method->text,
          typeName(wrapper->owner), typeName(type));
    return false;
}

Value callWrapper(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const auto* wrapper = callee.as<WrapperDescriptor>();
    if (positional == 0) {
        return raise(thread, ExceptionKind::kTypeError,
                     "descriptor '{}' of '{}' object needs an argument", wrapper->method->text,
                     typeName(wrapper->owner));
    }
    if (!checkSelf(thread, wrapper, args[0])) return Value::null();
    return callWrapped(thread, wrapper, args[0], args + 1, positional - 1, keyword_names);
}

Value bindWrapper(Thread& thread, Value self, Value instance, Value) {
    auto* wrapper = self.as<WrapperDescriptor>();
    if (instance.isNull()) return newRef(self);
    if (!isSubtype(typeOf(thread, instance), wrapper->owner)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                     wrapper->method->text, typeName(wrapper->owner),
                     typeName(typeOf(thread, instance)));
    }
    auto* bound = allocateObject<BoundWrapper>(thread, thread.types->method_wrapper);
    if (bound == nullptr) return Value::null();
    bound->descriptor = newRef(wrapper);
    bound->self = newRef(instance);
    return Value::of(bound);
}

Value reprWrapper(Thread& thread, Value self) {
    const auto* wrapper = self.as<WrapperDescriptor>();
    return Value::of(makeStr(thread, fmt::format("<slot wrapper '{}' of '{}' objects>",
                                                 wrapper->method->text, typeName(wrapper->owner))));
}

Value getWrapperName(Thread& thread, Value self) {
    return newRef(Value::of(nameOf(thread, *self.as<WrapperDescriptor>()->method)));
}
Value getWrapperQualname(Thread& thread, Value self) {
    const auto* wrapper = self.as<WrapperDescriptor>();
    return Value::of(makeStr(thread, typeName(wrapper->owner) + "." + wrapper->method->text));
}
Value getWrapperOwner(Thread&, Value self) {
    return newRef(Value::of(self.as<WrapperDescriptor>()->owner));
}
Value getNone(Thread& thread, Value) { return thread.singletons->none; }

// --- method-wrapper
// --------------------------------------------------------------------------------

void deallocBound(Thread& thread, Object* self) {
    auto* bound = reinterpret_cast<BoundWrapper*>(self);
    decref(Value::of(std::exchange(bound->descriptor, nullptr)));
    decref(std::exchange(bound->self, Value::null()));
    freeObject(thread, self);
}

void traverseBound(Object* self, VisitFunction visit, void* context) {
    const auto* bound = reinterpret_cast<BoundWrapper*>(self);
    visit(Value::of(bound->descriptor), context);
    if (bound->self) visit(bound->self, context);
}

Value callBound(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const auto* bound = callee.as<BoundWrapper>();
    return callWrapped(thread, bound->descriptor, bound->self, args, positional, keyword_names);
}

Value reprBound(Thread& thread, Value self) {
    const auto* bound = self.as<BoundWrapper>();
    return Value::of(makeStr(
        thread,
        fmt::format("<method-wrapper '{}' of {} object at {:#x}>", bound->descriptor->method->text,
                    typeName(typeOf(thread, bound->self)), bound->self.bits)));
}

Value compareBound(Thread& thread, Value left, Value right, CompareOp op) {
    const bool equality = op == CompareOp::kEq || op == CompareOp::kNe;
    if (!equality || !isExactly(right, thread.types->method_wrapper)) {
        return thread.singletons->not_implemented;
    }
    const auto* a = left.as<BoundWrapper>();
    const auto* b = right.as<BoundWrapper>();
    const bool same = a->descriptor == b->descriptor && a->self == b->self;
    return boolValue(thread, same == (op == CompareOp::kEq));
}

int64_t hashBound(Thread&, Value self) {
    const auto* bound = self.as<BoundWrapper>();
    const uint64_t bits = bound->self.bits ^ Value::of(bound->descriptor).bits;
    return static_cast<int64_t>(bits >> 4);
}

Value getBoundSelf(Thread&, Value self) { return newRef(self.as<BoundWrapper>()->self); }
Value getBoundName(Thread& thread, Value self) {
    return getWrapperName(thread, Value::of(self.as<BoundWrapper>()->descriptor));
}
Value getBoundOwner(Thread& thread, Value self) {
    return getWrapperOwner(thread, Value::of(self.as<BoundWrapper>()->descriptor));
}
Value getBoundQualname(Thread& thread, Value self) {
    return getWrapperQualname(thread, Value::of(self.as<BoundWrapper>()->descriptor));
}

// --- making them
// -----------------------------------------------------------------------------------

bool storeNew(Thread& thread, Type* type) {
    const NativeSignature signature{nullptr, callNativeNew, 0, kAnyCount};
    const Ref function(newNativeFunction(thread, "__new__", signature, Value::of(type)));
    if (!function) return false;
    function.as<NativeFunction>()->owner = type;
    Str* const name = thread.singletons->names.new_;
    return dictSetStr(thread, type->attributes, name, function.get()) == 0;
}

bool storeWrapper(Thread& thread, Type* type, const SpecialMethod& method) {
    Str* const name = nameOf(thread, method);
    if (dictGetStr(type->attributes, name)) return true;
    if (method.group == SlotGroup::kNew) return storeNew(thread, type);
    auto* wrapper = allocateObject<WrapperDescriptor>(thread, thread.types->wrapper_descriptor);
    if (wrapper == nullptr) return false;
    wrapper->method = &method;
    wrapper->owner = type;
    const Ref owned(Value::of(wrapper));
    return dictSetStr(thread, type->attributes, name, owned.get()) == 0;
}

bool hasWrapper(const SpecialMethod& method) {
    // No built-in attribute hook is visible; object shows neither.
    return method.group != SlotGroup::kGetAttribute || method.argument == 0;
}

// + of sequences has no reflected form that programs could see.
bool isReflectedConcatenation(const Type* type, const SpecialMethod& method) {
    return method.group == SlotGroup::kReflected &&
           method.argument == static_cast<uint8_t>(BinaryOp::kAdd) && isSequence(type);
}

}  // namespace

bool addSlotWrappers(Thread& thread, Type* type) {
    for (const SpecialMethod& method : specialMethods()) {
        const size_t offset = slotOffset(method);
        const AnySlot own = readSlot(type->slots, offset);
        const bool inherited = type->base != nullptr && own == readSlot(type->base->slots, offset);
        if (own == nullptr || inherited || !hasWrapper(method)) continue;
        if (isReflectedConcatenation(type, method)) continue;
        if (!storeWrapper(thread, type, method)) return false;
    }
    return true;
}

Value callNativeNew(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    const auto* owner = self.as<Type>();
    const std::string name = typeName(owner);
    if (positional == 0) {
        return raise(thread, ExceptionKind::kTypeError, "{}.__new__(): not enough arguments", name);
    }
    if (!isType(args[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "{}.__new__(X): X is not a type object ({})", name,
                     typeName(typeOf(thread, args[0])));
    }
    const auto* type = args[0].as<Type>();
    const std::string asked = typeName(type);
    if (!isSubtype(type, owner)) {
        return raise(thread, ExceptionKind::kTypeError, "{}.__new__({}): {} is not a subtype of {}",
                     name, asked, asked, name);
    }
    const Type* native = type;
    while (native != nullptr && native->slots.construct == dispatchConstruct) native = native->base;
    if (native != nullptr && native->slots.construct != owner->slots.construct) {
        return raise(thread, ExceptionKind::kTypeError,
                     "{}.__new__({}) is not safe, use {}.__new__()", name, asked, typeName(native));
    }
    return owner->slots.construct(thread, args[0], args + 1, positional - 1, keyword_names);
}

void initWrapperTypes(Thread& thread) {
    Type* const wrapper = thread.types->wrapper_descriptor;
    setNativeLayout(wrapper, CellFamily::kOther, sizeof(WrapperDescriptor), 0);
    wrapper->type_flags |= kTypeIsMethodDescriptor;
    wrapper->slots.dealloc = deallocPlain;
    wrapper->slots.call = callWrapper;
    wrapper->slots.descriptor_get = bindWrapper;
    wrapper->slots.repr = reprWrapper;
    addGetSet(thread, wrapper, "__name__", getWrapperName, nullptr);
    addGetSet(thread, wrapper, "__qualname__", getWrapperQualname, nullptr);
    addGetSet(thread, wrapper, "__objclass__", getWrapperOwner, nullptr);
    addGetSet(thread, wrapper, "__doc__", getNone, nullptr);
    Type* const bound = thread.types->method_wrapper;
    setNativeLayout(bound, CellFamily::kOther, sizeof(BoundWrapper), 0);
    bound->slots.dealloc = deallocBound;
    bound->slots.traverse = traverseBound;
    bound->slots.call = callBound;
    bound->slots.repr = reprBound;
    bound->slots.compare = compareBound;
    bound->slots.hash = hashBound;
    addGetSet(thread, bound, "__self__", getBoundSelf, nullptr);
    addGetSet(thread, bound, "__name__", getBoundName, nullptr);
    addGetSet(thread, bound, "__qualname__", getBoundQualname, nullptr);
    addGetSet(thread, bound, "__objclass__", getBoundOwner, nullptr);
    addGetSet(thread, bound, "__doc__", getNone, nullptr);
}

}  // namespace tagproof
