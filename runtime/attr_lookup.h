#pragma once
// Attribute access through an AttrCache: the inline hit paths of the interpreter and of the ops,
// and the refill on a miss. Every hit equals what getAttr / setAttr (objmodel/attr.h) would do.
//
// An entry holds while the owner's type has the version recorded. Where an instance attribute may
// hide a class attribute the instance is asked first: an empty slot hides nothing; in values form
// only the shared key `index` can (may_be_shadowed); in dict form the dict is looked up, or, when
// some of its keys are no plain strs, the general path taken.

#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/dict_position.h"
#include "objmodel/object.h"
#include "objmodel/type.h"
#include "objmodel/type_object.h"
#include "runtime/attr_cache.h"

namespace tagproof {

struct Str;
struct Thread;

// Visits what the cache owns (cells of namespaces).
void traverseCache(const AttrCache& cache, VisitFunction visit, void* context);
// Releases it and empties the cache.
void clearCache(AttrCache& cache);

// The function in a classmethod, borrowed; null for anything else, other callables in it included.
[[nodiscard]] Value wrappedFunction(const Thread& thread, Value value);

// Records how `owner.name` is found. Call after a successful access that missed. Never raises.
void fillLoadCache(Thread& thread, AttrCache& cache, Value owner, Str* name);
void fillStoreCache(Thread& thread, AttrCache& cache, Value owner, Str* name);
// Records __enter__ (entries[0].value) and __exit__ (entries[1].value) of the manager's type when
// both are functions.
void fillWithCache(Thread& thread, AttrCache& cache, Type* type, Value enter, Value exit);

// The entry valid for objects of `type`, or null.
[[nodiscard]] inline const AttrEntry* findEntry(const AttrCache& cache, const Type* type) {
    for (size_t i = 0; i < cache.count; ++i) {
        if (cache.entries[i].version == type->version_tag) return &cache.entries[i];
    }
    return nullptr;
}

// True when no instance attribute hides the class attribute of `entry`.
[[nodiscard]] inline bool isVisible(const Object* owner, const AttrEntry& entry, Str* name) {
    const ManagedDictSlot& slot = owner->slot;
    if (slot.isEmpty()) return true;
    if (slot.isValues()) return !entry.may_be_shadowed || slot.values()[entry.index].isNull();
    return !hasOtherKeys(slot.dict()) && dictGetStr(slot.dict(), name).isNull();
}

// From a dict that had the name at `position` once. Borrowed; null when it is absent, or perhaps
// there under a key that only its own __eq__ finds.
[[nodiscard]] inline Value loadFromDict(Dict* dict, size_t position, Str* name) {
    if (hasOtherKeys(dict)) return Value::null();
    const DictEntry* entry = dictEntryAt(dict, position, name);
    return entry != nullptr ? entry->value : dictGetStr(dict, name);
}

// The attribute as stored, borrowed: for kinds that need no call. Null = miss.
[[nodiscard]] inline Value loadStored(const Object* owner, const AttrEntry& entry, Str* name) {
    const ManagedDictSlot& slot = owner->slot;
    switch (entry.kind) {
        case AttrKind::kInlineValue:
            return slot.isValues() ? slot.values()[entry.index] : Value::null();
        case AttrKind::kSlotMember:
            return *reinterpret_cast<const Value*>(reinterpret_cast<const char*>(owner) +
                                                   entry.index);
        case AttrKind::kSplitDict:
            return slot.isDict() && slot.dict()->keys == owner->type->shared_keys
                       ? slot.dict()->values[entry.index]
                       : Value::null();
        case AttrKind::kCombinedDict:
            return slot.isDict() ? loadFromDict(slot.dict(), entry.index, name) : Value::null();
        case AttrKind::kClassCell:
            if (!isVisible(owner, entry, name)) return Value::null();
            return entry.cell != nullptr ? entry.cell->value : entry.value;
        case AttrKind::kModuleAttribute:
            return slot.rawWord() == entry.value.bits ? entry.cell->value : Value::null();
        case AttrKind::kTypeAttribute:
        case AttrKind::kNone:
        case AttrKind::kTypeClassMethod:
        case AttrKind::kMethod:
        case AttrKind::kClassMethod:
        case AttrKind::kProperty:
        case AttrKind::kGetSet:
        case AttrKind::kDescriptor:
        case AttrKind::kHook:
            return Value::null();
    }
    return Value::null();
}

// owner is a type: entries are found by the type itself. Null = miss.
[[nodiscard]] inline const AttrEntry* findTypeEntry(const AttrCache& cache,
                                                    const Type* owner,
                                                    AttrKind kind) {
    for (size_t i = 0; i < cache.count; ++i) {
        const AttrEntry& entry = cache.entries[i];
        if (entry.type == owner && entry.version == owner->version_tag && entry.kind == kind) {
            return &entry;
        }
    }
    return nullptr;
}

[[nodiscard]] inline Value loadFromType(const AttrCache& cache, const Type* owner) {
    const AttrEntry* entry = findTypeEntry(cache, owner, AttrKind::kTypeAttribute);
    if (entry == nullptr) return Value::null();
    return entry->cell != nullptr ? entry->cell->value : entry->value;
}

// The entry by which the owner's attribute is a classmethod that nothing hides, or null.
[[nodiscard]] inline const AttrEntry* findClassMethod(const AttrCache& cache,
                                                      Value owner,
                                                      const AttrEntry* entry,
                                                      Str* name) {
    if (entry != nullptr) {
        const bool applies =
            entry->kind == AttrKind::kClassMethod && isVisible(owner.asObject(), *entry, name);
        return applies ? entry : nullptr;
    }
    if (cache.count == 0 || !isType(owner)) return nullptr;
    return findTypeEntry(cache, owner.as<Type>(), AttrKind::kTypeClassMethod);
}

// All stored kinds, borrowed; null = miss. `entry` is set when the owner's type has a valid one.
[[nodiscard]] inline Value loadCached(const AttrCache& cache,
                                      Value owner,
                                      Str* name,
                                      const AttrEntry** entry) {
    *entry = nullptr;
    if (!owner.isObject() || cache.count == 0) return Value::null();
    const Object* object = owner.asObject();
    for (size_t i = 0; i < cache.count; ++i) {
        const AttrEntry& candidate = cache.entries[i];
        if (candidate.version != object->type->version_tag) continue;
        *entry = &candidate;
        const Value value = loadStored(object, candidate, name);
        if (!value.isNull()) return value;
    }
    if (*entry == nullptr && hasFlag(object->type, kTypeIsType)) {
        return loadFromType(cache, owner.as<Type>());
    }
    return Value::null();
}

// The word of an attribute that is there, found by the first entry as an inline value or a
// __slots__ word, or null: what most sites of most programs find.
[[nodiscard]] inline Value* firstStoredWord(const AttrCache& cache, Value owner) {
    if (!owner.isObject() || cache.count == 0) return nullptr;
    Object* object = owner.asObject();
    const AttrEntry& entry = cache.entries[0];
    if (entry.version != object->type->version_tag) return nullptr;
    Value* word;
    if (entry.kind == AttrKind::kInlineValue && object->slot.isValues()) {
        word = &object->slot.values()[entry.index];
    } else if (entry.kind == AttrKind::kSlotMember) {
        word = reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + entry.index);
    } else {
        return nullptr;
    }
    return word->isNull() ? nullptr : word;
}

// The method that the first entry has for an owner that nothing hides it from, or null.
[[nodiscard]] inline Value firstMethod(const AttrCache& cache, Value owner, Str* name) {
    if (!owner.isObject() || cache.count == 0) return Value::null();
    const Object* object = owner.asObject();
    const AttrEntry& entry = cache.entries[0];
    const bool holds = entry.version == object->type->version_tag &&
                       entry.kind == AttrKind::kMethod && isVisible(object, entry, name);
    return holds ? entry.value : Value::null();
}

// Stores through a cache hit: false = miss, nothing done. Takes a new reference to `value`; the old
// value is returned for release after everything is consistent.
[[nodiscard]] bool storeCached(
    const AttrCache& cache, Value owner, Str* name, Value value, Value* old);

}  // namespace tagproof
