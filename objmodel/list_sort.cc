// list.sort(): a stable merge sort that uses the runs it finds (as Timsort does), with powersort's
// choice of merges, but without galloping. J. I. Munro and S. Wild, "Nearly-Optimal Mergesorts".
//
// The list is emptied while guest code compares; whoever changes it meanwhile gets ValueError.

#include <algorithm>
#include <bit>
#include <vector>

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"

namespace tagproof {

namespace {

struct Pair {
    Value key;   // what is compared
    Value item;  // what is sorted
};

using LessFunction = int (*)(Thread&, Value, Value);  // 1, 0, -1 = exception

int lessFixnum(Thread&, Value left, Value right) {
    return left.asFixnum() < right.asFixnum() ? 1 : 0;
}
int lessFloat(Thread&, Value left, Value right) {
    return left.asImmediateDouble() < right.asImmediateDouble() ? 1 : 0;
}
int lessStr(Thread&, Value left, Value right) {
    return compareStr(left.as<Str>(), right.as<Str>()) < 0 ? 1 : 0;
}
int lessAny(Thread& thread, Value left, Value right) {
    Ref result(richCompare(thread, left, right, CompareOp::kLt));
    return result ? isTrue(thread, result.get()) : -1;
}

// The cheapest comparison that is right for all the keys.
LessFunction chooseLess(const Thread& thread, const std::vector<Pair>& pairs) {
    const auto all = [&](auto test) {
        return std::all_of(pairs.begin(), pairs.end(), [&](const Pair& p) { return test(p.key); });
    };
    if (all([](Value key) { return key.isFixnum(); })) return lessFixnum;
    if (all([](Value key) { return key.isImmediateDouble(); })) return lessFloat;
    if (all([&](Value key) { return isExactStr(thread, key); })) return lessStr;
    return lessAny;
}

class Sorter {
  public:
    Sorter(Thread& thread, std::vector<Pair>& pairs)
        : thread_(thread), pairs_(pairs), less_(chooseLess(thread, pairs)) {}

    // False with an exception pending; `pairs` then still holds every item once.
    bool sort();

  private:
    struct Run {
        size_t begin;
        size_t end;
        int power;  // depth of the boundary to the run before in a perfect merge tree
    };

    int less(const Pair& a, const Pair& b) { return less_(thread_, a.key, b.key); }
    bool findRun(size_t begin, size_t* end);
    bool insertSorted(size_t begin, size_t sorted, size_t end);
    bool mergeTop();
    bool merge(size_t begin, size_t middle, size_t end);
    [[nodiscard]] int boundaryPower(const Run& left, const Run& right) const;

    Thread& thread_;
    std::vector<Pair>& pairs_;
    LessFunction less_;
    std::vector<Run> runs_;      // waiting to be merged, powers increasing
    std::vector<Pair> scratch_;  // left half of a merge
};

// The longest run from `begin`, reversed when strictly descending; short ones are extended by
// binary insertion.
bool Sorter::findRun(size_t begin, size_t* end) {
    constexpr size_t kMinRun = 32;
    size_t at = begin + 1;
    if (at < pairs_.size()) {
        const int descending = less(pairs_[at], pairs_[begin]);
        if (descending < 0) return false;
        for (++at; at < pairs_.size(); ++at) {
            const int below = less(pairs_[at], pairs_[at - 1]);
            if (below < 0) return false;
            if (below != descending) break;
        }
        if (descending != 0) {
            std::reverse(pairs_.begin() + static_cast<ptrdiff_t>(begin),
                         pairs_.begin() + static_cast<ptrdiff_t>(at));
        }
    }
    *end = std::max(at, std::min(begin + kMinRun, pairs_.size()));
    return insertSorted(begin, at, *end);
}

// Sorts [begin, end) of which [begin, sorted) is sorted already.
bool Sorter::insertSorted(size_t begin, size_t sorted, size_t end) {
    for (; sorted < end; ++sorted) {
        const Pair pivot = pairs_[sorted];
        size_t low = begin;
        size_t high = sorted;
        while (low < high) {
            const size_t middle = low + (high - low) / 2;
            const int below = less(pivot, pairs_[middle]);
            if (below < 0) return false;
            if (below != 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        std::move_backward(pairs_.begin() + static_cast<ptrdiff_t>(low),
                           pairs_.begin() + static_cast<ptrdiff_t>(sorted),
                           pairs_.begin() + static_cast<ptrdiff_t>(sorted) + 1);
        pairs_[low] = pivot;
    }
    return true;
}

int Sorter::boundaryPower(const Run& left, const Run& right) const {
    const auto size = static_cast<double>(pairs_.size());
    double a = static_cast<double>(left.begin + left.end) / 2 / size;
    double b = static_cast<double>(right.begin + right.end) / 2 / size;
    int power = 0;
    for (int k = 0; k < 60; ++k) {
        ++power;
        a *= 2;
        b *= 2;
        const bool a_high = a >= 1;
        const bool b_high = b >= 1;
        if (a_high != b_high) break;
        if (a_high) {
            a -= 1;
            b -= 1;
        }
    }
    return power;
}

bool Sorter::mergeTop() {
    const Run right = runs_.back();
    runs_.pop_back();
    Run& left = runs_.back();
    const size_t middle = left.end;
    left.end = right.end;
    return merge(left.begin, middle, right.end);
}

bool Sorter::merge(size_t begin, size_t middle, size_t end) {
    scratch_.assign(pairs_.begin() + static_cast<ptrdiff_t>(begin),
                    pairs_.begin() + static_cast<ptrdiff_t>(middle));
    size_t left = 0;
    size_t right = middle;
    size_t to = begin;
    bool good = true;
    while (left < scratch_.size() && right < end) {
        const int below = less(pairs_[right], scratch_[left]);
        good = below >= 0;
        if (!good) break;
        pairs_[to++] = below != 0 ? pairs_[right++] : scratch_[left++];
    }
    std::copy(scratch_.begin() + static_cast<ptrdiff_t>(left), scratch_.end(),
              pairs_.begin() + static_cast<ptrdiff_t>(to));
    return good;
}

bool Sorter::sort() {
    for (size_t begin = 0; begin < pairs_.size();) {
        Run run{begin, begin, 0};
        if (!findRun(begin, &run.end)) return false;
        if (!runs_.empty()) {
            run.power = boundaryPower(runs_.back(), run);
            while (runs_.size() > 1 && runs_.back().power > run.power) {
                if (!mergeTop()) return false;
            }
        }
        runs_.push_back(run);
        begin = run.end;
    }
    while (runs_.size() > 1) {
        if (!mergeTop()) return false;
    }
    return true;
}

// Keys of all items; false with an exception pending and no key owned.
bool makeKeys(Thread& thread, Value key, std::vector<Pair>* pairs) {
    for (size_t k = 0; k < pairs->size(); ++k) {
        (*pairs)[k].key = call(thread, key, &(*pairs)[k].item, 1);
        if ((*pairs)[k].key.isNull()) {
            for (size_t done = 0; done < k; ++done) decref((*pairs)[done].key);
            return false;
        }
    }
    return true;
}

bool sortPairs(Thread& thread, std::vector<Pair>* pairs, Value key, bool reverse) {
    const bool has_key = !key.isNull() && key != thread.singletons->none;
    if (has_key) {
        if (!makeKeys(thread, key, pairs)) return false;
    } else {
        for (Pair& pair : *pairs) pair.key = pair.item;
    }
    if (reverse) std::reverse(pairs->begin(), pairs->end());
    const bool good = pairs->size() < 2 || Sorter(thread, *pairs).sort();
    if (reverse) std::reverse(pairs->begin(), pairs->end());
    if (has_key) {
        for (const Pair& pair : *pairs) decref(pair.key);
    }
    return good;
}

}  // namespace

bool listSort(Thread& thread, List* list, Value key, bool reverse) {
    Value* items = std::exchange(list->items, nullptr);
    const uint64_t size = std::exchange(list->size, 0);
    const uint64_t capacity = std::exchange(list->capacity, 0);
    std::vector<Pair> pairs(size);
    for (uint64_t k = 0; k < size; ++k) pairs[k].item = items[k];
    bool good = sortPairs(thread, &pairs, key, reverse);
    for (uint64_t k = 0; k < size; ++k) items[k] = pairs[k].item;
    const bool modified = list->items != nullptr;
    std::swap(list->items, items);
    List intruder;  // what was put into the list meanwhile
    intruder.items = items;
    intruder.size = std::exchange(list->size, size);
    intruder.capacity = std::exchange(list->capacity, capacity);
    listClear(thread, &intruder);
    if (good && modified) {
        raise(thread, ExceptionKind::kValueError, "list modified during sort");
        good = false;
    }
    return good;
}

}  // namespace tagproof
