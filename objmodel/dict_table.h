#pragma once
// Inside of the dict files: combined tables, and finding a key's place in any form.

#include "objmodel/dict.h"
#include "objmodel/heap.h"
#include "objmodel/str.h"

namespace tagproof {

inline constexpr uint32_t kSmallestDictLog2 = 3;
inline constexpr int kPerturbShift = 5;

[[nodiscard]] inline uint64_t hashOfStr(Str* name) {
    return name->hash != 0 ? name->hash : static_cast<uint64_t>(strHash(name));
}
[[nodiscard]] inline bool isExactStrObject(const Thread& thread, Value value) {
    return isExactly(value, thread.types->str);
}

// The probe sequence of CPython's dicts.
class DictProbe {
  public:
    DictProbe(const DictTable* table, uint64_t hash)
        : mask_((uint64_t{1} << table->log2_size) - 1), perturb_(hash), slot_(hash & mask_) {}
    [[nodiscard]] uint64_t slot() const { return slot_; }
    void next() {
        perturb_ >>= kPerturbShift;
        slot_ = (slot_ * 5 + perturb_ + 1) & mask_;
    }

  private:
    uint64_t mask_;
    uint64_t perturb_;
    uint64_t slot_;
};

// A table with room for `entries`; null + MemoryError.
[[nodiscard]] DictTable* newDictTable(Thread& thread, size_t entries);
void freeDictTable(Heap& heap, DictTable* table);

// Puts an entry behind the last one. Requires room, and that the key is absent. Takes references
// over.
void appendDictEntry(DictTable* table, uint64_t hash, Value key, Value value, bool str_key);

// Index of the entry with an exact str as key, or -1; str subclasses count when they compare as str
// does. Keys of other types, and those with an own __eq__, are passed over.
[[nodiscard]] int64_t findStrEntry(DictTable* table, Str* name, uint64_t hash);

// Makes room for one more entry, packing or growing the table. 0, or -1 + MemoryError.
[[nodiscard]] int growDict(Thread& thread, Dict* dict);

// Takes a new reference to `key`; `value` is the word to store, taken over (a Cell in a cells
// dict). Requires a combined or empty dict without the key. 0 or -1 (then `value` is released).
[[nodiscard]] int insertNewEntry(Thread& thread, Dict* dict, uint64_t hash, Value key, Value value);

// Stores over an entry that exists (borrowed value), or revives an empty cell. 0 or -1.
[[nodiscard]] int storeEntry(Thread& thread, Dict* dict, size_t index, Value value);
// Removes an entry that is present (not an empty cell); its value is returned (new reference).
[[nodiscard]] Value removeEntry(Dict* dict, size_t index);
// The same for the value at an index of a split dict.
[[nodiscard]] Value removeSplitValue(Dict* dict, size_t index);
// Stores in a split dict at an index of its keys. Drops the old value last.
void storeSplitValue(Dict* dict, size_t index, Value value);

// The value of an entry, cells seen through. Borrowed; null = absent.
[[nodiscard]] inline Value entryValue(const Dict* dict, const DictEntry& entry) {
    if (!dict->holds_cells) return entry.value;
    return entry.value ? entry.value.as<Cell>()->value : Value::null();
}

// The hash of a key that needs no guest code for it: an exact str, or a fixnum.
[[nodiscard]] inline bool quickHash(const Thread& thread, Value key, uint64_t* hash) {
    if (isExactStrObject(thread, key)) {
        *hash = hashOfStr(key.as<Str>());
        return true;
    }
    *hash = static_cast<uint64_t>(key == Value::fixnum(-1) ? -2 : key.asFixnum());
    return key.isFixnum();
}

// The value of such a key, found by identity or as an exact str, in a combined dict without cells.
// Null: look with findKey().
[[nodiscard]] inline Value* quickValue(const Thread& thread, Dict* dict, Value key) {
    DictTable* const table = dict->table;
    uint64_t hash;
    if (table == nullptr || dict->holds_cells || !quickHash(thread, key, &hash)) return nullptr;
    for (DictProbe probe(table, hash);; probe.next()) {
        const int32_t at = table->index()[probe.slot()];
        if (at == DictTable::kEmpty) return nullptr;
        if (at < 0) continue;
        DictEntry& entry = table->entries()[at];
        if (entry.key == key) return &entry.value;
        if (entry.hash != hash) continue;
        const bool both_str = key.isObject() && isExactStrObject(thread, entry.key);
        if (!both_str) return nullptr;
        if (strEqual(entry.key.as<Str>(), key.as<Str>())) return &entry.value;
    }
}

// Where a key is: an entry of the table, or an index of the shared keys.
inline constexpr int64_t kKeyAbsent = -1;
inline constexpr int64_t kKeyError = -2;
// By any key whose hash is known; may run guest code. An entry found may be an empty cell.
[[nodiscard]] int64_t findKey(Thread& thread, Dict* dict, Value key, uint64_t hash);

}  // namespace tagproof
