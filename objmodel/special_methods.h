#pragma once
// Special methods and slots. A built-in type fills slots with C++ functions; for each, programs see
// a wrapper_descriptor (`int.__add__`). A class made by a program gets for each special method
// along its MRO the slot that calls it: the C++ function itself when the method found is the
// wrapper of one, else a generic dispatcher. CPython's update_slot, by its rules.

#include <cstddef>
#include <cstdint>
#include <span>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Str;
struct Thread;

// Which slot a special method belongs to; methods of one group share a slot.
enum class SlotGroup : uint8_t {
    kRepr,
    kStr,
    kHash,
    kCall,
    kGetAttribute,
    kSetAttribute,
    kCompare,
    kIter,
    kNext,
    kInit,
    kNew,
    kDescriptorGet,
    kDescriptorSet,
    kFinalize,
    kLength,
    kGetItem,
    kSetItem,
    kContains,
    kTruth,
    kFormat,
    kIndex,
    kInt,
    kFloat,
    kAbsolute,
    kUnary,
    kBinary,
    kReflected,
    kInPlace,
};

struct SpecialMethod {
    const char* text;
    SlotGroup group;
    uint8_t argument;  // operator, or which of two
    size_t name;       // offset of the interned name in Names
};

// A slot of TypeSlots, whatever its signature.
using AnySlot = void (*)();

// `int.__add__`: calls the slot function it was made from.
struct WrapperDescriptor {
    Object head;
    const SpecialMethod* method = nullptr;
    Type* owner = nullptr;  // borrowed: built-in
};

[[nodiscard]] std::span<const SpecialMethod> specialMethods();
[[nodiscard]] Str* nameOf(const Thread& thread, const SpecialMethod& method);

// Position of the slot in TypeSlots, and the function there.
[[nodiscard]] size_t slotOffset(const SpecialMethod& method);
[[nodiscard]] AnySlot readSlot(const TypeSlots& slots, size_t offset);
void writeSlot(TypeSlots& slots, size_t offset, AnySlot function);

// The function that calls the special methods of a slot on classes made by programs.
[[nodiscard]] AnySlot slotDispatcher(const SpecialMethod& method);
// The `__new__` of such classes: finds the method by name.
[[nodiscard]] Value dispatchConstruct(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names);
// The C++ code behind `T.__new__` of built-in types; its self is the type.
[[nodiscard]] Value callNativeNew(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names);

// The row of a name, or null.
[[nodiscard]] const SpecialMethod* findSpecialMethod(const Thread& thread, Str* name);

// Recomputes the slots of `type` and its subclasses after attribute `name` changed, and the
// type flags that follow from slots. Nothing to do for names without a row.
void updateSlots(Thread& thread, Type* type, Str* name);
// All slots of a new class, from its MRO.
void fixUpSlots(Thread& thread, Type* type);
// Wrapper descriptors for every slot that a built-in type fills itself. False + MemoryError.
[[nodiscard]] bool addSlotWrappers(Thread& thread, Type* type);
// Copies the slots that a built-in type leaves empty from its bases.
void inheritSlots(Type* type);
// kTypeIsDescriptor, kTypeDefaultGetAttribute, ... as the slots say.
void updateSlotFlags(Thread& thread, Type* type);

// True when compare is object's: identity. (For __eq__ on keys, and for fast paths.)
[[nodiscard]] bool hasIdentityCompare(const Thread& thread, const Type* type);

void initWrapperTypes(Thread& thread);

}  // namespace tagproof
