#include "objmodel/attr.h"

#include <fmt/format.h>

#include "objmodel/attribute_error.h"
#include "objmodel/call.h"
#include "objmodel/cell.h"
#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

bool hasManagedDict(Value owner) {
    return owner.isObject() && hasFlag(owner.asObject()->type, kTypeHasManagedDict);
}

Value getFromDescriptor(Thread& thread, Value descriptor, Value owner, Type* type) {
    const Ref keep = Ref::borrow(descriptor);
    const auto get = typeOf(thread, descriptor)->slots.descriptor_get;
    return get(thread, descriptor, owner, Value::of(type));
}

// object.__getattribute__ without the AttributeError: null without pending when there is none.
Value lookUp(Thread& thread, Value owner, Str* name) {
    Type* const type = typeOf(thread, owner);
    const Value in_class = lookupTypeAttribute(thread, type, name);
    const Type* const descriptor_type = in_class ? typeOf(thread, in_class) : nullptr;
    const bool readable =
        descriptor_type != nullptr && descriptor_type->slots.descriptor_get != nullptr;
    if (readable && descriptor_type->slots.descriptor_set != nullptr) {
        return getFromDescriptor(thread, in_class, owner, type);
    }
    if (hasManagedDict(owner)) {
        const Value own = managedGetBorrowed(owner.asObject(), name);
        if (own) return newRef(own);
    }
    if (readable) return getFromDescriptor(thread, in_class, owner, type);
    return newRef(in_class);
}

// Failed stores say nothing of name and obj on the exception, as in CPython 3.11.
int raiseNotStored(Thread& thread, Value owner, Str* name, bool read_only) {
    raise(thread, ExceptionKind::kAttributeError, "'{}' object {} '{}'{}",
          typeName(typeOf(thread, owner)), read_only ? "attribute" : "has no attribute",
          toUtf8(name), read_only ? " is read-only" : "");
    return -1;
}

int storeInInstance(Thread& thread, Object* object, Str* name, Value value) {
    if (value) return managedSet(thread, object, name, value);
    const int deleted = managedDelete(thread, object, name);
    if (deleted != 0) return deleted < 0 ? -1 : 0;
    return raiseNotStored(thread, Value::of(object), name, false);
}

}  // namespace

[[gnu::noinline]] void noteAttributeErrorContext(Thread& thread, Value owner, Str* name) {
    if (!pendingMatches(thread, ExceptionKind::kAttributeError)) return;
    auto* const error = thread.pending.as<ExceptionObject>();
    const bool named = !error->extras[kAttributeErrorName].isNull() ||
                       !error->extras[kAttributeErrorObject].isNull();
    if (named) return;
    setExceptionExtra(error, kAttributeErrorName, Value::of(name));
    setExceptionExtra(error, kAttributeErrorObject, owner);
}

// --- through the slots -------------------------------------------------------------------------

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
    Type* const type = typeOf(thread, owner);
    const Value in_class = lookupTypeAttribute(thread, type, name);
    if (in_class) {
        const auto set = typeOf(thread, in_class)->slots.descriptor_set;
        if (set != nullptr) {
            const Ref keep = Ref::borrow(in_class);
            return set(thread, in_class, owner, value);
        }
    }
    if (hasManagedDict(owner)) return storeInInstance(thread, owner.asObject(), name, value);
    return raiseNotStored(thread, owner, name, !in_class.isNull());
}

// --- special methods and method calls ----------------------------------------------------------

Value lookupSpecial(Thread& thread, Value self, Str* name) {
    Type* const type = typeOf(thread, self);
    const Value found = lookupTypeAttribute(thread, type, name);
    if (found.isNull()) return found;
    if (typeOf(thread, found)->slots.descriptor_get == nullptr) return newRef(found);
    return getFromDescriptor(thread, found, self, type);
}

bool getMethod(Thread& thread, Value owner, Str* name, MethodLookup* result) {
    Type* const type = typeOf(thread, owner);
    result->unbound = false;
    if (type->slots.get_attribute == genericGetAttr) {
        const Value in_class = lookupTypeAttribute(thread, type, name);
        if (in_class && hasFlag(typeOf(thread, in_class), kTypeIsMethodDescriptor)) {
            const Value own =
                hasManagedDict(owner) ? managedGetBorrowed(owner.asObject(), name) : Value::null();
            result->unbound = own.isNull();
            result->callable = newRef(own ? own : in_class);
            return true;
        }
    }
    result->callable = getAttr(thread, owner, name);
    return !result->callable.isNull();
}

}  // namespace tagproof
