#pragma once
// An expression as source text, as CPython's ast.unparse writes it: what annotations become under
// `from __future__ import annotations`.

#include <string>

#include "runtime/frontend/ast.h"

namespace tagproof::frontend {

[[nodiscard]] std::string unparse(const Expr& expression);

}  // namespace tagproof::frontend
