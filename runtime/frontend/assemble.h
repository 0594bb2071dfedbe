#pragma once
// Lays out the recorded instructions of a CodeBuilder in its CodeUnit: jumps to jumps are
// shortened, what is then unreachable is left out, labels become instruction indices, protected
// stretches the exception table, and instructions get their cache and feedback numbers.

#include "runtime/frontend/code_builder.h"

namespace tagproof::frontend {

void assemble(CodeBuilder& builder);

// Turns LOAD_FAST into LOAD_FAST_CHECKED where the local is set on every path. Parameters are set
// at entry. Part of assemble().
void markAssignedLocals(CodeUnit& unit);

}  // namespace tagproof::frontend
