#pragma once
// The parts of a call that the dispatch loop inlines, and those it leaves out of line. `base`
// points at the operands of a call: callable, self-or-null, arguments.

#include <cstring>

#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/object.h"
#include "runtime/attr_cache.h"
#include "runtime/code.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/jit_hooks.h"

namespace tagproof {

struct Tuple;

// Operands of one call. Words are owned by the caller's stack.
struct CallSite {
    Value* base;          // callable, self-or-null, arguments...
    uint32_t count;       // arguments behind self-or-null, keyword values included
    Value keyword_names;  // null or a Tuple of Str, borrowed

    [[nodiscard]] Value* args() const { return base + (base[1].isNull() ? 2 : 1); }
    [[nodiscard]] size_t given() const { return count + (base[1].isNull() ? 0u : 1u); }
};

// Makes the frame of a call that needs no binding: moves function and arguments from the operands
// into it, then is thread.frame. Null + RecursionError or MemoryError, operands untouched.
[[nodiscard]] Frame* enterSlow(Thread& thread, const char* where);
[[nodiscard]] inline Frame* enterExact(Thread& thread,
                                       Function* function,
                                       const Value* args,
                                       size_t given) {
    Code* code = function->code;
    if (thread.recursion_depth >= thread.recursion_limit) [[unlikely]]
        return enterSlow(thread, "");
    Frame* frame = takeFrameWords(thread, code);
    if (frame == nullptr) [[unlikely]]
        return nullptr;
    ++thread.recursion_depth;
    ++thread.interpreted_calls;
    incref(&code->head);
    frame->code = code;
    frame->function = function;  // the operand's reference moves here
    frame->globals = function->globals;
    frame->builtins = function->builtins;
    frame->names = Value::null();
    frame->previous = thread.frame;
    frame->pc = code->body->instructions.data();
    frame->generator = nullptr;
    frame->constructed = Value::null();
    frame->flags = 0;
    const uint32_t slots = code->slot_count;
    frame->slot_count = slots;
    Value* words = frame->slots();
    for (size_t i = 0; i < given; ++i) words[i] = args[i];
    for (size_t i = given; i < slots; ++i) words[i] = Value::null();
    frame->stack_top = words + slots;
    if (function->closure != nullptr) copyClosure(frame, function);
    thread.frame = frame;
    return frame;
}

// The same for any call of a function: binds arguments with new references, then releases the
// operands. Null + pending, operands untouched.
[[nodiscard]] Frame* enterBinding(Thread& thread, Function* function, const CallSite& site);

// A call of a function with a compiled entry; operands stay. New reference, or null + pending.
[[nodiscard]] Value callCompiled(Thread& thread, Function* function, const CallSite& site);

// Any other callable through its type; operands stay. New reference, or null + pending.
[[nodiscard]] Value callGeneric(Thread& thread, const CallSite& site);

// Takes a bound method apart on the stack: base[0] becomes its function, base[1] its self.
void unpackMethod(Value* base);

// For `cls(...)`: when the class is made by type.__call__ -> object.__new__ -> an interpreted
// __init__, puts __init__ and a new instance in place of the class on the stack and returns the
// instance (borrowed). Null without pending: call it generically; null + MemoryError.
[[nodiscard]] Value beginConstruction(Thread& thread, Value* base);

// True when `count` positional arguments are right and the native code takes no keywords.
[[nodiscard]] inline bool takesCount(const NativeSignature& signature, size_t count) {
    const auto wanted = static_cast<int64_t>(count);
    return signature.code != nullptr && wanted >= signature.min_args &&
           (wanted <= signature.max_args || signature.max_args == kAnyCount);
}

// Gives back the operands from `base` up to `end`, in CPython's order: that of their evaluation.
inline void releaseOperands(Value* base, Value* end) {
    while (base < end) {
        const Value word = *base++;
        decref(word);
    }
}

// Records what a call site calls.
void recordCalleeSlow(Thread& thread, Feedback& feedback, Value callee);
[[gnu::always_inline]] inline void recordCallee(Thread& thread, Feedback& feedback, Value callee) {
    if (feedback.callee == callee || feedback.callees == kManyCallees) [[likely]]
        return;
    recordCalleeSlow(thread, feedback, callee);
}

}  // namespace tagproof
