#pragma once
// Inside of the type files: steps that making built-in types and classes share.

#include "objmodel/ref.h"
#include "objmodel/special_methods.h"
#include "objmodel/type_object.h"

namespace tagproof {

// The "is an int, a str, ..." flags of a base.
[[nodiscard]] uint32_t inheritedKindFlags(const Type* base);
// Name, bases, MRO and empty attributes of a built-in type. False + MemoryError.
[[nodiscard]] bool nameNativeType(Thread& thread, Type* type, const char* name);
void addSubclass(Type* base, Type* type);
void removeSubclass(Type* base, const Type* type);

// What the __slots__ of a class body ask for.
struct ClassSlots {
    bool declared = false;    // the namespace has __slots__
    bool wants_dict = false;  // names __dict__
    bool wants_weakref = false;
    Tuple* names = nullptr;  // owned: mangled, sorted; null when not declared
};
// False + TypeError.
[[nodiscard]] bool readClassSlots(
    Thread& thread, const Type* base, Str* class_name, Dict* name_space, ClassSlots* result);
// Descriptors for the words of __slots__. False + MemoryError.
[[nodiscard]] bool addSlotMembers(Thread& thread, Type* type, const ClassSlots& slots);

// Instances of the type have items of varying number (CPython's tp_itemsize): no words of
// __slots__, no weak references of their own.
[[nodiscard]] bool hasItems(const Type* type);
// Instances of the base have a __dict__ already, or cannot get another one.
[[nodiscard]] bool hasDict(const Type* base);
// The base whose layout the instances extend; null + TypeError. Borrowed.
[[nodiscard]] Type* bestBase(Thread& thread, const Tuple* bases);
// The nearest type, itself included, that added words to its instances.
[[nodiscard]] const Type* solidBase(const Type* type);
// True when instances of `type` have all words of instances of `base` in the same places.
[[nodiscard]] bool extendsLayoutOf(const Type* type, const Type* base);
// The MRO of a class: its metatype's mro() when that is overridden, else C3. New reference.
[[nodiscard]] Tuple* resolveMro(Thread& thread, Type* type);

// Gives the type the MRO that follows from its bases. 1: `*old_mro` has the former one; 0: an
// overridden mro() has set another meanwhile, which stays; -1 + pending.
[[nodiscard]] int replaceMro(Thread& thread, Type* type, Ref* old_mro);

// __set_name__ of everything in the class, then __init_subclass__. False + pending.
[[nodiscard]] bool announceClass(Thread& thread,
                                 Type* type,
                                 const Value* keyword_values,
                                 Value keyword_names);

// Name as programs see it: without the module of a built-in type.
[[nodiscard]] Str* plainTypeName(const Type* type);
// __module__; new reference, or null + pending.
[[nodiscard]] Value typeModule(Thread& thread, Type* type);

// type.__new__ and type.__init__ as slots.
[[nodiscard]] Value constructType(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names);
[[nodiscard]] int initType(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names);
void addTypeAttributes(Thread& thread);
void addLayoutAttributes(Thread& thread);  // __basicsize__ and so on

}  // namespace tagproof
