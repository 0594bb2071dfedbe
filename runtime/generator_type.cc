// The generator type as programs see it: iteration, send, throw, close, attributes.

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/weakref.h"
#include "runtime/frame.h"
#include "runtime/generator.h"

namespace tagproof {

namespace {

Generator* generatorOf(Value self) { return self.as<Generator>(); }

// The outcome of a step as a method call gives it: StopIteration when the body returned.
Value stepResult(Thread& thread, Value item, Value returned) {
    if (!item.isNull() || hasPending(thread)) return item;
    const Ref result(returned);
    return raiseStopIteration(
        thread, result.get() == thread.singletons->none ? Value::null() : result.get());
}

Value nextGenerator(Thread& thread, Value self) {
    Value returned;
    const Value item =
        resumeGenerator(thread, generatorOf(self), thread.singletons->none, &returned);
    if (!item.isNull() || returned == thread.singletons->none) return item;
    return stepResult(thread, item, returned);
}

Value iterSelf(Thread&, Value self) { return newRef(self); }

Value sendMethod(Thread& thread, Value self, const Value* args, size_t) {
    Value returned;
    const Value item = resumeGenerator(thread, generatorOf(self), args[0], &returned);
    return stepResult(thread, item, returned);
}

// An instance of the class, or the exception that came of making it. New reference.
Value madeException(Thread& thread, Value type, const Value* args, size_t count) {
    Ref made(call(thread, type, args, count));
    if (made && isExceptionInstance(made.get())) return made.release();
    if (made) {
        const Ref text(reprOf(thread, type));
        if (text) {
            raise(thread, ExceptionKind::kTypeError,
                  "calling {} should have returned an instance of BaseException, not {}",
                  toUtf8(text.as<Str>()), typeName(typeOf(thread, made.get())));
        }
    }
    return takePending(thread);
}

// The exception that throw(type, value) or throw(exception) means. New reference.
Value thrownInstance(Thread& thread, const Value* args, size_t count) {
    if (isExceptionInstance(args[0])) {
        const bool separate = count > 1 && args[1] != thread.singletons->none;
        if (!separate) return newRef(args[0]);
        return raise(thread, ExceptionKind::kTypeError,
                     "instance exception may not have a separate value");
    }
    if (!isExceptionClass(args[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "exceptions must be classes or instances deriving from BaseException, not {}",
                     typeName(typeOf(thread, args[0])));
    }
    if (count < 2 || args[1] == thread.singletons->none) {
        return madeException(thread, args[0], nullptr, 0);
    }
    if (isInstanceOf(thread, args[1], args[0].as<Type>())) return newRef(args[1]);
    if (isTuple(args[1])) {
        const Tuple* const parts = args[1].as<Tuple>();
        return madeException(thread, args[0], parts->items(), parts->size);
    }
    return madeException(thread, args[0], args + 1, 1);
}

// The same of throw(type, value, traceback).
Value thrownException(Thread& thread, const Value* args, size_t count) {
    if (count > 2 && args[2] != thread.singletons->none &&
        !isExactly(args[2], thread.types->traceback)) {
        return raise(thread, ExceptionKind::kTypeError,
                     "throw() third argument must be a traceback object");
    }
    Ref exception(thrownInstance(thread, args, count));
    if (exception && count > 2 && isExactly(args[2], thread.types->traceback)) {
        auto* object = exception.as<ExceptionObject>();
        const Value old = std::exchange(object->traceback, newRef(args[2]));
        decref(old);
    }
    return exception.release();
}

// What is wrong with the arguments is raised by the innermost generator, as CPython does.
Value throwMethod(Thread& thread, Value self, const Value* args, size_t count) {
    Ref exception(thrownException(thread, args, count));
    Value returned;
    Value item;
    if (exception) {
        restorePending(thread, exception.release());
        item = throwIntoGenerator(thread, generatorOf(self), &returned);
    } else {
        item = throwFromInnermost(thread, generatorOf(self), &returned);
    }
    return stepResult(thread, item, returned);
}

Value closeMethod(Thread& thread, Value self, const Value*, size_t) {
    return closeGenerator(thread, generatorOf(self)) < 0 ? Value::null() : thread.singletons->none;
}

// --- life ----------------------------------------------------------------------------------------

// A suspended body still has its finally blocks to run.
int finalizeGenerator(Thread& thread, Object* self) {
    auto* generator = reinterpret_cast<Generator*>(self);
    if (generator->state != GeneratorState::kSuspended) return 0;
    Ref pending(takePending(thread));
    if (closeGenerator(thread, generator) < 0) reportUnraisable(thread, Value::of(self));
    restorePending(thread, pending.release());
    return 0;
}

void clearGenerator(Thread& thread, Object* self) {
    auto* generator = reinterpret_cast<Generator*>(self);
    Frame* frame = std::exchange(generator->frame, nullptr);
    if (frame != nullptr) {
        const size_t bytes = size_t{frame->code->frame_words} * sizeof(Value);
        detachTraceback(thread, frame);
        clearFrame(frame);
        releaseFrameContext(frame);
        freeRaw(thread, frame, bytes);
    }
    generator->state = GeneratorState::kFinished;
    const Value handled = std::exchange(generator->handled.exception, Value::null());
    decref(handled);
}

void deallocGenerator(Thread& thread, Object* self) {
    auto* generator = reinterpret_cast<Generator*>(self);
    clearGenerator(thread, self);
    decref(generator->name);
    decref(generator->qualified_name);
    decref(generator->code);
    freeObject(thread, self);
}

void traverseGenerator(Object* self, VisitFunction visit, void* context) {
    auto* generator = reinterpret_cast<Generator*>(self);
    const Value own[] = {generator->handled.exception, generator->name, generator->qualified_name,
                         generator->code};
    for (const Value word : own) {
        if (word) visit(word, context);
    }
    Frame* frame = generator->frame;
    if (frame == nullptr) return;
    // Of a running frame the end of the stack is known to the dispatch loop alone.
    const bool running = generator->state == GeneratorState::kRunning;
    const Value* const end = running ? frame->stackBase() : frame->stack_top;
    for (const Value* word = frame->slots(); word < end; ++word) {
        if (!word->isNull()) visit(*word, context);
    }
    const Value context_words[] = {Value::of(frame->code), Value::of(frame->function),
                                   frame->names};
    for (const Value word : context_words) {
        if (word) visit(word, context);
    }
    if (frame->function != nullptr) return;
    visit(Value::of(frame->globals), context);
    visit(Value::of(frame->builtins), context);
}

// --- attributes ----------------------------------------------------------------------------------

Value reprGenerator(Thread& thread, Value self) {
    return Value::of(makeStr(
        thread, fmt::format("<generator object {} at {:#x}>",
                            toUtf8(generatorOf(self)->qualified_name.as<Str>()), self.bits)));
}

int setText(Thread& thread, Value* word, Value value, const char* attribute) {
    if (value.isNull() || !isStr(value)) {
        raise(thread, ExceptionKind::kTypeError, "{} must be set to a string object", attribute);
        return -1;
    }
    const Value old = std::exchange(*word, newRef(value));
    decref(old);
    return 0;
}
Value getName(Thread&, Value self) { return newRef(generatorOf(self)->name); }
int setName(Thread& thread, Value self, Value value) {
    return setText(thread, &generatorOf(self)->name, value, "__name__");
}
Value getQualifiedName(Thread&, Value self) { return newRef(generatorOf(self)->qualified_name); }
int setQualifiedName(Thread& thread, Value self, Value value) {
    return setText(thread, &generatorOf(self)->qualified_name, value, "__qualname__");
}
Value getCode(Thread&, Value self) { return newRef(generatorOf(self)->code); }
Value isRunning(Thread& thread, Value self) {
    return boolValue(thread, generatorOf(self)->state == GeneratorState::kRunning);
}
Value isSuspended(Thread& thread, Value self) {
    return boolValue(thread, generatorOf(self)->state == GeneratorState::kSuspended);
}
Value getDelegate(Thread& thread, Value self) {
    const Value delegate = generatorDelegate(generatorOf(self));
    return delegate ? newRef(delegate) : thread.singletons->none;
}
Value getFrame(Thread& thread, Value self) {
    // Frame objects are not exposed; programs test this for None.
    return generatorOf(self)->frame == nullptr ? thread.singletons->none : newRef(self);
}

}  // namespace

bool isGenerator(const Thread& thread, Value value) {
    return isExactly(value, thread.types->generator);
}

bool initGeneratorType(Thread& thread) {
    Type* type = thread.types->generator;
    setNativeLayout(type, CellFamily::kGenerator, sizeof(Generator), kTypeHasWeakrefs);
    type->slots.dealloc = deallocGenerator;
    type->slots.traverse = traverseGenerator;
    type->slots.clear = clearGenerator;
    type->slots.finalize = finalizeGenerator;
    type->slots.repr = reprGenerator;
    type->slots.iter = iterSelf;
    type->slots.next = nextGenerator;
    addMethod(thread, type, "send", sendMethod, 1, 1);
    addMethod(thread, type, "throw", throwMethod, 1, 3);
    addMethod(thread, type, "close", closeMethod, 0, 0);
    addGetSet(thread, type, "__name__", getName, setName);
    addGetSet(thread, type, "__qualname__", getQualifiedName, setQualifiedName);
    addGetSet(thread, type, "gi_code", getCode, nullptr);
    addGetSet(thread, type, "gi_running", isRunning, nullptr);
    addGetSet(thread, type, "gi_suspended", isSuspended, nullptr);
    addGetSet(thread, type, "gi_frame", getFrame, nullptr);
    addGetSet(thread, type, "gi_yieldfrom", getDelegate, nullptr);
    return finishNativeType(thread, type);
}

}  // namespace tagproof
