// The type `type`: what classes are as objects. Attributes of classes: type_members.cc.

#include <fmt/format.h>

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/name_lookup.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_setup.h"
#include "objmodel/union_type.h"

namespace tagproof {
namespace {

// --- memory ------------------------------------------------------------------------------------

void traverseType(Object* self, VisitFunction visit, void* context) {
    const auto* type = reinterpret_cast<Type*>(self);
    const Value children[] = {Value::of(type->bases), Value::of(type->mro),
                              Value::of(type->attributes), Value::of(type->name),
                              Value::of(type->qualified_name)};
    for (const Value child : children) {
        if (child) visit(child, context);
    }
}

// The collector drops attributes and MRO; bases and name stay until the end.
void clearType(Thread& thread, Object* self) {
    auto* type = reinterpret_cast<Type*>(self);
    if (type->attributes != nullptr) dictClear(thread, type->attributes);
    decref(Value::of(std::exchange(type->mro, nullptr)));
}

void discardType(Object* self) {
    auto* type = reinterpret_cast<Type*>(self);
    delete std::exchange(type->subclasses, nullptr);
    delete std::exchange(type->slot_names, nullptr);
}

void deallocType(Thread& thread, Object* self) {
    auto* type = reinterpret_cast<Type*>(self);
    if (thread.heap->hooks.type_modified != nullptr) {
        thread.heap->hooks.type_modified(thread, type, nullptr);
    }
    for (size_t k = 0; type->bases != nullptr && k < type->bases->size; ++k) {
        removeSubclass(type->bases->items()[k].as<Type>(), type);
    }
    if (type->shared_keys != nullptr) {
        type->shared_keys->type = nullptr;
        releaseSharedKeys(*thread.heap, std::exchange(type->shared_keys, nullptr));
    }
    decref(Value::of(std::exchange(type->attributes, nullptr)));
    decref(Value::of(std::exchange(type->mro, nullptr)));
    decref(Value::of(std::exchange(type->bases, nullptr)));
    decref(Value::of(std::exchange(type->name, nullptr)));
    decref(Value::of(std::exchange(type->qualified_name, nullptr)));
    discardType(self);
    freeObject(thread, self);
}

// --- attribute access ----------------------------------------------------------------------------

Value lookUpOnType(Thread& thread, Value owner, Str* name) {
    Type* const type = owner.as<Type>();
    const Ref metatype = Ref::borrow(Value::of(type->head.type));
    const Ref in_meta(findByName(thread, metatype.as<Type>(), name));
    const TypeSlots* const meta_slots = in_meta ? &typeOf(thread, in_meta.get())->slots : nullptr;
    const auto get_meta = meta_slots != nullptr ? meta_slots->descriptor_get : nullptr;
    if (get_meta != nullptr && meta_slots->descriptor_set != nullptr) {
        return get_meta(thread, in_meta.get(), owner, metatype.get());
    }
    Ref own(findByName(thread, type, name));
    if (own) {
        const auto get = typeOf(thread, own.get())->slots.descriptor_get;
        return get == nullptr ? own.release() : get(thread, own.get(), Value::null(), owner);
    }
    if (get_meta == nullptr) return newRef(in_meta.get());
    return get_meta(thread, in_meta.get(), owner, metatype.get());
}

Value reprType(Thread& thread, Value self) {
    auto* type = self.as<Type>();
    const Ref module(typeModule(thread, type));
    if (!module) return Value::null();
    const std::string name =
        toUtf8(hasFlag(type, kTypeIsHeap) ? type->qualified_name : plainTypeName(type));
    const bool shown = isStr(module.get()) && !strEqual(module.as<Str>(), "builtins");
    return Value::of(
        makeStr(thread, shown ? fmt::format("<class '{}.{}'>", toUtf8(module.as<Str>()), name)
                              : fmt::format("<class '{}'>", name)));
}

}  // namespace

void retireType(Thread& thread, Type* type) {
    for (size_t k = 0; type->bases != nullptr && k < type->bases->size; ++k) {
        removeSubclass(type->bases->items()[k].as<Type>(), type);
    }
    type->version_tag = 0;
    if (thread.heap->hooks.type_modified != nullptr) {
        thread.heap->hooks.type_modified(thread, type, nullptr);
    }
}

Value typeGetAttr(Thread& thread, Value owner, Str* name) {
    const Value value = lookUpOnType(thread, owner, name);
    if (value || hasPending(thread)) return value;
    return raise(thread, ExceptionKind::kAttributeError, "type object '{}' has no attribute '{}'",
                 typeName(owner.as<Type>()), toUtf8(name));
}

Value typeGetAttrOrNull(Thread& thread, Value owner, Str* name) {
    const Value value = lookUpOnType(thread, owner, name);
    if (value.isNull() && pendingMatches(thread, ExceptionKind::kAttributeError)) {
        clearPending(thread);
    }
    return value;
}

int typeSetAttr(Thread& thread, Value owner, Str* name, Value value) {
    Type* const type = owner.as<Type>();
    if (!hasFlag(type, kTypeIsHeap)) {
        raise(thread, ExceptionKind::kTypeError, "cannot set '{}' attribute of immutable type '{}'",
              toUtf8(name), typeName(type));
        return -1;
    }
    name = internStr(thread, newRef(name));  // plain in any case
    if (name == nullptr) return -1;
    const Value in_meta = lookupTypeAttribute(thread, type->head.type, name);
    if (in_meta) {
        const auto set = typeOf(thread, in_meta)->slots.descriptor_set;
        if (set != nullptr) {
            const Ref keep = Ref::borrow(in_meta);
            return set(thread, in_meta, owner, value);
        }
    }
    return storeTypeAttribute(thread, type, name, value);
}

Value callType(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    Type* const type = callee.as<Type>();
    if (type == thread.types->type) {
        const bool only_asks = positional == 1 && keywordCount(keyword_names) == 0;
        if (only_asks) return newRef(Value::of(typeOf(thread, args[0])));
        if (positional != 3) {
            return raise(thread, ExceptionKind::kTypeError, "type() takes 1 or 3 arguments");
        }
    }
    if (type->slots.construct == nullptr) {
        return raise(thread, ExceptionKind::kTypeError, "cannot create '{}' instances",
                     typeName(type));
    }
    Ref object(type->slots.construct(thread, callee, args, positional, keyword_names));
    if (!object) return Value::null();
    const Type* const made = typeOf(thread, object.get());
    if (made->slots.init == nullptr || !isSubtype(made, type)) return object.release();
    if (made->slots.init(thread, object.get(), args, positional, keyword_names) < 0) {
        return Value::null();
    }
    return object.release();
}

void initTypeType(Thread& thread) {
    Type* const type = thread.types->type;
    setNativeLayout(type, CellFamily::kType, sizeof(Type),
                    kTypeAllowsSubclass | kTypeIsType | kTypeHasWeakrefs);
    type->slots.dealloc = deallocType;
    type->slots.traverse = traverseType;
    type->slots.clear = clearType;
    type->slots.discard = discardType;
    type->slots.construct = constructType;
    type->slots.init = initType;
    type->slots.call = callType;
    type->slots.repr = reprType;
    type->slots.get_attribute = typeGetAttr;
    type->slots.set_attribute = typeSetAttr;
    type->slots.binary[static_cast<size_t>(BinaryOp::kOr)] = uniteTypes;
    addTypeAttributes(thread);
    addLayoutAttributes(thread);
}

}  // namespace tagproof
