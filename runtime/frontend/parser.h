// The parser's public entry: the text of a module in, its syntax tree out.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/frontend/arena.h"
#include "runtime/frontend/ast.h"
#include "runtime/frontend/diagnostic.h"

namespace tagproof::frontend {

inline constexpr int kMaxTreeDepth = 10'000;

// Parses a module of Python 3.11. `source` is UTF-8 with an optional byte order mark and any line
// ends; any bytes are allowed and those that are no Python give a diagnostic. The tree lives in the
// arena and does not refer to `source` or `filename`.
// No path from the root of the tree has more than kMaxTreeDepth nodes, so that it can be visited
// recursively; deeper sources are rejected.
// Null on failure, with the first error appended to `diagnostics`.
[[nodiscard]] Module* parseModule(Arena& arena,
                                  std::string_view source,
                                  std::string_view filename,
                                  Diagnostics& diagnostics);

enum class EntryState : std::uint8_t { kComplete, kIncomplete, kInvalid };

// The same for one entry of an interactive session, of which these lines are known: a statement, or
// one line of simple statements. An empty line ends a block. Null, without a diagnostic, when it is
// kIncomplete: more lines decide. `is_whole`: there will be no more.
[[nodiscard]] Module* parseEntry(Arena& arena,
                                 std::string_view source,
                                 std::string_view filename,
                                 bool is_whole,
                                 Diagnostics& diagnostics,
                                 EntryState& state);

}  // namespace tagproof::frontend
