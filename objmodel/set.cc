// The hash table of sets. Follows CPython 3.11's Objects/setobject.c, see the header for why.

#include "objmodel/set.h"

#include <algorithm>
#include <utility>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"

namespace tagproof {

namespace {

constexpr uint64_t kLinearProbes = 9;
constexpr int kPerturbShift = 5;

// What an entry, or in the end the table, has for a key: kDiffers says that the key is missing.
enum class Match : uint8_t { kDiffers, kEqual, kRaised, kTableChanged };

// Where a lookup ended.
struct Place {
    SetEntry* entry;    // the equal key's, or the unused one
    SetEntry* deleted;  // the last deleted entry passed on the way to an unused one, or null
};

// How many entries after that of `place` are probed before the next jump.
uint64_t linearProbes(uint64_t place, uint64_t mask) {
    return place + kLinearProbes <= mask ? kLinearProbes : 0;
}

// Compares a key with that of an entry of the same hash. __eq__ may change the table.
Match compareEntry(Thread& thread, Set* set, const SetEntry* entry, Value key) {
    if (entry->key == key) return Match::kEqual;
    const SetEntry* const table = set->entries();
    const uint64_t mask = set->mask;
    const Ref candidate = Ref::borrow(entry->key);
    const int equal = compareBool(thread, candidate.get(), key, CompareOp::kEq);
    if (equal < 0) return Match::kRaised;
    const bool same_table = table == set->entries() && mask == set->mask;
    if (!same_table || entry->key != candidate.get()) return Match::kTableChanged;
    return equal != 0 ? Match::kEqual : Match::kDiffers;
}

// Looks for a key until it is found, is known to be missing, or a comparison changed the table.
Match searchTable(Thread& thread, Set* set, Value key, int64_t hash, Place* found) {
    SetEntry* const table = set->entries();
    const uint64_t mask = set->mask;
    uint64_t perturb = static_cast<uint64_t>(hash);
    uint64_t place = perturb & mask;
    SetEntry* deleted = nullptr;
    for (;;) {
        SetEntry* entry = table + place;
        uint64_t probes = linearProbes(place, mask);
        do {
            if (entry->key.isNull()) {
                *found = {entry, deleted};
                return Match::kDiffers;
            }
            if (entry->key.isSentinel()) deleted = entry;
            if (entry->hash == hash) {
                const Match match = compareEntry(thread, set, entry, key);
                if (match != Match::kDiffers) {
                    *found = {entry, nullptr};
                    return match;
                }
            }
            ++entry;
        } while (probes-- != 0);
        perturb >>= kPerturbShift;
        place = (place * 5 + 1 + perturb) & mask;
    }
}

// Looks for a key; starts again when a comparison changed the table.
Match findEntry(Thread& thread, Set* set, Value key, int64_t hash, Place* found) {
    Match match;
    do {
        match = searchTable(thread, set, key, hash, found);
    } while (match == Match::kTableChanged);
    return match;
}

// Puts a key that is not there into a table without deleted entries. Takes the reference over.
void insertClean(SetEntry* table, uint64_t mask, Value key, int64_t hash) {
    uint64_t perturb = static_cast<uint64_t>(hash);
    uint64_t place = perturb & mask;
    for (;;) {
        SetEntry* entry = table + place;
        const uint64_t probes = linearProbes(place, mask);
        for (uint64_t k = 0; k <= probes; ++k, ++entry) {
            if (!entry->key.isNull()) continue;
            entry->key = key;
            entry->hash = hash;
            return;
        }
        perturb >>= kPerturbShift;
        place = (place * 5 + 1 + perturb) & mask;
    }
}

uint64_t grownSize(const Set* set) { return set->used > 50000 ? set->used * 2 : set->used * 4; }

size_t tableBytes(const Set* set) { return (set->mask + 1) * sizeof(SetEntry); }

// Adds every key of another set.
bool mergeSet(Thread& thread, Set* set, Set* other) {
    if (set == other || other->used == 0) return true;
    if ((set->fill + other->used) * 5 >= set->mask * 3 &&
        !setResize(thread, set, (set->used + other->used) * 2)) {
        return false;
    }
    const bool same_shape =
        set->fill == 0 && set->mask == other->mask && other->fill == other->used;
    const bool empty = set->fill == 0;
    Value key;
    int64_t hash = 0;
    for (uint64_t at = 0; setNext(other, &at, &key, &hash);) {
        if (same_shape) {
            set->entries()[at - 1] = {newRef(key), hash};
        } else if (empty) {
            insertClean(set->entries(), set->mask, newRef(key), hash);
        } else if (!setAddHashed(thread, set, key, hash)) {
            return false;
        }
    }
    if (empty) set->fill = set->used = other->used;
    return true;
}

bool mergeDict(Thread& thread, Set* set, Dict* dict) {
    if ((set->fill + dict->used) * 5 >= set->mask * 3 &&
        !setResize(thread, set, (set->used + dict->used) * 2)) {
        return false;
    }
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(dict, &position, &key, &value)) {
        const Ref owned = Ref::borrow(key);
        const auto hash = static_cast<int64_t>(dictHashOfPassed(dict, position, key));
        if (!setAddHashed(thread, set, key, hash)) return false;
    }
    return true;
}

}  // namespace

bool isMutableSet(const Thread& thread, Value value) {
    if (!isAnySet(value)) return false;
    const Type* type = value.asObject()->type;
    while (type != thread.types->set && type != thread.types->frozenset) type = type->base;
    return type == thread.types->set;
}

Set* makeSet(Thread& thread) {
    return makeSetOfType(thread, thread.types->set, Value::null()).as<Set>();
}

Value makeSetOfType(Thread& thread, Type* type, Value iterable) {
    auto* set = allocateObject<Set>(thread, type);
    if (set == nullptr) return Value::null();
    set->mask = Set::kSmallSize - 1;
    set->hash = -1;
    Ref owned(Value::of(set));
    if (!iterable.isNull() && !setUpdate(thread, set, iterable)) return Value::null();
    return owned.release();
}

Value makeFrozenSet(Thread& thread, Value iterable) {
    Type* type = thread.types->frozenset;
    if (!iterable.isNull() && isExactly(iterable, type)) return newRef(iterable);
    return makeSetOfType(thread, type, iterable);
}

bool setResize(Thread& thread, Set* set, uint64_t wanted) {
    uint64_t size = Set::kSmallSize;
    while (size <= wanted) size <<= 1;
    SetEntry* fresh = nullptr;
    SetEntry moved[Set::kSmallSize];
    if (size > Set::kSmallSize) {
        fresh = static_cast<SetEntry*>(allocateRaw(thread, size * sizeof(SetEntry)));
        if (fresh == nullptr) return false;
        std::fill_n(fresh, size, SetEntry{});
    }
    SetEntry* target = fresh != nullptr ? fresh : moved;
    Value key;
    int64_t hash = 0;
    for (uint64_t at = 0; setNext(set, &at, &key, &hash);) {
        insertClean(target, size - 1, key, hash);
    }
    freeRaw(thread, set->table, set->table == nullptr ? 0 : tableBytes(set));
    std::fill_n(set->small, Set::kSmallSize, SetEntry{});
    if (fresh == nullptr) std::copy_n(moved, Set::kSmallSize, set->small);
    set->table = fresh;
    set->mask = size - 1;
    set->fill = set->used;
    return true;
}

bool setNext(Set* set, uint64_t* position, Value* key, int64_t* hash) {
    while (*position <= set->mask) {
        const SetEntry& entry = set->entries()[(*position)++];
        if (!entry.isUsed()) continue;
        *key = entry.key;
        *hash = entry.hash;
        return true;
    }
    return false;
}

bool setAddHashed(Thread& thread, Set* set, Value key, int64_t hash) {
    Ref owned = Ref::borrow(key);
    Place found;
    const Match match = findEntry(thread, set, key, hash, &found);
    if (match != Match::kDiffers) return match == Match::kEqual;
    ++set->used;
    if (found.deleted != nullptr && found.deleted->key.isSentinel()) {
        *found.deleted = {owned.release(), hash};
        return true;
    }
    ++set->fill;
    *found.entry = {owned.release(), hash};
    if (set->fill * 5 < set->mask * 3 || setResize(thread, set, grownSize(set))) return true;
    // A table that could not grow must not fill up: lookups end at unused entries.
    const Ref undone(std::exchange(*found.entry, SetEntry{}).key);
    --set->fill;
    --set->used;
    return false;
}

int setContainsHashed(Thread& thread, Set* set, Value key, int64_t hash) {
    Place found;
    const Match match = findEntry(thread, set, key, hash, &found);
    if (match == Match::kRaised) return -1;
    return match == Match::kEqual ? 1 : 0;
}

int setDiscardHashed(Thread& thread, Set* set, Value key, int64_t hash) {
    Place found;
    const Match match = findEntry(thread, set, key, hash, &found);
    if (match == Match::kRaised) return -1;
    if (match == Match::kDiffers) return 0;
    const Value old = found.entry->key;
    found.entry->key = SetEntry::kDeleted;
    found.entry->hash = -1;
    --set->used;
    decref(old);
    return 1;
}

bool setAdd(Thread& thread, Set* set, Value key) {
    const int64_t hash = hashOf(thread, key);
    return hash != -1 && setAddHashed(thread, set, key, hash);
}

int setContains(Thread& thread, Set* set, Value key) {
    const int64_t hash = hashOf(thread, key);
    return hash == -1 ? -1 : setContainsHashed(thread, set, key, hash);
}

int setDiscard(Thread& thread, Set* set, Value key) {
    const int64_t hash = hashOf(thread, key);
    return hash == -1 ? -1 : setDiscardHashed(thread, set, key, hash);
}

void setClear(Thread& thread, Set* set) {
    SetEntry small[Set::kSmallSize];
    std::copy_n(set->small, Set::kSmallSize, small);
    std::fill_n(set->small, Set::kSmallSize, SetEntry{});
    SetEntry* table = std::exchange(set->table, nullptr);
    const uint64_t size = std::exchange(set->mask, Set::kSmallSize - 1) + 1;
    set->fill = 0;
    set->used = 0;
    set->hash = -1;
    const SetEntry* entries = table != nullptr ? table : small;
    for (uint64_t k = 0; k < size; ++k) {
        if (entries[k].isUsed()) decref(entries[k].key);
    }
    if (table != nullptr) freeRaw(thread, table, size * sizeof(SetEntry));
}

bool setUpdate(Thread& thread, Set* set, Value iterable) {
    if (isAnySet(iterable)) return mergeSet(thread, set, iterable.as<Set>());
    if (isExactly(iterable, thread.types->dict)) {
        return mergeDict(thread, set, iterable.as<Dict>());
    }
    return forEach(thread, iterable, [&](Value key) { return setAdd(thread, set, key); });
}

void setSwap(Set* left, Set* right) {
    std::swap(left->fill, right->fill);
    std::swap(left->used, right->used);
    std::swap(left->mask, right->mask);
    std::swap(left->table, right->table);
    std::swap(left->small, right->small);
    left->hash = -1;
    right->hash = -1;
}

}  // namespace tagproof
