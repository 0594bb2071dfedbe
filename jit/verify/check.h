#pragma once
// The trusted pass: one walk over the decoded instructions, each reachable one executed once. At
// each label with a hint the state on every incoming edge must imply the hint, which then becomes
// the state; that makes one pass enough, loops included. Where a branch is the only way to its
// target, no hint is needed: the walk takes it as a detour (walk.h).

#include "jit/verify/decode.h"
#include "jit/verify/machine.h"

namespace tagproof::verify {

// Sees each reachable instruction with the state before it (explain.h), in the order of the walk.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void label(const LabelHint& hint) = 0;
    virtual void instruction(const Instruction& at, const State& state, const Tables& tables) = 0;
};

// Checks properties 1 to 5. Allocates only to report violations. `program` is written only in the
// `label` and `visited` fields of its instructions.
void check(Program& program,
           MachineMemory& memory,
           const Trusted& trusted,
           const Hints& hints,
           Verdict& verdict,
           Observer* observer = nullptr);

}  // namespace tagproof::verify
