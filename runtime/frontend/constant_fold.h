#pragma once
// Values of expressions that are known at compile time: literals, and what cheap arithmetic on
// numbers and tuples of such make of them. An operation that would raise, or whose integer leaves
// 60 bits, is left to run time.

#include <optional>

#include "runtime/frontend/code_unit.h"

namespace tagproof::frontend {

// Nothing when the value is not known, as for complex literals.
[[nodiscard]] std::optional<ConstantItem> foldConstant(const Expr& expression);

// The tuple of the elements' values, when all are known.
[[nodiscard]] std::optional<ConstantItem> foldSequence(Seq<Expr> elements, ConstantItem::Kind kind);

[[nodiscard]] bool isTrue(const ConstantItem& constant);

}  // namespace tagproof::frontend
