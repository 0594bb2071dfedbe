// Slow paths of attributes, methods and items.

#include "objmodel/attr.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/attr_lookup.h"
#include "runtime/function.h"
#include "runtime/ops.h"

namespace tagproof {

extern "C" {

Value opLoadAttr(Thread* thread, Value owner, Str* name, AttrCache* cache) {
    if (cache == nullptr) return getAttr(*thread, owner, name);
    const AttrEntry* entry;
    const Value stored = loadCached(*cache, owner, name, &entry);
    if (!stored.isNull()) return newRef(stored);
    if (entry != nullptr && entry->kind == AttrKind::kProperty) {
        const Ref getter = Ref::borrow(entry->value);
        return call(*thread, getter.get(), &owner, 1);
    }
    if (entry != nullptr && entry->kind == AttrKind::kMethod &&
        isVisible(owner.asObject(), *entry, name) && isFunction(*thread, entry->value)) {
        return newBoundMethod(*thread, entry->value, owner);
    }
    const Value value = getAttr(*thread, owner, name);
    if (!value.isNull() && entry == nullptr) fillLoadCache(*thread, *cache, owner, name);
    return value;
}

int opStoreAttr(Thread* thread, Value owner, Str* name, Value value, AttrCache* cache) {
    if (cache == nullptr) return setAttr(*thread, owner, name, value);
    Value old;
    if (storeCached(*cache, owner, value, &old)) {
        decref(old);
        return 0;
    }
    if (setAttr(*thread, owner, name, value) < 0) return -1;
    fillStoreCache(*thread, *cache, owner, name);
    return 0;
}

int opDeleteAttr(Thread* thread, Value owner, Str* name) { return delAttr(*thread, owner, name); }

Value opLoadMethod(Thread* thread, Value owner, Str* name, AttrCache* cache) {
    MethodLookup lookup;
    if (!getMethod(*thread, owner, name, &lookup)) return Value::null();
    if (cache != nullptr) fillLoadCache(*thread, *cache, owner, name);
    thread->args[0] = lookup.unbound ? owner : Value::null();
    return lookup.callable;
}

Value opLoadSuperAttr(Thread* thread, Value cls, Value self, Str* name) {
    if (!isType(cls)) {
        return raise(*thread, ExceptionKind::kRuntimeError, "super(): __class__ is not a type");
    }
    return getSuperAttr(*thread, cls.as<Type>(), self, name);
}

Value opGetItem(Thread* thread, Value container, Value key) {
    return getItem(*thread, container, key);
}

int opSetItem(Thread* thread, Value container, Value key, Value value) {
    return setItem(*thread, container, key, value);
}

int opDeleteItem(Thread* thread, Value container, Value key) {
    return delItem(*thread, container, key);
}

}  // extern "C"

}  // namespace tagproof
