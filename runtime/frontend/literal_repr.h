// The repr() of literal values, for dumps of syntax trees.
#pragma once

#include <string>

#include "runtime/frontend/ast.h"

namespace tagproof::frontend {

// As Python's repr() of the value.
[[nodiscard]] std::string reprOfConstant(const ConstantValue& value);

// As Python's repr() of a str.
// REQUIRES: `text` is UTF-8; surrogates are allowed.
[[nodiscard]] std::string reprOfText(std::string_view text);

// As Python's repr() of bytes.
[[nodiscard]] std::string reprOfBytes(std::string_view bytes);

}  // namespace tagproof::frontend
