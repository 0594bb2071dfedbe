#include "runtime/attr_lookup.h"

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/descriptors.h"
#include "objmodel/heap.h"
#include "objmodel/special_methods.h"
#include "objmodel/type_object.h"
#include "objmodel/values_block.h"
#include "runtime/function.h"
#include "runtime/module.h"

namespace tagproof {

namespace {

// A dict's position fits where it is of use; else it is a hint that is never right.
uint16_t positionHint(Dict* dict, Str* name) {
    const size_t position = dictPositionOf(dict, name);
    return position < UINT16_MAX ? static_cast<uint16_t>(position) : UINT16_MAX;
}

// Puts `entry` in: in place of one of the same type that is out of date or alike, else as one more.
void addEntry(AttrCache& cache, const AttrEntry& entry) {
    if (cache.misses != UINT16_MAX) ++cache.misses;
    if (cache.state == CacheState::kMegamorphic) return;
    for (size_t i = 0; i < cache.count; ++i) {
        AttrEntry& present = cache.entries[i];
        const bool outdated = present.type == entry.type && present.version != entry.version;
        const bool alike = present.type == entry.type && present.kind == entry.kind;
        if (!outdated && !alike) continue;
        if (present.kind == AttrKind::kModuleAttribute) decref(Value::of(present.cell));
        present = entry;
        if (entry.kind == AttrKind::kModuleAttribute) incref(Value::of(entry.cell));
        return;
    }
    if (cache.count == kAttrCacheEntries) {
        clearCache(cache);
        cache.state = CacheState::kMegamorphic;
        return;
    }
    cache.entries[cache.count++] = entry;
    cache.state = cache.count == 1 ? CacheState::kMono : CacheState::kPoly;
    if (entry.kind == AttrKind::kModuleAttribute) incref(Value::of(entry.cell));
}

AttrEntry entryFor(Type* type, AttrKind kind) {
    AttrEntry entry;
    entry.type = type;
    entry.version = type->version_tag;
    entry.kind = kind;
    return entry;
}

// A module attribute, in the cell of its namespace.
void fillModule(Thread& thread, AttrCache& cache, Value owner, Type* type, Str* name) {
    const ManagedDictSlot& slot = owner.asObject()->slot;
    if (!slot.isDict() || !slot.dict()->holds_cells) return;
    const Value in_class = findTypeAttribute(thread, type, name).value;
    if (in_class && hasFlag(typeOf(thread, in_class), kTypeIsDataDescriptor)) return;
    Cell* cell = dictFindCell(slot.dict(), name);
    if (cell == nullptr || cell->value.isNull()) return;
    AttrEntry entry = entryFor(type, AttrKind::kModuleAttribute);
    entry.value = Value{slot.rawWord()};
    entry.cell = cell;
    addEntry(cache, entry);
}

// An attribute of a class, read from the class itself. Only for classes whose metatype is `type`:
// a program can change any other without a new version of the class.
void fillTypeAttribute(Thread& thread, AttrCache& cache, Type* owner, Str* name) {
    if (owner->head.type != thread.types->type || owner->version_tag == 0) return;
    if (!findTypeAttribute(thread, thread.types->type, name).value.isNull()) return;
    const TypeAttribute found = findTypeAttribute(thread, owner, name);
    if (found.value.isNull()) return;
    AttrEntry entry = entryFor(owner, AttrKind::kTypeAttribute);
    const Type* value_type = typeOf(thread, found.value);
    const bool gives_itself = isFunction(thread, found.value) ||
                              value_type == thread.types->method_descriptor ||
                              value_type == thread.types->wrapper_descriptor;
    if (gives_itself) {
        entry.value = found.value;
    } else if (value_type == thread.types->staticmethod) {
        entry.value = found.value.as<MethodWrapperObject>()->callable;
    } else if (!wrappedFunction(thread, found.value).isNull()) {
        entry.kind = AttrKind::kTypeClassMethod;
        entry.value = wrappedFunction(thread, found.value);
    } else if (!hasFlag(value_type, kTypeIsDescriptor)) {
        entry.cell = found.cell;
    } else {
        return;
    }
    addEntry(cache, entry);
}

// A store to plain data of the class itself: as long as the new value is plain too, it goes through
// the cell and the version stays.
void fillTypeStore(Thread& thread, AttrCache& cache, Type* owner, Str* name) {
    const bool ordinary = owner->head.type == thread.types->type && hasFlag(owner, kTypeIsHeap) &&
                          owner->version_tag != 0 && findSpecialMethod(thread, name) == nullptr;
    if (!ordinary || !findTypeAttribute(thread, thread.types->type, name).value.isNull()) return;
    const TypeAttribute found = findTypeAttribute(thread, owner, name);
    const bool own = !found.value.isNull() && found.cell != nullptr && found.holder == owner;
    if (!own || !isPlainData(thread, found.value)) return;
    AttrEntry entry = entryFor(owner, AttrKind::kTypeAttribute);
    entry.cell = found.cell;
    addEntry(cache, entry);
}

// A class may have the descriptor of a type that it does not inherit from.
bool isGetSetOf(const Thread& thread, Value value, const Type* type) {
    return isExactly(value, thread.types->getset_descriptor) &&
           isSubtype(type, value.as<GetSetDescriptor>()->owner);
}

// Where the class asks __getattr__ for what is missing, what is there is found as ever; but when a
// getter fails it is asked as well.
bool isLikeDefault(Thread& thread, Type* type, const AttrEntry& entry) {
    switch (entry.kind) {
        case AttrKind::kInlineValue:
        case AttrKind::kSplitDict:
        case AttrKind::kCombinedDict:
        case AttrKind::kSlotMember:
        case AttrKind::kClassCell:
        case AttrKind::kMethod:
        case AttrKind::kClassMethod: {
            const Names& names = thread.singletons->names;
            return lookupTypeAttribute(thread, type, names.getattr) &&
                   lookupTypeAttribute(thread, type, names.getattribute) ==
                       lookupTypeAttribute(thread, thread.types->object, names.getattribute);
        }
        case AttrKind::kNone:
        case AttrKind::kProperty:
        case AttrKind::kGetSet:
        case AttrKind::kDescriptor:
        case AttrKind::kTypeAttribute:
        case AttrKind::kTypeClassMethod:
        case AttrKind::kModuleAttribute:
        case AttrKind::kHook:
            return false;
    }
    return false;
}

// Whether the word of a member is at an offset that an entry can hold.
bool hasFixedPlace(const MemberDescriptor* member) {
    return member->offset <= UINT16_MAX && !hasFlag(member->owner, kTypeIsStr);
}

// What of the class decides: sets kind and operands; false when the general path must be taken.
bool planClassAttribute(Thread& thread, const TypeAttribute& found, AttrEntry* entry) {
    const Type* value_type = typeOf(thread, found.value);
    if (value_type == thread.types->property) {
        const Value getter = found.value.as<Property>()->getter;
        if (getter.isNull()) return false;
        entry->kind = AttrKind::kProperty;
        entry->value = getter;
        return true;
    }
    if (value_type == thread.types->member_descriptor) {
        const auto* member = found.value.as<MemberDescriptor>();
        if (member->none_if_empty || !hasFixedPlace(member)) return false;
        entry->kind = AttrKind::kSlotMember;
        entry->index = static_cast<uint16_t>(member->offset);
        return true;
    }
    if (hasFlag(value_type, kTypeIsMethodDescriptor)) {
        entry->kind = AttrKind::kMethod;
        entry->value = found.value;
        return true;
    }
    if (value_type == thread.types->staticmethod) {
        entry->kind = AttrKind::kClassCell;
        entry->value = found.value.as<MethodWrapperObject>()->callable;
        return true;
    }
    if (!wrappedFunction(thread, found.value).isNull()) {
        entry->kind = AttrKind::kClassMethod;
        entry->value = wrappedFunction(thread, found.value);
        return true;
    }
    if (isGetSetOf(thread, found.value, entry->type)) {
        entry->kind = AttrKind::kGetSet;
        entry->value = found.value;
        return true;
    }
    if (hasFlag(value_type, kTypeIsDescriptor)) {
        entry->kind = AttrKind::kDescriptor;
        entry->value = found.value;
        return true;
    }
    entry->kind = AttrKind::kClassCell;
    entry->cell = found.cell;
    return true;
}

// A store that a data descriptor takes: false when it fails anyway.
bool planDescriptorStore(const Thread& thread, Value descriptor, AttrEntry* entry) {
    const Type* type = typeOf(thread, descriptor);
    if (type == thread.types->member_descriptor) {
        const auto* member = descriptor.as<MemberDescriptor>();
        if (member->read_only || !hasFixedPlace(member)) return false;
        entry->kind = AttrKind::kSlotMember;
        entry->index = static_cast<uint16_t>(member->offset);
        return true;
    }
    const bool is_property = type == thread.types->property;
    entry->kind = is_property ? AttrKind::kProperty : AttrKind::kDescriptor;
    entry->value = is_property ? descriptor.as<Property>()->setter : descriptor;
    return !entry->value.isNull();
}

// Where the instance itself holds the attribute, if it does.
bool planInstanceAttribute(const Object* object, int key, Str* name, AttrEntry* entry) {
    const ManagedDictSlot& slot = object->slot;
    if (slot.isValues()) {
        if (key < 0 || slot.values()[key].isNull()) return false;
        entry->kind = AttrKind::kInlineValue;
        entry->index = static_cast<uint16_t>(key);
        return true;
    }
    if (!slot.isDict()) return false;
    const Dict* dict = slot.dict();
    if (key >= 0 && dict->keys != nullptr && dict->keys == object->type->shared_keys &&
        !dict->values[key].isNull()) {
        entry->kind = AttrKind::kSplitDict;
        entry->index = static_cast<uint16_t>(key);
        return true;
    }
    if (dictGetStr(slot.dict(), name).isNull()) return false;
    entry->kind = AttrKind::kCombinedDict;
    entry->index = positionHint(slot.dict(), name);
    return true;
}

int sharedKeyIndex(const Type* type, Str* name) {
    return type->shared_keys == nullptr ? -1 : findSharedKey(type->shared_keys, name);
}

// How object.__getattribute__ finds the attribute; false when the general path must be taken.
bool planLoad(Thread& thread, const Object* object, Str* name, AttrEntry* entry) {
    Type* type = object->type;
    const TypeAttribute found = findTypeAttribute(thread, type, name);
    const bool data_descriptor =
        !found.value.isNull() && hasFlag(typeOf(thread, found.value), kTypeIsDataDescriptor);
    // Without __get__ it comes behind the instance's own attribute: left to the general path.
    if (data_descriptor && !hasFlag(typeOf(thread, found.value), kTypeIsDescriptor)) return false;
    const int key = sharedKeyIndex(type, name);
    if (!data_descriptor && planInstanceAttribute(object, key, name, entry)) return true;
    if (found.value.isNull() || !planClassAttribute(thread, found, entry)) return false;
    if (!data_descriptor && key >= 0) {
        entry->may_be_shadowed = true;
        entry->index = static_cast<uint16_t>(key);
    }
    return true;
}

// Where the instance holds what was just stored in it.
bool planInstanceStore(const Object* object, int key, Str* name, AttrEntry* entry) {
    const ManagedDictSlot& slot = object->slot;
    if (slot.isDict() && !isSplit(slot.dict())) {
        entry->kind = AttrKind::kCombinedDict;
        entry->index = positionHint(slot.dict(), name);
        return entry->index != UINT16_MAX;
    }
    if (key < 0 || (slot.isDict() && slot.dict()->keys != object->type->shared_keys)) return false;
    entry->kind = slot.isDict() ? AttrKind::kSplitDict : AttrKind::kInlineValue;
    entry->index = static_cast<uint16_t>(key);
    return true;
}

// False where nothing is recorded any more.
bool countMiss(Thread& thread, const AttrCache& cache) {
    ++thread.cache_misses;
    return cache.state != CacheState::kMegamorphic;
}

}  // namespace

Value wrappedFunction(const Thread& thread, Value value) {
    if (!isExactly(value, thread.types->classmethod)) return Value::null();
    const Value callable = value.as<MethodWrapperObject>()->callable;
    return callable && isFunction(thread, callable) ? callable : Value::null();
}

void traverseCache(const AttrCache& cache, VisitFunction visit, void* context) {
    for (size_t i = 0; i < cache.count; ++i) {
        const AttrEntry& entry = cache.entries[i];
        if (entry.kind == AttrKind::kModuleAttribute) visit(Value::of(entry.cell), context);
    }
}

void clearCache(AttrCache& cache) {
    const size_t count = std::exchange(cache.count, uint8_t{0});
    cache.state = CacheState::kEmpty;
    for (size_t i = 0; i < count; ++i) {
        if (cache.entries[i].kind == AttrKind::kModuleAttribute) {
            decref(Value::of(cache.entries[i].cell));
        }
        cache.entries[i] = AttrEntry{};
    }
}

void fillLoadCache(Thread& thread, AttrCache& cache, Value owner, Str* name) {
    if (!countMiss(thread, cache) || !owner.isObject()) return;
    const Object* object = owner.asObject();
    Type* type = object->type;
    if (hasFlag(type, kTypeIsType)) return fillTypeAttribute(thread, cache, owner.as<Type>(), name);
    if (type->version_tag == 0) return;
    if (type == thread.types->module) return fillModule(thread, cache, owner, type, name);
    AttrEntry entry = entryFor(type, AttrKind::kNone);
    const bool planned = planLoad(thread, object, name, &entry);
    if (!hasFlag(type, kTypeDefaultGetAttribute) && !isLikeDefault(thread, type, entry)) {
        entry.kind = AttrKind::kHook;
    } else if (!planned) {
        return;
    }
    addEntry(cache, entry);
}

void fillStoreCache(Thread& thread, AttrCache& cache, Value owner, Str* name) {
    if (!countMiss(thread, cache) || !owner.isObject()) return;
    const Object* object = owner.asObject();
    if (hasFlag(object->type, kTypeIsType)) {
        return fillTypeStore(thread, cache, owner.as<Type>(), name);
    }
    Type* type = object->type;
    if (type->version_tag == 0) return;
    if (!hasFlag(type, kTypeDefaultSetAttribute)) {
        return addEntry(cache, entryFor(type, AttrKind::kHook));
    }
    if (type == thread.types->module) return fillModule(thread, cache, owner, type, name);
    AttrEntry entry = entryFor(type, AttrKind::kNone);
    const TypeAttribute found = findTypeAttribute(thread, type, name);
    if (!found.value.isNull() && hasFlag(typeOf(thread, found.value), kTypeIsDataDescriptor)) {
        if (planDescriptorStore(thread, found.value, &entry)) addEntry(cache, entry);
        return;
    }
    if (planInstanceStore(object, sharedKeyIndex(type, name), name, &entry)) addEntry(cache, entry);
}

void fillWithCache(Thread& thread, AttrCache& cache, Type* type, Value enter, Value exit) {
    ++thread.cache_misses;
    if (cache.misses != UINT16_MAX) ++cache.misses;
    if (type->version_tag == 0) return;
    cache.state = CacheState::kMono;
    cache.count = 1;
    cache.entries[0] = entryFor(type, AttrKind::kMethod);
    cache.entries[0].value = enter;
    cache.entries[1] = entryFor(type, AttrKind::kMethod);
    cache.entries[1].value = exit;
}

static bool storeTypeCached(const AttrCache& cache, const Type* owner, Value value, Value* old) {
    if (value.isObject()) {
        const TypeSlots& slots = value.asObject()->type->slots;
        if (slots.descriptor_get != nullptr || slots.descriptor_set != nullptr) return false;
    }
    for (size_t i = 0; i < cache.count; ++i) {
        const AttrEntry& entry = cache.entries[i];
        if (entry.kind != AttrKind::kTypeAttribute || entry.type != owner) continue;
        if (entry.version != owner->version_tag) return false;
        *old = std::exchange(entry.cell->value, newRef(value));
        return true;
    }
    return false;
}

// The word that a store through `entry` overwrites; null = miss. An empty one is a first store.
static Value* storedWord(Object* object, const AttrEntry& entry, Str* name) {
    const ManagedDictSlot& slot = object->slot;
    switch (entry.kind) {
        case AttrKind::kInlineValue:
            return slot.isValues() ? &slot.values()[entry.index] : nullptr;
        case AttrKind::kSlotMember:
            return reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + entry.index);
        case AttrKind::kSplitDict: {
            const bool is_split = slot.isDict() && slot.dict()->keys == object->type->shared_keys;
            Value* word = is_split ? &slot.dict()->values[entry.index] : nullptr;
            return word != nullptr && !word->isNull() ? word : nullptr;
        }
        case AttrKind::kCombinedDict: {
            if (!slot.isDict() || hasOtherKeys(slot.dict())) return nullptr;
            DictEntry* found = dictEntryAt(slot.dict(), entry.index, name);
            if (found == nullptr) found = dictFindEntry(slot.dict(), name);
            return found != nullptr ? &found->value : nullptr;
        }
        case AttrKind::kModuleAttribute:
            // An empty cell is an absent name: making it present keeps count and order.
            return slot.rawWord() == entry.value.bits && !entry.cell->value.isNull()
                       ? &entry.cell->value
                       : nullptr;
        case AttrKind::kNone:
        case AttrKind::kClassCell:
        case AttrKind::kMethod:
        case AttrKind::kClassMethod:
        case AttrKind::kProperty:
        case AttrKind::kGetSet:
        case AttrKind::kDescriptor:
        case AttrKind::kTypeAttribute:
        case AttrKind::kTypeClassMethod:
        case AttrKind::kHook:
            return nullptr;
    }
    return nullptr;
}

bool storeCached(const AttrCache& cache, Value owner, Str* name, Value value, Value* old) {
    if (!owner.isObject()) return false;
    Object* object = owner.asObject();
    if (hasFlag(object->type, kTypeIsType)) {
        return storeTypeCached(cache, owner.as<Type>(), value, old);
    }
    for (size_t i = 0; i < cache.count; ++i) {
        const AttrEntry& entry = cache.entries[i];
        if (entry.version != object->type->version_tag) continue;
        Value* word = storedWord(object, entry, name);
        if (word == nullptr) continue;
        *old = std::exchange(*word, newRef(value));
        if (old->isNull() && entry.kind == AttrKind::kInlineValue) {
            appendValuesOrder(object->slot.values(), entry.index);
        }
        return true;
    }
    return false;
}

}  // namespace tagproof
