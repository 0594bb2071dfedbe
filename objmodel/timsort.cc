#include "objmodel/timsort.h"

#include <algorithm>

namespace tagproof {

namespace {

// Runs have at least so many pairs: 32 to 64, such that size / run is a power of 2 or little less.
size_t minimumRun(size_t size) {
    size_t rest = 0;
    while (size >= 64) {
        rest |= size & 1;
        size >>= 1;
    }
    return size + rest;
}

// The first of `size` indices for which `before` (1, 0, or -1 = failed) no longer holds, looked for
// in steps that double, away from `hint`.
template <typename Before>
ptrdiff_t gallopFrom(size_t size, size_t hint, Before before) {
    size_t last = 0;
    size_t step = 1;
    const int starts = before(hint);
    if (starts < 0) return -1;
    const size_t most = starts != 0 ? size - hint : hint + 1;
    while (step < most) {
        const int holds = before(starts != 0 ? hint + step : hint - step);
        if (holds < 0) return -1;
        if (holds != starts) break;
        last = step;
        step = 2 * step + 1;
    }
    step = std::min(step, most);
    // Between low (where it holds, or before the first) and high (where it does not).
    size_t low = starts != 0 ? hint + last + 1 : hint + 1 - step;
    size_t high = starts != 0 ? hint + step : hint - last;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int holds = before(middle);
        if (holds < 0) return -1;
        if (holds != 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return static_cast<ptrdiff_t>(high);
}

}  // namespace

// --- runs ----------------------------------------------------------------------------------------

// The longest run from `begin`: not descending, or strictly descending and then reversed.
bool Timsort::countRun(size_t begin, size_t* size) {
    size_t at = begin + 1;
    if (at < pairs_.size()) {
        const int descending = less(pairs_[at], pairs_[begin]);
        if (descending < 0) return false;
        for (++at; at < pairs_.size(); ++at) {
            const int below = less(pairs_[at], pairs_[at - 1]);
            if (below < 0) return false;
            if (below != descending) break;
        }
        if (descending != 0) std::ranges::reverse(pairs_.subspan(begin, at - begin));
    }
    *size = at - begin;
    return true;
}

bool Timsort::findRun(size_t begin, size_t min_run, Run* run) {
    size_t size = 0;
    if (!countRun(begin, &size)) return false;
    const size_t wanted = std::max(size, std::min(min_run, pairs_.size() - begin));
    *run = Run{begin, wanted, 0};
    return size == wanted || insertSorted(begin, begin + size, begin + wanted);
}

// Sorts [begin, end) of which [begin, sorted) is sorted already, by binary insertion.
bool Timsort::insertSorted(size_t begin, size_t sorted, size_t end) {
    for (; sorted < end; ++sorted) {
        const SortPair pivot = pairs_[sorted];
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
        const auto at = [this](size_t k) { return pairs_.begin() + static_cast<ptrdiff_t>(k); };
        std::move_backward(at(low), at(sorted), at(sorted) + 1);
        pairs_[low] = pivot;
    }
    return true;
}

// --- which runs are merged -----------------------------------------------------------------------

// The first bit in which the middles of both runs, as fractions of the whole, differ.
int Timsort::boundaryPower(const Run& left, size_t right_size) const {
    size_t a = 2 * left.begin + left.size;
    size_t b = a + left.size + right_size;
    for (int power = 1;; ++power) {
        if (a >= pairs_.size()) {
            a -= pairs_.size();
            b -= pairs_.size();
        } else if (b >= pairs_.size()) {
            return power;
        }
        a *= 2;
        b *= 2;
    }
}

// Merges what a new run of that size behind the others calls for.
bool Timsort::collapse(size_t new_size) {
    if (runs_.empty()) return true;
    const int power = boundaryPower(runs_.back(), new_size);
    while (runs_.size() > 1 && runs_[runs_.size() - 2].power > power) {
        if (!mergeAt(runs_.size() - 2)) return false;
    }
    runs_.back().power = power;
    return true;
}

bool Timsort::collapseAll() {
    while (runs_.size() > 1) {
        size_t index = runs_.size() - 2;
        if (index > 0 && runs_[index - 1].size < runs_[index + 1].size) --index;
        if (!mergeAt(index)) return false;
    }
    return true;
}

// Merges a run with the next: what is in place already at both ends stays.
bool Timsort::mergeAt(size_t index) {
    Run left = runs_[index];
    const Run right = runs_[index + 1];
    runs_[index].size += right.size;
    runs_.erase(runs_.begin() + static_cast<ptrdiff_t>(index) + 1);

    const ptrdiff_t skipped =
        gallopRight(pairs_[right.begin], pairs_.subspan(left.begin, left.size), 0);
    if (skipped < 0) return false;
    left.begin += static_cast<size_t>(skipped);
    left.size -= static_cast<size_t>(skipped);
    if (left.size == 0) return true;
    const ptrdiff_t kept = gallopLeft(pairs_[right.begin - 1],
                                      pairs_.subspan(right.begin, right.size), right.size - 1);
    if (kept <= 0) return kept == 0;
    const auto right_size = static_cast<size_t>(kept);
    return left.size <= right_size ? mergeLow(left.begin, left.size, right_size)
                                   : mergeHigh(left.begin, left.size, right_size);
}

ptrdiff_t Timsort::gallopLeft(const SortPair& key, std::span<const SortPair> pairs, size_t hint) {
    return gallopFrom(pairs.size(), hint, [&](size_t k) { return less(pairs[k], key); });
}

ptrdiff_t Timsort::gallopRight(const SortPair& key, std::span<const SortPair> pairs, size_t hint) {
    return gallopFrom(pairs.size(), hint, [&](size_t k) {
        const int above = less(key, pairs[k]);
        return above < 0 ? -1 : 1 - above;
    });
}

// --- merging from the front: the left run is in the scratch --------------------------------------

struct Timsort::LowMerge {
    SortPair* to;
    std::span<SortPair> left;   // what remains of it
    std::span<SortPair> right;  // what remains of it, behind `to`

    void takeLeft(size_t count) {
        to = std::copy_n(left.begin(), count, to);
        left = left.subspan(count);
    }
    void takeRight(size_t count) {
        to = std::copy(right.begin(), right.begin() + static_cast<ptrdiff_t>(count), to);
        right = right.subspan(count);
    }
    void takeLeft() {
        *to++ = left.front();
        left = left.subspan(1);
    }
    void takeRight() {
        *to++ = right.front();
        right = right.subspan(1);
    }
    // The last of the left run is known to belong behind all of the right one.
    [[nodiscard]] bool ended() const { return right.empty() || left.size() <= 1; }
};

bool Timsort::mergeLow(size_t begin, size_t left, size_t right) {
    const auto at = pairs_.begin() + static_cast<ptrdiff_t>(begin);
    scratch_.assign(at, at + static_cast<ptrdiff_t>(left));
    LowMerge merge{&*at, scratch_, pairs_.subspan(begin + left, right)};
    merge.takeRight();
    const bool good = merge.ended() || run(merge);
    if (good && merge.left.size() == 1) merge.takeRight(merge.right.size());
    merge.takeLeft(merge.left.size());
    return good;
}

// Pair by pair, until one side has won so often that galloping may pay.
bool Timsort::takeInTurns(LowMerge& merge, size_t* left_wins, size_t* right_wins) {
    *left_wins = *right_wins = 0;
    while (*left_wins < min_gallop_ && *right_wins < min_gallop_ && !merge.ended()) {
        const int below = less(merge.right[0], merge.left[0]);
        if (below < 0) return false;
        if (below != 0) {
            merge.takeRight();
            ++*right_wins;
            *left_wins = 0;
        } else {
            merge.takeLeft();
            ++*left_wins;
            *right_wins = 0;
        }
    }
    return true;
}

bool Timsort::run(LowMerge& merge) {
    for (;;) {
        size_t left_wins = 0;
        size_t right_wins = 0;
        if (!takeInTurns(merge, &left_wins, &right_wins)) return false;
        if (merge.ended()) return true;
        ++min_gallop_;
        do {
            if (min_gallop_ > 1) --min_gallop_;
            if (!gallop(merge, &left_wins, &right_wins)) return false;
            if (merge.ended()) return true;
        } while (left_wins >= kMinGallop || right_wins >= kMinGallop);
        ++min_gallop_;
    }
}

bool Timsort::gallop(LowMerge& merge, size_t* left_wins, size_t* right_wins) {
    ptrdiff_t wins = gallopRight(merge.right[0], merge.left, 0);
    if (wins < 0) return false;
    *left_wins = static_cast<size_t>(wins);
    merge.takeLeft(*left_wins);
    if (merge.ended()) return true;
    merge.takeRight();
    if (merge.ended()) return true;
    wins = gallopLeft(merge.left[0], merge.right, 0);
    if (wins < 0) return false;
    *right_wins = static_cast<size_t>(wins);
    merge.takeRight(*right_wins);
    if (!merge.ended()) merge.takeLeft();
    return true;
}

// --- merging from the back: the right run is in the scratch --------------------------------------

struct Timsort::HighMerge {
    SortPair* to;  // behind the next place
    std::span<SortPair> left;
    std::span<SortPair> right;

    void takeLeft(size_t count) {
        to = std::move_backward(left.end() - static_cast<ptrdiff_t>(count), left.end(), to);
        left = left.first(left.size() - count);
    }
    void takeRight(size_t count) {
        to = std::copy_backward(right.end() - static_cast<ptrdiff_t>(count), right.end(), to);
        right = right.first(right.size() - count);
    }
    void takeLeft() {
        *--to = left.back();
        left = left.first(left.size() - 1);
    }
    void takeRight() {
        *--to = right.back();
        right = right.first(right.size() - 1);
    }
    // The first of the right run is known to belong before all of the left one.
    [[nodiscard]] bool ended() const { return left.empty() || right.size() <= 1; }
};

bool Timsort::mergeHigh(size_t begin, size_t left, size_t right) {
    const auto middle = pairs_.begin() + static_cast<ptrdiff_t>(begin + left);
    scratch_.assign(middle, middle + static_cast<ptrdiff_t>(right));
    HighMerge merge{&*middle + right, pairs_.subspan(begin, left), scratch_};
    merge.takeLeft();
    const bool good = merge.ended() || run(merge);
    if (good && merge.right.size() == 1) merge.takeLeft(merge.left.size());
    merge.takeRight(merge.right.size());
    return good;
}

// Pair by pair, until one side has won so often that galloping may pay.
bool Timsort::takeInTurns(HighMerge& merge, size_t* left_wins, size_t* right_wins) {
    *left_wins = *right_wins = 0;
    while (*left_wins < min_gallop_ && *right_wins < min_gallop_ && !merge.ended()) {
        const int below = less(merge.right.back(), merge.left.back());
        if (below < 0) return false;
        if (below != 0) {
            merge.takeLeft();
            ++*left_wins;
            *right_wins = 0;
        } else {
            merge.takeRight();
            ++*right_wins;
            *left_wins = 0;
        }
    }
    return true;
}

bool Timsort::run(HighMerge& merge) {
    for (;;) {
        size_t left_wins = 0;
        size_t right_wins = 0;
        if (!takeInTurns(merge, &left_wins, &right_wins)) return false;
        if (merge.ended()) return true;
        ++min_gallop_;
        do {
            if (min_gallop_ > 1) --min_gallop_;
            if (!gallop(merge, &left_wins, &right_wins)) return false;
            if (merge.ended()) return true;
        } while (left_wins >= kMinGallop || right_wins >= kMinGallop);
        ++min_gallop_;
    }
}

bool Timsort::gallop(HighMerge& merge, size_t* left_wins, size_t* right_wins) {
    ptrdiff_t rest = gallopRight(merge.right.back(), merge.left, merge.left.size() - 1);
    if (rest < 0) return false;
    *left_wins = merge.left.size() - static_cast<size_t>(rest);
    merge.takeLeft(*left_wins);
    if (merge.ended()) return true;
    merge.takeRight();
    if (merge.ended()) return true;
    rest = gallopLeft(merge.left.back(), merge.right, merge.right.size() - 1);
    if (rest < 0) return false;
    *right_wins = merge.right.size() - static_cast<size_t>(rest);
    merge.takeRight(*right_wins);
    if (!merge.ended()) merge.takeLeft();
    return true;
}

// --- the whole -----------------------------------------------------------------------------------

bool Timsort::sort() {
    const size_t min_run = minimumRun(pairs_.size());
    for (size_t begin = 0; begin < pairs_.size();) {
        Run run{};
        if (!findRun(begin, min_run, &run)) return false;
        if (!collapse(run.size)) return false;
        runs_.push_back(run);
        begin += run.size;
    }
    return collapseAll();
}

}  // namespace tagproof
