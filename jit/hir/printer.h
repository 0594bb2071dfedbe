#pragma once
// HIR as text, for people, golden tests and the parser:
//
//   fun f
//     bb0:
//       v1:Object = LoadArg<0>
//       v2:Point = GuardType<Point> v1  # exit 3: another type
//       v3:ObjectOrNull = LoadValue<1> v4

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

// Names constants by repr-like short forms, types and names by their text: no addresses.
[[nodiscard]] std::string print(const Function& function, const PrintOptions& options = {});
[[nodiscard]] std::string print(const Instr& instr);

}  // namespace tagproof::hir
