#pragma once
// The bytecode of a Code object, and of those among its constants, as text
// (runtime/bytecode_listing.h).

#include <string>
#include <vector>

namespace tagproof {

struct Code;
struct Thread;

// The code itself, then those of the functions and classes among its constants, in the order of the
// source.
[[nodiscard]] std::vector<const Code*> allCodes(const Thread& thread, const Code* code);

// One code alone. Runs the repr() of constants, which are of built-in types: raises nothing.
[[nodiscard]] std::string listingOf(Thread& thread, const Code* code);

// All of them, with a line between.
[[nodiscard]] std::string disassemble(Thread& thread, const Code* code);

}  // namespace tagproof
