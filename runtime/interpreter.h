#pragma once
// The bytecode interpreter. One call of interpret() runs its entry frame and every interpreted
// function that it calls, without C++ recursion: guest calls push a Frame and continue in the loop.

#include <array>
#include <cstddef>

#include "objmodel/value.h"

namespace tagproof {

struct Code;
struct Frame;
struct Function;
struct Thread;

// Runs `frame` (which is thread.frame) from frame.pc until the innermost frame flagged
// kFrameIsEntry, at `frame` or below it in the chain of `previous`, returns. Frames that finish are
// popped. With an exception pending at the call, the instruction at frame.pc counts as having
// raised it: the handler is looked up first. Returns the result (new reference), or null + pending.
// A generator's frame also ends it by yielding; Generator::state tells.
[[nodiscard]] Value interpret(Thread& thread, Frame& frame);

// The same for a call that was not made by the interpreter; arguments are in `frame`. Counts it,
// and polls first.
[[nodiscard]] Value interpretCall(Thread& thread, Frame& frame);

// Finishes a frame that an exit of compiled code rebuilt: pushFrame, its words filled in (owned),
// pc at the instruction to execute. Frames of inlined calls are pushed outermost first; only the
// outermost has kFrameIsEntry; an outer frame's pc is at its call instruction, operands already
// popped. Depth counting: see pushFrame; the compiled activations have given theirs back.
[[nodiscard]] Value resumeFrame(Thread& thread, Frame& frame);

// Calls `function` with exactly its positional parameters (no *args, **kwargs, keyword-only ones;
// defaults filled in). Arguments borrowed.
[[nodiscard]] Value callFunction(Thread& thread,
                                 Function* function,
                                 const Value* args,
                                 size_t count);

// What Code.entry is until compiled code is published there: interprets thread.callee. The common
// signature of compiled functions; arguments 5 and up are in thread.args[5], ...
using Entry = Value (*)(Thread* thread, Value a0, Value a1, Value a2, Value a3, Value a4);
inline constexpr size_t kEntryRegisterArguments = 5;
[[nodiscard]] Value interpreterBridge(
    Thread* thread, Value a0, Value a1, Value a2, Value a3, Value a4);

// Interprets thread.callee, whatever its entry is. Arguments as for an entry.
using RegisterArguments = std::array<Value, kEntryRegisterArguments>;
[[nodiscard]] Value interpretCallee(Thread& thread, const RegisterArguments& in_registers);

// True when the code has a compiled entry.
[[nodiscard]] bool hasCompiledEntry(const Code* code);
// Publishes a compiled entry, or with null goes back to the bridge. The only writer of Code.entry.
void setEntry(Code* code, void* entry);

}  // namespace tagproof
