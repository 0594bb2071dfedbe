// Tests, versions and attribute stores of types.

#include "objmodel/type_object.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/ref.h"
#include "objmodel/special_methods.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"

namespace tagproof {
namespace {

uint32_t takeVersion(Heap& heap) { return heap.next_version == 0 ? 0 : heap.next_version++; }

void collectSubtypes(Type* type, std::unordered_set<Type*>* seen, std::vector<Type*>* order) {
    if (!seen->insert(type).second) return;
    order->push_back(type);
    if (type->subclasses == nullptr) return;
    for (Type* const subclass : *type->subclasses) collectSubtypes(subclass, seen, order);
}

struct Modification {
    Thread* thread;
    Str* name;
};

void assignVersion(Type* type, void* context) {
    const auto* modification = static_cast<Modification*>(context);
    Thread& thread = *modification->thread;
    Heap& heap = *thread.heap;
    type->version_tag = takeVersion(heap);
    ++heap.types_modified;
    if (heap.hooks.type_modified != nullptr) {
        heap.hooks.type_modified(thread, type, modification->name);
    }
}

// After an attribute came, went or changed its nature.
void noteAttributeChange(Thread& thread, Type* type, Str* name) {
    typeModified(thread, type, name);
    updateSlots(thread, type, name);
}

int deleteTypeAttribute(Thread& thread, Type* type, Str* name) {
    const Ref old = Ref::borrow(dictGetStr(type->attributes, name));
    if (!old) {
        raise(thread, ExceptionKind::kAttributeError, "type object '{}' has no attribute '{}'",
              typeName(type), toUtf8(name));
        return -1;
    }
    if (dictDeleteStr(thread, type->attributes, name) < 0) return -1;
    noteAttributeChange(thread, type, name);
    return 0;
}

}  // namespace

bool isSubtype(const Type* type, const Type* base) {
    if (type == base) return true;
    if (type->mro == nullptr) {
        for (const Type* it = type->base; it != nullptr; it = it->base) {
            if (it == base) return true;
        }
        return false;
    }
    const Value wanted = Value::of(base);
    const Value* const items = type->mro->items();
    return std::find(items, items + type->mro->size, wanted) != items + type->mro->size;
}

bool isInstanceOf(const Thread& thread, Value value, const Type* type) {
    return isSubtype(typeOf(thread, value), type);
}

std::string typeName(const Type* type) {
    return type->name == nullptr ? std::string("?") : toUtf8(type->name);
}

void forEachSubtype(Type* type, void (*visit)(Type*, void* context), void* context) {
    if (type->subclasses == nullptr || type->subclasses->empty()) {
        visit(type, context);
        return;
    }
    std::unordered_set<Type*> seen;
    std::vector<Type*> order;
    collectSubtypes(type, &seen, &order);
    for (Type* const subtype : order) visit(subtype, context);
}

void typeModified(Thread& thread, Type* type, Str* name) {
    Modification modification{&thread, name};
    forEachSubtype(type, assignVersion, &modification);
}

bool isPlainData(const Thread& thread, Value value) {
    const TypeSlots& slots = typeOf(thread, value)->slots;
    return slots.descriptor_get == nullptr && slots.descriptor_set == nullptr;
}

int storeTypeAttribute(Thread& thread, Type* type, Str* name, Value value) {
    Str* const interned = internStr(thread, newRef(name));
    if (interned == nullptr) return -1;
    if (value.isNull()) return deleteTypeAttribute(thread, type, interned);
    Cell* const cell = dictFindCell(type->attributes, interned);
    const Value old = cell != nullptr ? cell->value : Value::null();
    const bool keeps_version = old && isPlainData(thread, old) && isPlainData(thread, value) &&
                               findSpecialMethod(thread, interned) == nullptr;
    if (keeps_version) {
        setCell(cell, value);
        return 0;
    }
    const Ref old_reference = Ref::borrow(old);
    if (dictSetStr(thread, type->attributes, interned, value) < 0) return -1;
    noteAttributeChange(thread, type, interned);
    return 0;
}

}  // namespace tagproof
