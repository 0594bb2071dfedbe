#include <fmt/format.h>

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/attribute_error.h"
#include "objmodel/call.h"
#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/name_lookup.h"
#include "objmodel/native_function.h"
#include "objmodel/raised_before.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

SuperObject* superOf(Value self) { return self.as<SuperObject>(); }

// The class whose MRO a super of `type` and `self` walks: self when that is a subclass, else its
// type, else what it says its __class__ is. New reference; null + TypeError.
Value checkSelf(Thread& thread, const Type* type, Value self) {
    if (isType(self) && isSubtype(self.as<Type>(), type)) return newRef(self);
    Type* const own = typeOf(thread, self);
    if (isSubtype(own, type)) return newRef(Value::of(own));
    Ref claimed(getAttrOrNull(thread, self, thread.singletons->names.class_));
    if (!claimed && hasPending(thread)) return Value::null();
    const bool fits = claimed && isType(claimed.get()) && isSubtype(claimed.as<Type>(), type);
    if (fits) return claimed.release();
    return raise(thread, ExceptionKind::kTypeError,
                 "super(type, obj): obj must be an instance or subtype of type");
}

// The attribute behind `type` in the MRO. New reference; null with or without pending.
Value findBehind(Thread& thread, const Type* type, const Type* object_type, Str* name) {
    const Ref keep = Ref::borrow(Value::of(object_type->mro));
    if (!keep) return Value::null();
    const Tuple* const mro = keep.as<Tuple>();
    size_t k = 0;
    while (k < mro->size && mro->items()[k] != Value::of(type)) ++k;
    for (++k; k < mro->size; ++k) {
        const Value found = getByName(thread, mro->items()[k].as<Type>()->attributes, name);
        if (found || hasPending(thread)) return found;
    }
    return Value::null();
}

// Null without pending when there is no such attribute.
Value lookUpBehind(Thread& thread, Type* type, Value self, Type* object_type, Str* name) {
    if (strEqual(name, thread.singletons->names.class_)) return Value::null();
    Ref found(findBehind(thread, type, object_type, name));
    if (!found) return Value::null();
    const auto get = typeOf(thread, found.get())->slots.descriptor_get;
    if (get == nullptr) return found.release();
    const bool on_class = self == Value::of(object_type);
    return get(thread, found.get(), on_class ? Value::null() : self, Value::of(object_type));
}

Value getSuperAttribute(Thread& thread, Value self, Str* name) {
    const SuperObject* const object = superOf(self);
    if (object->object_type != nullptr) {
        // A descriptor may run code that binds the super anew.
        const Ref bound = Ref::borrow(object->self);
        const Ref type = Ref::borrow(Value::of(object->type));
        const Ref object_type = Ref::borrow(Value::of(object->object_type));
        const Value found =
            lookUpBehind(thread, type.as<Type>(), bound.get(), object_type.as<Type>(), name);
        if (found || hasPending(thread)) return found;
    }
    return genericGetAttr(thread, self, name);
}

void clearSuper(Thread&, Object* self) {
    auto* object = reinterpret_cast<SuperObject*>(self);
    decref(Value::of(std::exchange(object->type, nullptr)));
    decref(std::exchange(object->self, Value::null()));
    decref(Value::of(std::exchange(object->object_type, nullptr)));
}

void deallocSuper(Thread& thread, Object* self) {
    clearSuper(thread, self);
    freeObject(thread, self);
}

void traverseSuper(Object* self, VisitFunction visit, void* context) {
    const auto* object = reinterpret_cast<SuperObject*>(self);
    for (const Value child :
         {Value::of(object->type), object->self, Value::of(object->object_type)}) {
        if (child) visit(child, context);
    }
}

Value constructSuper(Thread& thread, Value callee, const Value*, size_t, Value) {
    return Value::of(allocateObject(thread, callee.as<Type>()));
}

// Fills the object in; `self` null or None = unbound.
int bindSuper(Thread& thread, SuperObject* object, Type* type, Value self) {
    if (self == thread.singletons->none) self = Value::null();
    Ref object_type;
    if (self) {
        object_type = Ref(checkSelf(thread, type, self));
        if (!object_type) return -1;
    }
    clearSuper(thread, &object->head);
    object->type = newRef(type);
    object->self = newRef(self);
    object->object_type = object_type.release().as<Type>();
    return 0;
}

int initSuper(Thread& thread, Value self, const Value* args, size_t positional, Value keywords) {
    if (!rejectKeywords(thread, "super", keywords) ||
        !checkArgumentCount(thread, "super", positional, 0, 2)) {
        return -1;
    }
    if (positional > 0) {
        if (isType(args[0])) {
            const Value bound = positional > 1 ? args[1] : Value::null();
            return bindSuper(thread, superOf(self), args[0].as<Type>(), bound);
        }
        raise(thread, ExceptionKind::kTypeError, "super() argument 1 must be a type, not {}",
              typeName(typeOf(thread, args[0])));
        return -1;
    }
    Type* type = nullptr;
    Value bound;
    const auto hook = thread.heap->hooks.super_arguments;
    if (hook == nullptr) {
        raise(thread, ExceptionKind::kRuntimeError, "super(): no arguments");
        return -1;
    }
    if (hook(thread, &type, &bound) < 0) return -1;
    return bindSuper(thread, superOf(self), type, bound);
}

Value getDescriptor(Thread& thread, Value self, Value instance, Value) {
    const SuperObject* const object = superOf(self);
    if (instance.isNull() || instance == thread.singletons->none || object->self) {
        return newRef(self);
    }
    if (isExactly(self, thread.types->super)) return newSuper(thread, object->type, instance);
    const Ref type = Ref::borrow(Value::of(object->type));
    if (!type) return newRef(self);
    return call(thread, Value::of(self.asObject()->type), {type.get(), instance});
}

Value reprSuper(Thread& thread, Value self) {
    const SuperObject* const object = superOf(self);
    const std::string type = object->type == nullptr ? "NULL" : typeName(object->type);
    const std::string bound = object->object_type == nullptr
                                  ? std::string("NULL")
                                  : fmt::format("<{} object>", typeName(object->object_type));
    return Value::of(makeStr(thread, fmt::format("<super: <class '{}'>, {}>", type, bound)));
}

}  // namespace

Value newSuper(Thread& thread, Type* type, Value self) {
    Ref object(Value::of(allocateObject(thread, thread.types->super)));
    if (!object || bindSuper(thread, superOf(object.get()), type, self) < 0) return Value::null();
    return object.release();
}

Value getSuperAttr(Thread& thread, Type* type, Value self, Str* name) {
    const Ref object_type(checkSelf(thread, type, self));
    if (!object_type) {
        markRaisedBefore(thread);
        return Value::null();
    }
    const Value found = lookUpBehind(thread, type, self, object_type.as<Type>(), name);
    if (found) return found;
    // The general path begins with the object that super() makes.
    Ref error(takePending(thread));
    const Ref object(newSuper(thread, type, self));
    if (!object) return Value::null();
    if (!error) return getAttr(thread, object.get(), name);
    restorePending(thread, error.release());
    noteAttributeErrorContext(thread, object.get(), name);
    return Value::null();
}

void initSuperType(Thread& thread) {
    Type* const type = thread.types->super;
    setNativeLayout(type, CellFamily::kOther, sizeof(SuperObject), kTypeAllowsSubclass);
    type->slots.dealloc = deallocSuper;
    type->slots.traverse = traverseSuper;
    type->slots.clear = clearSuper;
    type->slots.construct = constructSuper;
    type->slots.init = initSuper;
    type->slots.get_attribute = getSuperAttribute;
    type->slots.descriptor_get = getDescriptor;
    type->slots.repr = reprSuper;
    addMember(thread, type, "__thisclass__", offsetof(SuperObject, type), false, true);
    addMember(thread, type, "__self__", offsetof(SuperObject, self), false, true);
    addMember(thread, type, "__self_class__", offsetof(SuperObject, object_type), false, true);
}

}  // namespace tagproof
