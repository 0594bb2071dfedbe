#pragma once
// Traceback objects, and the printing of uncaught exceptions as CPython 3.11 prints them.

#include <string>

#include "objmodel/object.h"

namespace tagproof {

struct Code;
struct Dict;
struct Frame;
struct Thread;

// One entry: the frame nearest to the handler first, `next` towards the raise.
struct Traceback {
    Object head;
    Traceback* next = nullptr;  // owned, or null
    Code* code = nullptr;       // owned
    Dict* globals = nullptr;    // owned, or null when the frame was compiled
    Frame* frame = nullptr;     // the activation while it runs, not owned; its kFrameHasTraceback
                                // entry is this one
    Value* words = nullptr;     // locals and cells of the finished activation, owned; or null
    uint32_t word_count = 0;
    uint32_t instruction = 0;  // index of the instruction that raised
    uint32_t line = 0;
    uint32_t depth = 0;  // recursion depth of the compiled activation that handled the exception
                         // here, while it runs; 0: not in Vm::handled_tracebacks
};

// Puts an entry in front of the pending exception's traceback. Never fails: without memory the
// entry is left out.
void addTraceback(Thread& thread, Code* code, Dict* globals, uint32_t instruction);
// The same for an interpreter frame, at frame.pc. When the activation ends while the entry lives,
// its locals move there: as in CPython they live as long as the traceback.
void addFrameTraceback(Thread& thread, Frame* frame);
// The same for a compiled activation that goes on in a handler.
void addHandledTraceback(Thread& thread, Code* code, uint32_t instruction);
// Whether such an entry of the running compiled activation lives.
[[nodiscard]] bool hasHandledTraceback(const Thread& thread);
// The entry of the activation, which goes on in `frame`, becomes the frame's; null: the activation
// ends with its locals released.
void giveHandledTraceback(Thread& thread, Frame* frame);
// The activation of `entry` ends: takes over `count` words (null ones too) and leaves them null.
// Words that are the exception which owns the entry are released instead: that cycle would keep
// both alive.
void keepWords(Thread& thread, Traceback* entry, Value* words, uint32_t count);

// The text that python3 prints for an uncaught exception: chain, tracebacks with source lines and
// carets, notes, SyntaxError details, suggestions. Leaves no exception pending.
[[nodiscard]] std::string formatException(Thread& thread, Value exception);
// For one that cannot be raised: traceback and message, nothing more.
[[nodiscard]] std::string formatUnraisable(Thread& thread, Value exception);

[[nodiscard]] bool initTracebackType(Thread& thread);

}  // namespace tagproof
