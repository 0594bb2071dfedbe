#include <fmt/format.h>

#include <string>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/descriptor_change.h"
#include "objmodel/descriptors.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/managed_dict.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

Property* propertyOf(Value self) { return self.as<Property>(); }

Value constructProperty(Thread& thread, Value callee, const Value*, size_t, Value) {
    return Value::of(allocateObject(thread, callee.as<Type>()));
}

// Without a doc of its own a property has its getter's. A subclass keeps it as an attribute, which
// its class may shadow otherwise.
int initDoc(Thread& thread, Value self, Value given_doc) {
    Property* const property = propertyOf(self);
    Ref doc = Ref::borrow(given_doc);
    property->doc_from_getter = false;
    if (!doc && property->getter) {
        doc = Ref(getAttrOrNull(thread, property->getter, thread.singletons->names.doc));
        if (!doc && hasPending(thread)) return -1;
        if (doc.get() == thread.singletons->none) doc = Ref();
        property->doc_from_getter = static_cast<bool>(doc);
        const bool subclass = self.asObject()->type != thread.types->property;
        if (doc && subclass) {
            return setAttr(thread, self, thread.singletons->names.doc, doc.get());
        }
    }
    decref(std::exchange(property->doc, doc.release()));
    return 0;
}

int initProperty(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"fget", "fset", "fdel", "doc", nullptr};
    const ParameterList parameters{"property", kNames, 0, 4, 0};
    Value bound[4];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) return -1;
    for (Value& value : bound) {
        if (value == thread.singletons->none) value = Value::null();
    }
    Property* const property = propertyOf(self);
    const Ref getter(std::exchange(property->getter, newRef(bound[0])));
    const Ref setter(std::exchange(property->setter, newRef(bound[1])));
    const Ref deleter(std::exchange(property->deleter, newRef(bound[2])));
    const Ref name(std::exchange(property->name, Value::null()));
    if (getter || setter) descriptorModified(thread, self);
    return initDoc(thread, self, bound[3]);
}

void clearProperty(Thread&, Object* self) {
    auto* property = reinterpret_cast<Property*>(self);
    decref(std::exchange(property->getter, Value::null()));
    decref(std::exchange(property->setter, Value::null()));
    decref(std::exchange(property->deleter, Value::null()));
    decref(std::exchange(property->doc, Value::null()));
    decref(std::exchange(property->name, Value::null()));
}

void deallocProperty(Thread& thread, Object* self) {
    clearProperty(thread, self);
    freeObject(thread, self);
}

void traverseProperty(Object* self, VisitFunction visit, void* context) {
    const auto* property = reinterpret_cast<Property*>(self);
    for (const Value child :
         {property->getter, property->setter, property->deleter, property->doc, property->name}) {
        if (child) visit(child, context);
    }
}

// "property 'x' of 'C' object has no setter", C with the scopes that it was made in
void raiseMissing(Thread& thread, const Property* property, Value instance, const char* what) {
    std::string name;
    if (property->name) {
        const Ref keep = Ref::borrow(property->name);
        const Ref shown(reprOf(thread, keep.get()));
        if (!shown) return;
        name = " " + toUtf8(shown.as<Str>());
    }
    raise(thread, ExceptionKind::kAttributeError, "property{} of '{}' object has no {}", name,
          toUtf8(typeOf(thread, instance)->qualified_name), what);
}

Value getProperty(Thread& thread, Value self, Value instance, Value) {
    const Property* const property = propertyOf(self);
    if (instance.isNull() || instance == thread.singletons->none) return newRef(self);
    if (property->getter.isNull()) {
        raiseMissing(thread, property, instance, "getter");
        return Value::null();
    }
    const Ref keep = Ref::borrow(property->getter);
    return call(thread, keep.get(), {instance});
}

int setProperty(Thread& thread, Value self, Value instance, Value value) {
    const Property* const property = propertyOf(self);
    const Value function = value ? property->setter : property->deleter;
    if (function.isNull()) {
        raiseMissing(thread, property, instance, value ? "setter" : "deleter");
        return -1;
    }
    const Ref keep = Ref::borrow(function);
    const Ref result(value ? call(thread, function, {instance, value})
                           : call(thread, function, {instance}));
    return result ? 0 : -1;
}

// A copy with one of the functions replaced: `type(self)(fget, fset, fdel, doc)`.
Value copyWith(Thread& thread, Value self, Value Property::*field, Value function) {
    const Property* const property = propertyOf(self);
    const Value none = thread.singletons->none;
    Value parts[4] = {property->getter, property->setter, property->deleter, property->doc};
    const size_t index = field == &Property::getter ? 0 : field == &Property::setter ? 1 : 2;
    if (function != none) parts[index] = function;
    const bool own_doc = property->doc && !(property->doc_from_getter && parts[0]);
    if (!own_doc) parts[3] = Value::null();
    for (Value& part : parts) {
        if (part.isNull()) part = none;
    }
    // A subclass's __init__ may change the original.
    const Ref keep[] = {Ref::borrow(parts[0]), Ref::borrow(parts[1]), Ref::borrow(parts[2]),
                        Ref::borrow(parts[3])};
    Ref copy(call(thread, Value::of(self.asObject()->type), parts, 4));
    if (!copy) return Value::null();
    if (isInstanceOf(thread, copy.get(), thread.types->property)) {
        decref(std::exchange(copy.as<Property>()->name, newRef(property->name)));
    }
    return copy.release();
}

Value withGetter(Thread& thread, Value self, const Value* args, size_t) {
    return copyWith(thread, self, &Property::getter, args[0]);
}
Value withSetter(Thread& thread, Value self, const Value* args, size_t) {
    return copyWith(thread, self, &Property::setter, args[0]);
}
Value withDeleter(Thread& thread, Value self, const Value* args, size_t) {
    return copyWith(thread, self, &Property::deleter, args[0]);
}

Value setName(Thread& thread, Value self, const Value* args, size_t count) {
    if (count != 2) {
        return raise(thread, ExceptionKind::kTypeError,
                     "__set_name__() takes 2 positional arguments but {} were given", count);
    }
    decref(std::exchange(propertyOf(self)->name, newRef(args[1])));
    return thread.singletons->none;
}

Value getAbstract(Thread& thread, Value self) {
    const Property* const property = propertyOf(self);
    Str* const name = thread.singletons->names.isabstractmethod;
    if (!checkNativeStack(thread)) return Value::null();
    const Ref functions[] = {Ref::borrow(property->getter), Ref::borrow(property->setter),
                             Ref::borrow(property->deleter)};
    for (const Ref& function : functions) {
        if (!function) continue;
        const Ref flag(getAttrOrNull(thread, function.get(), name));
        if (!flag && hasPending(thread)) return Value::null();
        const int truth = flag ? isTrue(thread, flag.get()) : 0;
        if (truth != 0) return truth < 0 ? Value::null() : thread.singletons->true_;
    }
    return thread.singletons->false_;
}

}  // namespace

void initPropertyType(Thread& thread) {
    Type* const type = thread.types->property;
    setNativeLayout(type, CellFamily::kOther, sizeof(Property), kTypeAllowsSubclass);
    type->slots.dealloc = deallocProperty;
    type->slots.traverse = traverseProperty;
    type->slots.clear = clearProperty;
    type->slots.construct = constructProperty;
    type->slots.init = initProperty;
    type->slots.descriptor_get = getProperty;
    type->slots.descriptor_set = setProperty;
    addMember(thread, type, "fget", offsetof(Property, getter), false, true);
    addMember(thread, type, "fset", offsetof(Property, setter), false, true);
    addMember(thread, type, "fdel", offsetof(Property, deleter), false, true);
    addMember(thread, type, "__doc__", offsetof(Property, doc), true, true);
    addMethod(thread, type, "getter", withGetter, 1, 1);
    addMethod(thread, type, "setter", withSetter, 1, 1);
    addMethod(thread, type, "deleter", withDeleter, 1, 1);
    addMethod(thread, type, "__set_name__", setName, 0, kAnyCount);
    addGetSet(thread, type, "__isabstractmethod__", getAbstract, nullptr);
}

}  // namespace tagproof
