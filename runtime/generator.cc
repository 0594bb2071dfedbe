#include "runtime/generator.h"

#include <algorithm>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/jit_hooks.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

size_t frameBytes(const Code* code) { return size_t{code->frame_words} * sizeof(Value); }

// The body is done: releases the frame.
void finishGenerator(Thread& thread, Generator* self) {
    self->state = GeneratorState::kFinished;
    Frame* frame = std::exchange(self->frame, nullptr);
    if (frame == nullptr) return;
    const Ref code = Ref::borrow(self->code);
    detachTraceback(thread, frame);
    clearFrame(frame);
    releaseFrameContext(frame);
    freeRaw(thread, frame, frameBytes(code.as<Code>()));
}

// A StopIteration must not leave a generator: RuntimeError from it.
void convertStopIteration(Thread& thread) {
    if (!pendingMatches(thread, ExceptionKind::kStopIteration)) return;
    Ref stop(takePending(thread));
    raise(thread, ExceptionKind::kRuntimeError, "generator raised StopIteration");
    const Ref error(takePending(thread));
    auto* object = error.as<ExceptionObject>();
    const Value old_cause = object->cause;
    const Value old_context = object->context;
    object->cause = newRef(stop.get());
    object->context = newRef(stop.get());
    object->suppress_context = true;
    decref(old_cause);
    decref(old_context);
    restorePending(thread, newRef(error.get()));
}

// What the body sees of the thread while it runs.
void enterBody(Thread& thread, Generator* self) {
    self->frame->previous = thread.frame;
    thread.frame = self->frame;
    ++thread.recursion_depth;
    self->state = GeneratorState::kRunning;
    self->handled.previous = thread.handled;
    thread.handled = &self->handled;
}

// The rest of leaving is done by whoever ran the frame.
void leaveBody(Thread& thread, Generator* self) {
    thread.handled = self->handled.previous;
    self->handled.previous = nullptr;
}

// One more time that the interpreter runs the body from a yield on; true when there may be compiled
// code that begins there, or should be.
bool countResumption(const Thread& thread, const Generator* self) {
    const JitHooks& hooks = thread.vm->hooks();
    return hooks.enter_resumed != nullptr && countBackEdge(self->frame->code, hooks);
}

// What countResumption() would say, without counting.
bool isHot(const Thread& thread, const Generator* self) {
    const JitHooks& hooks = thread.vm->hooks();
    const Code* code = self->frame->code;
    return hooks.enter_resumed != nullptr && (code->back_edges + 1 >= hooks.loop_threshold ||
                                              (code->jit_flags & kCodeHasFrameEntries) != 0);
}

// Runs the frame, which is thread.frame, from its pc on: compiled where there is code that begins
// there. It is left as thread.frame by neither.
Value runFrame(Thread& thread, Frame& frame) {
    if (!countResumption(thread, frame.generator)) return interpret(thread, frame);
    Value result;
    switch (thread.vm->hooks().enter_resumed(thread, frame, &result)) {
        case FrameEntry::kNotEntered:
        case FrameEntry::kResumed:
            return interpret(thread, frame);
        case FrameEntry::kReturned:
        case FrameEntry::kYielded:
        case FrameEntry::kRaised:
            break;
    }
    thread.frame = frame.previous;
    --thread.recursion_depth;
    return result;
}

// Leaves the body that has run with `result`, as resumeGenerator says.
Value leaveBodyWith(Thread& thread, Generator* self, Value result, Value* returned) {
    if (!result.isNull() && self->state == GeneratorState::kSuspended) {
        leaveAtYield(thread, self);
        return result;
    }
    leaveAtEnd(thread, self);
    *returned = result;
    return Value::null();
}

// Runs the body from frame->pc (with an exception pending: as raised there) to its next yield or
// end.
Value runBody(Thread& thread, Generator* self, Value* returned) {
    const Ref keep = Ref::borrow(Value::of(self));
    Frame* frame = self->frame;
    *returned = Value::null();
    enterBody(thread, self);
    if (hasPending(thread) && !self->handled.exception.isNull()) {
        // What is thrown in happens while the body handles its exception, and not while those who
        // resume it handle theirs.
        const Ref thrown(takePending(thread));
        raiseObject(thread, thrown.get());
    }
    frame->flags |= kFrameIsEntry;
    return leaveBodyWith(thread, self, runFrame(thread, *frame), returned);
}

// False with an exception pending when the body cannot be entered now.
bool canEnter(Thread& thread, const Generator* self) {
    if (self->state == GeneratorState::kRunning) {
        raise(thread, ExceptionKind::kValueError, "generator already executing");
        return false;
    }
    if (thread.recursion_depth >= thread.recursion_limit) {
        raiseRecursionError(thread, "");
        return false;
    }
    return true;
}

// After a delegate finished with `value` (taken over) while an exception was thrown into it: the
// body goes on behind its yield from.
Value resumeAfterDelegate(Thread& thread, Generator* self, Value value, Value* returned) {
    Frame* frame = self->frame;
    *frame->stack_top++ = value;
    frame->pc = frame->code->body->instructions.data() + frame->pc[-1].operand;
    return runBody(thread, self, returned);
}

int closeIterator(Thread& thread, Value iterator) {
    if (isGenerator(thread, iterator)) return closeGenerator(thread, iterator.as<Generator>());
    const Ref method(getAttrOrNull(thread, iterator, thread.singletons->names.close));
    if (!method) return hasPending(thread) ? -1 : 0;
    const Ref result(call(thread, method.get(), nullptr, 0));
    return result ? 0 : -1;
}

// Throws the pending exception into the delegate. New reference to what it yields next; null
// without pending when it finished, *value then being its result.
Value throwIntoDelegate(Thread& thread, Value delegate, bool* handled, Value* value) {
    *handled = true;
    if (isGenerator(thread, delegate)) {
        return throwIntoGenerator(thread, delegate.as<Generator>(), value);
    }
    Ref exception(takePending(thread));
    const Ref method(getAttrOrNull(thread, delegate, thread.singletons->names.throw_));
    if (!method) {
        if (hasPending(thread)) return Value::null();
        *handled = false;
        restorePending(thread, exception.release());
        return Value::null();
    }
    const Value argument = exception.get();
    const Value item = call(thread, method.get(), &argument, 1);
    if (!item.isNull() || !pendingMatches(thread, ExceptionKind::kStopIteration)) return item;
    const Ref stop(takePending(thread));
    *value = stopIterationValue(thread, stop.get());
    return Value::null();
}

}  // namespace

void leaveAtYield(Thread& thread, Generator* self) {
    leaveBody(thread, self);
    self->frame->previous = nullptr;
}

void leaveAtEnd(Thread& thread, Generator* self) {
    leaveAtYield(thread, self);
    const Value left = std::exchange(self->handled.exception, Value::null());
    decref(left);
    finishGenerator(thread, self);
    if (hasPending(thread)) convertStopIteration(thread);
}

bool enterForNext(Thread& thread, Generator* self) {
    const bool waits =
        self->state == GeneratorState::kCreated || self->state == GeneratorState::kSuspended;
    if (!waits || !generatorDelegate(self).isNull() || isHot(thread, self) ||
        thread.recursion_depth >= thread.recursion_limit) {
        return false;
    }
    static_cast<void>(countResumption(thread, self));
    Frame* frame = self->frame;
    frame->flags &= ~uint32_t{kFrameIsEntry};
    *frame->stack_top++ = thread.singletons->none;
    ++frame->pc;
    enterBody(thread, self);
    return true;
}

Value generatorDelegate(const Generator* self) {
    if (self->state != GeneratorState::kSuspended) return Value::null();
    Frame* frame = self->frame;
    if (frame->pc[-1].op() != Opcode::SEND) return Value::null();
    return frame->stack_top[-1];
}

namespace {

// A generator that has a frame for `code`, without what belongs into it. The code is counted for
// both. New reference, or null + pending.
Generator* allocateGenerator(Thread& thread, Code* code, Value name, Value qualified_name) {
    auto* self = allocateObject<Generator>(thread, thread.types->generator);
    if (self == nullptr) return nullptr;
    auto* frame = static_cast<Frame*>(allocateRaw(thread, frameBytes(code)));
    self->state = GeneratorState::kFinished;
    self->name = newRef(name);
    self->qualified_name = newRef(qualified_name);
    self->code = newRef(Value::of(code));
    if (frame == nullptr) {
        decref(Value::of(self));
        return nullptr;
    }
    incref(Value::of(code));
    self->frame = frame;
    return self;
}

// What is the same however its words came into the frame.
Value finishNewGenerator(Generator* self) {
    Frame* frame = self->frame;
    frame->constructed = Value::null();
    frame->previous = nullptr;
    frame->generator = self;
    frame->flags = kFrameIsGenerator | kFrameIsEntry;
    frame->stack_top = frame->stackBase();
    self->state = GeneratorState::kCreated;
    return Value::of(self);
}

}  // namespace

Value newGenerator(Thread& thread, Frame* frame) {
    Code* code = frame->code;
    const Function* function = frame->function;
    const Value name = function != nullptr ? function->name : Value::of(code->body->name);
    const Value qualified_name =
        function != nullptr ? function->qualified_name : Value::of(code->body->qualified_name);
    Generator* self = allocateGenerator(thread, code, name, qualified_name);
    if (self == nullptr) return Value::null();
    // The words move; what identifies the activation is shared by count.
    const auto words = static_cast<size_t>(frame->stackBase() - frame->slots());
    *self->frame = *frame;
    std::copy_n(frame->slots(), words, self->frame->slots());
    std::fill_n(frame->slots(), words, Value::null());
    if (function != nullptr) {
        incref(Value::of(function));
    } else {
        incref(Value::of(frame->globals));
        incref(Value::of(frame->builtins));
    }
    incref(frame->names);
    return finishNewGenerator(self);
}

Value newGeneratorOf(Thread& thread, Function* function, const Value* args, size_t count) {
    Code* code = function->code;
    Generator* self = allocateGenerator(thread, code, function->name, function->qualified_name);
    if (self == nullptr) return Value::null();
    Frame* frame = self->frame;
    *frame = Frame{};
    frame->code = code;
    frame->function = newRef(function);
    frame->globals = function->globals;
    frame->builtins = function->builtins;
    frame->names = Value::null();
    frame->pc = code->body->instructions.data();
    frame->slot_count = code->slot_count;
    for (size_t i = 0; i < count; ++i) frame->slots()[i] = newRef(args[i]);
    std::fill_n(frame->slots() + count, code->slot_count - count, Value::null());
    if (function->closure != nullptr) copyClosure(frame, function);
    return finishNewGenerator(self);
}

namespace {

// The body waits in `yield from` for another generator: that one goes on at once, without a round
// through the body's SEND. Results as resumeGenerator.
Value resumeDelegate(
    Thread& thread, Generator* self, Generator* delegate, Value sent, Value* returned) {
    const Ref keep = Ref::borrow(Value::of(self));
    const Ref keep_delegate = Ref::borrow(Value::of(delegate));
    Frame* frame = self->frame;
    enterBody(thread, self);
    Value result;
    const Value item = resumeGenerator(thread, delegate, sent, &result);
    leaveBody(thread, self);
    thread.frame = std::exchange(frame->previous, nullptr);
    --thread.recursion_depth;
    self->state = GeneratorState::kSuspended;
    if (!item.isNull()) return item;
    if (hasPending(thread)) return runBody(thread, self, returned);
    return resumeAfterDelegate(thread, self, result, returned);
}

}  // namespace

Value resumeGenerator(Thread& thread, Generator* self, Value sent, Value* returned) {
    *returned = Value::null();
    if (sent == thread.singletons->none && enterForNext(thread, self)) {
        const Ref keep = Ref::borrow(Value::of(self));
        self->frame->flags |= kFrameIsEntry;
        return leaveBodyWith(thread, self, interpret(thread, *self->frame), returned);
    }
    if (!canEnter(thread, self)) return Value::null();
    if (self->state == GeneratorState::kFinished) {
        *returned = thread.singletons->none;
        return Value::null();
    }
    if (self->state == GeneratorState::kCreated && sent != thread.singletons->none) {
        return raise(thread, ExceptionKind::kTypeError,
                     "can't send non-None value to a just-started generator");
    }
    const Value delegate = generatorDelegate(self);
    const bool delegates = !delegate.isNull() && isGenerator(thread, delegate);
    if (delegates && hasNativeStack(thread)) {
        return resumeDelegate(thread, self, delegate.as<Generator>(), sent, returned);
    }
    Frame* frame = self->frame;
    *frame->stack_top++ = newRef(sent);
    ++frame->pc;
    return runBody(thread, self, returned);
}

Value throwFromInnermost(Thread& thread, Generator* self, Value* returned) {
    *returned = Value::null();
    Ref delegate = Ref::borrow(generatorDelegate(self));
    if (!delegate || self->state != GeneratorState::kSuspended ||
        !isGenerator(thread, delegate.get()) || !hasNativeStack(thread)) {
        return Value::null();
    }
    Value value;
    self->state = GeneratorState::kRunning;
    const Value item = throwFromInnermost(thread, delegate.as<Generator>(), &value);
    self->state = GeneratorState::kSuspended;
    if (!item.isNull()) return item;
    delegate = Ref();  // it ends when the body leaves it
    if (!hasPending(thread)) return resumeAfterDelegate(thread, self, value, returned);
    return runBody(thread, self, returned);
}

Value throwIntoGenerator(Thread& thread, Generator* self, Value* returned) {
    *returned = Value::null();
    Ref exception(takePending(thread));
    if (!checkNativeStack(thread) || !canEnter(thread, self)) return Value::null();
    if (self->state == GeneratorState::kFinished) {
        restorePending(thread, exception.release());
        return Value::null();
    }
    const Ref delegate = Ref::borrow(generatorDelegate(self));
    if (delegate) {
        const bool exits = isInstanceOf(thread, exception.get(),
                                        exceptionType(thread, ExceptionKind::kGeneratorExit));
        if (exits) {
            self->state = GeneratorState::kRunning;
            const int closed = closeIterator(thread, delegate.get());
            self->state = GeneratorState::kSuspended;
            if (closed < 0) return runBody(thread, self, returned);
        } else {
            restorePending(thread, exception.release());
            bool handled;
            Value value;
            self->state = GeneratorState::kRunning;
            const Value item = throwIntoDelegate(thread, delegate.get(), &handled, &value);
            self->state = GeneratorState::kSuspended;
            if (!item.isNull()) return item;
            if (handled && !hasPending(thread)) {
                return resumeAfterDelegate(thread, self, value, returned);
            }
            return runBody(thread, self, returned);
        }
    }
    restorePending(thread, exception.release());
    return runBody(thread, self, returned);
}

int closeGenerator(Thread& thread, Generator* self) {
    if (self->state == GeneratorState::kCreated) {
        finishGenerator(thread, self);
        return 0;
    }
    if (self->state == GeneratorState::kFinished) return 0;
    const Ref exit(
        newException(thread, exceptionType(thread, ExceptionKind::kGeneratorExit), nullptr, 0));
    if (!exit) return -1;
    // It happens while the one who closes handles an exception.
    raiseObject(thread, exit.get());
    Value returned;
    const Ref item(throwIntoGenerator(thread, self, &returned));
    decref(returned);
    if (item) {
        raise(thread, ExceptionKind::kRuntimeError, "generator ignored GeneratorExit");
        return -1;
    }
    if (!hasPending(thread)) return 0;
    if (!pendingMatches(thread, ExceptionKind::kGeneratorExit) &&
        !pendingMatches(thread, ExceptionKind::kStopIteration)) {
        return -1;
    }
    clearPending(thread);
    return 0;
}

}  // namespace tagproof
