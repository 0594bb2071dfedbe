#pragma once
// The __future__ imports of a module, which come before everything but its docstring.

#include <cstdint>

#include "runtime/frontend/ast.h"
#include "runtime/frontend/error_sink.h"

namespace tagproof::frontend {

struct FutureFeatures {
    bool annotations = false;     // annotations are kept as text
    std::uint32_t last_line = 0;  // of the last such import; 0: none. Later ones are errors.
};

[[nodiscard]] bool isFutureImport(const Stmt& statement);

// Unknown features are errors.
[[nodiscard]] FutureFeatures scanFutureFeatures(const Module& module, ErrorSink& errors);

}  // namespace tagproof::frontend
