#pragma once
// Where a name is in a dict's table: a hint that caches keep and that is checked at each use, so
// that an attribute of an instance with a dict of its own is found without hashing.

#include "objmodel/dict.h"

namespace tagproof {

// The entry of `name`; null when it is absent, and for split dicts and those of cells.
[[nodiscard]] DictEntry* dictFindEntry(Dict* dict, Str* name);
// Where it stands; SIZE_MAX for null.
[[nodiscard]] inline size_t dictPositionOf(Dict* dict, Str* name) {
    const DictEntry* entry = dictFindEntry(dict, name);
    return entry == nullptr ? SIZE_MAX : static_cast<size_t>(entry - dict->table->entries());
}

// The entry at a position that was right once; null unless it is still that of this very str.
[[nodiscard]] inline DictEntry* dictEntryAt(const Dict* dict, size_t position, const Str* name) {
    DictTable* table = dict->table;
    if (table == nullptr || dict->holds_cells || position >= table->entry_count) return nullptr;
    DictEntry* entry = table->entries() + position;
    return entry->key.bits == reinterpret_cast<uint64_t>(name) ? entry : nullptr;
}

}  // namespace tagproof
