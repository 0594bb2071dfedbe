#pragma once
// Traceback objects, and the printing of uncaught exceptions as CPython 3.11 prints them.

#include <string>

#include "objmodel/object.h"

namespace tagproof {

struct Code;
struct Dict;
struct Thread;

// One entry: the frame nearest to the handler first, `next` towards the raise.
struct Traceback {
    Object head;
    Traceback* next = nullptr;  // owned, or null
    Code* code = nullptr;       // owned
    Dict* globals = nullptr;    // owned, or null when the frame was compiled
    uint32_t instruction = 0;   // index of the instruction that raised
    uint32_t line = 0;
};

// Puts an entry in front of the pending exception's traceback. Never fails: without memory the
// entry is left out.
void addTraceback(Thread& thread, Code* code, Dict* globals, uint32_t instruction);

// The text that python3 prints for an uncaught exception: chain, tracebacks with source lines and
// carets, notes, SyntaxError details. Leaves no exception pending.
[[nodiscard]] std::string formatException(Thread& thread, Value exception);

[[nodiscard]] bool initTracebackType(Thread& thread);

}  // namespace tagproof
