// Set algebra (declared in objmodel/set_operations.h). Which operand is walked, and when tables are
// rebuilt, is CPython 3.11's choice: it decides the order of the result.

#include "objmodel/set_operations.h"

#include <algorithm>
#include <utility>

#include "objmodel/dict.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

// Calls visit(entry) for each element until it gives false; the key is kept alive meanwhile. False
// when visit gave false.
template <typename Visit>
bool forEachElement(const Set* set, Visit visit) {
    uint64_t position = 0;
    SetEntry entry;
    while (setNext(set, &position, &entry)) {
        const Ref keep = Ref::borrow(entry.key);
        if (!visit(entry)) return false;
    }
    return true;
}

// Adds the entries of `walked` that are in `other`, or those that are not. 0 or -1.
int addSelected(Thread& thread, Set* result, const Set* walked, Set* other, bool wanted) {
    const bool done = forEachElement(walked, [&](const SetEntry& entry) {
        const int present = setContainsHashed(thread, other, entry.key, entry.hash);
        if (present < 0) return false;
        if ((present != 0) != wanted) return true;
        return setAddHashed(thread, result, entry.key, entry.hash) >= 0;
    });
    return done ? 0 : -1;
}

int addIntersectionWithItems(Thread& thread, Set* result, Set* set, Value iterable) {
    const bool done = forEach(thread, iterable, [&](Value item) {
        const int64_t hash = hashOf(thread, item);
        if (hash == -1) return false;
        const int present = setContainsHashed(thread, set, item, hash);
        if (present <= 0) return present == 0;
        return setAddHashed(thread, result, item, hash) >= 0;
    });
    return done ? 0 : -1;
}

int addDifferenceWithDict(Thread& thread, Set* result, const Set* set, Dict* dict) {
    const bool done = forEachElement(set, [&](const SetEntry& entry) {
        const int present = dictContains(thread, dict, entry.key);
        if (present != 0) return present > 0;
        return setAddHashed(thread, result, entry.key, entry.hash) >= 0;
    });
    return done ? 0 : -1;
}

// Removes what is there of the elements of `other`, adds the rest. 0 or -1.
int toggleElements(Thread& thread, Set* set, const Set* other) {
    const bool done = forEachElement(other, [&](const SetEntry& entry) {
        const int removed = setDiscardHashed(thread, set, entry.key, entry.hash);
        if (removed != 0) return removed > 0;
        return setAddHashed(thread, set, entry.key, entry.hash) >= 0;
    });
    return done ? 0 : -1;
}

// The same with the keys of a dict.
int toggleKeys(Thread& thread, Set* set, Dict* dict) {
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(dict, &position, &key, &value)) {
        const Ref keep = Ref::borrow(key);
        const int64_t hash = hashOf(thread, key);
        const int removed = hash == -1 ? -1 : setDiscardHashed(thread, set, key, hash);
        if (removed < 0) return -1;
        if (removed == 0 && setAddHashed(thread, set, key, hash) < 0) return -1;
    }
    return 0;
}

int discardElements(Thread& thread, Set* set, const Set* other) {
    const bool done = forEachElement(other, [&](const SetEntry& entry) {
        return setDiscardHashed(thread, set, entry.key, entry.hash) >= 0;
    });
    return done ? 0 : -1;
}

// `set` minus a set that is more than 8 times as big: only common elements are looked for.
int discardFromBig(Thread& thread, Set* set, Value other) {
    const Ref common(Value::of(setIntersection(thread, set, other)));
    return common ? discardElements(thread, set, common.as<Set>()) : -1;
}

// Rebuilds the table when more than a quarter of it are removed entries. 0 or -1.
int purgeRemoved(Thread& thread, Set* set) {
    if (set->fill - set->used <= set->mask / 4) return 0;
    return setResize(thread, set, setGrowth(set));
}

Set* copyAndDiscard(Thread& thread, Set* set, Value other) {
    Ref result(Value::of(setCopy(thread, set)));
    if (!result || setDifferenceUpdate(thread, result.as<Set>(), other) < 0) return nullptr;
    return result.release().as<Set>();
}

Set* makePlain(Thread& thread, const Set* set, Value iterable) {
    Ref result(Value::of(allocateSet(thread, plainSetType(thread, set))));
    if (!result || setUpdate(thread, result.as<Set>(), iterable) < 0) return nullptr;
    return result.release().as<Set>();
}

}  // namespace

Type* plainSetType(const Thread& thread, const Set* set) {
    const CoreTypes& types = *thread.types;
    return isSubtype(set->head.type, types.set) ? types.set : types.frozenset;
}

Set* setCopy(Thread& thread, Set* set) { return makePlain(thread, set, Value::of(set)); }

Set* setUnion(Thread& thread, Set* set, Value other) {
    Ref result(Value::of(setCopy(thread, set)));
    if (!result || setUpdate(thread, result.as<Set>(), other) < 0) return nullptr;
    return result.release().as<Set>();
}

Set* setIntersection(Thread& thread, Set* set, Value other) {
    if (Value::of(set) == other) return setCopy(thread, set);
    Ref result(Value::of(allocateSet(thread, plainSetType(thread, set))));
    if (!result) return nullptr;
    int added = 0;
    if (isAnySet(other)) {
        Set* walked = other.as<Set>();
        if (walked->used > set->used) std::swap(walked, set);
        added = addSelected(thread, result.as<Set>(), walked, set, true);
    } else {
        added = addIntersectionWithItems(thread, result.as<Set>(), set, other);
    }
    return added < 0 ? nullptr : result.release().as<Set>();
}

Set* setDifference(Thread& thread, Set* set, Value other) {
    const bool dict = isExactly(other, thread.types->dict);
    if (!dict && !isAnySet(other)) return copyAndDiscard(thread, set, other);
    const uint64_t other_size = dict ? other.as<Dict>()->used : other.as<Set>()->used;
    if ((set->used >> 2) > other_size) return copyAndDiscard(thread, set, other);
    Ref result(Value::of(allocateSet(thread, plainSetType(thread, set))));
    if (!result) return nullptr;
    const int added = dict ? addDifferenceWithDict(thread, result.as<Set>(), set, other.as<Dict>())
                           : addSelected(thread, result.as<Set>(), set, other.as<Set>(), false);
    return added < 0 ? nullptr : result.release().as<Set>();
}

Set* setSymmetricDifference(Thread& thread, Set* set, Value other) {
    Ref result(Value::of(makePlain(thread, set, other)));
    if (!result || setSymmetricDifferenceUpdate(thread, result.as<Set>(), Value::of(set)) < 0) {
        return nullptr;
    }
    return result.release().as<Set>();
}

// --- in place ------------------------------------------------------------------------------------

void setSwap(Set* left, Set* right) {
    const bool left_small = left->table == left->small_table;
    const bool right_small = right->table == right->small_table;
    std::swap(left->fill, right->fill);
    std::swap(left->used, right->used);
    std::swap(left->mask, right->mask);
    std::swap(left->table, right->table);
    std::swap_ranges(left->small_table, left->small_table + Set::kSmallSize, right->small_table);
    if (right_small) left->table = left->small_table;
    if (left_small) right->table = right->small_table;
}

int setIntersectionUpdate(Thread& thread, Set* set, Value other) {
    const Ref result(Value::of(setIntersection(thread, set, other)));
    if (!result) return -1;
    setSwap(set, result.as<Set>());
    return 0;
}

int setDifferenceUpdate(Thread& thread, Set* set, Value other) {
    if (Value::of(set) == other) {
        setClear(thread, set);
        return 0;
    }
    int done = 0;
    if (isAnySet(other)) {
        done = (other.as<Set>()->used >> 3) > set->used
                   ? discardFromBig(thread, set, other)
                   : discardElements(thread, set, other.as<Set>());
    } else if (!forEach(thread, other,
                        [&](Value item) { return setDiscard(thread, set, item) >= 0; })) {
        done = -1;
    }
    return done < 0 ? -1 : purgeRemoved(thread, set);
}

int setSymmetricDifferenceUpdate(Thread& thread, Set* set, Value other) {
    if (Value::of(set) == other) {
        setClear(thread, set);
        return 0;
    }
    if (isExactly(other, thread.types->dict)) return toggleKeys(thread, set, other.as<Dict>());
    if (isAnySet(other)) return toggleElements(thread, set, other.as<Set>());
    const Ref others(Value::of(makePlain(thread, set, other)));
    return others ? toggleElements(thread, set, others.as<Set>()) : -1;
}

// --- tests ---------------------------------------------------------------------------------------

int setIsSubset(Thread& thread, Set* set, Value other) {
    if (!isAnySet(other)) {
        const Ref common(Value::of(setIntersection(thread, set, other)));
        if (!common) return -1;
        return common.as<Set>()->used == set->used ? 1 : 0;
    }
    if (set->used > other.as<Set>()->used) return 0;
    int present = 1;
    forEachElement(set, [&](const SetEntry& entry) {
        present = setContainsHashed(thread, other.as<Set>(), entry.key, entry.hash);
        return present > 0;
    });
    return present;
}

int setIsSuperset(Thread& thread, Set* set, Value other) {
    if (isAnySet(other)) return setIsSubset(thread, other.as<Set>(), Value::of(set));
    int present = 1;
    const bool all = forEach(thread, other, [&](Value item) {
        present = setContains(thread, set, item);
        return present > 0;
    });
    if (hasPending(thread)) return -1;
    return all ? 1 : present;
}

int setIsDisjoint(Thread& thread, Set* set, Value other) {
    if (Value::of(set) == other) return set->used == 0 ? 1 : 0;
    int present = 0;
    if (isExactly(other, thread.types->set) || isExactly(other, thread.types->frozenset)) {
        Set* walked = other.as<Set>();
        if (walked->used > set->used) std::swap(walked, set);
        forEachElement(walked, [&](const SetEntry& entry) {
            present = setContainsHashed(thread, set, entry.key, entry.hash);
            return present == 0;
        });
        return present < 0 ? -1 : 1 - present;
    }
    const bool none = forEach(thread, other, [&](Value item) {
        present = setContains(thread, set, item);
        return present == 0;
    });
    if (hasPending(thread)) return -1;
    return none ? 1 : 0;
}

}  // namespace tagproof
