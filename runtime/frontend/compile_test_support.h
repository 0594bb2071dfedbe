#pragma once
// What tests of the compiler share: a unit with the arena that it refers to.

#include <memory>
#include <string>
#include <string_view>

#include "runtime/frontend/compile_unit.h"

namespace tagproof::frontend {

struct Compiled {
    std::unique_ptr<Arena> arena = std::make_unique<Arena>();
    Diagnostics diagnostics;
    std::unique_ptr<CodeUnit> unit;  // null when rejected

    // The unit of that qualified name, the module's without one; null when there is none.
    [[nodiscard]] const CodeUnit* find(std::string_view qualified_name = {}) const;
};

[[nodiscard]] Compiled compileText(std::string_view source,
                                   CompileMode mode = CompileMode::kModule);

// One line an instruction: name and operand as in listings, without lines and indices. Behind them
// the protected stretches. Fails the test when the bytecode is not valid.
[[nodiscard]] std::string bytecodeOf(std::string_view source,
                                     std::string_view qualified_name = {},
                                     CompileMode mode = CompileMode::kModule);

// `line:column: message` of the first diagnostic; empty when accepted.
[[nodiscard]] std::string errorOf(std::string_view source);

}  // namespace tagproof::frontend
