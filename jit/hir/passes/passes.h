#pragma once
// The passes over HIR, in the order in which optimize() runs them. Each is one function in a file
// of its name; `--dump-after` takes the name with dashes.

#include "jit/hir/ir.h"

namespace tagproof::hir {

// Phis whose operands are all the same value go; the types of the others become the union of their
// operands', found optimistically, so that a counter that stays a fixnum is known to.
void simplifyPhis(Function& function);

// A guard or load that a dominating one makes certain is replaced by it; so is one that its
// operand's type already tells. Reference counting of values known to be immediate goes too. Facts
// about types and values blocks end at every instruction that may run guest code, as the verifier
// demands. Runs behind simplifyPhis, whose types it uses.
void eliminateRedundantGuards(Function& function);

// Doubles that are boxed only for frame states stay unboxed: an exit boxes them. Runs behind guard
// elimination, which removes their other uses.
void sinkBoxes(Function& function);

// Instructions without effect whose results nobody uses. Last, since every pass leaves some.
void eliminateDeadCode(Function& function);

// One pass of the pipeline, by name.
struct Pass {
    const char* name;
    void (*run)(Function&);
};
inline constexpr Pass kPasses[] = {
    {"simplify-phis", simplifyPhis},
    {"eliminate-redundant-guards", eliminateRedundantGuards},
    {"sink-boxes", sinkBoxes},
    {"eliminate-dead-code", eliminateDeadCode},
};

// Called with the function as built ("build") and after each pass.
using PassObserver = void (*)(const char* pass, const Function& function, void* context);

// Runs all passes; in debug builds the checker runs between them.
void optimize(Function& function, PassObserver observer = nullptr, void* context = nullptr);

}  // namespace tagproof::hir
