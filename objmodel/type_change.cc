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
    if (sameLayout(old_type, new_type)) return true;
    return raiseLayoutDiffers(thread, "__class__", new_type, old_type);
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

// The MROs of a type and its subclasses while they are replaced: all change, or none.
class MroUpdate {
  public:
    explicit MroUpdate(Thread& thread) : thread_(thread) {}

    bool add(Type* type) {
        Tuple* const mro = resolveMro(thread_, type);
        if (mro == nullptr) return false;
        old_.emplace_back(type, std::exchange(type->mro, mro));
        for (size_t k = 0; type->subclasses != nullptr && k < type->subclasses->size(); ++k) {
            if (!add((*type->subclasses)[k])) return false;
        }
        return true;
    }
    void rollBack() {
        for (auto it = old_.rbegin(); it != old_.rend(); ++it) {
            decref(Value::of(std::exchange(it->first->mro, std::exchange(it->second, nullptr))));
        }
        old_.clear();
    }
    // Slots of all types, then the old MROs go.
    void commit() {
        for (const auto& [type, mro] : old_) fixUpSlots(thread_, type);
    }
    void releaseOld() {
        for (const auto& [type, mro] : old_) decref(Value::of(mro));
    }

  private:
    Thread& thread_;
    std::vector<std::pair<Type*, Tuple*>> old_;  // owned MROs
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
    if (type == old_type) return 0;
    Object* const self = object.asObject();
    if (self->slot.isValues() && managedDict(thread, self) == nullptr) return -1;
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
    if (solidBase(new_base) != solidBase(type->base) ||
        hasFlag(new_base, kTypeHasManagedDict) != hasFlag(type->base, kTypeHasManagedDict)) {
        raiseLayoutDiffers(thread, "__bases__", new_base, type->base);
        return -1;
    }
    const Ref old_bases(Value::of(std::exchange(type->bases, newRef(bases.as<Tuple>()))));
    Type* const old_base = std::exchange(type->base, new_base);
    MroUpdate update(thread);
    if (!update.add(type)) {
        update.rollBack();
        type->base = old_base;
        decref(Value::of(std::exchange(type->bases, newRef(old_bases.as<Tuple>()))));
        return -1;
    }
    for (const Value base : *old_bases.as<Tuple>()) removeSubclass(base.as<Type>(), type);
    for (const Value base : *type->bases) addSubclass(base.as<Type>(), type);
    typeModified(thread, type, nullptr);
    update.commit();
    update.releaseOld();
    return 0;
}

}  // namespace tagproof
