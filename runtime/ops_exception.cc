// Slow paths of exceptions and with statements.

#include <algorithm>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/attr_lookup.h"
#include "runtime/code.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/ops.h"
#include "runtime/traceback.h"

namespace tagproof {

namespace {

// Raises what CPython says when half of the context manager protocol is missing.
Value raiseNoManager(Thread& thread, Value manager, bool has_enter) {
    return raise(thread, ExceptionKind::kTypeError,
                 "'{}' object does not support the context manager protocol{}",
                 typeName(typeOf(thread, manager)), has_enter ? " (missed __exit__ method)" : "");
}

// What a special method lookup gives: a function to call with self, or something bound.
struct SpecialLookup {
    Ref callable;
    bool unbound = false;
};

// Looks `name` up on the type; an empty callable without pending when it is missing.
bool lookUpSpecial(Thread& thread, Value self, Str* name, SpecialLookup* result) {
    const Value found = lookupTypeAttribute(thread, typeOf(thread, self), name);
    if (found.isNull()) return true;
    result->unbound = hasFlag(typeOf(thread, found), kTypeIsMethodDescriptor);
    result->callable =
        result->unbound ? Ref::borrow(found) : Ref(lookupSpecial(thread, self, name));
    return static_cast<bool>(result->callable);
}

// Both methods of a manager whose type the cache knows; false: look them up.
bool lookUpCached(const AttrCache* cache,
                  Value manager,
                  SpecialLookup* enter,
                  SpecialLookup* exit) {
    if (cache == nullptr || cache->count == 0 || !manager.isObject()) return false;
    if (cache->entries[0].version != manager.asObject()->type->version_tag) return false;
    *enter = {Ref::borrow(cache->entries[0].value), true};
    *exit = {Ref::borrow(cache->entries[1].value), true};
    return true;
}

}  // namespace

extern "C" {

int opRaise(Thread* thread, Value exception, Value cause) {
    if (!exception.isNull()) {
        raiseStatement(*thread, exception, cause);
        return 0;
    }
    const Value handled = handledException(*thread);
    if (handled.isNull()) {
        raise(*thread, ExceptionKind::kRuntimeError, "No active exception to reraise");
        return 0;
    }
    restorePending(*thread, newRef(handled));
    return 1;
}

void opReraise(Thread* thread, Value exception) { restorePending(*thread, exception); }

Value opTakePending(Thread* thread) { return takePending(*thread); }

int opCheckExcMatch(Thread* thread, Value exception, Value match) {
    const bool is_tuple = isTuple(match);
    const Value* classes = is_tuple ? match.as<Tuple>()->items() : &match;
    const size_t count = is_tuple ? match.as<Tuple>()->size : 1;
    if (!std::all_of(classes, classes + count, isExceptionClass)) {
        raise(*thread, ExceptionKind::kTypeError,
              "catching classes that do not inherit from BaseException is not allowed");
        return -1;
    }
    return exceptionMatches(*thread, exception, match);
}

Value opPushExcInfo(Thread* thread, Value exception) {
    HandledException* state = thread->handled;
    const Value previous = state->exception;
    state->exception = newRef(exception);
    return previous.isNull() ? thread->singletons->none : previous;
}

void opPopExcept(Thread* thread, Value previous) {
    HandledException* state = thread->handled;
    const Value current = state->exception;
    state->exception = previous == thread->singletons->none ? Value::null() : previous;
    decref(current);
}

Value opBeforeWith(Thread* thread, Value manager, AttrCache* cache) {
    const Names& names = thread->singletons->names;
    SpecialLookup enter;
    SpecialLookup exit;
    if (!lookUpCached(cache, manager, &enter, &exit)) {
        if (!lookUpSpecial(*thread, manager, names.enter, &enter)) return Value::null();
        if (!enter.callable) return raiseNoManager(*thread, manager, false);
        if (!lookUpSpecial(*thread, manager, names.exit, &exit)) return Value::null();
        if (!exit.callable) return raiseNoManager(*thread, manager, true);
        if (cache != nullptr && enter.unbound && exit.unbound) {
            fillWithCache(*thread, *cache, typeOf(*thread, manager), enter.callable.get(),
                          exit.callable.get());
        }
    }
    const Value result = call(*thread, enter.callable.get(), &manager, enter.unbound ? 1 : 0);
    if (result.isNull()) return result;
    thread->args[0] = exit.callable.release();
    thread->args[1] = exit.unbound ? newRef(manager) : Value::null();
    return result;
}

Value opWithExceptStart(Thread* thread, Value exit, Value self, Value exception) {
    const Value traceback = exception.as<ExceptionObject>()->traceback;
    const Value args[] = {self, Value::of(exception.asObject()->type), exception,
                          traceback.isNull() ? thread->singletons->none : traceback};
    return self.isNull() ? call(*thread, exit, args + 1, 3) : call(*thread, exit, args, 4);
}

Value opWithExit(Thread* thread, Value exit, Value self) {
    const Value none = thread->singletons->none;
    const Value args[] = {self, none, none, none};
    return self.isNull() ? call(*thread, exit, args + 1, 3) : call(*thread, exit, args, 4);
}

Value opLoadAssertionError(Thread* thread) {
    return newRef(Value::of(exceptionType(*thread, ExceptionKind::kAssertionError)));
}

void opAddTraceback(Thread* thread, Code* code, uint32_t instruction, int in_loop) {
    if (in_loop == 0) return addHandledTraceback(*thread, code, instruction);
    Frame* frame = thread->frame;
    frame->pc = code->body->instructions.data() + instruction;
    addFrameTraceback(*thread, frame);
}

int opTracebackLives(Thread* thread, int in_loop) {
    const bool lives = in_loop == 0 ? hasHandledTraceback(*thread)
                                    : (thread->frame->flags & kFrameHasTraceback) != 0;
    return lives ? 1 : 0;
}

}  // extern "C"

}  // namespace tagproof
