#pragma once
// The trusted pass: each reachable instruction is executed once, from label to label in the order
// that the hints give. The state at a label is a hint's, or the join of the ways that came before
// its turn; every way that comes later must imply it. That makes one pass enough, loops included.
// Where a branch is the only way to its target, no label is needed: the walk takes it as a detour
// (walk.h).

#include "jit/verify/decode.h"
#include "jit/verify/machine.h"

namespace tagproof::verify {

// Sees each reachable instruction with the state before it (explain.h), in the order of the walk.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void instruction(const Instruction& at, const State& state, const Tables& tables) = 0;
};

// Where hints come from while the check runs. Not trusted: what it says can only cost a rejection.
class Guide {
  public:
    virtual ~Guide() = default;
    // The same at each call.
    [[nodiscard]] virtual std::span<const LabelHint> labels() const = 0;
    // For labels()[k], a loop's: a state above `joined`, the join of the ways into the loop, and
    // above that at the loop's end. Copied.
    [[nodiscard]] virtual LabelHint weaken(size_t k, const LabelHint& joined) = 0;
};

// Checks properties 1 to 5. Allocates only to report violations. `program` is written only in the
// `label` and `visited` fields of its instructions.
void check(Program& program,
           MachineMemory& memory,
           const Trusted& trusted,
           Guide& guide,
           Verdict& verdict,
           Observer* observer = nullptr);
void check(Program& program,
           MachineMemory& memory,
           const Trusted& trusted,
           const Hints& hints,
           Verdict& verdict,
           Observer* observer = nullptr);

}  // namespace tagproof::verify
