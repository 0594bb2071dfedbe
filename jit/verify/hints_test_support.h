#pragma once
// A function with one loop, and hints for it.

#include <algorithm>
#include <span>
#include <vector>

#include "jit/verify/check.h"
#include "jit/verify/random_program_test_support.h"

namespace tagproof::verify::testing {

// f(thread, a, b): while a heap object: count it; the loop needs the label's state.
struct HintedLoop {
    HintedLoop();

    // Callee-saved registers plus `more`, sorted.
    std::vector<HintEntry> entries(std::vector<HintEntry> more) const {
        more.insert(more.end(), saved.begin(), saved.end());
        std::sort(more.begin(), more.end(),
                  [](const HintEntry& x, const HintEntry& y) { return x.location < y.location; });
        return more;
    }
    Verdict check(std::span<const HintEntry> head, std::span<const HintEntry> out) const {
        const LabelHint labels[] = {
            {.offset = head_offset, .symbol_count = 4, .entries = head},
            {.offset = out_offset, .symbol_count = 4, .entries = out},
        };
        return verify(code, kCodeAddress, world.trusted, Hints{labels});
    }

    World world;
    Bytes code;
    uint32_t head_offset = 0;
    uint32_t out_offset = 0;
    Abstract object;
    std::vector<HintEntry> saved;
};

inline bool broke(const Verdict& verdict, RuleId rule) {
    return std::ranges::any_of(verdict.violations,
                               [rule](const Violation& v) { return v.rule == rule; });
}

}  // namespace tagproof::verify::testing
