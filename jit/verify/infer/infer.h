#pragma once
// Infers the verifier's hints from the bytes themselves: a bounded fixpoint over the basic blocks
// with the checker's own transfer functions, joins at labels and widening at loop headers.
// Untrusted: whatever comes out is checked by check(), so a mistake here costs a rejection, never
// soundness. May allocate.

#include "jit/verify/verify.h"

namespace tagproof::verify {

// Owns the label states of one function. Valid until the next infer() with it.
class InferredHints {
  public:
    [[nodiscard]] Hints hints() const { return Hints{labels}; }

    std::vector<LabelHint> labels;  // sorted by offset; entries point into `chunks`
    std::vector<std::unique_ptr<HintEntry[]>> chunks;  // arena of entries
};

struct InferLimits {
    uint32_t visits_before_widening = 2;  // of one block
    uint32_t visits_before_top = 12;      // then every location that still changes becomes kTop
};

// `program` is the decoded function (Workspace::program() after decode()).
void infer(const Program& program,
           const Trusted& trusted,
           InferredHints& out,
           const InferLimits& limits = {});

// Decode once, infer, check: what the compiler's pipeline calls on the final bytes of a function.
[[nodiscard]] Verdict inferAndVerify(std::span<const uint8_t> code,
                                     uint64_t address,
                                     const Trusted& trusted,
                                     Workspace& workspace);
[[nodiscard]] Verdict inferAndVerify(std::span<const uint8_t> code,
                                     uint64_t address,
                                     const Trusted& trusted);

}  // namespace tagproof::verify
