#pragma once
// Source text to code units, without any object of the runtime: parser, symbol table, compiler. The
// first half of compileSource(), and what tests of the front end alone use.

#include <memory>
#include <string_view>

#include "runtime/frontend/arena.h"
#include "runtime/frontend/code_unit.h"
#include "runtime/frontend/compile.h"
#include "runtime/frontend/parser.h"

namespace tagproof::frontend {

// Null on failure, with the error in `diagnostics`. The unit refers to texts of the arena.
[[nodiscard]] std::unique_ptr<CodeUnit> compileUnit(Arena& arena,
                                                    std::string_view source,
                                                    std::string_view filename,
                                                    CompileMode mode,
                                                    Diagnostics& diagnostics);

// The same for an entry of a session (parser.h), in CompileMode::kInteractive. `state` is that of
// the parser: an entry that is kComplete can still have errors.
[[nodiscard]] std::unique_ptr<CodeUnit> compileEntryUnit(Arena& arena,
                                                         std::string_view source,
                                                         std::string_view filename,
                                                         bool is_whole,
                                                         Diagnostics& diagnostics,
                                                         EntryState& state);

}  // namespace tagproof::frontend
