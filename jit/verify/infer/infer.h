#pragma once
// Infers the verifier's hints from the bytes themselves: which instructions are labels, in which
// order they are best executed, what is live there; and, while the check runs, the states at the
// heads of loops (loop_states.h). Untrusted: whatever comes out is checked by check(), so a mistake
// here costs a rejection, never soundness. May allocate.

#include "jit/verify/verify.h"

namespace tagproof::verify {

struct InferenceBuffers;  // infer.cc

// Owns the label states of one function: those of the last infer() with it. Reusing one saves
// allocations.
class InferredHints {
  public:
    InferredHints();
    ~InferredHints();
    InferredHints(const InferredHints&) = delete;
    InferredHints& operator=(const InferredHints&) = delete;

    [[nodiscard]] Hints hints() const;
    [[nodiscard]] InferenceBuffers& buffers() { return *buffers_; }

  private:
    std::unique_ptr<InferenceBuffers> buffers_;  // the labels and what the fixpoint works on
};

struct InferLimits {
    uint32_t visits_before_widening = 2;  // of one label
    uint32_t visits_before_top = 48;      // then every location that still changes becomes kTop
};

// Hints with the state of each label, as a check without inference wants them, to keep or to send.
// The function must have been decoded into workspace.program().
void infer(Workspace& workspace,
           const Trusted& trusted,
           InferredHints& out,
           const InferLimits& limits = {});

// What inferAndVerify() works with; keep one per thread that compiles.
struct InferenceWorkspace {
    Workspace checked;
    InferredHints hints;
};

// What the steps of inferAndVerify() took.
struct VerifyTimes {
    uint64_t decode_nanoseconds = 0;
    uint64_t infer_nanoseconds = 0;
    uint64_t check_nanoseconds = 0;

    [[nodiscard]] uint64_t total() const {
        return decode_nanoseconds + infer_nanoseconds + check_nanoseconds;
    }
    VerifyTimes& operator+=(const VerifyTimes& more) {
        decode_nanoseconds += more.decode_nanoseconds;
        infer_nanoseconds += more.infer_nanoseconds;
        check_nanoseconds += more.check_nanoseconds;
        return *this;
    }
};

// Decode once, infer, check: what the compiler's pipeline calls on the final bytes of a function.
// With `times` the steps are timed.
[[nodiscard]] Verdict inferAndVerify(std::span<const uint8_t> code,
                                     uint64_t address,
                                     const Trusted& trusted,
                                     InferenceWorkspace& workspace,
                                     VerifyTimes* times = nullptr);
[[nodiscard]] Verdict inferAndVerify(std::span<const uint8_t> code,
                                     uint64_t address,
                                     const Trusted& trusted);

}  // namespace tagproof::verify
