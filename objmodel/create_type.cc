// type.__new__: from a class body's namespace to a class, in the order of CPython's type_new.

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/cell.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_setup.h"

namespace tagproof {
namespace {

// What a class is made of while it is made.
struct ClassParts {
    Type* metatype;
    Str* name;
    Tuple* bases;
    Type* base;
    Dict* name_space;
    ClassSlots slots;
    bool has_dict;     // instances have a managed dict
    bool shares_keys;  // in which they share the keys
    bool has_weakrefs;
};

// CPython 3.11 shares the keys of the dicts that a class brings to its instances, and has a place
// for nothing but one before the object: not behind items. A dict that a built-in base has is
// plain.
bool instancesShareKeys(const Type* base) {
    return hasDict(base) ? base->shared_keys != nullptr : !hasItems(base);
}

bool anyBaseHas(const Tuple* bases, TypeFlag flag) {
    return std::any_of(bases->items(), bases->items() + bases->size,
                       [flag](Value base) { return hasFlag(base.as<Type>(), flag); });
}

// Which patterns match instances: as the first base that says so has it.
uint32_t patternFlags(const Tuple* bases) {
    constexpr uint32_t kPatternFlags = kTypeMatchesSequence | kTypeMatchesMapping;
    uint32_t flags = 0;
    for (size_t k = 0; flags == 0 && k < bases->size; ++k) {
        flags = bases->items()[k].as<Type>()->type_flags & kPatternFlags;
    }
    return flags;
}

void layOutInstances(Thread& thread, Type* type, const ClassParts& parts) {
    const Type* const base = parts.base;
    const size_t words = parts.slots.names == nullptr ? 0 : parts.slots.names->size;
    const bool plain = base->native_size == 0 && !base->inline_items;
    type->type_flags = kTypeIsHeap | kTypeAllowsSubclass | inheritedKindFlags(base);
    type->type_flags |= patternFlags(parts.bases);
    if (parts.has_dict) type->type_flags |= kTypeHasManagedDict;
    if (parts.shares_keys && plain) type->type_flags |= kTypeHasInlineValues;
    if (parts.has_weakrefs) type->type_flags |= kTypeHasWeakrefs;
    type->slots = base->slots;  // until its own are known: mro() may make instances
    type->native_size = base->native_size;
    type->inline_items = base->inline_items;
    type->slots_begin = base->slots_begin;
    type->slots_count = base->slots_count + static_cast<uint32_t>(words);
    type->instance_size =
        type->slots_begin + type->slots_count * static_cast<uint32_t>(sizeof(Value));
    type->cell_kind = cellKind(familyOf(base->cell_kind), parts.has_dict);
    type->pool = thread.heap->poolFor(type->cell_kind, type->instance_size);
}

// Name, qualified name and namespace. False + pending.
bool fillAttributes(Thread& thread, Type* type, const ClassParts& parts) {
    const Names& names = thread.singletons->names;
    type->name = newRef(parts.name);
    type->qualified_name = newRef(parts.name);
    type->attributes = newDictOfCells(thread);
    if (type->attributes == nullptr) return false;
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(parts.name_space, &position, &key, &value)) {
        if (key == Value::of(names.class_cell)) continue;
        if (!isStr(key)) {
            if (dictSet(thread, type->attributes, key, value) < 0) return false;
            continue;
        }
        Str* const name = internStr(thread, newRef(key.as<Str>()));
        if (name == nullptr) return false;
        if (name == names.qualname) {
            if (!isStr(value)) {
                raise(thread, ExceptionKind::kTypeError, "type __qualname__ must be a str, not {}",
                      typeName(typeOf(thread, value)));
                return false;
            }
            decref(Value::of(std::exchange(type->qualified_name, newRef(value.as<Str>()))));
            continue;
        }
        if (dictSetStr(thread, type->attributes, name, value) < 0) return false;
    }
    return true;
}

bool setModule(Thread& thread, Type* type) {
    Str* const name = thread.singletons->names.module;
    if (dictGetStr(type->attributes, name)) return true;
    const auto hook = thread.heap->hooks.current_module;
    const Ref module(hook == nullptr ? Value::null() : hook(thread));
    if (!module) return !hasPending(thread);
    return dictSetStr(thread, type->attributes, name, module.get()) == 0;
}

// Functions that are class or static methods without saying so.
bool wrapImplicitMethods(Thread& thread, Type* type) {
    const Names& names = thread.singletons->names;
    const Type* const function = thread.types->function;
    for (Str* const name : {names.new_, names.init_subclass, names.class_getitem}) {
        const Value value = dictGetStr(type->attributes, name);
        if (value.isNull() || !isExactly(value, function)) continue;
        const Ref wrapped(name == names.new_ ? newStaticMethod(thread, value)
                                             : newClassMethod(thread, value));
        if (!wrapped || dictSetStr(thread, type->attributes, name, wrapped.get()) < 0) return false;
    }
    return true;
}

bool setClassCell(Thread& thread, Type* type, Dict* name_space) {
    const Value cell = dictGetStr(name_space, thread.singletons->names.class_cell);
    if (cell.isNull()) return true;
    if (!isExactly(cell, thread.types->cell)) {
        raise(thread, ExceptionKind::kTypeError,
              "__classcell__ must be a nonlocal cell, not <class '{}'>",
              typeName(typeOf(thread, cell)));
        return false;
    }
    setCell(cell.as<Cell>(), Value::of(type));
    return true;
}

// __dict__, __weakref__, __doc__, and __hash__ = None beside an own __eq__.
bool addImplicitAttributes(Thread& thread, Type* type, const ClassParts& parts) {
    const Names& names = thread.singletons->names;
    const Value none = thread.singletons->none;
    Dict* const attributes = type->attributes;
    const bool new_dict = parts.has_dict && !hasDict(parts.base);
    const bool new_weakref = parts.has_weakrefs && !hasFlag(parts.base, kTypeHasWeakrefs);
    if (new_dict && !addManagedDictAttribute(thread, type)) return false;
    if (new_weakref && !addWeakrefAttribute(thread, type)) return false;
    if (!dictGetStr(attributes, names.doc) && dictSetStr(thread, attributes, names.doc, none) < 0) {
        return false;
    }
    if (dictGetStr(attributes, names.eq) && !dictGetStr(attributes, names.hash)) {
        return dictSetStr(thread, attributes, names.hash, none) == 0;
    }
    return true;
}

bool linkType(Thread& thread, Type* type) {
    Ref no_mro;
    if (replaceMro(thread, type, &no_mro) < 0) return false;
    for (const Value base : *type->bases) addSubclass(base.as<Type>(), type);
    fixUpSlots(thread, type);
    typeModified(thread, type, nullptr);
    return true;
}

bool buildType(Thread& thread, Type* type, const ClassParts& parts) {
    layOutInstances(thread, type, parts);
    if (parts.shares_keys) {
        type->shared_keys = newSharedKeys(thread, type);
        if (type->shared_keys == nullptr) return false;
    }
    return fillAttributes(thread, type, parts) && setModule(thread, type) &&
           wrapImplicitMethods(thread, type) && addSlotMembers(thread, type, parts.slots) &&
           addImplicitAttributes(thread, type, parts) &&
           setClassCell(thread, type, parts.name_space) && linkType(thread, type);
}

// A cell for the class: of the metatype's layout, which may be that of a subclass of type.
Type* allocateType(Thread& thread, const ClassParts& parts) {
    Object* const object = allocateObject(thread, parts.metatype);
    if (object == nullptr) return nullptr;
    const Object head = *object;
    Type* const type = new (object) Type;
    type->head = head;
    type->base = parts.base;
    type->bases = newRef(parts.bases);
    if (parts.slots.declared) {
        type->slot_names = new std::vector<Str*>;
        for (const Value name : *parts.slots.names) type->slot_names->push_back(name.as<Str>());
    }
    return type;
}

Value buildClass(Thread& thread,
                 ClassParts parts,
                 const Value* keyword_values,
                 Value keyword_names) {
    const Type* const base = parts.base;
    if (!readClassSlots(thread, base, parts.name, parts.name_space, &parts.slots)) {
        return Value::null();
    }
    const Ref slot_names(Value::of(parts.slots.names));
    const auto wants = [&parts](bool named, TypeFlag flag) {
        return !parts.slots.declared || named || anyBaseHas(parts.bases, flag);
    };
    parts.has_dict = hasFlag(base, kTypeHasManagedDict) ||
                     (!hasDict(base) && wants(parts.slots.wants_dict, kTypeHasManagedDict));
    parts.shares_keys = parts.has_dict && instancesShareKeys(base);
    parts.has_weakrefs = hasFlag(base, kTypeHasWeakrefs) ||
                         (!hasItems(base) && wants(parts.slots.wants_weakref, kTypeHasWeakrefs));
    Type* const type = allocateType(thread, parts);
    Ref result(Value::of(type));
    if (!result || !buildType(thread, type, parts)) return Value::null();
    if (!announceClass(thread, type, keyword_values, keyword_names)) return Value::null();
    return result.release();
}

}  // namespace

Type* calculateMetatype(Thread& thread, Type* metatype, Tuple* bases) {
    Type* winner = metatype;
    for (const Value base : *bases) {
        Type* const candidate = typeOf(thread, base);
        if (isSubtype(winner, candidate)) continue;
        if (!isSubtype(candidate, winner)) {
            raise(thread, ExceptionKind::kTypeError,
                  "metaclass conflict: the metaclass of a derived class must be a (non-strict) "
                  "subclass of the metaclasses of all its bases");
            return nullptr;
        }
        winner = candidate;
    }
    return winner;
}

Value createType(Thread& thread,
                 Type* metatype,
                 Str* name,
                 Tuple* bases,
                 Dict* name_space,
                 const Value* keyword_values,
                 Value keyword_names) {
    if (toUtf8(name).find('\0') != std::string::npos) {
        return raise(thread, ExceptionKind::kValueError,
                     "type name must not contain null characters");
    }
    Ref all_bases = Ref::borrow(Value::of(bases));
    if (bases->size == 0) {
        const Value object = Value::of(thread.types->object);
        all_bases = Ref(Value::of(makeTuple(thread, &object, 1)));
        if (!all_bases) return Value::null();
    }
    Type* const base = bestBase(thread, all_bases.as<Tuple>());
    if (base == nullptr) return Value::null();
    const ClassParts parts{metatype, name, all_bases.as<Tuple>(), base, name_space, {}, false,
                           false,    false};
    return buildClass(thread, parts, keyword_values, keyword_names);
}

namespace {

bool raiseBadMro(Thread& thread, const char* what, const Type* type) {
    raise(thread, ExceptionKind::kTypeError, "mro() returned {} ('{}')", what, typeName(type));
    return false;
}

// What an overridden mro() gave: methods of its classes must find their words in the instances.
bool checkMro(Thread& thread, const Type* type, const Tuple* mro) {
    if (mro->size == 0) {
        raise(thread, ExceptionKind::kTypeError, "type MRO must not be empty");
        return false;
    }
    for (size_t k = 0; k < mro->size; ++k) {
        const Value item = mro->items()[k];
        if (!isType(item)) return raiseBadMro(thread, "a non-class", typeOf(thread, item));
        if (!extendsLayoutOf(type, item.as<Type>())) {
            return raiseBadMro(thread, "base with unsuitable layout", item.as<Type>());
        }
    }
    return true;
}

}  // namespace

Tuple* resolveMro(Thread& thread, Type* type) {
    Str* const name = thread.singletons->names.mro;
    const Value method = lookupTypeAttribute(thread, type->head.type, name);
    const bool overridden =
        method && method != lookupTypeAttribute(thread, thread.types->type, name);
    if (!overridden) return computeMro(thread, type);
    const Ref result(callMethod(thread, Value::of(type), name, nullptr, 0));
    if (!result) return nullptr;
    Ref mro(Value::of(tupleFromIterable(thread, result.get())));
    if (!mro || !checkMro(thread, type, mro.as<Tuple>())) return nullptr;
    return mro.release().as<Tuple>();
}

int replaceMro(Thread& thread, Type* type, Ref* old_mro) {
    const Ref before = Ref::borrow(Value::of(type->mro));
    Ref mro(Value::of(resolveMro(thread, type)));
    if (!mro) return -1;
    if (Value::of(type->mro) != before.get()) return 0;
    *old_mro = Ref(Value::of(std::exchange(type->mro, mro.release().as<Tuple>())));
    typeModified(thread, type, nullptr);
    return 1;
}

// --- __set_name__ and __init_subclass__
// ------------------------------------------------------------

namespace {

// RuntimeError from the exception that __set_name__ raised.
bool raiseSetNameError(Thread& thread, Type* type, Value name, Value value) {
    const Ref original(takePending(thread));
    const Ref shown(reprOf(thread, name));
    if (!shown) return false;
    raise(thread, ExceptionKind::kRuntimeError,
          "Error calling __set_name__ on '{}' instance {} in '{}'", typeName(typeOf(thread, value)),
          toUtf8(shown.as<Str>()), typeName(type));
    if (!pendingMatches(thread, ExceptionKind::kRuntimeError)) return false;
    auto* const error = thread.pending.as<ExceptionObject>();
    decref(std::exchange(error->cause, newRef(original.get())));
    decref(std::exchange(error->context, newRef(original.get())));
    error->suppress_context = true;
    return false;
}

bool setName(Thread& thread, Type* type, Value name, Value value) {
    Str* const method_name = thread.singletons->names.set_name;
    const Ref method(lookupSpecial(thread, value, method_name));
    if (!method) return !hasPending(thread);
    const Ref result(call(thread, method.get(), {Value::of(type), name}));
    return result || raiseSetNameError(thread, type, name, value);
}

}  // namespace

bool announceClass(Thread& thread, Type* type, const Value* keyword_values, Value keyword_names) {
    Dict* const copy = dictCopy(thread, type->attributes);
    if (copy == nullptr) return false;
    const Ref owned(Value::of(copy));
    size_t position = 0;
    Value name;
    Value value;
    while (dictNext(copy, &position, &name, &value)) {
        if (!setName(thread, type, name, value)) return false;
    }
    const Value self = Value::of(type);
    // An overridden mro() may leave out the class itself; then there is nothing behind it.
    if (std::find(type->mro->items(), type->mro->items() + type->mro->size, self) ==
        type->mro->items() + type->mro->size) {
        raise(thread, ExceptionKind::kTypeError,
              "super(type, obj): obj must be an instance or subtype of type");
        return false;
    }
    const Ref hook(getSuperAttr(thread, type, self, thread.singletons->names.init_subclass));
    if (!hook) return false;
    const Ref result(call(thread, hook.get(), keyword_values, 0, keyword_names));
    return static_cast<bool>(result);
}

// --- type.__new__ and type.__init__ as slots
// -------------------------------------------------------

namespace {

bool checkTypeArgument(Thread& thread, Value value, size_t number, bool fits, const char* wanted) {
    if (fits) return true;
    raise(thread, ExceptionKind::kTypeError, "type.__new__() argument {} must be {}, not {}",
          number, wanted, typeName(typeOf(thread, value)));
    return false;
}

// Bases that only stand for others are resolved by a class statement, not here.
bool checkNoEntries(Thread& thread, Tuple* bases) {
    for (const Value base : *bases) {
        if (isType(base)) continue;
        const Ref entries(getAttrOrNull(thread, base, thread.singletons->names.mro_entries));
        if (entries) {
            raise(thread, ExceptionKind::kTypeError,
                  "type() doesn't support MRO entry resolution; use types.new_class()");
        }
        if (hasPending(thread)) return false;
    }
    return true;
}

}  // namespace

Value constructType(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    if (positional != 3) {
        return raise(thread, ExceptionKind::kTypeError,
                     "type.__new__() takes exactly 3 arguments ({} given)", positional);
    }
    const bool sound =
        checkTypeArgument(thread, args[0], 1, isStr(args[0]), "str") &&
        checkTypeArgument(thread, args[1], 2, isTuple(args[1]), "tuple") &&
        checkTypeArgument(thread, args[2], 3, objectHasFlag(args[2], kTypeIsDict), "dict");
    if (!sound || !checkNoEntries(thread, args[1].as<Tuple>())) return Value::null();
    Type* const metatype = callee.as<Type>();
    Type* const winner = calculateMetatype(thread, metatype, args[1].as<Tuple>());
    if (winner == nullptr) return Value::null();
    if (winner != metatype && winner->slots.construct != constructType) {
        return winner->slots.construct(thread, Value::of(winner), args, positional, keyword_names);
    }
    return createType(thread, winner, args[0].as<Str>(), args[1].as<Tuple>(), args[2].as<Dict>(),
                      args + positional, keyword_names);
}

int initType(Thread& thread, Value, const Value*, size_t positional, Value keyword_names) {
    if (positional == 1 && keywordCount(keyword_names) != 0) {
        raise(thread, ExceptionKind::kTypeError, "type.__init__() takes no keyword arguments");
        return -1;
    }
    if (positional == 1 || positional == 3) return 0;
    raise(thread, ExceptionKind::kTypeError, "type.__init__() takes 1 or 3 arguments");
    return -1;
}

}  // namespace tagproof
