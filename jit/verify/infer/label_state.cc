#include "jit/verify/infer/label_state.h"

#include <algorithm>
#include <bit>

#include "jit/verify/infer/join.h"

namespace tagproof::verify {
namespace {

// Equal but for the names of symbols.
bool sameShape(const Abstract& a, const Abstract& b) {
    return a.kind == b.kind && a.low == b.low && a.flags == b.flags && a.map == b.map &&
           a.lo == b.lo && a.hi == b.hi && (a.aux == b.aux || auxIsSymbol(a));
}

void widenInteger(Abstract& joined, const Abstract& before) {
    if (joined.lo < before.lo) joined.lo = joined.lo >= 0 ? 0 : kMin;
    if (joined.hi > before.hi && joined.hi > 0) {
        joined.hi = joined.hi <= int64_t{0xFFFFFFFF} ? int64_t{0xFFFFFFFF} : kMax;
    } else if (joined.hi > before.hi) {
        joined.hi = 0;
    }
    // A counter adds one pattern a round, until it reaches one that no value has; tags of values,
    // of double constants say, end before.
    const unsigned added = joined.low & ~unsigned{before.low};
    if (std::has_single_bit(added) && (joined.low & ~unsigned{kValueLow}) != 0) {
        joined.low = rangeLow(joined.lo, joined.hi);
        joined.flags &= static_cast<uint8_t>(~kNullOnly);
    }
}

// Makes growing parts jump to their limits, so that chains are short.
void widen(Abstract& joined, const Abstract& before) {
    if (joined.kind == Kind::kInt && before.kind == Kind::kInt) {
        widenInteger(joined, before);
    } else if (joined.kind == Kind::kObj || joined.kind == Kind::kBuf) {
        if (joined.map != before.map) joined.map = 0;
    } else if (joined.kind == Kind::kLen) {
        if (joined.lo != before.lo) joined.lo = 0;
    }
}

}  // namespace

uint32_t LabelJoiner::canonical(uint32_t symbol) {
    if (symbol == 0) return 0;
    if (symbol >= numbers_.size()) numbers_.resize(2 * symbol + 64);
    Number& known = numbers_[symbol];
    if (known.stamp != stamp_) known = Number{stamp_, ++symbol_count_};
    return known.number;
}

void LabelJoiner::assign(LabelState& label, const State& state, uint64_t live, HintEntry* entries) {
    ++stamp_;
    symbol_count_ = 0;
    label.reached = true;
    label.stack_words = state.stack_words;
    label.entries = entries;
    label.count = 0;
    for (uint32_t i = 0; i < state.locations(); ++i) {
        if (i < 64 && (live >> i & 1) == 0) continue;
        if (state.at(i).kind == Kind::kTop || i == kRsp) continue;
        HintEntry& entry = entries[label.count++];
        entry.location = i;
        entry.value = state.at(i);
        entry.value.sym = canonical(entry.value.sym);
        if (auxIsSymbol(entry.value)) entry.value.aux = canonical(entry.value.aux);
    }
    label.symbol_count = symbol_count_;
}

uint32_t LabelJoiner::pair(uint32_t label_symbol, uint32_t state_symbol) {
    if (label_symbol == 0 || state_symbol == 0) return 0;
    Partner& first = partners_[label_symbol];
    if (first.stamp != stamp_) {
        first = Partner{stamp_, state_symbol, ++symbol_count_};
        return symbol_count_;
    }
    if (first.state_symbol == state_symbol) return first.symbol;
    for (const Pair& known : more_pairs_) {
        if (known.label_symbol == label_symbol && known.state_symbol == state_symbol) {
            return known.symbol;
        }
    }
    more_pairs_.push_back(Pair{label_symbol, state_symbol, ++symbol_count_});
    return symbol_count_;
}

// The join of one location; kTop: nothing is known any more.
Abstract LabelJoiner::joinWords(const Abstract& before,
                                const Abstract& arriving,
                                Widening widening,
                                const Tables& tables) {
    Abstract joined = before;
    if (!sameShape(before, arriving)) {
        joined = verify::join(before, arriving, tables);
        if (widening == Widening::kIntervals) widen(joined, before);
        if (widening == Widening::kTop && !sameShape(joined, before)) return top();
    }
    if (joined.kind == Kind::kTop) return top();
    joined.sym = pair(before.sym, arriving.sym);
    if (auxIsSymbol(joined)) {
        joined.aux = pair(before.aux, arriving.aux);
        if (joined.aux == 0) return top();
    }
    return joined;
}

bool LabelJoiner::join(LabelState& label,
                       const State& state,
                       Widening widening,
                       const Tables& tables) {
    if (label.stack_words != state.stack_words) return false;  // the checker will reject the edge
    ++stamp_;
    if (partners_.size() <= label.symbol_count) partners_.resize(2 * label.symbol_count + 64);
    more_pairs_.clear();
    symbol_count_ = 0;
    bool changed = false;
    uint32_t kept = 0;
    for (uint32_t k = 0; k < label.count; ++k) {
        HintEntry& entry = label.entries[k];
        const Abstract& arriving = state.at(entry.location);
        const bool plain = !auxIsSymbol(entry.value) && sameShape(entry.value, arriving);
        if (plain && kept == k) {  // by far the most frequent case
            const uint32_t symbol = pair(entry.value.sym, arriving.sym);
            changed = changed || symbol != entry.value.sym;
            entry.value.sym = symbol;
            ++kept;
            continue;
        }
        const Abstract joined = joinWords(entry.value, arriving, widening, tables);
        changed = changed || joined != entry.value;
        if (joined.kind != Kind::kTop) label.entries[kept++] = HintEntry{entry.location, joined};
    }
    label.count = kept;
    label.symbol_count = symbol_count_;
    return changed;
}

}  // namespace tagproof::verify
