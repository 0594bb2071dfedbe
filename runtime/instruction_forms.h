#pragma once
// Forms: faster ways of executing an instruction, alone or with the next one
// (instruction_forms.def; superinstructions, and operators known in advance).

#include <span>

#include "runtime/bytecode.h"

namespace tagproof {

// Gives each instruction the form with which going on from there takes the fewest steps. An
// instruction behind a form keeps its own: a jump to it finds what it expects.
void chooseForms(std::span<Instruction> instructions);

// Whether the form of the first instruction is one, and fits it and the next one.
[[nodiscard]] bool formFits(std::span<const Instruction> instructions);

}  // namespace tagproof
