#include "objmodel/dict.h"

#include <utility>
#include <vector>

#include "objmodel/dict_position.h"
#include "objmodel/dict_table.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/values_block.h"

namespace tagproof {
namespace {

// A key that is no exact str makes a split dict a combined one even before it is looked for. 0, -1.
int prepareForKey(Thread& thread, Dict* dict, Value key) {
    return isSplit(dict) && !isExactStrObject(thread, key) ? dictUnsplit(thread, dict) : 0;
}

// The place of a str name: what findKey finds, without guest code.
int64_t findStrPlace(Dict* dict, Str* name) {
    if (isSplit(dict)) {
        const int index = findSharedKey(dict->keys, name);
        return index >= 0 && dict->values[index] ? index : kKeyAbsent;
    }
    if (dict->table == nullptr) return kKeyAbsent;
    return findStrEntry(dict->table, name, hashOfStr(name));
}

Value valueAt(const Dict* dict, int64_t place) {
    if (place < 0) return Value::null();
    if (isSplit(dict)) return dict->values[place];
    return entryValue(dict, dict->table->entries()[place]);
}

// Stores under a key that findKey did not find.
int insertAbsent(Thread& thread, Dict* dict, Value key, uint64_t hash, Value value) {
    if (isSplit(dict)) {
        if (isExactStrObject(thread, key)) {
            const int index = findOrAddSharedKey(thread, dict->keys, key.as<Str>());
            if (index >= 0) {
                storeSplitValue(dict, static_cast<size_t>(index), value);
                return 0;
            }
        }
        if (dictUnsplit(thread, dict) < 0) return -1;
    }
    if (!dict->holds_cells) return insertNewEntry(thread, dict, hash, key, newRef(value));
    Cell* const cell = newCell(thread, value);
    if (cell == nullptr) return -1;
    return insertNewEntry(thread, dict, hash, key, Value::of(cell));
}

int storeAt(Thread& thread, Dict* dict, int64_t place, Value value) {
    const auto index = static_cast<size_t>(place);
    if (!isSplit(dict)) return storeEntry(thread, dict, index, value);
    storeSplitValue(dict, index, value);
    return 0;
}

Value removeAt(Dict* dict, int64_t place) {
    const auto index = static_cast<size_t>(place);
    return isSplit(dict) ? removeSplitValue(dict, index) : removeEntry(dict, index);
}

void releaseTable(Heap& heap, DictTable* table) {
    if (table == nullptr) return;
    for (uint32_t k = 0; k < table->entry_count; ++k) {
        const DictEntry& entry = table->entries()[k];
        decref(entry.key);
        decref(entry.value);
    }
    freeDictTable(heap, table);
}

void releaseValues(Heap& heap, SharedKeys* keys, Value* values) {
    if (values == nullptr) return;
    for (uint32_t k = 0; k < keys->count; ++k) decref(values[k]);
    freeValuesBlock(heap, values);
    releaseSharedKeys(heap, keys);
}

void emptyCells(Dict* dict) {
    std::vector<Value> old_values;
    old_values.reserve(dict->used);
    for (uint32_t k = 0; dict->table != nullptr && k < dict->table->entry_count; ++k) {
        const Value cell = dict->table->entries()[k].value;
        if (cell) old_values.push_back(std::exchange(cell.as<Cell>()->value, Value::null()));
    }
    dict->used = 0;
    ++dict->changes;
    for (const Value old : old_values) decref(old);
}

// A table of which an empty dict becomes a copy in CPython: no gaps, and not far too large.
bool isCompact(const Dict* source) {
    const DictTable* const table = source->table;
    if (table == nullptr || table->entry_count != source->used) return false;
    return table->log2_size == kSmallestDictLog2 ||
           (uint64_t{1} << table->log2_size) / 3 < source->used;
}

}  // namespace

// --- making ------------------------------------------------------------------------------------

Dict* newDict(Thread& thread) { return allocateObject<Dict>(thread, thread.types->dict); }

Dict* newDictOfCells(Thread& thread) {
    Dict* const dict = newDict(thread);
    if (dict != nullptr) dict->holds_cells = true;
    return dict;
}

Dict* newSplitDict(Thread& thread, SharedKeys* keys, Value* values) {
    Dict* const dict = newDict(thread);
    if (dict == nullptr) return nullptr;
    retainSharedKeys(keys);
    dict->keys = keys;
    dict->values = values;
    dict->used = valuesUsed(values);
    return dict;
}

int dictReserve(Thread& thread, Dict* dict, size_t count) {
    if (dict->table != nullptr || isSplit(dict) || count == 0) return 0;
    dict->table = newDictTable(thread, count);
    return dict->table == nullptr ? -1 : 0;
}

Dict* dictCopy(Thread& thread, Dict* dict) {
    Dict* const copy = newDict(thread);
    if (copy == nullptr) return nullptr;
    if (dictReserve(thread, copy, dict->used) < 0 || dictMerge(thread, copy, dict, true) < 0) {
        decref(&copy->head);
        return nullptr;
    }
    return copy;
}

// --- by exact str ------------------------------------------------------------------------------

Value dictGetStr(Dict* dict, Str* name) { return valueAt(dict, findStrPlace(dict, name)); }

DictEntry* dictFindEntry(Dict* dict, Str* name) {
    if (isSplit(dict) || dict->holds_cells) return nullptr;
    const int64_t place = findStrPlace(dict, name);
    return place < 0 ? nullptr : dict->table->entries() + place;
}

int dictSetStr(Thread& thread, Dict* dict, Str* name, Value value) {
    const int64_t place = findStrPlace(dict, name);
    if (place >= 0) return storeAt(thread, dict, place, value);
    return insertAbsent(thread, dict, Value::of(name), hashOfStr(name), value);
}

int dictDeleteStr(Thread& thread, Dict* dict, Str* name) {
    static_cast<void>(thread);
    const int64_t place = findStrPlace(dict, name);
    if (valueAt(dict, place).isNull()) return 0;
    decref(removeAt(dict, place));
    return 1;
}

// --- by a name of a program ---------------------------------------------------------------------

Value dictGetName(Thread& thread, Dict* dict, Str* name) {
    if (!hasOtherKeys(dict)) [[likely]]
        return newRef(dictGetStr(dict, name));
    const Ref keep = Ref::borrow(Value::of(dict));
    return newRef(dictGet(thread, dict, Value::of(name)));
}

int dictSetName(Thread& thread, Dict* dict, Str* name, Value value) {
    const Ref keep = Ref::borrow(Value::of(dict));
    return hasOtherKeys(dict) ? dictSet(thread, dict, Value::of(name), value)
                              : dictSetStr(thread, dict, name, value);
}

int dictDeleteName(Thread& thread, Dict* dict, Str* name) {
    const Ref keep = Ref::borrow(Value::of(dict));
    return hasOtherKeys(dict) ? dictDelete(thread, dict, Value::of(name))
                              : dictDeleteStr(thread, dict, name);
}

// --- by any key --------------------------------------------------------------------------------

int64_t dictHashKey(Thread& thread, Value key) {
    if (key.isFixnum()) {
        const int64_t number = key.asFixnum();
        return number == -1 ? -2 : number;
    }
    if (isExactStrObject(thread, key)) return static_cast<int64_t>(hashOfStr(key.as<Str>()));
    return hashOf(thread, key);
}

Value dictGet(Thread& thread, Dict* dict, Value key) {
    const int64_t hash = dictHashKey(thread, key);
    if (hash == -1) return Value::null();
    return dictGetHashed(thread, dict, key, static_cast<uint64_t>(hash));
}

Value dictGetHashed(Thread& thread, Dict* dict, Value key, uint64_t hash) {
    return valueAt(dict, findKey(thread, dict, key, hash));
}

int dictContains(Thread& thread, Dict* dict, Value key) {
    const int64_t hash = dictHashKey(thread, key);
    if (hash == -1) return -1;
    const int64_t place = findKey(thread, dict, key, static_cast<uint64_t>(hash));
    if (place == kKeyError) return -1;
    return valueAt(dict, place).isNull() ? 0 : 1;
}

int dictSet(Thread& thread, Dict* dict, Value key, Value value) {
    const int64_t hash = dictHashKey(thread, key);
    if (hash == -1) return -1;
    return dictSetHashed(thread, dict, key, static_cast<uint64_t>(hash), value);
}

int dictSetHashed(Thread& thread, Dict* dict, Value key, uint64_t hash, Value value) {
    if (prepareForKey(thread, dict, key) < 0) return -1;
    const Ref keep = Ref::borrow(value);
    const int64_t place = findKey(thread, dict, key, hash);
    if (place == kKeyError) return -1;
    if (place >= 0) return storeAt(thread, dict, place, value);
    return insertAbsent(thread, dict, key, hash, value);
}

int dictDelete(Thread& thread, Dict* dict, Value key) {
    const Ref old(dictPop(thread, dict, key));
    if (old) return 1;
    return hasPending(thread) ? -1 : 0;
}

Value dictPop(Thread& thread, Dict* dict, Value key) {
    const int64_t hash = dictHashKey(thread, key);
    return hash == -1 ? Value::null()
                      : dictPopHashed(thread, dict, key, static_cast<uint64_t>(hash));
}

Value dictPopHashed(Thread& thread, Dict* dict, Value key, uint64_t hash) {
    const int64_t place = findKey(thread, dict, key, hash);
    if (valueAt(dict, place).isNull()) return Value::null();
    return removeAt(dict, place);
}

Value dictSetDefault(Thread& thread, Dict* dict, Value key, Value value) {
    const int64_t hash = dictHashKey(thread, key);
    if (hash == -1 || prepareForKey(thread, dict, key) < 0) return Value::null();
    const int64_t place = findKey(thread, dict, key, static_cast<uint64_t>(hash));
    if (place == kKeyError) return Value::null();
    const Value present = valueAt(dict, place);
    if (present) return newRef(present);
    const int stored = place >= 0
                           ? storeAt(thread, dict, place, value)
                           : insertAbsent(thread, dict, key, static_cast<uint64_t>(hash), value);
    return stored < 0 ? Value::null() : newRef(value);
}

bool dictPopLast(Thread& thread, Dict* dict, Value* key, Value* value) {
    if (dict->used == 0) return false;
    if (isSplit(dict) && dictUnsplit(thread, dict) < 0) return false;
    size_t position = dictEndPosition(dict);
    if (!dictPrevious(dict, &position, key, value)) return false;
    *key = newRef(*key);
    *value = removeEntry(dict, position);
    if (!dict->holds_cells) dict->table->entry_count = static_cast<uint32_t>(position);
    return true;
}

void dictClear(Thread& thread, Dict* dict) {
    if (dict->holds_cells) {
        emptyCells(dict);
        return;
    }
    DictTable* const table = std::exchange(dict->table, nullptr);
    SharedKeys* const keys = std::exchange(dict->keys, nullptr);
    Value* const values = std::exchange(dict->values, nullptr);
    dict->used = 0;
    ++dict->changes;
    releaseTable(*thread.heap, table);
    releaseValues(*thread.heap, keys, values);
}

namespace {

// True when all keys of `source` are new to `dict` and known to differ: none is compared then.
bool takesAllKeys(const Dict* dict, const Dict* source) {
    const bool empty = !isSplit(dict) && (dict->table == nullptr || dict->table->entry_count == 0);
    return empty && (isSplit(source) || source->table == nullptr ||
                     source->used == source->table->entry_count);
}

int mergeItem(Thread& thread, Dict* dict, Value key, uint64_t hash, Value value, bool overwrite) {
    const int64_t place = findKey(thread, dict, key, hash);
    if (place == kKeyError) return -1;
    if (place < 0) return insertAbsent(thread, dict, key, hash, value);
    if (!overwrite && valueAt(dict, place)) return 0;
    return storeAt(thread, dict, place, value);
}

}  // namespace

int dictMerge(Thread& thread, Dict* dict, Dict* source, bool overwrite) {
    if (dict == source) return 0;
    if (isSplit(dict) && dict->used == 0 && isCompact(source) && dictUnsplit(thread, dict) < 0) {
        return -1;
    }
    const uint64_t expected = source->used;
    const bool all_new = takesAllKeys(dict, source);
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(source, &position, &key, &value)) {
        const Ref keep_key = Ref::borrow(key);
        const Ref keep_value = Ref::borrow(value);
        const uint64_t hash = dictHashOfPassed(source, position, key);
        const int merged = all_new ? insertAbsent(thread, dict, key, hash, value)
                                   : mergeItem(thread, dict, key, hash, value, overwrite);
        if (merged < 0) return -1;
        if (source->used != expected) {
            raise(thread, ExceptionKind::kRuntimeError, "dict mutated during update");
            return -1;
        }
    }
    return 0;
}

// --- cells -------------------------------------------------------------------------------------

Cell* dictFindCell(Dict* dict, Str* name) {
    if (dict->table == nullptr) return nullptr;
    const int64_t place = findStrEntry(dict->table, name, hashOfStr(name));
    return place < 0 ? nullptr : dict->table->entries()[place].value.as<Cell>();
}

Cell* dictEnsureCell(Thread& thread, Dict* dict, Str* name) {
    Cell* const found = dictFindCell(dict, name);
    if (found != nullptr) return found;
    Cell* const cell = newCell(thread, Value::null());
    if (cell == nullptr) return nullptr;
    const int stored =
        insertNewEntry(thread, dict, hashOfStr(name), Value::of(name), Value::of(cell));
    if (stored < 0) return nullptr;
    --dict->used;
    return cell;
}

// --- upkeep ------------------------------------------------------------------------------------

int dictUnsplit(Thread& thread, Dict* dict) {
    const size_t used = valuesUsed(dict->values);
    DictTable* const table = newDictTable(thread, used + 1);
    if (table == nullptr) return -1;
    SharedKeys* const keys = std::exchange(dict->keys, nullptr);
    Value* const values = std::exchange(dict->values, nullptr);
    for (size_t k = 0; k < used; ++k) {
        const size_t index = valuesOrderAt(values, k);
        const Value name = Value::of(keys->names[index]);
        appendDictEntry(table, keys->hashes[index], newRef(name), values[index], true);
    }
    dict->table = table;
    ++dict->changes;
    freeValuesBlock(*thread.heap, values);
    releaseSharedKeys(*thread.heap, keys);
    return 0;
}

void dictTraverse(Object* self, VisitFunction visit, void* context) {
    auto* dict = reinterpret_cast<Dict*>(self);
    if (isSplit(dict)) {
        for (uint32_t k = 0; k < dict->keys->count; ++k) {
            if (dict->values[k]) visit(dict->values[k], context);
        }
        return;
    }
    for (uint32_t k = 0; dict->table != nullptr && k < dict->table->entry_count; ++k) {
        const DictEntry& entry = dict->table->entries()[k];
        if (entry.key) visit(entry.key, context);
        if (entry.value) visit(entry.value, context);
    }
}

namespace {

void detachCells(Dict* dict) {
    for (uint32_t k = 0; dict->table != nullptr && k < dict->table->entry_count; ++k) {
        const Value cell = dict->table->entries()[k].value;
        if (cell) cell.as<Cell>()->head.flags |= kCellDetached;
    }
    emptyCells(dict);
}

}  // namespace

void dictDealloc(Thread& thread, Object* self) {
    auto* dict = reinterpret_cast<Dict*>(self);
    // Caches may hold on to cells: what they find there must not outlive the namespace.
    if (dict->holds_cells) detachCells(dict);
    DictTable* const table = std::exchange(dict->table, nullptr);
    SharedKeys* const keys = std::exchange(dict->keys, nullptr);
    Value* const values = std::exchange(dict->values, nullptr);
    releaseTable(*thread.heap, table);
    releaseValues(*thread.heap, keys, values);
    freeObject(thread, self);
}

}  // namespace tagproof
