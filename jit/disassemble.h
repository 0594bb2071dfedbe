#pragma once
// Machine code as text, for people: offset, bytes, instruction in Intel syntax, source line and HIR
// where known.

#include <string>

namespace tagproof {

struct CompiledUnit;

[[nodiscard]] std::string disassemble(const CompiledUnit& unit);

}  // namespace tagproof
