#pragma once
// Finding the handler of an exception inside one frame.

#include <cstdint>

#include "runtime/code.h"

namespace tagproof {

struct Frame;
struct Thread;

// The innermost range that protects the instruction, or null.
[[nodiscard]] const ExceptionRange* findHandler(const Code* code, uint32_t instruction);

// With an exception pending and frame.pc at the instruction that raised it: when the frame has a
// handler, truncates the stack to the handler's depth, moves the pending exception there, sets pc
// to the handler's first instruction and returns true.
[[nodiscard]] bool unwindToHandler(Thread& thread, Frame& frame);

}  // namespace tagproof
