// Intersection, difference and their kin. Which operand is walked follows CPython 3.11, because the
// order of the result's items depends on it.

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/set.h"

namespace tagproof {

namespace {

// set or frozenset: the type of results made from `set`.
Type* baseType(Thread& thread, Set* set) {
    return isMutableSet(thread, Value::of(set)) ? thread.types->set : thread.types->frozenset;
}

Value makeLike(Thread& thread, Set* set, Value iterable) {
    return makeSetOfType(thread, baseType(thread, set), iterable);
}

// visit(key, hash) for each key; false as soon as it is, or on an exception.
template <typename Visit>
bool forEachKey(Set* set, Visit visit) {
    Value key;
    int64_t hash = 0;
    for (uint64_t at = 0; setNext(set, &at, &key, &hash);) {
        Ref owned = Ref::borrow(key);
        if (!visit(key, hash)) return false;
    }
    return true;
}

Value copyAndSubtract(Thread& thread, Set* set, Value other) {
    Ref result(setCopy(thread, set));
    if (!result || !setDifferenceUpdate(thread, result.as<Set>(), other)) return Value::null();
    return result.release();
}

// Removes a key that is there, adds one that is not.
bool toggleKey(Thread& thread, Set* set, Value key, int64_t hash) {
    const int removed = setDiscardHashed(thread, set, key, hash);
    return removed > 0 || (removed == 0 && setAddHashed(thread, set, key, hash));
}

bool toggleKeysOfDict(Thread& thread, Set* set, Dict* dict) {
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(dict, &position, &key, &value)) {
        const Ref owned = Ref::borrow(key);
        const int64_t hash = hashOf(thread, key);
        if (hash == -1 || !toggleKey(thread, set, key, hash)) return false;
    }
    return true;
}

}  // namespace

Value setCopy(Thread& thread, Set* set) { return makeLike(thread, set, Value::of(set)); }

Value setIntersection(Thread& thread, Set* set, Value other) {
    if (Value::of(set) == other) return setCopy(thread, set);
    Ref result(makeLike(thread, set, Value::null()));
    if (!result) return Value::null();
    auto* into = result.as<Set>();
    bool good = false;
    if (isAnySet(other)) {
        auto* walked = other.as<Set>();
        Set* asked = set;
        if (walked->used > asked->used) std::swap(walked, asked);
        good = forEachKey(walked, [&](Value key, int64_t hash) {
            const int present = setContainsHashed(thread, asked, key, hash);
            return present == 0 || (present > 0 && setAddHashed(thread, into, key, hash));
        });
    } else {
        good = forEach(thread, other, [&](Value key) {
            const int64_t hash = hashOf(thread, key);
            if (hash == -1) return false;
            const int present = setContainsHashed(thread, set, key, hash);
            return present == 0 || (present > 0 && setAddHashed(thread, into, key, hash));
        });
    }
    return good ? result.release() : Value::null();
}

Value setDifference(Thread& thread, Set* set, Value other) {
    const bool dict = isExactly(other, thread.types->dict);
    if (!isAnySet(other) && !dict) return copyAndSubtract(thread, set, other);
    const uint64_t other_size = dict ? other.as<Dict>()->used : other.as<Set>()->used;
    if (set->used >> 2 > other_size) return copyAndSubtract(thread, set, other);
    Ref result(makeLike(thread, set, Value::null()));
    if (!result) return Value::null();
    const bool good = forEachKey(set, [&](Value key, int64_t hash) {
        const int present = dict ? dictContains(thread, other.as<Dict>(), key)
                                 : setContainsHashed(thread, other.as<Set>(), key, hash);
        return present > 0 || (present == 0 && setAddHashed(thread, result.as<Set>(), key, hash));
    });
    return good ? result.release() : Value::null();
}

bool setDifferenceUpdate(Thread& thread, Set* set, Value other) {
    if (Value::of(set) == other) {
        setClear(thread, set);
        return true;
    }
    bool good = false;
    if (isAnySet(other)) {
        Ref walked = Ref::borrow(other);
        if (other.as<Set>()->used >> 3 > set->used) {
            walked = Ref(setIntersection(thread, set, other));
            if (!walked) return false;
        }
        good = forEachKey(walked.as<Set>(), [&](Value key, int64_t hash) {
            return setDiscardHashed(thread, set, key, hash) >= 0;
        });
    } else {
        good = forEach(thread, other, [&](Value key) { return setDiscard(thread, set, key) >= 0; });
    }
    if (!good) return false;
    if (set->fill - set->used <= set->mask / 4) return true;
    return setResize(thread, set, set->used > 50000 ? set->used * 2 : set->used * 4);
}

bool setSymmetricDifferenceUpdate(Thread& thread, Set* set, Value other) {
    if (Value::of(set) == other) {
        setClear(thread, set);
        return true;
    }
    if (isExactly(other, thread.types->dict)) {
        return toggleKeysOfDict(thread, set, other.as<Dict>());
    }
    Ref walked = isAnySet(other) ? Ref::borrow(other) : Ref(makeLike(thread, set, other));
    if (!walked) return false;
    return forEachKey(walked.as<Set>(),
                      [&](Value key, int64_t hash) { return toggleKey(thread, set, key, hash); });
}

Value setSymmetricDifference(Thread& thread, Set* set, Value other) {
    Ref result(makeLike(thread, set, other));
    if (!result) return Value::null();
    if (!setSymmetricDifferenceUpdate(thread, result.as<Set>(), Value::of(set))) {
        return Value::null();
    }
    return result.release();
}

int setIsSubset(Thread& thread, Set* set, Value other) {
    if (!isAnySet(other)) {
        Ref common(setIntersection(thread, set, other));
        return common ? common.as<Set>()->used == set->used : -1;
    }
    if (set->used > other.as<Set>()->used) return 0;
    const bool all = forEachKey(set, [&](Value key, int64_t hash) {
        return setContainsHashed(thread, other.as<Set>(), key, hash) > 0;
    });
    return hasPending(thread) ? -1 : (all ? 1 : 0);
}

int setIsSuperset(Thread& thread, Set* set, Value other) {
    if (isAnySet(other)) return setIsSubset(thread, other.as<Set>(), Value::of(set));
    const bool all =
        forEach(thread, other, [&](Value key) { return setContains(thread, set, key) > 0; });
    return hasPending(thread) ? -1 : (all ? 1 : 0);
}

int setIsDisjoint(Thread& thread, Set* set, Value other) {
    if (Value::of(set) == other) return set->used == 0 ? 1 : 0;
    bool none = false;
    if (isExactly(other, thread.types->set) || isExactly(other, thread.types->frozenset)) {
        auto* walked = other.as<Set>();
        Set* asked = set;
        if (walked->used > asked->used) std::swap(walked, asked);
        none = forEachKey(walked, [&](Value key, int64_t hash) {
            return setContainsHashed(thread, asked, key, hash) == 0;
        });
    } else {
        none =
            forEach(thread, other, [&](Value key) { return setContains(thread, set, key) == 0; });
    }
    return hasPending(thread) ? -1 : (none ? 1 : 0);
}

}  // namespace tagproof
