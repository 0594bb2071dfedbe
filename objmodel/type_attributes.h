#pragma once
// The cache of type attribute lookups, one per heap, keyed by (version, name). An entry can only be
// found while its version is some type's current one, so changes of types need not touch it.

#include <array>
#include <cstdint>

#include "objmodel/attr.h"

namespace tagproof {

struct TypeAttributeCache {
    static constexpr size_t kEntries = 4096;
    struct Entry {
        uint32_t version = 0;
        Str* name = nullptr;   // interned, immortal
        Cell* cell = nullptr;  // borrowed from the holder; null = no such attribute
        Type* holder = nullptr;
    };
    std::array<Entry, kEntries> entries;
    uint64_t hits = 0;
    uint64_t misses = 0;

    [[nodiscard]] static size_t slotOf(uint32_t version, const Str* name) {
        return (version ^ (reinterpret_cast<uintptr_t>(name) >> 4)) & (kEntries - 1);
    }
};

// Drops every entry. Part of tearing a heap down and of collections.
void clearTypeAttributeCache(Heap& heap);

}  // namespace tagproof
