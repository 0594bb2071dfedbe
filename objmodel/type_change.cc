// Changes of an object's type and of a type's bases.

#include <utility>
#include <vector>

#include "objmodel/error.h"
#include "objmodel/managed_dict.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_setup.h"

namespace tagproof {
namespace {

bool raiseLayoutDiffers(Thread& thread,
                        const char* attribute,
                        const Type* new_type,
                        const Type* old_type) {
    raise(thread, ExceptionKind::kTypeError, "{} assignment: '{}' object layout differs from '{}'",
          attribute, typeName(new_type), typeName(old_type));
    return false;
}

// CPython frees instances of such types through its collector.
bool isCollected(const Type* type) {
    return hasFlag(type, kTypeIsHeap) || hasFlag(type, kTypeHasManagedDict) ||
           type->slots.traverse != nullptr;
}

// True when instances of the type are those of its base, word by word. Not so the first class below
// a type that is not collected.
bool addsNothing(const Type* type) {
    const Type* const base = type->base;
    return base != nullptr && type->native_size == base->native_size &&
           type->slots_count == base->slots_count && hasDict(type) == hasDict(base) &&
           hasFlag(type, kTypeHasWeakrefs) == hasFlag(base, kTypeHasWeakrefs) &&
           isCollected(type) == isCollected(base);
}

// True when two classes with the same base add the same to it, as CPython 3.11 sees it: it does not
// recognise a __weakref__ behind words of __slots__, nor a __dict__ behind items.
bool addsTheSame(const Type* left, const Type* right) {
    const Type* const base = left->base;
    if (!hasFlag(left, kTypeIsHeap) || !hasFlag(right, kTypeIsHeap)) return false;
    const bool left_weak = hasFlag(left, kTypeHasWeakrefs) && !hasFlag(base, kTypeHasWeakrefs);
    const bool right_weak = hasFlag(right, kTypeHasWeakrefs) && !hasFlag(base, kTypeHasWeakrefs);
    if (left_weak != right_weak || left->slots_count != right->slots_count) return false;
    const bool new_words = left->slots_count != base->slots_count;
    if (new_words && left_weak) return false;
    if (hasItems(base) && !hasDict(base) && (hasDict(left) || hasDict(right))) return false;
    return left->slot_names == nullptr || right->slot_names == nullptr ||
           *left->slot_names == *right->slot_names;
}

// What must be the same in any case: cells of one kind and size.
bool haveSameCells(const Type* left, const Type* right) {
    return left->cell_kind == right->cell_kind && left->instance_size == right->instance_size &&
           left->native_size == right->native_size && left->inline_items == right->inline_items;
}

// CPython's compatible_for_assignment. False + TypeError.
bool checkCompatible(Thread& thread, const char* attribute, const Type* old, const Type* type) {
    if (isCollected(type) != isCollected(old)) {
        raise(thread, ExceptionKind::kTypeError,
              "{} assignment: '{}' deallocator differs from '{}'", attribute, typeName(type),
              typeName(old));
        return false;
    }
    const Type* new_base = type;
    const Type* old_base = old;
    while (addsNothing(new_base)) new_base = new_base->base;
    while (addsNothing(old_base)) old_base = old_base->base;
    const bool alike = new_base == old_base ||
                       (new_base->base == old_base->base && addsTheSame(new_base, old_base));
    if (alike && hasDict(type) == hasDict(old) && haveSameCells(type, old)) return true;
    return raiseLayoutDiffers(thread, attribute, type, old);
}

// Modules may become instances of a subclass; nothing else of a built-in type may change.
bool isModuleLike(const Thread& thread, const Type* type) {
    return isSubtype(type, thread.types->module);
}

bool checkTypeChange(Thread& thread, const Type* old_type, const Type* new_type) {
    const bool mutable_types = hasFlag(old_type, kTypeIsHeap) && hasFlag(new_type, kTypeIsHeap);
    const bool modules = isModuleLike(thread, old_type) && isModuleLike(thread, new_type);
    if (!mutable_types && !modules) {
        raise(thread, ExceptionKind::kTypeError,
              "__class__ assignment only supported for mutable types or ModuleType subclasses");
        return false;
    }
    return checkCompatible(thread, "__class__", old_type, new_type);
}

bool inheritsFrom(const Type* type, const Type* base) {
    while (type != nullptr && type != base) type = type->base;
    return type == base;
}

bool checkBases(Thread& thread, Type* type, Value bases) {
    if (!isTuple(bases)) {
        raise(thread, ExceptionKind::kTypeError, "can only assign tuple to {}.__bases__, not {}",
              typeName(type), typeName(typeOf(thread, bases)));
        return false;
    }
    if (bases.as<Tuple>()->size == 0) {
        raise(thread, ExceptionKind::kTypeError,
              "can only assign non-empty tuple to {}.__bases__, not ()", typeName(type));
        return false;
    }
    for (const Value base : *bases.as<Tuple>()) {
        if (!isType(base)) {
            raise(thread, ExceptionKind::kTypeError,
                  "{}.__bases__ must be tuple of classes, not '{}'", typeName(type),
                  typeName(typeOf(thread, base)));
            return false;
        }
        // An overridden mro() may leave out what a type inherits from.
        if (isSubtype(base.as<Type>(), type) || inheritsFrom(base.as<Type>(), type)) {
            raise(thread, ExceptionKind::kTypeError,
                  "a __bases__ item causes an inheritance cycle");
            return false;
        }
    }
    return true;
}

// The MROs of a type and its subclasses while they are replaced: all change, or none. Programs'
// mro() runs in between and may change bases itself, as CPython's mro_hierarchy allows.
class MroUpdate {
  public:
    explicit MroUpdate(Thread& thread) : thread_(thread) {}

    bool add(Type* type) {
        Change change{Ref::borrow(Value::of(type)), {}, {}};
        const int changed = replaceMro(thread_, type, &change.old_mro);
        // Where a nested change came first, its result stands, for the subclasses too.
        if (changed <= 0) return changed == 0;
        change.new_mro = Ref::borrow(Value::of(type->mro));
        changes_.push_back(std::move(change));
        std::vector<Ref> subclasses;  // an overridden mro() may change the list
        for (size_t k = 0; type->subclasses != nullptr && k < type->subclasses->size(); ++k) {
            subclasses.push_back(Ref::borrow(Value::of((*type->subclasses)[k])));
        }
        for (const Ref& subclass : subclasses) {
            if (!add(subclass.as<Type>())) return false;
        }
        return true;
    }
    // An MRO that a nested change has replaced since stays.
    void rollBack() {
        for (auto it = changes_.rbegin(); it != changes_.rend(); ++it) {
            Type* const type = it->type.as<Type>();
            if (Value::of(type->mro) != it->new_mro.get()) continue;
            decref(Value::of(std::exchange(type->mro, it->old_mro.release().as<Tuple>())));
            typeModified(thread_, type, nullptr);
        }
    }
    void fixUp() {
        for (const Change& change : changes_) fixUpSlots(thread_, change.type.as<Type>());
    }

  private:
    struct Change {
        Ref type;
        Ref old_mro;
        Ref new_mro;
    };

    Thread& thread_;
    std::vector<Change> changes_;
};

}  // namespace

int setObjectType(Thread& thread, Value object, Value new_type) {
    if (!isType(new_type)) {
        raise(thread, ExceptionKind::kTypeError,
              "__class__ must be set to a class, not '{}' object",
              typeName(typeOf(thread, new_type)));
        return -1;
    }
    Type* const type = new_type.as<Type>();
    Type* const old_type = typeOf(thread, object);
    if (!checkTypeChange(thread, old_type, type)) return -1;
    // As in CPython the dict is made even when the type stays.
    Object* const self = object.asObject();
    if (self->slot.isValues() && managedDict(thread, self) == nullptr) return -1;
    if (type == old_type) return 0;
    constexpr uint32_t kProtocol = kTypeIsDescriptor | kTypeIsDataDescriptor;
    const bool protocol_changes = ((type->type_flags ^ old_type->type_flags) & kProtocol) != 0;
    incref(&type->head);
    self->type = type;
    // The object may be plain data in some class, and now be a descriptor there.
    if (protocol_changes) typeModified(thread, thread.types->object, nullptr);
    decref(&old_type->head);
    return 0;
}

int setTypeBases(Thread& thread, Type* type, Value bases) {
    if (!checkBases(thread, type, bases)) return -1;
    Type* const new_base = bestBase(thread, bases.as<Tuple>());
    if (new_base == nullptr) return -1;
    if (!checkCompatible(thread, "__bases__", type->base, new_base)) return -1;
    const Ref old_bases(Value::of(std::exchange(type->bases, newRef(bases.as<Tuple>()))));
    Type* const old_base = std::exchange(type->base, new_base);
    MroUpdate update(thread);
    const bool updated = update.add(type);
    // An overridden mro() may have set other bases meanwhile: these stay.
    const bool current = Value::of(type->bases) == bases;
    if (!updated) {
        update.rollBack();
        if (!current) return -1;
        type->base = old_base;
        decref(Value::of(std::exchange(type->bases, newRef(old_bases.as<Tuple>()))));
        return -1;
    }
    if (!current) return 0;
    for (const Value base : *old_bases.as<Tuple>()) removeSubclass(base.as<Type>(), type);
    for (const Value base : *type->bases) addSubclass(base.as<Type>(), type);
    typeModified(thread, type, nullptr);
    update.fixUp();
    return 0;
}

}  // namespace tagproof
