// Every transition of the managed-dict slot (objmodel/managed_dict.h has the states). Order of
// work in each: first make what is needed, which may fail with nothing changed; then write slot and
// block; last drop the old references, which can run guest code.

#include "objmodel/managed_dict.h"

#include <bit>
#include <utility>

#include "objmodel/dict.h"
#include "objmodel/error.h"

namespace tagproof {
namespace {

// CPython's rule: every new instance takes one name of the room, while more than one is left.
Value* takeInstanceValues(Thread& thread, SharedKeys* keys) {
    if (keys->usable > 1) --keys->usable;
    return newValuesBlock(thread, keys->capacity());
}

// S1: stores at an index of the shared keys.
void storeValue(Value* values, size_t index, Value value) {
    const Value old = std::exchange(values[index], newRef(value));
    if (old.isNull()) appendValuesOrder(values, index);
    decref(old);
}

// S0 -> S2 or S3.
Dict* makeDictOfEmpty(Thread& thread, Object* object) {
    SharedKeys* const keys = object->type->shared_keys;
    Dict* dict = nullptr;
    if (keys != nullptr && keys->capacity() > 0) {
        Value* const values = newValuesBlock(thread, keys->capacity());
        if (values == nullptr) return nullptr;
        dict = newSplitDict(thread, keys, values);
        if (dict == nullptr) freeValuesBlock(*thread.heap, values);
    } else {
        dict = newDict(thread);
    }
    if (dict != nullptr) object->slot.encodeDict(dict);
    return dict;
}

// S1 -> S2: the dict takes the block over.
Dict* makeDictOfValues(Thread& thread, Object* object) {
    Dict* const dict = newSplitDict(thread, object->type->shared_keys, object->slot.values());
    if (dict != nullptr) object->slot.encodeDict(dict);
    return dict;
}

// Drops the values of a block that no slot or dict refers to any more: nobody else can see it.
void releaseValuesBlock(Heap& heap, Value* values) {
    // By index, as CPython does: not in the order of insertion.
    const size_t used = valuesUsed(values);
    uint32_t present = 0;
    for (size_t k = 0; k < used; ++k) present |= 1u << valuesOrderAt(values, k);
    for (; present != 0; present &= present - 1) decref(values[std::countr_zero(present)]);
    freeValuesBlock(heap, values);
}

}  // namespace

Object* newInstance(Thread& thread, Type* type) {
    Object* const object = allocateObject(thread, type);
    if (object == nullptr || !hasFlag(type, kTypeHasInlineValues)) return object;
    Value* const values = takeInstanceValues(thread, type->shared_keys);
    if (values == nullptr) {
        decref(object);
        return nullptr;
    }
    object->slot.encodeValues(values);
    return object;
}

Value managedGet(Thread& thread, Object* object, Str* name) {
    const ManagedDictSlot slot = object->slot;
    if (slot.isValues()) {
        const int index = findSharedKey(object->type->shared_keys, name);
        return index < 0 ? Value::null() : newRef(slot.values()[index]);
    }
    if (slot.isEmpty()) return Value::null();
    return dictGetName(thread, slot.dict(), name);
}

int managedSet(Thread& thread, Object* object, Str* name, Value value) {
    if (object->slot.isValues()) {
        const int index = findOrAddSharedKey(thread, object->type->shared_keys, name);
        if (index >= 0) {
            storeValue(object->slot.values(), static_cast<size_t>(index), value);
            return 0;
        }
    }
    Dict* const dict = managedDict(thread, object);
    return dict == nullptr ? -1 : dictSetName(thread, dict, name, value);
}

int managedDelete(Thread& thread, Object* object, Str* name) {
    if (object->slot.isEmpty()) return 0;
    if (object->slot.isDict()) return dictDeleteName(thread, object->slot.dict(), name);
    // CPython adds the name before it finds out that there is nothing to delete.
    const int index = findOrAddSharedKey(thread, object->type->shared_keys, name);
    if (index < 0) {
        Dict* const dict = managedDict(thread, object);
        return dict == nullptr ? -1 : dictDeleteName(thread, dict, name);
    }
    Value* const values = object->slot.values();
    const Value old = std::exchange(values[index], Value::null());
    if (old.isNull()) return 0;
    removeValuesOrder(values, static_cast<size_t>(index));
    decref(old);
    return 1;
}

Dict* managedDict(Thread& thread, Object* object) {
    if (object->slot.isDict()) return object->slot.dict();
    return object->slot.isValues() ? makeDictOfValues(thread, object)
                                   : makeDictOfEmpty(thread, object);
}

int managedReplaceDict(Thread& thread, Object* object, Dict* dict) {
    if (object->slot.isValues() && makeDictOfValues(thread, object) == nullptr) return -1;
    Dict* const old = object->slot.isDict() ? object->slot.dict() : nullptr;
    if (dict == nullptr) {
        object->slot.encodeEmpty();
    } else {
        object->slot.encodeDict(newRef(dict));
    }
    if (old != nullptr) decref(&old->head);
    return 0;
}

void managedClear(Thread& thread, Object* object) {
    const ManagedDictSlot slot = object->slot;
    object->slot.encodeEmpty();
    if (slot.isValues()) {
        releaseValuesBlock(*thread.heap, slot.values());
    } else if (slot.isDict()) {
        decref(&slot.dict()->head);
    }
}

void managedTraverse(Object* object, VisitFunction visit, void* context) {
    const ManagedDictSlot slot = object->slot;
    if (slot.isDict()) {
        visit(Value::of(slot.dict()), context);
        return;
    }
    if (slot.isEmpty()) return;
    Value* const values = slot.values();
    const size_t used = valuesUsed(values);
    for (size_t k = 0; k < used; ++k) visit(values[valuesOrderAt(values, k)], context);
}

size_t managedCount(const Object* object) {
    if (object->slot.isValues()) return valuesUsed(object->slot.values());
    return object->slot.isDict() ? object->slot.dict()->used : 0;
}

}  // namespace tagproof
