#pragma once
// The attribute names that instances of one type share: name -> index into their values blocks.
// Counted: the type owns one reference, each split dict another. At most kMaxSharedKeys names;
// `entries + usable` never grows, so that an index is valid in every values block made before.
//
// A name that joins the keys of a type may from then on shadow a class attribute of that name, or
// keep __getattr__ from being called; the type then gets a new version, so that a cache which found
// "no instance attribute can have this name" ends.

#include <cstdint>

#include "objmodel/layout.h"
#include "objmodel/str.h"
#include "objmodel/value.h"

namespace tagproof {

class Heap;
struct Str;
struct Thread;
struct Type;

struct SharedKeys {
    static constexpr uint32_t kTableSize = 64;
    static constexpr uint8_t kEmpty = 0xff;

    uint32_t references = 1;
    uint32_t count = 0;                        // names present; only grows
    uint32_t usable = layout::kMaxSharedKeys;  // names that may still join
    Type* type = nullptr;                      // whose instances; null once the type is gone
    uint8_t table[kTableSize];                 // open addressing by hash: index, or kEmpty
    Str* names[layout::kMaxSharedKeys];        // interned, immortal
    uint64_t hashes[layout::kMaxSharedKeys];

    // Value words that a new block must have.
    [[nodiscard]] uint32_t capacity() const { return count + usable; }
};

// Null + MemoryError.
[[nodiscard]] SharedKeys* newSharedKeys(Thread& thread, Type* type);
void retainSharedKeys(SharedKeys* keys);
void releaseSharedKeys(Heap& heap, SharedKeys* keys);

// Index of `name`, or -1.
[[nodiscard]] inline int findSharedKey(const SharedKeys* keys, Str* name) {
    const uint64_t hash = name->hash != 0 ? name->hash : static_cast<uint64_t>(strHash(name));
    for (size_t slot = hash % SharedKeys::kTableSize;; slot = (slot + 1) % SharedKeys::kTableSize) {
        const uint8_t index = keys->table[slot];
        if (index == SharedKeys::kEmpty) return -1;
        if (keys->names[index] == name) return index;
        if (!name->interned && keys->hashes[index] == hash && strEqual(keys->names[index], name)) {
            return index;
        }
    }
}
// The same, adding the name when there is room; -1 when there is none.
[[nodiscard]] int findOrAddSharedKey(Thread& thread, SharedKeys* keys, Str* name);

}  // namespace tagproof
