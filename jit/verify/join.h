#pragma once
// The least upper bound of two abstract values. Not trusted: whoever uses a join checks with
// implies() that it lies above what is joined.

#include "jit/verify/domain.h"

namespace tagproof::verify {

// Symbols aside: `sym` is 0; where aux is a symbol (auxIsSymbol) it is a's, for the caller to
// rename to the symbol of the pair (a.aux, b.aux).
[[nodiscard]] Abstract join(const Abstract& a, const Abstract& b, const Tables& tables);

}  // namespace tagproof::verify
