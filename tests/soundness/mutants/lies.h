#pragma once
// Hints that say more than is so: what an untrusted inference could hand to the checker.

#include <vector>

#include "jit/verify/verify.h"
#include "tests/soundness/mutants/genome.h"

namespace tagproof::soundness {

// A copy of hints that can be changed.
class HintCopy {
  public:
    explicit HintCopy(const verify::Hints& hints);
    // A copy with `count` lies.
    [[nodiscard]] HintCopy lying(unsigned count, const verify::Trusted& trusted, Dice& dice) const;
    [[nodiscard]] verify::Hints hints() const;

  private:
    struct Label {
        verify::LabelHint hint;
        std::vector<verify::HintEntry> entries;
    };
    void lie(const verify::Trusted& trusted, Dice& dice);

    std::vector<Label> labels_;
    mutable std::vector<verify::LabelHint> view_;
};

}  // namespace tagproof::soundness
