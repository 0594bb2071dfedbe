#pragma once
// HIR as text, for people, golden tests and the parser (jit/hir/parser.h):
//
//   fun f (2 arguments)
//     bb0:
//       v1:Object = LoadArg<0>
//       v2:Point = GuardType<Point> v1  [pc 3, another type: v1b | v1b]
//       Jump -> bb1
//     bb1 loop from bb0, bb2:
//       v3:ObjectOrNull = Phi v1, v7
//
// A block tells its predecessors where phis depend on their order. An exit tells why it is taken
// and the interpreter's frame: locals and cells, behind | the operand stack, behind the second |
// words still to release; o = owned, b = borrowed; frames of callers follow.

#include <string>

#include "jit/hir/ir.h"

namespace tagproof {
struct Thread;
}

namespace tagproof::hir {

struct PrintOptions {
    bool with_exits = false;  // frame states of the exits
    bool with_lines = false;  // source line of each instruction
};

// Names constants by repr-like short forms, types and names by their text: no addresses. Cells and
// addresses are numbered in the order in which the function names them.
[[nodiscard]] std::string print(const Function& function, const PrintOptions& options = {});
[[nodiscard]] std::string print(const Instr& instr);

}  // namespace tagproof::hir
