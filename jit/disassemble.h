#pragma once
// Machine code as text, for people: offset, bytes, instruction in Intel syntax, what an address in
// it names, source line and HIR where known.

#include <string>

namespace tagproof {

struct CodeLine;
struct CompiledUnit;

[[nodiscard]] std::string disassemble(const CompiledUnit& unit);
// "line 7: v3 = LoadField ..."
[[nodiscard]] std::string textOf(const CodeLine& line);

}  // namespace tagproof
