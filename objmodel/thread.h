#pragma once
// The state of one guest thread, as objects and emitted code see it: every operation that can fail
// takes it first, and leaves the exception here. A Thread belongs to one Vm and to one OS thread.
// Standard layout; the first fields are addressed by emitted code (objmodel/layout.h).

#include <cstdint>

#include "objmodel/layout.h"
#include "objmodel/value.h"

namespace tagproof {

struct CoreTypes;
struct Singletons;
struct Frame;
struct FrameChunk;
struct ExceptionObject;
class Heap;
class Vm;

// One entry of the stack of exceptions being handled (what `raise` alone re-raises, what
// sys.exception() gives).
struct HandledException {
    Value exception;                       // owned, or null when none is being handled
    HandledException* previous = nullptr;  // of the code that resumed this generator, not owned
};

struct Thread {
    uint32_t poll = 0;  // non-zero: something waits (interrupt, collection); see runtime/poll.h
    uint32_t recursion_depth = 0;     // guest activations, interpreted, compiled and inlined alike
    uint32_t entry_limit = 1000;      // depth from which entries of compiled code take the slow
                                      // path: depth_limit, or 0 while poll is set
    uint32_t recursion_limit = 1000;  // the guest's (sys.setrecursionlimit)
    Value pending;                    // exception being raised, owned; null = none
    Value callee;                     // function a compiled closure was called through, borrowed
    Value args[layout::kThreadArgCount];               // argument area of calls, borrowed
    Value osr_values[layout::kThreadOsrCount];         // handed to a loop entry, owned by it
    uint64_t deopt_values[layout::kThreadDeoptCount];  // words an exit leaves behind; kinds in its
                                                       // metadata

    Heap* heap = nullptr;                    // allocation; owned by the Vm
    const CoreTypes* types = nullptr;        // built-in types; owned by the Heap
    const Singletons* singletons = nullptr;  // None, True, False, ... ; owned by the Heap
    Vm* vm = nullptr;                        // the runtime that owns this thread
    Frame* frame = nullptr;                  // innermost interpreter frame, or null
    HandledException* handled = nullptr;     // innermost handled exception
    uint64_t stack_limit = 0;                // lowest address that the native stack may reach
    uint32_t depth_limit = 1000;             // for compiled code (runtime/native_depth.h)
    uint64_t* frame_top = nullptr;           // first free word of the frame stack (runtime/frame.h)
    uint64_t* frame_end = nullptr;           // end of its newest chunk
    FrameChunk* frame_chunk = nullptr;       // its newest chunk, owned
    uint32_t max_int_digits = 4300;  // of a decimal text converted from or to an int; 0: no limit

    // What happened so far; only ever counted up (runtime/vm.h: VmStatistics).
    uint64_t interpreted_calls = 0;
    uint64_t exceptions_raised = 0;
    uint64_t cache_misses = 0;
};

// The exception being handled by the innermost code that handles one, generators' resumers
// included. Borrowed, or null.
[[nodiscard]] inline Value handledException(const Thread& thread) {
    const HandledException* state = thread.handled;
    while (state != nullptr && state->exception.isNull()) state = state->previous;
    return state == nullptr ? Value::null() : state->exception;
}

// True when an exception is pending.
[[nodiscard]] inline bool hasPending(const Thread& thread) { return !thread.pending.isNull(); }

}  // namespace tagproof
