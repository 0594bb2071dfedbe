#pragma once
// Types: MRO, attributes, version tag, shared keys, and the table of behaviours ("slots") through
// which every operation on an object goes. Built-in types fill the table with C++ functions; a
// class made by a program gets, for each special method found along its MRO, the generic dispatcher
// of objmodel/special_methods.h.
//
// Attributes live in `attributes`, an ordered Dict whose values are cells (objmodel/cell.h):
// storing plain data over plain data writes the cell and keeps the version tag; everything else
// assigns a new version to the type and its subclasses. Versions never wrap: 0 means uncacheable.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "objmodel/object.h"

namespace tagproof {

struct BufferView;
struct Dict;
struct Pool;
struct SharedKeys;
struct Str;
struct Thread;
struct Tuple;

enum class CompareOp : uint8_t { kLt, kLe, kEq, kNe, kGt, kGe };

enum class BinaryOp : uint8_t {
    kAdd,
    kSubtract,
    kMultiply,
    kMatrixMultiply,
    kTrueDivide,
    kFloorDivide,
    kRemainder,
    kPower,
    kLeftShift,
    kRightShift,
    kAnd,
    kOr,
    kXor,
};
inline constexpr size_t kBinaryOpCount = 13;

enum class UnaryOp : uint8_t { kNegative, kPositive, kInvert };
inline constexpr size_t kUnaryOpCount = 3;

// Called for each value an object owns (collector, heap checker).
using VisitFunction = void (*)(Value child, void* context);

// Native calling convention, for slots and functions alike: args borrowed; `keyword_names` is null
// or a Tuple of Str whose values follow the positional ones in args. New reference, or null +
// pending.
using CallFunction =
    Value (*)(Thread&, Value callee, const Value* args, size_t positional, Value keyword_names);
using BinaryFunction = Value (*)(Thread&, Value left, Value right);  // may return NotImplemented
using UnaryFunction = Value (*)(Thread&, Value self);

// Null = the type has no such behaviour. Int results: -1 = exception pending.
struct TypeSlots {
    void (*dealloc)(Thread&, Object* self) = nullptr;  // releases what self owns, then the cell
    void (*traverse)(Object* self, VisitFunction, void* context) = nullptr;
    void (*clear)(Thread&, Object* self) = nullptr;  // drops references that may form a cycle
    // When the heap is torn down: frees memory of self outside the heap and raw buffers, nothing
    // else (other objects may be gone).
    void (*discard)(Object* self) = nullptr;
    CallFunction construct = nullptr;  // __new__: callee is the Type
    int (*init)(Thread&, Value self, const Value* args, size_t positional, Value keyword_names) =
        nullptr;
    CallFunction call = nullptr;  // __call__
    UnaryFunction repr = nullptr;
    UnaryFunction str = nullptr;
    int64_t (*hash)(Thread&, Value self) = nullptr;  // -1 = exception; null = unhashable
    Value (*compare)(Thread&,
                     Value left,
                     Value right,
                     CompareOp) = nullptr;  // may return NotImplemented
    Value (*get_attribute)(Thread&,
                           Value self,
                           Str* name) = nullptr;  // __getattribute__ + __getattr__
    int (*set_attribute)(Thread&,
                         Value self,
                         Str* name,
                         Value value) = nullptr;  // value null = delete
    Value (*descriptor_get)(Thread&,
                            Value self,
                            Value instance,
                            Value owner) = nullptr;  // instance may be null
    int (*descriptor_set)(Thread&,
                          Value self,
                          Value instance,
                          Value value) = nullptr;  // value null = delete
    UnaryFunction iter = nullptr;
    UnaryFunction next = nullptr;                 // null without pending = exhausted
    int (*truth)(Thread&, Value self) = nullptr;  // 0, 1
    int64_t (*length)(Thread&, Value self) = nullptr;
    Value (*get_item)(Thread&, Value self, Value key) = nullptr;
    int (*set_item)(Thread&, Value self, Value key, Value value) = nullptr;  // value null = delete
    int (*contains)(Thread&, Value self, Value item) = nullptr;
    Value (*format)(Thread&, Value self, Value spec) = nullptr;
    UnaryFunction index = nullptr;  // __index__
    UnaryFunction to_int = nullptr;
    UnaryFunction to_float = nullptr;
    UnaryFunction absolute = nullptr;
    UnaryFunction unary[kUnaryOpCount] = {};
    BinaryFunction binary[kBinaryOpCount] =
        {};  // called with the operands in source order, also when reflected
    BinaryFunction in_place[kBinaryOpCount] = {};
    int (*finalize)(Thread&, Object* self) = nullptr;  // __del__
    BufferView (*buffer)(Value self) = nullptr;        // the bytes of a bytes-like object
};

enum TypeFlag : uint32_t {
    kTypeIsHeap = 1u << 0,          // made by a program or by type(); counted by its instances
    kTypeHasManagedDict = 1u << 1,  // instances use the slot at +0x18
    kTypeAllowsSubclass = 1u << 2,
    kTypeHasInlineValues = 1u << 3,  // object.__new__ gives instances a values block
    kTypeHasWeakrefs = 1u << 4,
    kTypeIsAbstractBase = 1u << 5,
    kTypeConcatenates = 1u << 6,     // + and * are those of sequences, in messages too (inherited)
    kTypeMatchesSequence = 1u << 7,  // patterns with [] match instances (inherited)
    kTypeMatchesMapping = 1u << 8,   // patterns with {} match instances (inherited)
    kTypeIsBytes = 1u << 9,          // as the flags below
    // What instances are, for cheap checks of subclasses of built-in types (inherited).
    kTypeIsInt = 1u << 16,
    kTypeIsFloat = 1u << 17,
    kTypeIsStr = 1u << 18,
    kTypeIsList = 1u << 19,
    kTypeIsTuple = 1u << 20,
    kTypeIsDict = 1u << 21,
    kTypeIsException = 1u << 22,
    kTypeIsType = 1u << 23,
    kTypeIsSet = 1u << 24,
    // Attribute protocol of instances is the default one, so that sites can cache (not inherited
    // blindly: recomputed when special methods change).
    kTypeDefaultGetAttribute = 1u << 25,
    kTypeDefaultSetAttribute = 1u << 26,
    kTypeIsDescriptor = 1u << 27,        // has __get__
    kTypeIsDataDescriptor = 1u << 28,    // has __set__ or __delete__
    kTypeIsMethodDescriptor = 1u << 29,  // functions: o.f(...) may be called as f(o, ...)
};

struct Type {
    Object head;
    uint32_t version_tag = 0;  // +0x20, read by emitted code; 0 = none (yet, or never again)
    uint32_t type_flags = 0;   // TypeFlag bits
    uint32_t instance_size =
        0;                     // bytes of a fixed-size instance's cell, head and __slots__ included
    uint32_t slots_begin = 0;  // offset of the first __slots__ word of instances
    uint32_t slots_count = 0;  // __slots__ words, all bases' included
    uint16_t cell_kind = 0;    // pool family of instances (objmodel/heap.h)
    uint16_t native_size = 0;  // bytes of native payload at +0x20
    Pool* pool = nullptr;      // of fixed-size instances; owned by the heap
    bool inline_items = false;  // instances have their items inline: sizes differ
    uint8_t operand_kind =
        0;                 // what type feedback calls instances; not inherited; 0: nothing special
    Type* base = nullptr;  // the base whose layout instances extend; borrowed (in bases)
    Tuple* bases = nullptr;                    // owned
    Tuple* mro = nullptr;                      // owned; [0] is this type
    Dict* attributes = nullptr;                // owned; Str -> cell
    SharedKeys* shared_keys = nullptr;         // owned; null: dicts of instances are combined
    Str* name = nullptr;                       // owned
    Str* qualified_name = nullptr;             // owned
    TypeSlots slots;                           // behaviours
    std::vector<Type*>* subclasses = nullptr;  // direct ones, not owned
    void* dependents =
        nullptr;  // compiled code that relies on this type; owned and managed by the jit
    // Own words of __slots__, mangled, sorted and interned; owned, the names are not. Null = not
    // declared.
    std::vector<Str*>* slot_names = nullptr;
};

[[nodiscard]] inline bool hasFlag(const Type* type, TypeFlag flag) {
    return (type->type_flags & flag) != 0;
}

}  // namespace tagproof
