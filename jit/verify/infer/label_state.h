#pragma once
// The state at one label while the fixpoint runs: a compact list of known locations whose symbols
// are numbered in order of appearance, so that equal partitions compare equal.

#include <vector>

#include "jit/verify/state.h"

namespace tagproof::verify {

struct LabelState {
    bool reached = false;
    uint32_t visits = 0;  // times its segment has been executed
    uint32_t stack_words = 0;
    uint32_t symbol_count = 0;
    uint32_t count = 0;  // entries in use
    HintEntry* entries = nullptr;
};

// How a join that changes a label again is made to end.
enum class Widening : uint8_t { kNone, kIntervals, kTop };

class LabelJoiner {
  public:
    // The first edge: copies what is known of the live locations (liveness.h). `entries` has room
    // for state.locations().
    void assign(LabelState& label, const State& state, uint64_t live, HintEntry* entries);
    // A later edge; true if the label's state became weaker.
    [[nodiscard]] bool join(LabelState& label,
                            const State& state,
                            Widening widening,
                            const Tables& tables);

  private:
    [[nodiscard]] Abstract joinWords(const Abstract& before,
                                     const Abstract& arriving,
                                     Widening widening,
                                     const Tables& tables);
    [[nodiscard]] uint32_t canonical(uint32_t symbol);
    [[nodiscard]] uint32_t pair(uint32_t label_symbol, uint32_t state_symbol);

    struct Number {
        uint32_t stamp = 0;  // == stamp_: valid
        uint32_t number = 0;
    };
    struct Pair {
        uint32_t label_symbol;
        uint32_t state_symbol;
        uint32_t symbol;
    };
    struct Partner {
        uint32_t stamp = 0;  // == stamp_: valid
        uint32_t state_symbol = 0;
        uint32_t symbol = 0;
    };
    std::vector<Number> numbers_;    // assign: by state symbol
    std::vector<Partner> partners_;  // join: by label symbol, its first partner
    std::vector<Pair> more_pairs_;   // join: further partners, rare
    uint32_t stamp_ = 0;             // of the assign or join under way
    uint32_t symbol_count_ = 0;
};

}  // namespace tagproof::verify
