#pragma once
// The bytecode of a Code object, and of those among its constants, as text
// (runtime/bytecode_listing.h).

#include <string>
#include <string_view>

namespace tagproof {

struct Code;
struct Thread;

// With `function` only the code of that qualified name. Runs the repr() of constants, which are of
// built-in types: raises nothing.
[[nodiscard]] std::string disassemble(Thread& thread,
                                      const Code* code,
                                      std::string_view function = {});

}  // namespace tagproof
