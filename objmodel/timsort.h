#pragma once
// Tim Peters's stable merge sort, with the comparisons of CPython 3.11 in their order: programs
// whose comparisons print, fail or change something see the same. The algorithm is described in
// CPython's Objects/listsort.txt; which runs are merged when is powersort's choice (J. I. Munro and
// S. Wild, "Nearly-Optimal Mergesorts").

#include <cstddef>
#include <span>
#include <vector>

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

struct SortPair {
    Value key;   // what is compared
    Value item;  // what is sorted
};

// Is left < right? 1, 0, or -1 with an exception pending.
using LessFunction = int (*)(Thread&, Value left, Value right);

class Timsort {
  public:
    Timsort(Thread& thread, std::span<SortPair> pairs, LessFunction compare)
        : thread_(thread), pairs_(pairs), less_(compare) {}

    // False with an exception pending; the pairs are then in some order, each still there once.
    [[nodiscard]] bool sort();

  private:
    struct Run {
        size_t begin;
        size_t size;
        int power;  // depth of the boundary to the next run in a perfect merge tree
    };
    struct LowMerge;
    struct HighMerge;

    static constexpr size_t kMinGallop = 7;

    int less(const SortPair& a, const SortPair& b) { return less_(thread_, a.key, b.key); }

    [[nodiscard]] bool findRun(size_t begin, size_t min_run, Run* run);
    [[nodiscard]] bool countRun(size_t begin, size_t* size);
    [[nodiscard]] bool insertSorted(size_t begin, size_t sorted, size_t end);
    [[nodiscard]] int boundaryPower(const Run& left, size_t right_size) const;
    [[nodiscard]] bool collapse(size_t new_size);
    [[nodiscard]] bool collapseAll();
    [[nodiscard]] bool mergeAt(size_t index);
    [[nodiscard]] bool mergeLow(size_t begin, size_t left, size_t right);
    [[nodiscard]] bool mergeHigh(size_t begin, size_t left, size_t right);
    [[nodiscard]] bool run(LowMerge& merge);
    [[nodiscard]] bool run(HighMerge& merge);
    [[nodiscard]] bool takeInTurns(LowMerge& merge, size_t* left_wins, size_t* right_wins);
    [[nodiscard]] bool takeInTurns(HighMerge& merge, size_t* left_wins, size_t* right_wins);
    [[nodiscard]] bool gallop(LowMerge& merge, size_t* left_wins, size_t* right_wins);
    [[nodiscard]] bool gallop(HighMerge& merge, size_t* left_wins, size_t* right_wins);

    // How many of the sorted `pairs` stand before `key`: those below it (Left), or those not above
    // it (Right). Looks near `hint` first. -1: a comparison failed.
    [[nodiscard]] ptrdiff_t gallopLeft(const SortPair& key,
                                       std::span<const SortPair> pairs,
                                       size_t hint);
    [[nodiscard]] ptrdiff_t gallopRight(const SortPair& key,
                                        std::span<const SortPair> pairs,
                                        size_t hint);

    Thread& thread_;
    std::span<SortPair> pairs_;
    LessFunction less_;
    std::vector<Run> runs_;          // waiting to be merged
    std::vector<SortPair> scratch_;  // the smaller side of a merge
    size_t min_gallop_ = kMinGallop;
};

}  // namespace tagproof
