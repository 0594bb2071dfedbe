#pragma once
// Bytecode -> HIR. Walks the reachable bytecode in reverse postorder with an abstract frame, turns
// what the caches and the feedback have seen into guards, and falls back to the slow paths of
// runtime/ops where they have seen nothing or too much.
//
// References. Each word of the abstract frame says who counts its reference: the slot itself
// (owned), somebody who certainly outlives it (stable: a parameter's caller, a local, the code's
// constants), or the heap place it was just loaded from (unstable). Unstable words are counted
// before the first instruction that could release or overwrite that place; most are consumed
// earlier and never counted.

#include <memory>
#include <vector>

#include "jit/compile_error.h"
#include "jit/hir/ir.h"

namespace tagproof {
struct Thread;
struct Function;
}  // namespace tagproof

namespace tagproof::hir {

// What is known of a constant.
[[nodiscard]] HirType typeOfConstant(const Thread& thread, Value value);

struct BuildRequest {
    tagproof::Function* guest;  // supplies globals and built-ins; borrowed
    EntryKind entry = EntryKind::kNormal;
    uint32_t osr_target = 0;  // entersFrame(): bytecode instruction to begin with
    uint32_t osr_depth = 0;   // entersFrame(): operand stack words there
    const std::vector<uint32_t>* failed_sites =
        nullptr;  // instructions whose guards failed too often
};

// Never leaves an exception pending.
[[nodiscard]] Result<std::unique_ptr<Function>> buildFunction(Thread& thread,
                                                              const BuildRequest& request);

}  // namespace tagproof::hir
