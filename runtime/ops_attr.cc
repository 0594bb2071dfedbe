// Slow paths of attributes, methods and items.

#include <array>

#include "objmodel/attr.h"
#include "objmodel/attribute_error.h"
#include "objmodel/descriptors.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type.h"
#include "objmodel/type_object.h"
#include "runtime/attr_lookup.h"
#include "runtime/function.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

// What a property or another data descriptor of the class gives. Null + nothing pending for other
// descriptors, or one whose class has changed meanwhile: the instance may hide those.
Value loadThroughClass(Thread& thread, Value owner, const AttrEntry& entry) {
    const Ref keep = Ref::borrow(entry.value);
    if (entry.kind == AttrKind::kProperty) return call(thread, keep.get(), &owner, 1);
    const Type* type = keep.get().asObject()->type;
    if (type->slots.descriptor_set == nullptr || type->slots.descriptor_get == nullptr) {
        return Value::null();
    }
    return type->slots.descriptor_get(thread, keep.get(), owner, Value::of(owner.asObject()->type));
}

// 1 = stored, 0 = the descriptor's class has changed meanwhile, -1 = exception.
int storeThroughClass(Thread& thread, Value owner, Value value, const AttrEntry& entry) {
    const Ref keep = Ref::borrow(entry.value);
    if (entry.kind == AttrKind::kDescriptor) {
        const auto set = keep.get().asObject()->type->slots.descriptor_set;
        if (set == nullptr) return 0;
        return set(thread, keep.get(), owner, value) < 0 ? -1 : 1;
    }
    const std::array<Value, 2> arguments = {owner, value};
    const Ref result(call(thread, keep.get(), arguments.data(), arguments.size()));
    return result ? 1 : -1;
}

bool isThroughClass(const AttrEntry* entry) {
    return entry != nullptr &&
           (entry->kind == AttrKind::kProperty || entry->kind == AttrKind::kDescriptor);
}

}  // namespace

extern "C" {

Value opLoadAttr(Thread* thread, Value owner, Str* name, AttrCache* cache) {
    if (cache == nullptr) return getAttr(*thread, owner, name);
    const AttrEntry* entry;
    const Value stored = loadCached(*cache, owner, name, &entry);
    if (!stored.isNull()) return newRef(stored);
    if (entry != nullptr && entry->kind == AttrKind::kGetSet) {
        return opLoadGetSet(thread, owner, entry->value.as<GetSetDescriptor>());
    }
    if (isThroughClass(entry)) {
        const Value value = loadThroughClass(*thread, owner, *entry);
        if (!value.isNull()) return value;
        if (hasPending(*thread)) {
            noteAttributeErrorContext(*thread, owner, name);
            return value;
        }
    }
    if (entry != nullptr && entry->kind == AttrKind::kMethod &&
        isVisible(owner.asObject(), *entry, name) && isFunction(*thread, entry->value)) {
        return newBoundMethod(*thread, entry->value, owner);
    }
    if (const AttrEntry* method = findClassMethod(*cache, owner, entry, name)) {
        return newBoundMethod(*thread, method->value, Value::of(method->type));
    }
    const Value value = getAttr(*thread, owner, name);
    if (value.isNull() || entry != nullptr) return value;
    if (cache->state == CacheState::kMegamorphic) {
        ++thread->cache_misses;
    } else {
        fillLoadCache(*thread, *cache, owner, name);
    }
    return value;
}

void opNoteAttributeError(Thread* thread, Value owner, Str* name) {
    noteAttributeErrorContext(*thread, owner, name);
}

Value opBindMethod(Thread* thread, Value function, Value self) {
    return newBoundMethod(*thread, function, self);
}

Value opLoadGetSet(Thread* thread, Value owner, GetSetDescriptor* descriptor) {
    const Value value = descriptor->get(*thread, owner);
    if (value.isNull()) noteAttributeErrorContext(*thread, owner, descriptor->name);
    return value;
}

int opStoreAttr(Thread* thread, Value owner, Str* name, Value value, AttrCache* cache) {
    if (cache == nullptr) return setAttr(*thread, owner, name, value);
    Value old;
    if (storeCached(*cache, owner, name, value, &old)) {
        decref(old);
        return 0;
    }
    const AttrEntry* entry = owner.isObject() ? findEntry(*cache, owner.asObject()->type) : nullptr;
    if (isThroughClass(entry)) {
        const int stored = storeThroughClass(*thread, owner, value, *entry);
        if (stored != 0) return stored < 0 ? -1 : 0;
    }
    if (setAttr(*thread, owner, name, value) < 0) return -1;
    const bool is_known = entry != nullptr && entry->kind == AttrKind::kHook;
    if (!is_known) fillStoreCache(*thread, *cache, owner, name);
    return 0;
}

int opDeleteAttr(Thread* thread, Value owner, Str* name) { return delAttr(*thread, owner, name); }

Value opLoadMethod(Thread* thread, Value owner, Str* name, AttrCache* cache) {
    if (cache != nullptr) {
        const AttrEntry* entry;
        const Value stored = loadCached(*cache, owner, name, &entry);
        if (!stored.isNull()) {
            thread->args[0] = Value::null();
            return newRef(stored);
        }
        if (entry != nullptr && entry->kind == AttrKind::kMethod &&
            isVisible(owner.asObject(), *entry, name)) {
            thread->args[0] = owner;
            return newRef(entry->value);
        }
        if (const AttrEntry* method = findClassMethod(*cache, owner, entry, name)) {
            thread->args[0] = Value::of(method->type);
            return newRef(method->value);
        }
    }
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
