#include "jit/verify/label_state.h"

#include <bit>
#include <iterator>

#include "jit/verify/join.h"

namespace tagproof::verify {

HintEntry* EntryStore::room(uint32_t count) {
    if (count > std::distance(spare_, limit_)) {
        if (used_chunks_ == chunks_.size())
            chunks_.push_back(std::make_unique<HintEntry[]>(kChunk));
        spare_ = chunks_[used_chunks_++].get();
        limit_ = spare_ + kChunk;
    }
    return spare_;
}

uint32_t LabelJoiner::canonical(uint32_t symbol) {
    if (symbol == 0) return 0;
    if (symbol >= numbers_.size()) numbers_.resize(2 * size_t{symbol} + 64);
    Number& known = numbers_[symbol];
    if (known.stamp != stamp_) known = Number{stamp_, ++symbol_count_};
    return known.number;
}

void LabelJoiner::assign(LabelState& label, const State& state, uint64_t keep, EntryStore& store) {
    ++stamp_;
    symbol_count_ = 0;
    label.reached = true;
    label.entries = store.room(state.locations());
    uint32_t count = 0;
    const auto add = [&](uint32_t location) {
        if (state.at(location).kind == Kind::kTop || location == kRsp) return;
        HintEntry& entry = label.entries[count++];
        entry.location = location;
        entry.value = state.at(location);
        entry.value.sym = canonical(entry.value.sym);
        if (auxIsSymbol(entry.value)) entry.value.aux = canonical(entry.value.aux);
    };
    if (state.locations() < 64) keep &= (uint64_t{1} << state.locations()) - 1;
    for (; keep != 0; keep &= keep - 1) add(static_cast<uint32_t>(std::countr_zero(keep)));
    for (uint32_t i = 64; i < state.locations(); ++i) add(i);
    store.take(count);
    label.known.stack_words = state.stack_words;
    label.known.symbol_count = symbol_count_;
    label.known.entries = {label.entries, count};
}

// One symbol for each pair of symbols: two words of the join are known to be equal if they were so
// on both sides.
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
                                const Tables& tables) {
    Abstract joined = before;
    if (!isSameShape(before, arriving)) {
        joined = verify::join(before, arriving, tables);
        if (joined.kind == Kind::kTop || !implies(before, joined, tables) ||
            !implies(arriving, joined, tables)) {
            return top();
        }
    }
    joined.sym = pair(before.sym, arriving.sym);
    if (auxIsSymbol(joined)) {
        joined.aux = pair(before.aux, arriving.aux);
        if (joined.aux == 0) return top();
    }
    return joined;
}

bool LabelJoiner::join(LabelState& label, const State& state, const Tables& tables) {
    ++stamp_;
    if (partners_.size() <= label.known.symbol_count) {
        partners_.resize(2 * label.known.symbol_count + 64);
    }
    more_pairs_.clear();
    symbol_count_ = 0;
    bool changed = false;
    size_t kept = 0;
    for (size_t k = 0; k < label.known.entries.size(); ++k) {
        HintEntry& entry = label.entries[k];
        const Abstract& arriving = state.at(entry.location);
        const bool plain = !auxIsSymbol(entry.value) && isSameShape(entry.value, arriving);
        if (plain && kept == k) {  // by far the most frequent case
            const uint32_t symbol = pair(entry.value.sym, arriving.sym);
            changed = changed || symbol != entry.value.sym;
            entry.value.sym = symbol;
            ++kept;
            continue;
        }
        const Abstract joined = joinWords(entry.value, arriving, tables);
        changed = changed || joined != entry.value;
        if (joined.kind != Kind::kTop) label.entries[kept++] = HintEntry{entry.location, joined};
    }
    label.known.symbol_count = symbol_count_;
    label.known.entries = {label.entries, kept};
    return changed;
}

}  // namespace tagproof::verify
