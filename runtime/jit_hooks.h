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
    kCodeHasLoopEntries = 4,    // compiled loops exist: every back edge asks enter_loop
    kCodeCompileRequested = 8,  // a background compile is under way
    kCodeHasManyGlobals = 16    // functions of different modules share it: stays interpreted
};

enum class LoopEntry : uint8_t {
    kNotEntered,  // nothing happened: go on interpreting
    kReturned,  // the loop ran to the function's return: *result is its value (new reference), the
                // frame's words have been taken over (null)
    kRaised,    // ended by an exception that leaves the function: pending, traceback entry added,
                // frame's words null
    kResumed,   // left through an exit: the frame was rebuilt, go on at frame.pc; with an exception
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
    // loop_threshold-th back edge of the code on, and at every one once kCodeHasLoopEntries is set.
    // The frame is exact (pc at the JUMP_BACKWARD, stack_top). Null = no loop is entered.
    LoopEntry (*enter_loop)(Thread&, Frame&, uint32_t target, Value* result) = nullptr;
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

// Counts an entry of `code` by the interpreter; true when function_hot is to be asked.
[[nodiscard]] inline bool countEntry(Code* code, const JitHooks& hooks) {
    constexpr uint32_t kSettled = kCodeIsCompiled | kCodeNeverCompile | kCodeHasManyGlobals;
    return ++code->calls >= hooks.call_threshold && hooks.function_hot != nullptr &&
           (code->jit_flags & kSettled) == 0;
}

}  // namespace tagproof
