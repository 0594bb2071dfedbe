#pragma once
// The seam between the interpreter and a compiler of functions. The compiler fills in a JitHooks
// and gives it to the Vm; without one every pointer is null and nothing is ever hot. All thresholds
// count events exactly, so that a run is the same every time.

#include <cstdint>

#include "objmodel/collector.h"
#include "objmodel/value.h"
#include "runtime/code.h"

namespace tagproof {

struct Code;
struct Frame;
struct Function;
struct Str;
struct Thread;
struct Type;

enum CodeJitFlag : uint32_t {
    kCodeIsCompiled = 1,        // Code.entry is a compiled function
    kCodeNeverCompile = 2,      // rejected, unsupported or excluded: never asked again
    kCodeHasFrameEntries = 4,   // compiled loops or resumptions exist: every back edge asks
                                // enter_loop, every resumption enter_resumed
    kCodeCompileRequested = 8,  // a background compile is under way
    kCodeHasManyGlobals = 16    // functions of different modules share it: stays interpreted
};

enum class FrameEntry : uint8_t {
    kNotEntered,  // nothing happened: go on interpreting
    kReturned,    // ran to the function's return: *result is its value (new reference), the frame's
                  // words have been taken over (null)
    kYielded,     // the generator was suspended: *result is what it yields, its frame is as
                  // YIELD_VALUE leaves it
    kRaised,      // ended by an exception that leaves the function: pending, traceback entry added,
                  // frame's words null
    kResumed,  // left through an exit: the frame was rebuilt, go on at frame.pc; with an exception
               // pending, as raised there
};

struct JitHooks {
    void* context = nullptr;      // for the hooks' own use
    uint32_t call_threshold = 0;  // entries from which on function_hot is called
    uint32_t loop_threshold = 0;  // back edges from which on enter_loop is called

    // A function that is neither compiled nor refused is about to be entered, for at least the
    // call_threshold-th time. May compile it and publish an entry, which this call then uses. Must
    // leave no exception pending. Null = nothing is compiled.
    void (*function_hot)(Thread&, Function*) = nullptr;
    // A back edge to instruction `target` is about to be taken in `frame`: from the
    // loop_threshold-th back edge of the code on, and at every one once kCodeHasFrameEntries is
    // set. The frame is exact (pc at the JUMP_BACKWARD, stack_top). Null = no loop is entered.
    FrameEntry (*enter_loop)(Thread&, Frame&, uint32_t target, Value* result) = nullptr;
    // A suspended or new generator is about to go on in `frame`, which is thread.frame: behind its
    // yield (frame.pc) with what was sent on its stack, or, with an exception pending, as raised at
    // frame.pc. Counted and asked like a back edge. Null = none is entered.
    FrameEntry (*enter_resumed)(Thread&, Frame&, Value* result) = nullptr;
    // The type, or one it inherits from, got a new version: code that relies on it is invalid.
    // Called for each affected type, after the change. `name` is the attribute, or null for
    // several.
    void (*type_modified)(Thread&, Type*, Str* name) = nullptr;
    // Code or defaults of a function were replaced; its version is new.
    void (*function_modified)(Thread&, Function*) = nullptr;
    // The last reference to the code goes away: give back what it owns.
    void (*code_released)(Thread&, Code*) = nullptr;
    // Visits each reference that the compiler holds (for the heap checker).
    void (*visit_references)(void* context, VisitFunction visit, void* visit_context) = nullptr;
    // thread.poll was set for kPollCompiler.
    void (*poll)(Thread&) = nullptr;
    // What compiled code refers to.
    WeakOwners weak_owners;
};

// Counts a back edge or a resumption; true when the hook is to be asked whether to enter.
[[nodiscard]] inline bool countBackEdge(Code* code, const JitHooks& hooks) {
    return ++code->back_edges >= hooks.loop_threshold ||
           (code->jit_flags & kCodeHasFrameEntries) != 0;
}

// Counts an entry of `code` by the interpreter; true when function_hot is to be asked.
[[nodiscard]] inline bool countEntry(Code* code, const JitHooks& hooks) {
    constexpr uint32_t kSettled = kCodeIsCompiled | kCodeNeverCompile | kCodeHasManyGlobals;
    return ++code->calls >= hooks.call_threshold && hooks.function_hot != nullptr &&
           (code->jit_flags & kSettled) == 0;
}

}  // namespace tagproof
