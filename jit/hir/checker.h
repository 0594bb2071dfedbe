#pragma once
// Structural checks of HIR: placement, arity, types, dominance of definitions, phis against
// predecessors, frame states. All faults as text, not the first.

#include <string>
#include <vector>

#include "jit/hir/ir.h"

namespace tagproof::hir {

[[nodiscard]] std::vector<std::string> check(const Function& function);

// Aborts with the function's text and the faults when there are any: broken IR is a bug of `pass`.
void requireValid(const Function& function, const char* pass);

}  // namespace tagproof::hir
