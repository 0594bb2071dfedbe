#pragma once
// Frame: one activation that the interpreter runs. Frames of ordinary calls lie one after another
// in the thread's frame stack; the frame of a generator lies in a heap block that the generator
// owns. Compiled functions have no Frame until they leave through an exit (jit/deopt builds one).
//
//   Frame | locals (code->body->local_names) | cells, then free variables | operand stack ... |
//           ^slots()                           ^cells()                     ^stackBase()
//
// Every word of a frame is owned or null (PUSH_NULL). Words at and above `stack_top` are dead.

#include <cstdint>

#include "objmodel/thread.h"
#include "objmodel/value.h"
#include "runtime/code.h"

namespace tagproof {

struct Dict;
struct Function;
struct Generator;
struct Thread;
struct Traceback;

enum FrameFlag : uint32_t {
    kFrameIsEntry = 1,      // its return leaves interpret() instead of continuing in `previous`
    kFrameIsGenerator = 2,  // lies in a generator: suspended by YIELD_VALUE, never popped
    kFrameIsInit = 4,  // __init__ of an object under construction: its caller gets `constructed`
    kFrameHasTraceback = 8,  // `traceback` is set
    kFrameIsGetter = 16,     // of a property, for LOAD_ATTR on `constructed`
};

struct Frame {
    Code* code = nullptr;          // owned: an activation keeps its code alive
    Function* function = nullptr;  // owned; null for module and class bodies run without one
    Dict* globals = nullptr;       // the function's; owned when there is no function
    Dict* builtins = nullptr;      // likewise
    Value names;                   // namespace of a class body or exec'd module, owned; or null
    Frame* previous = nullptr;     // the frame that called this one, null at the bottom; not owned
    const Instruction* pc = nullptr;  // being executed; a resumed frame executes it, a frame that a
                                      // call returns to continues behind it
    Value* stack_top = nullptr;       // first free word of the operand stack; exact whenever other
                                      // code than the dispatch loop can see the frame
    Generator* generator = nullptr;   // the owner of a generator's frame, borrowed; or null
    Value constructed;  // kFrameIsInit: the new object; kFrameIsGetter: whose attribute; owned
    Traceback* traceback = nullptr;  // newest traceback entry of this activation, not owned; valid
                                     // with kFrameHasTraceback only
    uint32_t flags = 0;              // FrameFlag bits
    uint32_t slot_count = 0;         // locals + cells

    [[nodiscard]] Value* slots() { return reinterpret_cast<Value*>(this + 1); }
    [[nodiscard]] Value* cells() { return slots() + code->body->local_names.size(); }
    [[nodiscard]] Value* stackBase() { return slots() + slot_count; }
    // Index of the instruction at `pc`.
    [[nodiscard]] uint32_t pcIndex() const {
        return static_cast<uint32_t>(pc - code->body->instructions.data());
    }
};
static_assert(sizeof(Frame) % 8 == 0);

// Words beyond the code's stack_size that the interpreter may use within one instruction (operands
// of the calls that a with statement or a property makes).
inline constexpr uint32_t kFrameStackSlack = 8;

// Takes words for a frame of `code` from the thread's frame stack; nothing in it is set. Null +
// MemoryError, or RecursionError when the stack has reached its largest size.
[[nodiscard]] Frame* growFrameStack(Thread& thread, const Code* code);
[[nodiscard]] inline Frame* takeFrameWords(Thread& thread, const Code* code) {
    uint64_t* begin = thread.frame_top;
    if (static_cast<size_t>(thread.frame_end - begin) < code->frame_words) [[unlikely]] {
        return growFrameStack(thread, code);
    }
    thread.frame_top = begin + code->frame_words;
    return reinterpret_cast<Frame*>(begin);
}

// Puts a frame for `function` on the thread's frame stack and makes it thread.frame: locals and
// cells null but for the free variables (taken from the closure), stack empty, pc at the first
// instruction. Counts one activation. Null + RecursionError or MemoryError.
[[nodiscard]] Frame* pushFrame(Thread& thread, Function* function);

// The same for code that runs without a function: module bodies, exec.
// `names` may be null: then names are globals.
[[nodiscard]] Frame* pushModuleFrame(
    Thread& thread, Code* code, Dict* globals, Dict* builtins, Value names);

// Releases what the frame holds (a traceback entry of it keeps the locals), takes it off the frame
// stack and makes `previous` thread.frame.
void popFrame(Thread& thread, Frame* frame);

// Puts the cells of the function's closure behind the frame's own cells.
void copyClosure(Frame* frame, const Function* function);

// Releases the stack, cells and locals, leaving a frame of null words.
void clearFrame(Frame* frame);
// The activation ends: what a living traceback entry of it must keep goes there.
void detachTraceback(Thread& thread, Frame* frame);
// Releases everything else the frame owns: function, code, names.
void releaseFrameContext(Frame* frame);

// The namespace that `locals()` shows: names, globals, or a new dict of the set locals. New
// reference.
[[nodiscard]] Value frameLocals(Thread& thread, Frame* frame);

// The thread's frame stack: chunks of words, the newest first. Owned by the Vm.
struct FrameChunk {
    FrameChunk* previous = nullptr;  // older chunk, owned
    uint64_t* saved_top = nullptr;   // thread.frame_top in the older chunk
    uint64_t* begin = nullptr;       // first word
    uint64_t* end = nullptr;         // one behind the last word
    size_t bytes_up_to = 0;          // of this chunk and all older ones
};
void freeFrameStack(Thread& thread);
// Frees the newest chunk, which holds no frame any more.
void leaveFrameChunk(Thread& thread);

// Gives the words of the newest frame back; what it held has been released or taken over.
inline void giveFrameWords(Thread& thread, Frame* frame) {
    auto* begin = reinterpret_cast<uint64_t*>(frame);
    thread.frame_top = begin;
    if (begin == thread.frame_chunk->begin && thread.frame_chunk->previous != nullptr)
        [[unlikely]] {
        leaveFrameChunk(thread);
    }
}

}  // namespace tagproof
