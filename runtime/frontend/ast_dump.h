// Prints a syntax tree as python3's ast.dump(tree, include_attributes=True) does, so that trees can
// be compared as text.
#pragma once

#include <string>

#include "runtime/frontend/ast.h"

namespace tagproof::frontend {

[[nodiscard]] std::string dumpAst(const Module& module);

}  // namespace tagproof::frontend
