#include "objmodel/dict_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/values_block.h"

namespace tagproof {
namespace {

constexpr uint32_t capacityOf(uint32_t log2_size) {
    return static_cast<uint32_t>((uint64_t{2} << log2_size) / 3);
}
size_t tableBytes(uint32_t log2_size) {
    return sizeof(DictTable) + (size_t{1} << log2_size) * sizeof(int32_t) +
           size_t{capacityOf(log2_size)} * sizeof(DictEntry);
}

enum class Equal : uint8_t { kNo, kYes, kAsk };

// What can be told without guest code, of keys with equal hashes.
Equal compareQuickly(const Thread& thread, Value left, Value right) {
    if (left == right) return Equal::kYes;
    if (left.isFixnum() && right.isFixnum()) return Equal::kNo;
    if (isExactStrObject(thread, left) && isExactStrObject(thread, right)) {
        return strEqual(left.as<Str>(), right.as<Str>()) ? Equal::kYes : Equal::kNo;
    }
    return Equal::kAsk;
}

// Whether a key of the dict, of the same hash, is the one looked for. May run guest code, which may
// change the dict: then the search starts again.
enum class Match : uint8_t { kNo, kYes, kError, kChanged };

Match matchKey(Thread& thread, const Dict* dict, Value own, Value key) {
    const Equal quick = compareQuickly(thread, own, key);
    if (quick != Equal::kAsk) return quick == Equal::kYes ? Match::kYes : Match::kNo;
    const uint32_t changes = dict->changes;
    const Ref keep = Ref::borrow(own);
    const int equal = compareBool(thread, own, key, CompareOp::kEq);
    if (equal < 0) return Match::kError;
    if (dict->changes != changes) return Match::kChanged;
    return equal > 0 ? Match::kYes : Match::kNo;
}

// Entries that a rebuilt table keeps: empty cells too, so that their addresses stay valid.
size_t countKept(const Dict* dict) {
    if (!dict->holds_cells) return dict->used;
    size_t kept = 0;
    for (uint32_t k = 0; k < dict->table->entry_count; ++k) {
        if (dict->table->entries()[k].key) ++kept;
    }
    return kept;
}

size_t slotOfEntry(DictTable* table, size_t index) {
    DictProbe probe(table, table->entries()[index].hash);
    while (table->index()[probe.slot()] != static_cast<int32_t>(index)) probe.next();
    return probe.slot();
}

// An empty cell comes back to life at the end of the order.
int reviveCell(Thread& thread, Dict* dict, size_t index, Value value) {
    const DictEntry entry = dict->table->entries()[index];
    const bool is_last = index + 1 == dict->table->entry_count;
    if (!is_last) {
        if (dict->table->usable == 0) {
            const DictEntry* const entries = dict->table->entries();
            const auto kept_before = static_cast<size_t>(
                std::count_if(entries, entries + index,
                              [](const DictEntry& other) { return !other.key.isNull(); }));
            if (growDict(thread, dict) < 0) return -1;
            index = kept_before;
        }
        DictTable* const table = dict->table;
        const size_t slot = slotOfEntry(table, index);
        table->entries()[index] = DictEntry{};
        table->entries()[table->entry_count] = entry;
        table->index()[slot] = static_cast<int32_t>(table->entry_count++);
        --table->usable;
    }
    entry.value.as<Cell>()->value = newRef(value);
    ++dict->used;
    ++dict->changes;
    return 0;
}

// A place, or that a comparison changed the dict.
constexpr int64_t kSearchAgain = -3;

// The names of a split dict are all exact strs: only keys of other types get here. As in CPython
// the name of a value that is not there is compared, too.
int64_t findOtherKeyInSplit(Thread& thread, Dict* dict, Value key, uint64_t hash) {
    for (uint32_t k = 0; k < dict->keys->count; ++k) {
        if (dict->keys->hashes[k] != hash) continue;
        switch (matchKey(thread, dict, Value::of(dict->keys->names[k]), key)) {
            case Match::kNo:
                break;
            case Match::kYes:
                return dict->values[k].isNull() ? kKeyAbsent : int64_t{k};
            case Match::kError:
                return kKeyError;
            case Match::kChanged:
                return kSearchAgain;
        }
    }
    return kKeyAbsent;
}

int64_t findInSplit(Thread& thread, Dict* dict, Value key, uint64_t hash) {
    if (!isExactStrObject(thread, key)) return findOtherKeyInSplit(thread, dict, key, hash);
    const int index = findSharedKey(dict->keys, key.as<Str>());
    return index >= 0 && dict->values[index] ? index : kKeyAbsent;
}

int64_t findInTable(Thread& thread, Dict* dict, Value key, uint64_t hash) {
    DictTable* const table = dict->table;
    if (table == nullptr) return kKeyAbsent;
    for (DictProbe probe(table, hash);; probe.next()) {
        const int32_t at = table->index()[probe.slot()];
        if (at == DictTable::kEmpty) return kKeyAbsent;
        if (at < 0 || table->entries()[at].hash != hash) continue;
        switch (matchKey(thread, dict, table->entries()[at].key, key)) {
            case Match::kNo:
                break;
            case Match::kYes:
                return at;
            case Match::kError:
                return kKeyError;
            case Match::kChanged:
                return kSearchAgain;
        }
    }
}

// Exact strs, and those of subclasses that leave __eq__ as it is.
bool comparesAsStr(Value key, const Type* str) {
    if (isExactly(key, str)) return true;
    return isStr(key) && key.asObject()->type->slots.compare == str->slots.compare;
}

}  // namespace

DictTable* newDictTable(Thread& thread, size_t entries) {
    uint32_t log2_size = kSmallestDictLog2;
    while (capacityOf(log2_size) < entries) ++log2_size;
    constexpr uint32_t kMaxLog2 = 31;
    if (log2_size >= kMaxLog2) return raiseMemoryError(thread).as<DictTable>();
    auto* table = static_cast<DictTable*>(allocateRaw(thread, tableBytes(log2_size)));
    if (table == nullptr) return nullptr;
    *table = DictTable{log2_size, capacityOf(log2_size), 0, true};
    std::memset(table->index(), 0xff, (size_t{1} << log2_size) * sizeof(int32_t));
    return table;
}

void freeDictTable(Heap& heap, DictTable* table) {
    if (table != nullptr) freeRaw(heap, table, tableBytes(table->log2_size));
}

void appendDictEntry(DictTable* table, uint64_t hash, Value key, Value value, bool str_key) {
    DictProbe probe(table, hash);
    while (table->index()[probe.slot()] >= 0) probe.next();
    table->index()[probe.slot()] = static_cast<int32_t>(table->entry_count);
    table->entries()[table->entry_count++] = DictEntry{hash, key, value};
    --table->usable;
    table->only_str_keys = table->only_str_keys && str_key;
}

int64_t findStrEntry(DictTable* table, Str* name, uint64_t hash) {
    const DictEntry* const entries = table->entries();
    const int32_t* const index = table->index();
    const uint64_t name_word = Value::of(name).bits;
    for (DictProbe probe(table, hash);; probe.next()) {
        const int32_t at = index[probe.slot()];
        if (at == DictTable::kEmpty) return -1;
        if (at < 0) continue;
        const DictEntry& entry = entries[at];
        if (entry.key.bits == name_word) return at;
        if (entry.hash != hash) continue;
        const bool is_str = table->only_str_keys || comparesAsStr(entry.key, name->head.type);
        if (is_str && strEqual(entry.key.as<Str>(), name)) return at;
    }
}

int growDict(Thread& thread, Dict* dict) {
    DictTable* const old = dict->table;
    const size_t kept = old == nullptr ? 0 : countKept(dict);
    // Three index slots per kept entry, two thirds of which may hold entries; as CPython 3.11
    // rounds it, 16 slots at least: seen by who changes a dict that he iterates over.
    constexpr size_t kEntriesOf16Slots = 10;
    DictTable* const table =
        newDictTable(thread, kept == 0 ? 1 : std::max(kept * 2, kEntriesOf16Slots));
    if (table == nullptr) return -1;
    for (uint32_t k = 0; old != nullptr && k < old->entry_count; ++k) {
        const DictEntry& entry = old->entries()[k];
        if (entry.key) appendDictEntry(table, entry.hash, entry.key, entry.value, true);
    }
    if (old != nullptr) table->only_str_keys = old->only_str_keys;
    dict->table = table;
    ++dict->changes;
    freeDictTable(*thread.heap, old);
    return 0;
}

int insertNewEntry(Thread& thread, Dict* dict, uint64_t hash, Value key, Value value) {
    const DictTable* table = dict->table;
    if (table == nullptr || table->usable == 0) {
        if (growDict(thread, dict) < 0) {
            decref(value);
            return -1;
        }
    }
    appendDictEntry(dict->table, hash, newRef(key), value, isExactStrObject(thread, key));
    ++dict->used;
    ++dict->changes;
    return 0;
}

int storeEntry(Thread& thread, Dict* dict, size_t index, Value value) {
    DictEntry& entry = dict->table->entries()[index];
    if (!dict->holds_cells) {
        const Value old = std::exchange(entry.value, newRef(value));
        decref(old);
        return 0;
    }
    if (entry.value.as<Cell>()->value.isNull()) return reviveCell(thread, dict, index, value);
    setCell(entry.value.as<Cell>(), value);
    return 0;
}

Value removeEntry(Dict* dict, size_t index) {
    DictTable* const table = dict->table;
    DictEntry& entry = table->entries()[index];
    --dict->used;
    ++dict->changes;
    if (dict->holds_cells) {
        return std::exchange(entry.value.as<Cell>()->value, Value::null());
    }
    table->index()[slotOfEntry(table, index)] = DictTable::kDeleted;
    const DictEntry old = std::exchange(entry, DictEntry{});
    decref(old.key);
    return old.value;
}

Value removeSplitValue(Dict* dict, size_t index) {
    const Value old = std::exchange(dict->values[index], Value::null());
    removeValuesOrder(dict->values, index);
    --dict->used;
    ++dict->changes;
    return old;
}

void storeSplitValue(Dict* dict, size_t index, Value value) {
    const Value old = std::exchange(dict->values[index], newRef(value));
    if (old.isNull()) {
        appendValuesOrder(dict->values, index);
        ++dict->used;
        ++dict->changes;
    }
    decref(old);
}

int64_t findKey(Thread& thread, Dict* dict, Value key, uint64_t hash) {
    int64_t place;
    do {
        place = isSplit(dict) ? findInSplit(thread, dict, key, hash)
                              : findInTable(thread, dict, key, hash);
    } while (place == kSearchAgain);
    return place;
}

}  // namespace tagproof
