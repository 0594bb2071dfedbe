// The hash table of sets (declared in objmodel/set.h), after CPython 3.11's Objects/setobject.c:
//
//   probe sequence of a hash    i = hash & mask; entries i .. i + 9 when they lie in the table,
//   else
//                               entry i alone; then perturb >>= 5, i = (i * 5 + 1 + perturb) & mask
//   ends at                     an entry never used; removed ones are passed over, never reused
//   grows                       when fill * 5 >= mask * 3, to more than used * 4 entries

#include <algorithm>
#include <bit>
#include <utility>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/set.h"
#include "objmodel/str.h"

namespace tagproof {

namespace {

constexpr uint64_t kLinearProbes = 9;
constexpr int kPerturbShift = 5;
constexpr uint64_t kMaxEntries = uint64_t{1} << 40;

bool isElement(const SetEntry& entry) { return !entry.key.isNull() && entry.key != Set::kDeleted; }

// The places where a hash may be, in order. Never ends by itself: every table has unused entries.
class ProbeSequence {
  public:
    ProbeSequence(int64_t hash, uint64_t mask)
        : mask_(mask), perturb_(static_cast<uint64_t>(hash)), start_(perturb_ & mask) {
        begin();
    }
    [[nodiscard]] uint64_t place() const { return place_; }
    void next() {
        if (place_ < last_) {
            ++place_;
            return;
        }
        perturb_ >>= kPerturbShift;
        start_ = (start_ * 5 + 1 + perturb_) & mask_;
        begin();
    }

  private:
    void begin() {
        place_ = start_;
        last_ = start_ + kLinearProbes <= mask_ ? start_ + kLinearProbes : start_;
    }
    uint64_t mask_;
    uint64_t perturb_;
    uint64_t start_;      // of the run
    uint64_t place_ = 0;  // being looked at
    uint64_t last_ = 0;   // of the run
};

// True when the entry holds `item`; kMoved when guest code changed the table, kFailed when it
// raised.
enum class Match : uint8_t { kNo, kYes, kMoved, kFailed };

Match matchEntry(Thread& thread, const Set* set, uint64_t place, Value item) {
    const SetEntry* const table = set->table;
    const uint64_t mask = set->mask;
    const Value key = table[place].key;
    if (key == item) return Match::kYes;
    const Ref keep = Ref::borrow(key);
    const int equal = compareBool(thread, key, item, CompareOp::kEq);
    if (equal < 0) return Match::kFailed;
    if (set->table != table || set->mask != mask || table[place].key != key) return Match::kMoved;
    return equal != 0 ? Match::kYes : Match::kNo;
}

// The entry of `item`, or the unused one where its search ended; null = exception. The caller keeps
// the set and the item alive.
SetEntry* findEntry(Thread& thread, Set* set, Value item, int64_t hash) {
    ProbeSequence probe(hash, set->mask);
    for (;;) {
        SetEntry& entry = set->table[probe.place()];
        if (entry.key.isNull()) return &entry;
        if (entry.hash == hash) {
            switch (matchEntry(thread, set, probe.place(), item)) {
                case Match::kYes:
                    return &entry;
                case Match::kFailed:
                    return nullptr;
                case Match::kMoved:
                    probe = ProbeSequence(hash, set->mask);
                    continue;
                case Match::kNo:
                    break;
            }
        }
        probe.next();
    }
}

// Stores an entry in a table that has neither its key nor removed entries.
void insertClean(SetEntry* table, uint64_t mask, const SetEntry& entry) {
    ProbeSequence probe(entry.hash, mask);
    while (!table[probe.place()].key.isNull()) probe.next();
    table[probe.place()] = entry;
}

bool isFull(const Set* set, uint64_t more) { return (set->fill + more) * 5 >= set->mask * 3; }

void freeTable(Thread& thread, const Set* set, SetEntry* table, uint64_t mask) {
    if (table != set->small_table) freeRaw(thread, table, (mask + 1) * sizeof(SetEntry));
}

// Room for `count` elements that are probably all new: one resize instead of many. 0 or -1.
int makeRoom(Thread& thread, Set* set, uint64_t count) {
    return isFull(set, count) ? setResize(thread, set, (set->used + count) * 2) : 0;
}

// The stored hash of the key that dictNext has just passed, so that __hash__ is not run again.
int64_t hashOfPassedKey(Dict* dict, size_t position, Value key) {
    if (isSplit(dict)) return strHash(key.as<Str>());
    return static_cast<int64_t>(dict->table->entries()[position - 1].hash);
}

int addKeysOfDict(Thread& thread, Set* set, Dict* dict) {
    if (makeRoom(thread, set, dict->used) < 0) return -1;
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(dict, &position, &key, &value)) {
        const Ref keep = Ref::borrow(key);
        const int64_t hash = hashOfPassedKey(dict, position, key);
        if (setAddHashed(thread, set, key, hash) < 0) return -1;
    }
    return 0;
}

// `set` is empty, without removed entries, and big enough.
void copyElements(Set* set, const Set* other) {
    const bool same_shape = set->mask == other->mask && other->fill == other->used;
    for (uint64_t k = 0; k <= other->mask; ++k) {
        const SetEntry& entry = other->table[k];
        if (!isElement(entry)) continue;
        incref(entry.key);
        if (same_shape) {
            set->table[k] = entry;
        } else {
            insertClean(set->table, set->mask, entry);
        }
    }
    set->fill = other->used;
    set->used = other->used;
}

}  // namespace

int setResize(Thread& thread, Set* set, uint64_t minimum) {
    if (minimum >= kMaxEntries) {
        raiseMemoryError(thread);
        return -1;
    }
    const uint64_t size = std::max<uint64_t>(Set::kSmallSize, std::bit_floor(minimum) * 2);
    SetEntry* old_table = set->table;
    const uint64_t old_mask = set->mask;
    SetEntry small_copy[Set::kSmallSize];
    SetEntry* table = set->small_table;
    if (size != Set::kSmallSize) {
        table = static_cast<SetEntry*>(allocateRaw(thread, size * sizeof(SetEntry)));
        if (table == nullptr) return -1;
    } else if (old_table == table) {
        if (set->fill == set->used) return 0;
        std::copy_n(old_table, Set::kSmallSize, small_copy);
        old_table = small_copy;
    }
    std::fill_n(table, size, SetEntry{});
    for (uint64_t k = 0; k <= old_mask; ++k) {
        if (isElement(old_table[k])) insertClean(table, size - 1, old_table[k]);
    }
    set->table = table;
    set->mask = size - 1;
    set->fill = set->used;
    if (old_table != small_copy) freeTable(thread, set, old_table, old_mask);
    return 0;
}

// --- elements ------------------------------------------------------------------------------------

int setAddHashed(Thread& thread, Set* set, Value item, int64_t hash) {
    Ref owned = Ref::borrow(item);
    SetEntry* const entry = findEntry(thread, set, item, hash);
    if (entry == nullptr) return -1;
    if (!entry->key.isNull()) return 0;
    *entry = {item, hash};
    ++set->fill;
    ++set->used;
    if (isFull(set, 0) && setResize(thread, set, setGrowth(set)) < 0) {
        // A table that could not grow must not fill up: searches end at unused entries.
        *entry = SetEntry{};
        --set->fill;
        --set->used;
        return -1;
    }
    static_cast<void>(owned.release());
    return 1;
}

int setDiscardHashed(Thread& thread, Set* set, Value item, int64_t hash) {
    SetEntry* const entry = findEntry(thread, set, item, hash);
    if (entry == nullptr) return -1;
    if (entry->key.isNull()) return 0;
    const Ref removed(std::exchange(entry->key, Set::kDeleted));
    entry->hash = -1;
    --set->used;
    return 1;
}

int setContainsHashed(Thread& thread, Set* set, Value item, int64_t hash) {
    const SetEntry* const entry = findEntry(thread, set, item, hash);
    if (entry == nullptr) return -1;
    return entry->key.isNull() ? 0 : 1;
}

int setAdd(Thread& thread, Set* set, Value item) {
    const int64_t hash = hashOf(thread, item);
    return hash == -1 ? -1 : setAddHashed(thread, set, item, hash);
}

int setDiscard(Thread& thread, Set* set, Value item) {
    const int64_t hash = hashOf(thread, item);
    return hash == -1 ? -1 : setDiscardHashed(thread, set, item, hash);
}

int setContains(Thread& thread, Set* set, Value item) {
    const int64_t hash = hashOf(thread, item);
    return hash == -1 ? -1 : setContainsHashed(thread, set, item, hash);
}

Value setPop(Set* set) {
    if (set->used == 0) return Value::null();
    uint64_t place = set->finger & set->mask;
    while (!isElement(set->table[place])) place = (place + 1) & set->mask;
    SetEntry& entry = set->table[place];
    entry.hash = -1;
    --set->used;
    set->finger = place + 1;
    return std::exchange(entry.key, Set::kDeleted);
}

// --- whole sets ----------------------------------------------------------------------------------

int setMerge(Thread& thread, Set* set, Set* other) {
    if (other == set || other->used == 0) return 0;
    if (makeRoom(thread, set, other->used) < 0) return -1;
    if (set->fill == 0) {
        copyElements(set, other);
        return 0;
    }
    uint64_t position = 0;
    SetEntry entry;
    while (setNext(other, &position, &entry)) {
        if (setAddHashed(thread, set, entry.key, entry.hash) < 0) return -1;
    }
    return 0;
}

int setUpdate(Thread& thread, Set* set, Value iterable) {
    if (isAnySet(iterable)) return setMerge(thread, set, iterable.as<Set>());
    if (isExactly(iterable, thread.types->dict)) {
        return addKeysOfDict(thread, set, iterable.as<Dict>());
    }
    const bool done =
        forEach(thread, iterable, [&](Value item) { return setAdd(thread, set, item) >= 0; });
    return done ? 0 : -1;
}

void setClear(Thread& thread, Set* set) {
    SetEntry small_copy[Set::kSmallSize];
    SetEntry* table = set->table;
    const uint64_t mask = set->mask;
    if (table == set->small_table) {
        if (set->fill == 0) return;
        std::copy_n(table, Set::kSmallSize, small_copy);
        table = small_copy;
    }
    std::fill_n(set->small_table, Set::kSmallSize, SetEntry{});
    set->table = set->small_table;
    set->mask = Set::kSmallSize - 1;
    set->fill = 0;
    set->used = 0;
    for (uint64_t k = 0; k <= mask; ++k) {
        if (isElement(table[k])) decref(table[k].key);
    }
    if (table != small_copy) freeTable(thread, set, table, mask);
}

bool setNext(const Set* set, uint64_t* position, SetEntry* entry) {
    while (*position <= set->mask) {
        *entry = set->table[(*position)++];
        if (isElement(*entry)) return true;
    }
    return false;
}

}  // namespace tagproof
