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

// Makes growing parts jump to their limits, so that chains are short.
void widen(Abstract& joined, const Abstract& before) {
    if (joined.kind == Kind::kInt && before.kind == Kind::kInt) {
        if (joined.lo < before.lo) joined.lo = joined.lo >= 0 ? 0 : kMin;
        if (joined.hi > before.hi && joined.hi > 0) {
            joined.hi = joined.hi <= int64_t{0xFFFFFFFF} ? int64_t{0xFFFFFFFF} : kMax;
        } else if (joined.hi > before.hi) {
            joined.hi = 0;
        }
        // A counter adds one pattern a round; tags of values come in few, all at once.
        const unsigned added = joined.low & ~unsigned{before.low};
        if (std::has_single_bit(added) && std::popcount(joined.low) > 2) {
            joined.low = rangeLow(joined.lo, joined.hi);
            joined.flags &= static_cast<uint8_t>(~kNullOnly);
        }
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
        if (state.at[i].kind == Kind::kTop || i == kRsp) continue;
        HintEntry& entry = entries[label.count++];
        entry.location = i;
        entry.value = state.at[i];
        entry.value.sym = canonical(entry.value.sym);
        if (auxIsSymbol(entry.value)) entry.value.aux = canonical(entry.value.aux);
    }
    label.symbol_count = symbol_count_;
}

uint32_t LabelJoiner::pair(uint32_t label_symbol, uint32_t state_symbol) {
    if (label_symbol == 0 || state_symbol == 0) return 0;
    uint32_t link = chains_[label_symbol];
    while (link != 0) {
        const Pair& known = pairs_[link - 1];
        if (known.state_symbol == state_symbol) return known.symbol;
        link = known.next;
    }
    pairs_.push_back(Pair{state_symbol, ++symbol_count_, chains_[label_symbol]});
    chains_[label_symbol] = static_cast<uint32_t>(pairs_.size());
    return symbol_count_;
}

bool LabelJoiner::join(LabelState& label,
                       const State& state,
                       Widening widening,
                       const Tables& tables) {
    if (label.stack_words != state.stack_words) return false;  // the checker will reject the edge
    chains_.assign(label.symbol_count + 1, 0);
    pairs_.clear();
    symbol_count_ = 0;
    bool changed = false;
    uint32_t kept = 0;
    for (uint32_t k = 0; k < label.count; ++k) {
        const HintEntry before = label.entries[k];
        const Abstract& arriving = state.at[before.location];
        Abstract joined = before.value;
        if (!sameShape(before.value, arriving)) {
            joined = verify::join(before.value, arriving, tables);
            if (widening == Widening::kIntervals) widen(joined, before.value);
            if (widening == Widening::kTop && !sameShape(joined, before.value)) joined = top();
        }
        if (joined.kind == Kind::kTop) {
            changed = true;
            continue;
        }
        joined.sym = pair(before.value.sym, arriving.sym);
        if (auxIsSymbol(joined)) {
            joined.aux = pair(before.value.aux, arriving.aux);
            if (joined.aux == 0) joined = top();
        }
        if (joined.kind == Kind::kTop) {
            changed = true;
            continue;
        }
        changed = changed || joined != before.value;
        label.entries[kept++] = HintEntry{before.location, joined};
    }
    label.count = kept;
    label.symbol_count = symbol_count_;
    return changed;
}

}  // namespace tagproof::verify
