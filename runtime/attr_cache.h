#pragma once
// Per-site caches and type feedback: what the interpreter learned, read by the compiler as data.
// LOAD_GLOBAL uses entries[0] for the globals (cell empty when the name is a built-in) and
// entries[1] for the builtins; BEFORE_WITH entries[0] for __enter__ and entries[1] for __exit__. A
// cache goes empty -> mono -> poly (up to 4 entries) -> megamorphic. An entry holds while the
// type's version tag is the one recorded; entries are filled only while the type has a valid
// version.

#include <array>
#include <cstdint>

#include "objmodel/value.h"

namespace tagproof {

struct Cell;
struct Dict;
struct Object;
struct Str;
struct Thread;
struct Type;

enum class AttrKind : uint8_t {
    kNone,
    kInlineValue,   // load/store: index in the values block (instance in values form)
    kSplitDict,     // load/store: index in the values of a split dict with the type's keys
    kCombinedDict,  // load/store: in the instance's own dict, probably its entry at `index`
    kSlotMember,    // __slots__ word at `offset`
    kClassCell,     // load: plain data of the class, through `cell`; without cell: `value`, what a
                    // staticmethod holds
    kMethod,  // function or method descriptor of the class: `value`, no instance attribute shadows
              // it
    kClassMethod,      // function `value` of a classmethod, bound to the owner's class
    kProperty,         // load: property with getter `value`
    kGetSet,           // load: computed by a built-in type: GetSetDescriptor `value`
    kDescriptor,       // other descriptor: `value`
    kTypeAttribute,    // owner is itself a type: `cell` or `value`
    kTypeClassMethod,  // owner is itself a type: function `value` of a classmethod, bound to it
    kModuleAttribute,  // owner is a module: `cell`
    kHook,             // the type defines __getattribute__, __getattr__ or __setattr__: the
                       // general path
};

struct AttrEntry {
    Type* type = nullptr;  // borrowed: the entry dies with the type's version; for kTypeAttribute
                           // and kTypeClassMethod the owner type itself
    uint32_t version = 0;  // type->version_tag at fill time
    AttrKind kind = AttrKind::kNone;
    bool may_be_shadowed =
        false;  // an instance attribute of that name may exist: values must be checked first
    uint16_t index = 0;    // values index, __slots__ offset, or position in a combined dict
    Value value;           // borrowed from the type: method, getter, descriptor
    Cell* cell = nullptr;  // borrowed from the type; kModuleAttribute: owned, and `value` is the
                           // namespace (Dict) it belongs to, for comparison only
};

enum class CacheState : uint8_t { kEmpty, kMono, kPoly, kMegamorphic };
inline constexpr size_t kAttrCacheEntries = 4;

struct AttrCache {
    CacheState state = CacheState::kEmpty;
    uint8_t count = 0;
    uint16_t misses = 0;  // refills since creation, saturating
    std::array<AttrEntry, kAttrCacheEntries> entries;
};

// What operands a site has seen.
enum OperandSeen : uint8_t {
    kSeenFixnum = 1,
    kSeenFloat = 2,
    kSeenStr = 4,
    kSeenList = 8,
    kSeenTuple = 16,
    kSeenDict = 32,
    kSeenRange = 64,
    kSeenOther = 128
};

// How many callables a call site has seen.
enum CalleesSeen : uint8_t { kNoCallee, kOneCallee, kSameCode, kManyCallees };

struct Feedback {
    uint8_t left = 0;    // OperandSeen bits of the first operand (iterator kind for FOR_ITER)
    uint8_t right = 0;   // of the second
    uint8_t result = 0;  // kSeenOther: left the fixnum range
    uint8_t flags = 0;
    uint32_t count = 0;  // saturating
    Value callee;        // CALL: the callable seen (function, type, native; of a bound method its
                   // function). Borrowed, a hint only: it may be dead (Heap::isLiveObject tells).
                   // CalleesSeen::kSameCode: the Code that all functions seen share.
    uint8_t callees = 0;  // CalleesSeen
};

}  // namespace tagproof
