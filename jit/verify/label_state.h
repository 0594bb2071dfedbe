#pragma once
// What is known at labels: the join of the states that come in, as a list of locations whose
// symbols are numbered in order of appearance, so that equal partitions compare equal. A join only
// weakens: every word of it is shown by implies() to lie above the two words that it joins.

#include <memory>
#include <vector>

#include "jit/verify/state.h"

namespace tagproof::verify {

struct LabelState {
    bool reached = false;  // `known` holds
    bool is_over = false;  // its turn has been: what arrives now must imply `known`
    LabelHint known;
    HintEntry* entries = nullptr;  // of `known` if it is a join
};

// Entries of labels, in chunks that are kept from function to function.
class EntryStore {
  public:
    static constexpr size_t kChunk = 2048;  // more than one label can have

    void clear() { used_chunks_ = 0, spare_ = limit_ = nullptr; }
    // Room for `count` entries, until take() says how many of them are in use.
    [[nodiscard]] HintEntry* room(uint32_t count);
    void take(uint32_t count) { spare_ += count; }

  private:
    std::vector<std::unique_ptr<HintEntry[]>> chunks_;
    size_t used_chunks_ = 0;
    HintEntry* spare_ = nullptr;
    HintEntry* limit_ = nullptr;
};

class LabelJoiner {
  public:
    // The first edge: what is known of the locations whose bit in `keep` is set, and of those
    // beyond 64.
    void assign(LabelState& label, const State& state, uint64_t keep, EntryStore& store);
    // A later edge, whose frame is of the same size; true if the label's state became weaker.
    bool join(LabelState& label, const State& state, const Tables& tables);

  private:
    [[nodiscard]] Abstract joinWords(const Abstract& before,
                                     const Abstract& arriving,
                                     const Tables& tables);
    [[nodiscard]] uint32_t canonical(uint32_t symbol);
    [[nodiscard]] uint32_t pair(uint32_t label_symbol, uint32_t state_symbol);

    struct Number {
        uint64_t stamp = 0;  // == stamp_: valid
        uint32_t number = 0;
    };
    struct Pair {
        uint32_t label_symbol;
        uint32_t state_symbol;
        uint32_t symbol;
    };
    struct Partner {
        uint64_t stamp = 0;  // == stamp_: valid
        uint32_t state_symbol = 0;
        uint32_t symbol = 0;
    };
    std::vector<Number> numbers_;    // assign: by state symbol
    std::vector<Partner> partners_;  // join: by label symbol, its first partner
    std::vector<Pair> more_pairs_;   // join: further partners, rare
    uint64_t stamp_ = 0;             // of the assign or join under way
    uint32_t symbol_count_ = 0;
};

}  // namespace tagproof::verify
