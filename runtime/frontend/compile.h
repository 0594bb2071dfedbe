#pragma once
// Source text to Code: parses, resolves names and compiles to bytecode (runtime/bytecode.def).

#include <cstdint>
#include <string_view>

#include "objmodel/value.h"
#include "runtime/frontend/diagnostic.h"
#include "runtime/frontend/parser.h"

namespace tagproof {
struct Thread;
}

namespace tagproof::frontend {

enum class CompileMode : std::uint8_t {
    kModule,     // a file: names at its top level are globals, through cached accesses
    kNamespace,  // exec(): as a module, but the top level's names go through the frame's namespace
    kInteractive,  // one entry of a session: as kNamespace, expression statements are printed
    kExpression,   // eval(): one expression, whose value the code returns
};

// A new reference to the Code of `source` (UTF-8). Null when it is not a program that can run, with
// the reason in `diagnostics`; or null with an exception pending and no diagnostic when an object
// could not be made.
[[nodiscard]] Value compileSource(Thread& thread,
                                  std::string_view source,
                                  std::string_view filename,
                                  CompileMode mode,
                                  Diagnostics& diagnostics);

// The same for an entry of an interactive session; see parseEntry() in parser.h.
[[nodiscard]] Value compileEntry(Thread& thread,
                                 std::string_view source,
                                 std::string_view filename,
                                 bool is_whole,
                                 Diagnostics& diagnostics,
                                 EntryState& state);

}  // namespace tagproof::frontend
