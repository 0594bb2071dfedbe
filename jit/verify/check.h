#pragma once
// The trusted pass: one walk over the decoded instructions in address order. At each label the
// state on every incoming edge must imply the label's hint, which then becomes the state; that
// makes one pass enough, loops included.

#include "jit/verify/decode.h"
#include "jit/verify/machine.h"

namespace tagproof::verify {

// Sees each reachable instruction with the state before it (explain.h).
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void label(const LabelHint& hint) = 0;
    virtual void instruction(const Instruction& at, const State& state, const Tables& tables) = 0;
};

// Checks properties 1 to 5. Allocates only to report violations. `program` is written only in the
// `label` field of its instructions.
void check(Program& program,
           MachineMemory& memory,
           const Trusted& trusted,
           const Hints& hints,
           Verdict& verdict,
           Observer* observer = nullptr);

}  // namespace tagproof::verify
