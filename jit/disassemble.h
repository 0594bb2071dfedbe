#pragma once
// Machine code as text, for people: offset, bytes, instruction in Intel syntax, what an address in
// it names, source line and HIR where known.

#include <string>

namespace tagproof {

struct CompiledUnit;
namespace verify {
struct Trusted;
}

[[nodiscard]] std::string disassemble(const CompiledUnit& unit);

// The same instructions with what the verifier knows before each, instead of the bytes; and what it
// finds wrong.
[[nodiscard]] std::string explainProof(const CompiledUnit& unit, const verify::Trusted& trusted);

}  // namespace tagproof
