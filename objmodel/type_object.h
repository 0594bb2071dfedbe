#pragma once
// Making and changing types: class creation (type.__new__), C3 linearisation, versions, the walk
// over subclasses, and the set-up of built-in types.

#include <cstddef>
#include <cstdint>
#include <string>

#include "objmodel/heap.h"
#include "objmodel/type.h"

namespace tagproof {

struct Dict;
struct Tuple;

// --- tests -------------------------------------------------------------------------------------

// `type` is `base` or has it in its MRO.
[[nodiscard]] bool isSubtype(const Type* type, const Type* base);
[[nodiscard]] inline bool isType(Value value) { return objectHasFlag(value, kTypeIsType); }
// isinstance() for one class, without __instancecheck__.
[[nodiscard]] bool isInstanceOf(const Thread& thread, Value value, const Type* type);

// --- classes made by programs ------------------------------------------------------------------

// type.__new__(metatype, name, bases, namespace, **keywords): everything a class statement does
// after its body has run. Keywords go to __init_subclass__ and are passed as in CallFunction.
// New reference, or null + pending.
[[nodiscard]] Value createType(Thread& thread,
                               Type* metatype,
                               Str* name,
                               Tuple* bases,
                               Dict* name_space,
                               const Value* keyword_values = nullptr,
                               Value keyword_names = Value::null());

// The most derived metatype of `metatype` and the bases' types; null + TypeError "metaclass
// conflict: ...". Borrowed.
[[nodiscard]] Type* calculateMetatype(Thread& thread, Type* metatype, Tuple* bases);

// type.__call__: construct, then init when the result is an instance.
[[nodiscard]] Value callType(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names);
// object.__new__ and object.__init__.
[[nodiscard]] Value constructObject(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names);
[[nodiscard]] int initObject(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names);

// --- changes -----------------------------------------------------------------------------------

// Gives `type` and all its subclasses new versions (0 when they are used up) and calls
// RuntimeHooks::type_modified for each. `name`: the attribute that changed, or null.
void typeModified(Thread& thread, Type* type, Str* name);
// Calls `visit` for the type and every subclass, direct and not, each once.
void forEachSubtype(Type* type, void (*visit)(Type*, void* context), void* context);
// `o.__class__ = type` with its rules and messages; goes to dict form first. 0 or -1.
[[nodiscard]] int setObjectType(Thread& thread, Value object, Value new_type);
// `C.__bases__ = bases`. 0 or -1.
[[nodiscard]] int setTypeBases(Thread& thread, Type* type, Value bases);

// Stores a class attribute (value null = delete), as typeSetAttr does after its checks: plain data
// over plain data keeps the version. 0, or -1; deleting a missing one is -1 + AttributeError.
[[nodiscard]] int storeTypeAttribute(Thread& thread, Type* type, Str* name, Value value);
// True when the value's type has none of __get__, __set__, __delete__.
[[nodiscard]] bool isPlainData(const Thread& thread, Value value);

// Before the collector clears a class: it leaves its bases' subclasses, and nothing that was found
// out about it holds any more.
void retireType(Thread& thread, Type* type);

// C3. New reference, or null + TypeError "Cannot create a consistent method resolution order ...".
[[nodiscard]] Tuple* computeMro(Thread& thread, Type* type);

// --- built-in types ----------------------------------------------------------------------------

// Instances are `size` bytes (the C++ struct, its Object head included). Call before adding
// anything. `flags` are TypeFlag bits to set, e.g. kTypeAllowsSubclass | kTypeIsList.
void setNativeLayout(Type* type, CellFamily family, size_t size, uint32_t flags);
// Makes a built-in type usable when its slots and methods are complete: inherits, adds wrappers and
// __doc__, assigns a version. False + MemoryError.
[[nodiscard]] bool finishNativeType(Thread& thread, Type* type);
// A new built-in type outside core_types.def, for library modules. Bare, immortal; null +
// MemoryError. Fill it in, then finishNativeType.
[[nodiscard]] Type* newNativeType(Thread& thread, const char* name, Type* base);

// Name as messages print it.
[[nodiscard]] std::string typeName(const Type* type);

void initObjectType(Thread& thread);
void initTypeType(Thread& thread);
void initSuperType(Thread& thread);
void initMappingProxyType(Thread& thread);

// --- super, mappingproxy -----------------------------------------------------------------------

struct SuperObject {
    Object head;
    Type* type = nullptr;         // owned: the lookup starts after it
    Value self;                   // owned, or null when unbound
    Type* object_type = nullptr;  // owned: whose MRO is walked
};
// `super(type, self)`. New reference, or null + TypeError.
[[nodiscard]] Value newSuper(Thread& thread, Type* type, Value self);
// Without arguments a program's super() asks RuntimeHooks::super_arguments (objmodel/heap.h).
// `super(type, self).name`, without making the super object. New reference, or null + pending.
[[nodiscard]] Value getSuperAttr(Thread& thread, Type* type, Value self, Str* name);

struct MappingProxy {
    Object head;
    Value mapping;  // owned
};
[[nodiscard]] Value newMappingProxy(Thread& thread, Value mapping);

}  // namespace tagproof
