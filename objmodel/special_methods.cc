#include "objmodel/special_methods.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

constexpr SpecialMethod kMethods[] = {
#define SPECIAL_METHOD(field, text, group, argument) \
    {text, SlotGroup::group, argument, offsetof(Names, field)},
#include "objmodel/special_methods.def"
#undef SPECIAL_METHOD
};

constexpr size_t kSlotCount = sizeof(TypeSlots) / sizeof(AnySlot);
static_assert(kSlotCount * sizeof(AnySlot) == sizeof(TypeSlots));

// What one special method found on a class means for its slot.
struct Resolution {
    bool found = false;
    bool generic = false;      // needs the dispatcher
    bool unhashable = false;   // __hash__ = None
    AnySlot native = nullptr;  // the one C++ function that all wrappers found stand for
};

// The type whose C++ __new__ a value is, or null.
Type* ownerOfNativeNew(const Thread& thread, Value value) {
    if (!isExactly(value, thread.types->builtin_function)) return nullptr;
    const auto* function = value.as<NativeFunction>();
    const bool is_new = function->signature.keyword_code == callNativeNew;
    return is_new ? function->self.as<Type>() : nullptr;
}

AnySlot nativeFunctionOf(const Thread& thread,
                         const Type* type,
                         const SpecialMethod& method,
                         Value found) {
    const size_t offset = slotOffset(method);
    if (method.group == SlotGroup::kNew) {
        const Type* const owner = ownerOfNativeNew(thread, found);
        return owner == nullptr ? nullptr : readSlot(owner->slots, offset);
    }
    if (!isExactly(found, thread.types->wrapper_descriptor)) return nullptr;
    const auto* wrapper = found.as<WrapperDescriptor>();
    const bool same = slotOffset(*wrapper->method) == offset &&
                      wrapper->method->group == method.group &&
                      wrapper->method->argument == method.argument;
    return same && isSubtype(type, wrapper->owner) ? readSlot(wrapper->owner->slots, offset)
                                                   : nullptr;
}

void addToResolution(const Thread& thread,
                     const Type* type,
                     const SpecialMethod& method,
                     Value found,
                     Resolution* result) {
    if (found.isNull()) return;
    result->found = true;
    if (method.group == SlotGroup::kHash && found == thread.singletons->none) {
        result->unhashable = true;
        return;
    }
    const AnySlot native = nativeFunctionOf(thread, type, method, found);
    const bool agrees =
        native != nullptr && (result->native == nullptr || result->native == native);
    result->native = native;
    result->generic = result->generic || !agrees;
}

// Sets the slot that `method` belongs to from what the MRO has for it.
void resolveSlot(Thread& thread, Type* type, const SpecialMethod& method) {
    const size_t offset = slotOffset(method);
    Resolution result;
    for (const SpecialMethod& row : kMethods) {
        if (slotOffset(row) != offset) continue;
        const Value found = lookupTypeAttribute(thread, type, nameOf(thread, row));
        addToResolution(thread, type, row, found, &result);
    }
    AnySlot function = nullptr;
    if (result.found && !result.unhashable) {
        function = result.generic ? slotDispatcher(method) : result.native;
    }
    writeSlot(type->slots, offset, function);
}

// A class whose MRO is its own name in front of its base's resolves every method it does not define
// itself as its base does.
bool extendsOneBase(const Type* type) {
    const Tuple* const own = type->mro;
    const Tuple* const base = type->base->mro;
    return own->size == base->size + 1 &&
           std::equal(base->items(), base->items() + base->size, own->items() + 1);
}

void resolveOwnMethods(Thread& thread, Type* type) {
    std::vector<const SpecialMethod*> rows;
    size_t position = 0;
    Value name;
    Value value;
    while (dictNext(type->attributes, &position, &name, &value)) {
        if (!isStr(name)) continue;
        const SpecialMethod* const row = findSpecialMethod(thread, name.as<Str>());
        if (row != nullptr) rows.push_back(row);
    }
    for (const SpecialMethod* const row : rows) resolveSlot(thread, type, *row);
}

struct SlotUpdate {
    Thread* thread;
    const SpecialMethod* method;
    bool protocol_changed;  // some type became, or ceased to be, a descriptor
};

constexpr uint32_t kProtocolFlags = kTypeIsDescriptor | kTypeIsDataDescriptor;

void updateOne(Type* type, void* context) {
    auto* update = static_cast<SlotUpdate*>(context);
    if (!hasFlag(type, kTypeIsHeap)) return;
    const uint32_t before = type->type_flags & kProtocolFlags;
    resolveSlot(*update->thread, type, *update->method);
    updateSlotFlags(*update->thread, type);
    if ((type->type_flags & kProtocolFlags) != before) update->protocol_changed = true;
}

void setFlag(Type* type, TypeFlag flag, bool on) {
    type->type_flags = on ? type->type_flags | flag : type->type_flags & ~uint32_t{flag};
}

}  // namespace

std::span<const SpecialMethod> specialMethods() { return kMethods; }

Str* nameOf(const Thread& thread, const SpecialMethod& method) {
    Str* name = nullptr;
    const auto* names = reinterpret_cast<const char*>(&thread.singletons->names);
    std::memcpy(&name, names + method.name, sizeof(void*));
    return name;
}

size_t slotOffset(const SpecialMethod& method) {
    const size_t step = method.argument * sizeof(AnySlot);
    switch (method.group) {
        case SlotGroup::kRepr:
            return offsetof(TypeSlots, repr);
        case SlotGroup::kStr:
            return offsetof(TypeSlots, str);
        case SlotGroup::kHash:
            return offsetof(TypeSlots, hash);
        case SlotGroup::kCall:
            return offsetof(TypeSlots, call);
        case SlotGroup::kGetAttribute:
            return offsetof(TypeSlots, get_attribute);
        case SlotGroup::kSetAttribute:
            return offsetof(TypeSlots, set_attribute);
        case SlotGroup::kCompare:
            return offsetof(TypeSlots, compare);
        case SlotGroup::kIter:
            return offsetof(TypeSlots, iter);
        case SlotGroup::kNext:
            return offsetof(TypeSlots, next);
        case SlotGroup::kInit:
            return offsetof(TypeSlots, init);
        case SlotGroup::kNew:
            return offsetof(TypeSlots, construct);
        case SlotGroup::kDescriptorGet:
            return offsetof(TypeSlots, descriptor_get);
        case SlotGroup::kDescriptorSet:
            return offsetof(TypeSlots, descriptor_set);
        case SlotGroup::kFinalize:
            return offsetof(TypeSlots, finalize);
        case SlotGroup::kLength:
            return offsetof(TypeSlots, length);
        case SlotGroup::kGetItem:
            return offsetof(TypeSlots, get_item);
        case SlotGroup::kSetItem:
            return offsetof(TypeSlots, set_item);
        case SlotGroup::kContains:
            return offsetof(TypeSlots, contains);
        case SlotGroup::kTruth:
            return offsetof(TypeSlots, truth);
        case SlotGroup::kFormat:
            return offsetof(TypeSlots, format);
        case SlotGroup::kIndex:
            return offsetof(TypeSlots, index);
        case SlotGroup::kInt:
            return offsetof(TypeSlots, to_int);
        case SlotGroup::kFloat:
            return offsetof(TypeSlots, to_float);
        case SlotGroup::kAbsolute:
            return offsetof(TypeSlots, absolute);
        case SlotGroup::kUnary:
            return offsetof(TypeSlots, unary) + step;
        case SlotGroup::kBinary:
        case SlotGroup::kReflected:
            return offsetof(TypeSlots, binary) + step;
        case SlotGroup::kInPlace:
            return offsetof(TypeSlots, in_place) + step;
    }
    return 0;
}

AnySlot readSlot(const TypeSlots& slots, size_t offset) {
    AnySlot function = nullptr;
    std::memcpy(&function, reinterpret_cast<const char*>(&slots) + offset, sizeof(function));
    return function;
}

void writeSlot(TypeSlots& slots, size_t offset, AnySlot function) {
    std::memcpy(reinterpret_cast<char*>(&slots) + offset, &function, sizeof(function));
}

const SpecialMethod* findSpecialMethod(const Thread& thread, Str* name) {
    if (name->length < 4 || name->at(0) != '_' || name->at(1) != '_') return nullptr;
    for (const SpecialMethod& row : kMethods) {
        if (nameOf(thread, row) == name) return &row;
        if (!name->interned && strEqual(nameOf(thread, row), name)) return &row;
    }
    return nullptr;
}

void updateSlots(Thread& thread, Type* type, Str* name) {
    const SpecialMethod* const row = findSpecialMethod(thread, name);
    if (row == nullptr) return;
    SlotUpdate update{&thread, row, false};
    forEachSubtype(type, updateOne, &update);
    // Plain data anywhere may be an instance of what is a descriptor now.
    if (update.protocol_changed) typeModified(thread, thread.types->object, nullptr);
}

void fixUpSlots(Thread& thread, Type* type) {
    type->slots = type->base->slots;
    if (extendsOneBase(type)) {
        resolveOwnMethods(thread, type);
    } else {
        for (const SpecialMethod& row : kMethods) resolveSlot(thread, type, row);
    }
    updateSlotFlags(thread, type);
}

void inheritSlots(Type* type) {
    const Type* const base = type->base;
    if (base == nullptr) return;
    const bool own_equality = type->slots.compare != nullptr || type->slots.hash != nullptr;
    const auto own_compare = type->slots.compare;
    const auto own_hash = type->slots.hash;
    const auto own_construct = type->slots.construct;
    for (size_t k = 0; k < kSlotCount; ++k) {
        const size_t offset = k * sizeof(AnySlot);
        if (readSlot(type->slots, offset) == nullptr) {
            writeSlot(type->slots, offset, readSlot(base->slots, offset));
        }
    }
    // Equality and hash go together; a hash alone keeps the base's comparison.
    if (own_equality) {
        type->slots.hash = own_hash;
        type->slots.compare = own_compare != nullptr ? own_compare : base->slots.compare;
    }
    const bool plain_base = base->base == nullptr;
    if (plain_base) type->slots.construct = own_construct;
}

void updateSlotFlags(Thread&, Type* type) {
    const TypeSlots& slots = type->slots;
    setFlag(type, kTypeIsDescriptor, slots.descriptor_get != nullptr);
    setFlag(type, kTypeIsDataDescriptor, slots.descriptor_set != nullptr);
    setFlag(type, kTypeDefaultGetAttribute, slots.get_attribute == genericGetAttr);
    setFlag(type, kTypeDefaultSetAttribute, slots.set_attribute == genericSetAttr);
}

bool hasIdentityCompare(const Thread& thread, const Type* type) {
    return type->slots.compare == thread.types->object->slots.compare;
}

}  // namespace tagproof
