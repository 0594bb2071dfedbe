#pragma once
// Dict, the core of the guest type `dict` and of every namespace. Insertion-ordered hash table in
// three forms:
//
//   combined   own table: index slots, then entries {hash, key, value} in insertion order
//   split      names in a type's SharedKeys, values in a values block it owns (an instance's
//              attributes after `o.__dict__`); becomes combined when a key does not fit
//   cells      combined, each value a Cell: type attributes, module globals. A cell lives as long
//              as the Dict and is found again when its name comes back, so that compiled code may
//              hold its address; an empty cell is an absent name. Readers of values see through
//              cells.
//
// Lookups by exact str never run guest code; they pass over keys that are equal to the str only by
// an __eq__ of their own (hasOtherKeys). Lookups by any key may run __hash__ and __eq__;
// the table is looked at again after each call, as it may have changed meanwhile.
//
// dict subclass instances share the layout; Python-visible methods are in objmodel/dict_methods.h.

#include <cstddef>
#include <cstdint>

#include "objmodel/cell.h"
#include "objmodel/object.h"
#include "objmodel/shared_keys.h"

namespace tagproof {

class Heap;
struct Str;
struct Thread;
struct Type;

struct DictEntry {
    uint64_t hash;
    Value key;    // owned; null = deleted
    Value value;  // owned; in a cells dict a Cell
};

// Header of a combined table; `1 << log2_size` int32 index slots and two thirds as
// many entries follow.
struct DictTable {
    static constexpr int32_t kEmpty = -1;
    static constexpr int32_t kDeleted = -2;

    uint32_t log2_size;
    uint32_t usable;       // entries that may still be appended before the table is rebuilt
    uint32_t entry_count;  // entries in use, deleted ones included
    bool only_str_keys;    // every key is an exact str
    [[nodiscard]] int32_t* index() { return reinterpret_cast<int32_t*>(this + 1); }
    [[nodiscard]] DictEntry* entries() {
        return reinterpret_cast<DictEntry*>(index() + (size_t{1} << log2_size));
    }
};
static_assert(sizeof(DictTable) == 16);

struct Dict {
    Object head;
    uint64_t used = 0;           // names present
    DictTable* table = nullptr;  // combined and cells forms; null = empty, nothing allocated yet
    SharedKeys* keys = nullptr;  // split form: counted; null otherwise
    Value* values = nullptr;     // split form: owned values block
    uint32_t changes = 0;        // raised when a key comes or goes or the table moves
    bool holds_cells = false;
};
[[nodiscard]] inline bool isSplit(const Dict* dict) { return dict->keys != nullptr; }
// There are, or were, keys that are no exact strs. One of them may be equal to a str, which only
// its __eq__ knows: what a program looks up must then go by any key.
[[nodiscard]] inline bool hasOtherKeys(const Dict* dict) {
    return dict->table != nullptr && !dict->table->only_str_keys;
}

// --- making ------------------------------------------------------------------------------------

// New references, or null + MemoryError.
[[nodiscard]] Dict* newDict(Thread& thread);
[[nodiscard]] Dict* newDictOfCells(Thread& thread);
// A split dict that takes over `values` and retains `keys`.
[[nodiscard]] Dict* newSplitDict(Thread& thread, SharedKeys* keys, Value* values);
// Room for `count` entries, for builders that know. 0 or -1.
[[nodiscard]] int dictReserve(Thread& thread, Dict* dict, size_t count);
// A combined copy of the same keys and values (cells seen through).
[[nodiscard]] Dict* dictCopy(Thread& thread, Dict* dict);

// --- by exact str: no guest code in lookups ----------------------------------------------------

// Borrowed; null without pending when absent.
[[nodiscard]] Value dictGetStr(Dict* dict, Str* name);
// Stores a borrowed value. 0 or -1 + MemoryError. Drops the old value last.
[[nodiscard]] int dictSetStr(Thread& thread, Dict* dict, Str* name, Value value);
// 1 deleted, 0 absent, -1.
[[nodiscard]] int dictDeleteStr(Thread& thread, Dict* dict, Str* name);

// --- by a name of a program: as above, and by __eq__ where there are other keys -----------------

// New reference; null with or without pending.
[[nodiscard]] Value dictGetName(Thread& thread, Dict* dict, Str* name);
[[nodiscard]] int dictSetName(Thread& thread, Dict* dict, Str* name, Value value);  // 0, -1
[[nodiscard]] int dictDeleteName(Thread& thread, Dict* dict, Str* name);  // 1, 0 absent, -1

// --- by any key --------------------------------------------------------------------------------

// The hash of a key: -1 = exception ("unhashable type: 'list'").
[[nodiscard]] int64_t dictHashKey(Thread& thread, Value key);
// Borrowed value; null with or without pending. Keep the dict alive meanwhile.
[[nodiscard]] Value dictGet(Thread& thread, Dict* dict, Value key);
[[nodiscard]] Value dictGetHashed(Thread& thread, Dict* dict, Value key, uint64_t hash);
[[nodiscard]] int dictContains(Thread& thread, Dict* dict, Value key);  // 1, 0, -1
[[nodiscard]] int dictSet(Thread& thread, Dict* dict, Value key, Value value);
// The same with a hash that is known already: __hash__ does not run.
[[nodiscard]] int dictSetHashed(Thread& thread, Dict* dict, Value key, uint64_t hash, Value value);
[[nodiscard]] int dictDelete(Thread& thread, Dict* dict, Value key);  // 1, 0 absent, -1
// Takes the entry out and returns its value (new reference); null with or without pending.
[[nodiscard]] Value dictPop(Thread& thread, Dict* dict, Value key);
[[nodiscard]] Value dictPopHashed(Thread& thread, Dict* dict, Value key, uint64_t hash);
// The present value, or `value` after storing it, with one lookup. New reference or null + pending.
[[nodiscard]] Value dictSetDefault(Thread& thread, Dict* dict, Value key, Value value);
// Takes the last entry out; both new references. A split dict becomes a combined one. False when
// empty (nothing pending), or + MemoryError.
[[nodiscard]] bool dictPopLast(Thread& thread, Dict* dict, Value* key, Value* value);
// Removes everything; cells stay, emptied.
void dictClear(Thread& thread, Dict* dict);
// Stores every item of `source` (a Dict). 0 or -1.
[[nodiscard]] int dictMerge(Thread& thread, Dict* dict, Dict* source, bool overwrite);

// --- iteration in order of insertion -----------------------------------------------------------

// Moves `*position` (0 at the start) to the next entry and gives borrowed key and value. False at
// the end. Safe under any change of the dict in between; what is then visited is unspecified.
[[nodiscard]] bool dictNext(Dict* dict, size_t* position, Value* key, Value* value);
// The hash that the dict keeps of the key which dictNext has just passed.
[[nodiscard]] uint64_t dictHashOfPassed(const Dict* dict, size_t position, Value key);
// The same backwards; start with dictEndPosition.
[[nodiscard]] bool dictPrevious(Dict* dict, size_t* position, Value* key, Value* value);
[[nodiscard]] size_t dictEndPosition(const Dict* dict);

// State of a guest-visible iterator: detects changes of size as CPython does.
struct DictIterator {
    Dict* dict = nullptr;  // owned; null = exhausted
    size_t position = 0;
    uint64_t expected_used = 0;  // UINT64_MAX after a change was reported
    uint64_t remaining = 0;
};
// Borrowed key and value. False at the end, or with "dictionary changed size during iteration" /
// "dictionary keys changed during iteration" pending.
[[nodiscard]] bool dictIterate(Thread& thread, DictIterator* iterator, Value* key, Value* value);

// --- cells -------------------------------------------------------------------------------------

// The cell of a name in a cells dict; null when the name never existed. The cell may be empty.
// Borrowed; valid as long as the dict.
[[nodiscard]] Cell* dictFindCell(Dict* dict, Str* name);
// The same, made empty when missing: the name stays absent until stored. Null + MemoryError.
// Emitted code may write through a cell that is not empty; an empty one must be stored through
// dictSetStr, which keeps count and order.
[[nodiscard]] Cell* dictEnsureCell(Thread& thread, Dict* dict, Str* name);

// --- upkeep ------------------------------------------------------------------------------------

// S2 -> S3: turns a split dict into a combined one and frees the values block. 0 or -1.
[[nodiscard]] int dictUnsplit(Thread& thread, Dict* dict);
void dictTraverse(Object* self, VisitFunction visit, void* context);
// TypeSlots::dealloc of dict and its subclasses.
void dictDealloc(Thread& thread, Object* self);

}  // namespace tagproof
