#pragma once
// What a store's operands are, in the words of the rows that allow it. Follows the checker's way of
// resolving addresses (memory.cc) without judging: the class of the write is the checker's.

#include <optional>

#include "jit/verify/check.h"
#include "jit/verify/explain.h"

namespace tagproof::verify {

// Of an instruction that may write memory, with the state before it; its class is not set, nor its
// word when that is computed. Nothing: it writes none.
[[nodiscard]] std::optional<WriteProof> describeWrite(const Instruction& in,
                                                      const State& state,
                                                      const Tables& tables);

}  // namespace tagproof::verify
