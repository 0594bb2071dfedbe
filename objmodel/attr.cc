#include "objmodel/attr.h"

#include <fmt/format.h>

#include "objmodel/attribute_error.h"
#include "objmodel/call.h"
#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/name_lookup.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

bool hasManagedDict(Value owner) {
    return owner.isObject() && hasFlag(owner.asObject()->type, kTypeHasManagedDict);
}

using DescriptorGet = decltype(TypeSlots::descriptor_get);

// The instance's own attribute. New reference; null with or without pending.
Value getFromInstance(Thread& thread, Object* object, Str* name) {
    if (isPlainName(thread, name)) [[likely]]
        return managedGet(thread, object, name);
    if (object->slot.isEmpty()) return Value::null();
    Dict* const dict = managedDict(thread, object);
    if (dict == nullptr) return Value::null();
    const Ref keep = Ref::borrow(Value::of(dict));
    return newRef(dictGet(thread, dict, Value::of(name)));
}

// 1, or 0 when there was nothing to delete (value null); -1.
int setInInstance(Thread& thread, Object* object, Str* name, Value value) {
    if (isPlainName(thread, name)) [[likely]] {
        if (value.isNull()) return managedDelete(thread, object, name);
        return managedSet(thread, object, name, value) < 0 ? -1 : 1;
    }
    Dict* const dict = managedDict(thread, object);
    if (dict == nullptr) return -1;
    const Ref keep = Ref::borrow(Value::of(dict));
    if (value.isNull()) return dictDelete(thread, dict, Value::of(name));
    return dictSet(thread, dict, Value::of(name), value) < 0 ? -1 : 1;
}

// object.__getattribute__ without the AttributeError: null without pending when there is none.
// Looking into an instance's dict can run code that changes anything, so what was found before is
// kept.
Value lookUp(Thread& thread, Value owner, Str* name) {
    const Ref type = Ref::borrow(Value::of(typeOf(thread, owner)));
    const Ref in_class(findByName(thread, type.as<Type>(), name));
    DescriptorGet get = nullptr;
    if (in_class) {
        const TypeSlots& slots = typeOf(thread, in_class.get())->slots;
        get = slots.descriptor_get;
        const bool is_data = get != nullptr && slots.descriptor_set != nullptr;
        if (is_data) return get(thread, in_class.get(), owner, type.get());
    }
    if (hasManagedDict(owner)) {
        const Value own = getFromInstance(thread, owner.asObject(), name);
        if (own || hasPending(thread)) return own;
    } else if (isType(owner)) {
        const Value own = getByName(thread, owner.as<Type>()->attributes, name);
        if (own || hasPending(thread)) return own;
    }
    if (get != nullptr) return get(thread, in_class.get(), owner, type.get());
    return newRef(in_class.get());
}

// Failed stores say nothing of name and obj on the exception, as in CPython 3.11.
int raiseNotStored(Thread& thread, Value owner, Str* name, bool read_only) {
    raise(thread, ExceptionKind::kAttributeError, "'{}' object {} '{}'{}",
          typeName(typeOf(thread, owner)), read_only ? "attribute" : "has no attribute",
          toUtf8(name), read_only ? " is read-only" : "");
    return -1;
}

}  // namespace

// --- through the slots -------------------------------------------------------------------------

void noteAttributeErrorContext(Thread& thread, Value owner, Str* name) {
    if (!pendingMatches(thread, ExceptionKind::kAttributeError)) return;
    auto* const error = thread.pending.as<ExceptionObject>();
    const bool named = !error->extras[kAttributeErrorName].isNull() ||
                       !error->extras[kAttributeErrorObject].isNull();
    if (named) return;
    setExceptionExtra(error, kAttributeErrorName, Value::of(name));
    setExceptionExtra(error, kAttributeErrorObject, owner);
}

Value getAttr(Thread& thread, Value owner, Str* name) {
    const Value value = typeOf(thread, owner)->slots.get_attribute(thread, owner, name);
    if (value.isNull()) [[unlikely]]
        noteAttributeErrorContext(thread, owner, name);
    return value;
}

Value getAttr(Thread& thread, Value owner, std::string_view name) {
    Str* const interned = internStr(thread, name);
    return interned == nullptr ? Value::null() : getAttr(thread, owner, interned);
}

Value getAttrOrNull(Thread& thread, Value owner, Str* name) {
    const auto get = typeOf(thread, owner)->slots.get_attribute;
    if (get == genericGetAttr) return genericGetAttrOrNull(thread, owner, name);
    if (get == typeGetAttr) return typeGetAttrOrNull(thread, owner, name);
    const Value value = get(thread, owner, name);
    if (value.isNull() && pendingMatches(thread, ExceptionKind::kAttributeError)) {
        clearPending(thread);
    }
    return value;
}

int hasAttr(Thread& thread, Value owner, Str* name) {
    const Ref value(getAttrOrNull(thread, owner, name));
    if (value) return 1;
    return hasPending(thread) ? -1 : 0;
}

int setAttr(Thread& thread, Value owner, Str* name, Value value) {
    return typeOf(thread, owner)->slots.set_attribute(thread, owner, name, value);
}

int delAttr(Thread& thread, Value owner, Str* name) {
    return setAttr(thread, owner, name, Value::null());
}

// --- object.__getattribute__, __setattr__, __delattr__ -----------------------------------------

Value genericGetAttrOrNull(Thread& thread, Value owner, Str* name) {
    const Value value = lookUp(thread, owner, name);
    if (value.isNull() && pendingMatches(thread, ExceptionKind::kAttributeError)) {
        clearPending(thread);
    }
    return value;
}

Value genericGetAttr(Thread& thread, Value owner, Str* name) {
    const Value value = lookUp(thread, owner, name);
    if (value || hasPending(thread)) return value;
    return raiseNoAttribute(thread, owner, name);
}

int genericSetAttr(Thread& thread, Value owner, Str* name, Value value) {
    const Ref in_class(findByName(thread, typeOf(thread, owner), name));
    if (in_class) {
        const auto set = typeOf(thread, in_class.get())->slots.descriptor_set;
        if (set != nullptr) return set(thread, in_class.get(), owner, value);
    }
    if (!hasManagedDict(owner)) {
        return raiseNotStored(thread, owner, name, static_cast<bool>(in_class));
    }
    const int stored = setInInstance(thread, owner.asObject(), name, value);
    if (stored != 0) return stored < 0 ? -1 : 0;
    return raiseNotStored(thread, owner, name, false);
}

// --- special methods and method calls ----------------------------------------------------------

Value lookupSpecial(Thread& thread, Value self, Str* name) {
    Type* const type = typeOf(thread, self);
    const Ref found = Ref::borrow(lookupTypeAttribute(thread, type, name));
    if (!found) return Value::null();
    const DescriptorGet get = typeOf(thread, found.get())->slots.descriptor_get;
    if (get == nullptr) return newRef(found.get());
    return get(thread, found.get(), self, Value::of(type));
}

bool getMethod(Thread& thread, Value owner, Str* name, MethodLookup* result) {
    Type* const type = typeOf(thread, owner);
    result->unbound = false;
    if (type->slots.get_attribute != genericGetAttr) {
        result->callable = getAttr(thread, owner, name);
        return !result->callable.isNull();
    }
    const Ref in_class = Ref::borrow(lookupTypeAttribute(thread, type, name));
    if (in_class && hasFlag(typeOf(thread, in_class.get()), kTypeIsMethodDescriptor)) {
        Value own;
        if (hasManagedDict(owner)) own = managedGet(thread, owner.asObject(), name);
        if (own.isNull() && hasPending(thread)) return false;
        result->unbound = own.isNull();
        result->callable = own ? own : newRef(in_class.get());
        return true;
    }
    // What a descriptor raises is left as it is, as in CPython.
    result->callable = genericGetAttr(thread, owner, name);
    return !result->callable.isNull();
}

}  // namespace tagproof
