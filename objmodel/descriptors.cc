// Members, computed attributes, classmethod and staticmethod.

#include "objmodel/descriptors.h"

#include <fmt/format.h>

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/descriptor_change.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/managed_dict.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/slot_words.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "objmodel/weakref.h"

namespace tagproof {
namespace {

bool checkInstance(Thread& thread, Value instance, const Type* owner, const Str* name) {
    if (isInstanceOf(thread, instance, owner)) return true;
    raise(thread, ExceptionKind::kTypeError,
          "descriptor '{}' for '{}' objects doesn't apply to a '{}' object", toUtf8(name),
          typeName(owner), typeName(typeOf(thread, instance)));
    return false;
}

// --- member_descriptor -------------------------------------------------------------------------

Value& wordOf(const MemberDescriptor* member, Value instance) {
    Object* const object = instance.asObject();
    if (hasFlag(member->owner, kTypeIsStr)) {
        return slotWords(object)[(member->offset - member->owner->slots_begin) / sizeof(Value)];
    }
    return *reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + member->offset);
}

Value getMember(Thread& thread, Value self, Value instance, Value) {
    const auto* member = self.as<MemberDescriptor>();
    if (instance.isNull()) return newRef(self);
    if (!checkInstance(thread, instance, member->owner, member->name)) return Value::null();
    const Value value = wordOf(member, instance);
    if (value) return newRef(value);
    if (member->none_if_empty) return thread.singletons->none;
    return raise(thread, ExceptionKind::kAttributeError, "'{}' object has no attribute '{}'",
                 typeName(typeOf(thread, instance)), toUtf8(member->name));
}

int setMember(Thread& thread, Value self, Value instance, Value value) {
    const auto* member = self.as<MemberDescriptor>();
    if (!checkInstance(thread, instance, member->owner, member->name)) return -1;
    if (member->read_only) {
        raise(thread, ExceptionKind::kAttributeError, "readonly attribute");
        return -1;
    }
    Value& word = wordOf(member, instance);
    if (value.isNull() && word.isNull() && !member->none_if_empty) {
        raise(thread, ExceptionKind::kAttributeError, "{}", toUtf8(member->name));
        return -1;
    }
    decref(std::exchange(word, newRef(value)));
    return 0;
}

void deallocMember(Thread& thread, Object* self) {
    decref(Value::of(std::exchange(reinterpret_cast<MemberDescriptor*>(self)->name, nullptr)));
    freeObject(thread, self);
}

void traverseMember(Object* self, VisitFunction visit, void* context) {
    visit(Value::of(reinterpret_cast<MemberDescriptor*>(self)->name), context);
}

Value reprMember(Thread& thread, Value self) {
    const auto* member = self.as<MemberDescriptor>();
    return Value::of(makeStr(thread, fmt::format("<member '{}' of '{}' objects>",
                                                 toUtf8(member->name), typeName(member->owner))));
}

// --- getset_descriptor ---------------------------------------------------------------------------

Value getGetSet(Thread& thread, Value self, Value instance, Value) {
    const auto* getset = self.as<GetSetDescriptor>();
    if (instance.isNull()) return newRef(self);
    if (!checkInstance(thread, instance, getset->owner, getset->name)) return Value::null();
    return getset->get(thread, instance);
}

int setGetSet(Thread& thread, Value self, Value instance, Value value) {
    const auto* getset = self.as<GetSetDescriptor>();
    if (!checkInstance(thread, instance, getset->owner, getset->name)) return -1;
    if (getset->set != nullptr) return getset->set(thread, instance, value);
    raise(thread, ExceptionKind::kAttributeError, "attribute '{}' of '{}' objects is not writable",
          toUtf8(getset->name), typeName(getset->owner));
    return -1;
}

void deallocGetSet(Thread& thread, Object* self) {
    decref(Value::of(std::exchange(reinterpret_cast<GetSetDescriptor*>(self)->name, nullptr)));
    freeObject(thread, self);
}

void traverseGetSet(Object* self, VisitFunction visit, void* context) {
    visit(Value::of(reinterpret_cast<GetSetDescriptor*>(self)->name), context);
}

Value reprGetSet(Thread& thread, Value self) {
    const auto* getset = self.as<GetSetDescriptor>();
    return Value::of(makeStr(thread, fmt::format("<attribute '{}' of '{}' objects>",
                                                 toUtf8(getset->name), typeName(getset->owner))));
}

template <typename Descriptor>
Value getName(Thread&, Value self) {
    return newRef(Value::of(self.as<Descriptor>()->name));
}
template <typename Descriptor>
Value getOwner(Thread&, Value self) {
    return newRef(Value::of(self.as<Descriptor>()->owner));
}
template <typename Descriptor>
Value getQualname(Thread& thread, Value self) {
    const auto* descriptor = self.as<Descriptor>();
    return Value::of(makeStr(thread, typeName(descriptor->owner) + "." + toUtf8(descriptor->name)));
}
Value getNone(Thread& thread, Value) { return thread.singletons->none; }

template <typename Descriptor>
void addDescriptorAttributes(Thread& thread, Type* type) {
    addGetSet(thread, type, "__name__", getName<Descriptor>, nullptr);
    addGetSet(thread, type, "__qualname__", getQualname<Descriptor>, nullptr);
    addGetSet(thread, type, "__objclass__", getOwner<Descriptor>, nullptr);
    addGetSet(thread, type, "__doc__", getNone, nullptr);
}

// --- classmethod, staticmethod -------------------------------------------------------------------

MethodWrapperObject* wrapperOf(Value self) { return self.as<MethodWrapperObject>(); }

// The attributes that functools.wraps would copy; missing ones are left out.
int copyWrapped(Thread& thread, Object* self, Value callable) {
    for (const char* const text :
         {"__module__", "__name__", "__qualname__", "__doc__", "__annotations__"}) {
        Str* const name = internStr(thread, text);
        if (name == nullptr) return -1;
        const Ref value(getAttrOrNull(thread, callable, name));
        if (!value && hasPending(thread)) return -1;
        if (value && managedSet(thread, self, name, value.get()) < 0) return -1;
    }
    return 0;
}

Value constructWrapper(Thread& thread, Value callee, const Value*, size_t, Value) {
    return Value::of(allocateObject(thread, callee.as<Type>()));
}

int initWrapper(Thread& thread, Value self, const Value* args, size_t positional, Value keywords) {
    const bool is_static = isSubtype(self.asObject()->type, thread.types->staticmethod);
    const char* const name = is_static ? "staticmethod" : "classmethod";
    if (!rejectKeywords(thread, name, keywords) ||
        !checkArgumentCount(thread, name, positional, 1, 1)) {
        return -1;
    }
    const Ref old(std::exchange(wrapperOf(self)->callable, newRef(args[0])));
    if (old) descriptorModified(thread, self);
    return copyWrapped(thread, self.asObject(), args[0]);
}

void deallocWrapper(Thread& thread, Object* self) {
    auto* wrapper = reinterpret_cast<MethodWrapperObject*>(self);
    decref(std::exchange(wrapper->callable, Value::null()));
    freeObject(thread, self);
}

void traverseWrapper(Object* self, VisitFunction visit, void* context) {
    const Value callable = reinterpret_cast<MethodWrapperObject*>(self)->callable;
    if (callable) visit(callable, context);
}

void clearWrapper(Thread&, Object* self) {
    decref(std::exchange(reinterpret_cast<MethodWrapperObject*>(self)->callable, Value::null()));
}

Value getStaticMethod(Thread& thread, Value self, Value, Value) {
    const Value callable = wrapperOf(self)->callable;
    if (callable) return newRef(callable);
    return raise(thread, ExceptionKind::kRuntimeError, "uninitialized staticmethod object");
}

Value callStaticMethod(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const Ref callable = Ref::borrow(wrapperOf(callee)->callable);
    if (callable) return call(thread, callable.get(), args, positional, keyword_names);
    return raise(thread, ExceptionKind::kRuntimeError, "uninitialized staticmethod object");
}

Value getClassMethod(Thread& thread, Value self, Value instance, Value owner) {
    Ref callable = Ref::borrow(wrapperOf(self)->callable);
    if (!callable) {
        return raise(thread, ExceptionKind::kRuntimeError, "uninitialized classmethod object");
    }
    if (!checkNativeStack(thread)) return Value::null();
    const Value type = owner ? owner : Value::of(typeOf(thread, instance));
    const auto get = typeOf(thread, callable.get())->slots.descriptor_get;
    if (get == nullptr)
        return call(thread, Value::of(thread.types->method), {callable.get(), type});
    return get(thread, callable.get(), type, type);
}

Value reprWrapper(Thread& thread, Value self) {
    const Ref callable = Ref::borrow(wrapperOf(self)->callable);
    const Ref inner(reprOf(thread, callable ? callable.get() : thread.singletons->none));
    if (!inner) return Value::null();
    return Value::of(makeStr(
        thread, fmt::format("<{}({})>", typeName(self.asObject()->type), toUtf8(inner.as<Str>()))));
}

Value getAbstract(Thread& thread, Value self) {
    const Ref callable = Ref::borrow(wrapperOf(self)->callable);
    if (!callable) return thread.singletons->false_;
    if (!checkNativeStack(thread)) return Value::null();
    Str* const name = thread.singletons->names.isabstractmethod;
    const Ref flag(getAttrOrNull(thread, callable.get(), name));
    if (!flag) return hasPending(thread) ? Value::null() : thread.singletons->false_;
    const int truth = isTrue(thread, flag.get());
    return truth < 0 ? Value::null() : boolValue(thread, truth > 0);
}

Value newWrapper(Thread& thread, Type* type, Value callable) {
    Ref self(Value::of(allocateObject(thread, type)));
    if (!self) return Value::null();
    wrapperOf(self.get())->callable = newRef(callable);
    return self.release();
}

void initWrapperType(Thread& thread, Type* type) {
    constexpr uint32_t kFlags = kTypeAllowsSubclass | kTypeHasManagedDict;
    setNativeLayout(type, CellFamily::kOther, sizeof(MethodWrapperObject), kFlags);
    type->slots.dealloc = deallocWrapper;
    type->slots.traverse = traverseWrapper;
    type->slots.clear = clearWrapper;
    type->slots.construct = constructWrapper;
    type->slots.init = initWrapper;
    type->slots.repr = reprWrapper;
    constexpr size_t kOffset = offsetof(MethodWrapperObject, callable);
    addMember(thread, type, "__func__", kOffset, false, true);
    addMember(thread, type, "__wrapped__", kOffset, false, true);
    addGetSet(thread, type, "__isabstractmethod__", getAbstract, nullptr);
    static_cast<void>(addManagedDictAttribute(thread, type));
}

// --- __dict__ and __weakref__
// ----------------------------------------------------------------------

bool checkIsDict(Thread& thread, Value value) {
    if (objectHasFlag(value, kTypeIsDict)) return true;
    raise(thread, ExceptionKind::kTypeError, "__dict__ must be set to a dictionary, not a '{}'",
          typeName(typeOf(thread, value)));
    return false;
}

Value getManagedDict(Thread& thread, Value self) {
    Dict* const dict = managedDict(thread, self.asObject());
    return dict == nullptr ? Value::null() : Value::of(newRef(dict));
}

// Of built-in types.
int setManagedDict(Thread& thread, Value self, Value value) {
    if (value.isNull()) {
        raise(thread, ExceptionKind::kTypeError, "cannot delete __dict__");
        return -1;
    }
    if (!checkIsDict(thread, value)) return -1;
    return managedReplaceDict(thread, self.asObject(), value.as<Dict>());
}

// A class whose instances have a __dict__ may be inherited together with a built-in type that has
// one, too, whose attribute then does the work. Null = there is none.
Value builtinDictAttribute(Thread& thread, Value self) {
    Type* type = typeOf(thread, self);
    while (hasFlag(type, kTypeIsHeap)) type = type->base;
    if (type == thread.types->object) return Value::null();
    return lookupTypeAttribute(thread, type, thread.singletons->names.dict);
}

Value getInstanceDict(Thread& thread, Value self) {
    const Value builtin = builtinDictAttribute(thread, self);
    if (builtin.isNull()) return getManagedDict(thread, self);
    return getGetSet(thread, builtin, self, Value::of(typeOf(thread, self)));
}

int setInstanceDict(Thread& thread, Value self, Value value) {
    const Value builtin = builtinDictAttribute(thread, self);
    if (builtin) return setGetSet(thread, builtin, self, value);
    if (value && !checkIsDict(thread, value)) return -1;
    return managedReplaceDict(thread, self.asObject(), value.as<Dict>());
}

Value getWeakrefAttribute(Thread& thread, Value self) {
    WeakRef* const first = self.asObject()->weakrefs;
    return first == nullptr ? thread.singletons->none : Value::of(newRef(first));
}

// Unless the class body has one of that name.
bool addAttribute(Thread& thread, Type* type, Str* name, NativeGetter get, NativeSetter set) {
    if (dictGetStr(type->attributes, name)) return true;
    const Ref getset(newGetSet(thread, type, name, get, set));
    return getset && dictSetStr(thread, type->attributes, name, getset.get()) == 0;
}

}  // namespace

Value newStaticMethod(Thread& thread, Value callable) {
    return newWrapper(thread, thread.types->staticmethod, callable);
}

Value newClassMethod(Thread& thread, Value callable) {
    return newWrapper(thread, thread.types->classmethod, callable);
}

Value newMember(
    Thread& thread, Type* owner, Str* name, uint32_t offset, bool read_only, bool none_if_empty) {
    auto* member = allocateObject<MemberDescriptor>(thread, thread.types->member_descriptor);
    if (member == nullptr) return Value::null();
    member->owner = owner;
    member->name = newRef(name);
    member->offset = offset;
    member->read_only = read_only;
    member->none_if_empty = none_if_empty;
    return Value::of(member);
}

Value newGetSet(Thread& thread, Type* owner, Str* name, NativeGetter get, NativeSetter set) {
    auto* getset = allocateObject<GetSetDescriptor>(thread, thread.types->getset_descriptor);
    if (getset == nullptr) return Value::null();
    getset->owner = owner;
    getset->name = newRef(name);
    getset->get = get;
    getset->set = set;
    return Value::of(getset);
}

bool addManagedDictAttribute(Thread& thread, Type* type) {
    const bool is_class = hasFlag(type, kTypeIsHeap);
    return addAttribute(thread, type, thread.singletons->names.dict,
                        is_class ? getInstanceDict : getManagedDict,
                        is_class ? setInstanceDict : setManagedDict);
}

bool addWeakrefAttribute(Thread& thread, Type* type) {
    return addAttribute(thread, type, thread.singletons->names.weakref, getWeakrefAttribute,
                        nullptr);
}

void initDescriptorTypes(Thread& thread) {
    const CoreTypes& types = *thread.types;
    setNativeLayout(types.member_descriptor, CellFamily::kOther, sizeof(MemberDescriptor), 0);
    TypeSlots& member = types.member_descriptor->slots;
    member.dealloc = deallocMember;
    member.traverse = traverseMember;
    member.repr = reprMember;
    member.descriptor_get = getMember;
    member.descriptor_set = setMember;
    addDescriptorAttributes<MemberDescriptor>(thread, types.member_descriptor);
    setNativeLayout(types.getset_descriptor, CellFamily::kOther, sizeof(GetSetDescriptor), 0);
    TypeSlots& getset = types.getset_descriptor->slots;
    getset.dealloc = deallocGetSet;
    getset.traverse = traverseGetSet;
    getset.repr = reprGetSet;
    getset.descriptor_get = getGetSet;
    getset.descriptor_set = setGetSet;
    addDescriptorAttributes<GetSetDescriptor>(thread, types.getset_descriptor);
    initWrapperType(thread, types.staticmethod);
    types.staticmethod->slots.descriptor_get = getStaticMethod;
    types.staticmethod->slots.call = callStaticMethod;
    initWrapperType(thread, types.classmethod);
    types.classmethod->slots.descriptor_get = getClassMethod;
}

}  // namespace tagproof
