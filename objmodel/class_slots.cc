// __slots__, and which layouts can be combined.

#include <algorithm>
#include <string>
#include <vector>

#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_setup.h"

namespace tagproof {
namespace {

bool fail(Thread& thread, const std::string& message) {
    raiseText(thread, ExceptionKind::kTypeError, message);
    return false;
}

// "__x" in class C is "_C__x". New reference, interned.
Str* mangle(Thread& thread, Str* class_name, Str* name) {
    const std::string text = toUtf8(name);
    const bool is_private = text.starts_with("__") && !text.ends_with("__");
    std::string prefix = toUtf8(class_name);
    prefix.erase(0, prefix.find_first_not_of('_'));
    if (!is_private || prefix.empty()) return internStr(thread, newRef(name));
    return internStr(thread, "_" + prefix + text);
}

bool checkName(Thread& thread, Value item, const Type* base) {
    if (hasItems(base)) {
        return fail(thread,
                    "nonempty __slots__ not supported for subtype of '" + typeName(base) + "'");
    }
    if (!isStr(item)) {
        return fail(thread, "__slots__ items must be strings, not '" +
                                typeName(typeOf(thread, item)) + "'");
    }
    if (!isIdentifier(item.as<Str>())) return fail(thread, "__slots__ must be identifiers");
    return true;
}

// __dict__ and __weakref__ are no words of their own. 1 when it was one of them.
int readSpecialName(Thread& thread, Str* name, const Type* base, ClassSlots* result) {
    const Names& names = thread.singletons->names;
    if (strEqual(name, names.dict)) {
        if (result->wants_dict || hasDict(base)) {
            fail(thread, "__dict__ slot disallowed: we already got one");
            return -1;
        }
        result->wants_dict = true;
        return 1;
    }
    if (strEqual(name, names.weakref)) {
        if (result->wants_weakref || hasFlag(base, kTypeHasWeakrefs)) {
            fail(thread,
                 "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
            return -1;
        }
        result->wants_weakref = true;
        return 1;
    }
    return 0;
}

bool conflicts(Thread& thread, Dict* name_space, Str* name) {
    if (dictGetStr(name_space, name).isNull()) return false;
    const Names& names = thread.singletons->names;
    if (name == names.qualname || name == names.class_cell) return false;
    raise(thread, ExceptionKind::kValueError, "'{}' in __slots__ conflicts with class variable",
          toUtf8(name));
    return true;
}

Value slotItems(Thread& thread, Value declared) {
    if (isStr(declared)) return Value::of(makeTuple(thread, &declared, 1));
    return Value::of(tupleFromIterable(thread, declared));
}

}  // namespace

bool readClassSlots(
    Thread& thread, const Type* base, Str* class_name, Dict* name_space, ClassSlots* result) {
    const Value declared = dictGetStr(name_space, thread.singletons->names.slots);
    result->declared = !declared.isNull();
    if (!result->declared) return true;
    const Ref items(slotItems(thread, declared));
    if (!items) return false;
    std::vector<Str*> words;
    for (const Value item : *items.as<Tuple>()) {
        if (!checkName(thread, item, base)) return false;
        Str* const name = item.as<Str>();
        const int special = readSpecialName(thread, name, base, result);
        if (special < 0) return false;
        if (special > 0) continue;
        Str* const mangled = mangle(thread, class_name, name);
        if (mangled == nullptr || conflicts(thread, name_space, mangled)) return false;
        words.push_back(mangled);
    }
    std::sort(words.begin(), words.end(),
              [](const Str* left, const Str* right) { return compareStr(left, right) < 0; });
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::vector<Value> values;
    values.reserve(words.size());
    for (const Str* const word : words) values.push_back(Value::of(word));
    result->names = makeTuple(thread, values.data(), values.size());
    return result->names != nullptr;
}

bool addSlotMembers(Thread& thread, Type* type, const ClassSlots& slots) {
    if (slots.names == nullptr) return true;
    auto offset = static_cast<uint32_t>(type->instance_size - slots.names->size * sizeof(Value));
    for (const Value name : *slots.names) {
        const Ref member(newMember(thread, type, name.as<Str>(), offset, false, false));
        if (!member) return false;
        if (dictSetStr(thread, type->attributes, name.as<Str>(), member.get()) < 0) return false;
        offset += sizeof(Value);
    }
    return true;
}

bool hasItems(const Type* type) {
    constexpr uint32_t kKinds = kTypeIsInt | kTypeIsTuple | kTypeIsType;
    return (type->type_flags & kKinds) != 0 || (type->inline_items && !hasFlag(type, kTypeIsStr));
}

bool hasDict(const Type* base) {
    return hasFlag(base, kTypeHasManagedDict) || hasFlag(base, kTypeIsType);
}

namespace {

// A dict in the object itself, as built-in types have, or behind items: it has a place of its own.
bool addsPlaceOfDict(const Type* type) {
    const bool has_place = hasItems(type) || !hasFlag(type, kTypeIsHeap);
    return has_place && hasDict(type) && !hasDict(type->base);
}

}  // namespace

const Type* solidBase(const Type* type) {
    while (type->base != nullptr && type->native_size == type->base->native_size &&
           type->slots_count == type->base->slots_count &&
           type->inline_items == type->base->inline_items && !addsPlaceOfDict(type)) {
        type = type->base;
    }
    return type;
}

bool extendsLayoutOf(const Type* type, const Type* base) {
    const Type* const wanted = solidBase(base);
    while (type != nullptr && type != wanted) type = type->base;
    return type == wanted;
}

Type* bestBase(Thread& thread, const Tuple* bases) {
    Type* best = nullptr;
    const Type* winner = nullptr;
    for (size_t k = 0; k < bases->size; ++k) {
        const Value item = bases->items()[k];
        if (!isType(item)) {
            fail(thread, "bases must be types");
            return nullptr;
        }
        Type* const base = item.as<Type>();
        if (base->mro == nullptr) {
            fail(thread, "Cannot extend an incomplete type '" + typeName(base) + "'");
            return nullptr;
        }
        if (!hasFlag(base, kTypeAllowsSubclass)) {
            fail(thread, "type '" + typeName(base) + "' is not an acceptable base type");
            return nullptr;
        }
        const Type* const candidate = solidBase(base);
        if (winner == nullptr || (candidate != winner && extendsLayoutOf(candidate, winner))) {
            winner = candidate;
            best = base;
        } else if (!extendsLayoutOf(winner, candidate)) {
            fail(thread, "multiple bases have instance lay-out conflict");
            return nullptr;
        }
    }
    return best;
}

}  // namespace tagproof
