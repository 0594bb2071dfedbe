#pragma once
// Generator objects. A generator owns its frame, in a heap block, and the exception that its body
// is handling while it is suspended.

#include "objmodel/object.h"
#include "objmodel/thread.h"

namespace tagproof {

struct Frame;
struct Function;

enum class GeneratorState : uint8_t { kCreated, kSuspended, kRunning, kFinished };

struct Generator {
    Object head;
    Frame* frame = nullptr;    // heap block, owned; null when finished
    HandledException handled;  // exception state of the body; linked into the thread while running
    Value name;                // owned
    Value qualified_name;      // owned
    Value code;                // Code, owned: outlives the frame for gi_code
    GeneratorState state = GeneratorState::kCreated;
};

// Turns the running frame of a generator function into a generator: moves its words to a heap
// block, leaving `frame` empty. The frame's pc is at RETURN_GENERATOR. New reference, or null +
// pending.
[[nodiscard]] Value newGenerator(Thread& thread, Frame* frame);

// The generator that a call of a generator function makes, with `count` arguments bound to its
// parameters (borrowed). New reference, or null + pending.
[[nodiscard]] Value newGeneratorOf(Thread& thread,
                                   Function* function,
                                   const Value* args,
                                   size_t count);

// Continues the body with `sent` as the value of its yield (borrowed; None to start). New reference
// to the next value; null + pending when it raised; null without pending when it returned, and then
// *returned is the result (new reference).
[[nodiscard]] Value resumeGenerator(Thread& thread, Generator* self, Value sent, Value* returned);

// For a loop that runs frames itself, as the next item of `self` is wanted: makes the frame of the
// body thread.frame, without kFrameIsEntry, ready to be executed from its pc on. False, nothing
// done: resume it (it is running or finished, or what runs next is not its own interpreted body).
[[nodiscard]] bool enterForNext(Thread& thread, Generator* self);
// What is left to do when that frame has been left at a yield, or else at its end: then the body is
// released, and a pending StopIteration becomes a RuntimeError.
void leaveAtYield(Thread& thread, Generator* self);
void leaveAtEnd(Thread& thread, Generator* self);

// Continues the body with the pending exception raised at its yield. Results as resumeGenerator.
[[nodiscard]] Value throwIntoGenerator(Thread& thread, Generator* self, Value* returned);
// The same for a pending exception that the innermost of the generators raised of which each waits
// for the next: it is not entered.
[[nodiscard]] Value throwFromInnermost(Thread& thread, Generator* self, Value* returned);

// generator.close(): -1 + pending when the body ignores GeneratorExit or raises.
[[nodiscard]] int closeGenerator(Thread& thread, Generator* self);

// The iterator that a suspended body delegates to (yield from), borrowed, or null.
[[nodiscard]] Value generatorDelegate(const Generator* self);

[[nodiscard]] bool isGenerator(const Thread& thread, Value value);

// Fills the slots and attributes of the generator type.
[[nodiscard]] bool initGeneratorType(Thread& thread);

}  // namespace tagproof
