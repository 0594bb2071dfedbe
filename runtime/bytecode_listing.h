#pragma once
// Bytecode as text, for --dump=bytecode and golden tests:
//
//   f (demo.py:1)
//     locals: x y
//      2     0  LOAD_FAST_CHECKED    x
//            1  POP_JUMP_IF_FALSE    -> 3
//      3     2  ...
//         >> 3  LOAD_CONST           None
//     protected: 0-2 -> 7, depth 1
//
// The columns: line where it changes, `>>` at jump targets and handlers, index, name, operand.

#include <span>
#include <string>
#include <vector>

#include "runtime/validate_bytecode.h"

namespace tagproof {

struct BytecodeListing {
    std::string title;
    BytecodeView code;
    std::span<const SourceRange> positions;
    std::vector<std::string> locals;
    std::vector<std::string> cells;  // own, then free
    std::vector<std::string> names;
    std::vector<std::string> constants;
};

[[nodiscard]] std::string formatListing(const BytecodeListing& listing);

}  // namespace tagproof
