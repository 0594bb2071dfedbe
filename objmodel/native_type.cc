// Set-up of built-in types (declared in objmodel/type_object.h).

#include <algorithm>
#include <new>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/special_methods.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/type_setup.h"

namespace tagproof {
namespace {

// A base's chain is its MRO: built-in types inherit singly.
Tuple* makeChain(Thread& thread, Type* type) {
    std::vector<Value> chain;
    for (Type* it = type; it != nullptr; it = it->base) chain.push_back(Value::of(it));
    return makeTuple(thread, chain.data(), chain.size());
}

constexpr uint32_t kInheritedFlags = kTypeIsInt | kTypeIsFloat | kTypeIsStr | kTypeIsList |
                                     kTypeIsTuple | kTypeIsDict | kTypeIsException | kTypeIsType |
                                     kTypeIsSet | kTypeIsBytes | kTypeConcatenates;

}  // namespace

uint32_t inheritedKindFlags(const Type* base) { return base->type_flags & kInheritedFlags; }

bool nameNativeType(Thread& thread, Type* type, const char* name) {
    type->name = internStr(thread, name);
    const std::string_view text = name;
    type->qualified_name = internStr(thread, text.substr(text.rfind('.') + 1));
    type->attributes = newDictOfCells(thread);
    Value base = Value::of(type->base);
    type->bases = makeTuple(thread, &base, type->base == nullptr ? 0 : 1);
    type->mro = makeChain(thread, type);
    return type->name != nullptr && type->qualified_name != nullptr &&
           type->attributes != nullptr && type->bases != nullptr && type->mro != nullptr;
}

void addSubclass(Type* base, Type* type) {
    if (base->subclasses == nullptr) base->subclasses = new std::vector<Type*>;
    std::vector<Type*>& list = *base->subclasses;
    if (std::find(list.begin(), list.end(), type) == list.end()) list.push_back(type);
}

void removeSubclass(Type* base, const Type* type) {
    if (base->subclasses == nullptr) return;
    std::vector<Type*>& list = *base->subclasses;
    list.erase(std::remove(list.begin(), list.end(), type), list.end());
}

void setNativeLayout(Type* type, CellFamily family, size_t size, uint32_t flags) {
    constexpr size_t kWord = sizeof(Value);
    const size_t rounded = (size + kWord - 1) / kWord * kWord;
    type->type_flags |= flags;
    type->native_size = static_cast<uint16_t>(rounded - sizeof(Object));
    type->slots_begin = static_cast<uint32_t>(rounded);
    type->instance_size = static_cast<uint32_t>(rounded);
    type->cell_kind = cellKind(family, hasFlag(type, kTypeHasManagedDict));
    Heap& heap = heapOf(type);
    type->pool = heap.poolFor(type->cell_kind, rounded);
}

bool finishNativeType(Thread& thread, Type* type) {
    Type* const base = type->base;
    const bool unhashable = type->slots.compare != nullptr && type->slots.hash == nullptr;
    if (base != nullptr) {
        type->type_flags |= inheritedKindFlags(base);
        inheritSlots(type);
        removeSubclass(base, type);
        addSubclass(base, type);
    }
    if (!addSlotWrappers(thread, type)) return false;
    Str* const doc = thread.singletons->names.doc;
    if (!dictGetStr(type->attributes, doc) &&
        dictSetStr(thread, type->attributes, doc, thread.singletons->none) < 0) {
        return false;
    }
    if (unhashable) {
        Str* const name = thread.singletons->names.hash;
        const int stored = dictSetStr(thread, type->attributes, name, thread.singletons->none);
        if (stored < 0) return false;
    }
    updateSlotFlags(thread, type);
    typeModified(thread, type, nullptr);
    return true;
}

Type* newNativeType(Thread& thread, const char* name, Type* base) {
    auto* object = allocateObject(thread, thread.types->type);
    if (object == nullptr) return nullptr;
    Type* const type = new (object) Type(*base);
    type->head = Object{layout::kImmortalRefcount, 0, thread.types->type, nullptr, {}};
    type->base = base;
    type->slots = TypeSlots{};
    type->subclasses = nullptr;
    type->dependents = nullptr;
    type->shared_keys = nullptr;
    type->type_flags &= ~uint32_t{kTypeIsMethodDescriptor};
    return nameNativeType(thread, type, name) ? type : nullptr;
}

}  // namespace tagproof
