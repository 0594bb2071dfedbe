#pragma once
// Attribute access: the reference semantics that every cache and every compiled fast path must
// equal. getAttr, setAttr and delAttr go through the type's slots; the generic* functions are
// object.__getattribute__, __setattr__ and __delattr__.

#include <string_view>

#include "objmodel/heap.h"

namespace tagproof {

struct Cell;
struct Str;

// New reference, or null + pending (AttributeError when there is none).
[[nodiscard]] Value getAttr(Thread& thread, Value owner, Str* name);
[[nodiscard]] Value getAttr(Thread& thread, Value owner, std::string_view name);
// The same, but a missing attribute is null without pending.
[[nodiscard]] Value getAttrOrNull(Thread& thread, Value owner, Str* name);
// 1, 0, -1: hasattr().
[[nodiscard]] int hasAttr(Thread& thread, Value owner, Str* name);
// 0 or -1. Value borrowed.
[[nodiscard]] int setAttr(Thread& thread, Value owner, Str* name, Value value);
[[nodiscard]] int delAttr(Thread& thread, Value owner, Str* name);

// object.__getattribute__ (slot get_attribute of most types).
[[nodiscard]] Value genericGetAttr(Thread& thread, Value owner, Str* name);
// The same; missing = null without pending.
[[nodiscard]] Value genericGetAttrOrNull(Thread& thread, Value owner, Str* name);
// object.__setattr__ / __delattr__ (value null = delete).
[[nodiscard]] int genericSetAttr(Thread& thread, Value owner, Str* name, Value value);

// type.__getattribute__ and type.__setattr__.
[[nodiscard]] Value typeGetAttr(Thread& thread, Value owner, Str* name);
[[nodiscard]] Value typeGetAttrOrNull(Thread& thread, Value owner, Str* name);
[[nodiscard]] int typeSetAttr(Thread& thread, Value owner, Str* name, Value value);

// --- lookup along the MRO ----------------------------------------------------------------------

// Where a type attribute was found. All borrowed, valid while the type keeps its version.
struct TypeAttribute {
    Value value;             // null = not found
    Cell* cell = nullptr;    // the cell that holds it
    Type* holder = nullptr;  // the class of the MRO that has it
};
// Never runs guest code; cached by (version, name).
[[nodiscard]] TypeAttribute findTypeAttribute(Thread& thread, Type* type, Str* name);
// Borrowed, or null (nothing pending).
[[nodiscard]] Value lookupTypeAttribute(Thread& thread, Type* type, Str* name);
// The special method of a value's type, bound through its descriptor as `type(v).name.__get__(v)`.
// New reference; null without pending when there is none.
[[nodiscard]] Value lookupSpecial(Thread& thread, Value self, Str* name);

// --- method calls ------------------------------------------------------------------------------

// For `owner.name(...)`: `callable` is a new reference. When `unbound`, call it with `owner` as an
// additional first argument; otherwise it is complete. False + pending.
struct MethodLookup {
    Value callable;
    bool unbound = false;
};
[[nodiscard]] bool getMethod(Thread& thread, Value owner, Str* name, MethodLookup* result);

}  // namespace tagproof
