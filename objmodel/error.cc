#include "objmodel/error.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

// Makes `context` the __context__ of `exception`, without making a cycle: where `exception` already
// is in the chain that starts at `context`, the chain is cut in front of it.
void setContext(Value exception, Value context) {
    if (context == exception) return;
    // `slow` follows at half the speed: it is met where a program has made a cycle of its own.
    Value slow = context;
    bool advance_slow = false;
    for (Value link = context; link;) {
        Value& next = link.as<ExceptionObject>()->context;
        if (next == exception) {
            decref(std::exchange(next, Value::null()));
            break;
        }
        link = next;
        if (link == slow) break;
        if (advance_slow) slow = slow.as<ExceptionObject>()->context;
        advance_slow = !advance_slow;
    }
    Value& slot = exception.as<ExceptionObject>()->context;
    decref(std::exchange(slot, newRef(context)));
}

// An instance from what `raise` was given (borrowed). New reference, or null + pending.
Value instanceOf(Thread& thread, Value exception, const char* wrong_kind) {
    if (isExceptionInstance(exception)) return newRef(exception);
    if (!isExceptionClass(exception)) {
        return raise(thread, ExceptionKind::kTypeError, "{}", wrong_kind);
    }
    Ref made(call(thread, exception, {}));
    if (!made || isExceptionInstance(made.get())) return made.release();
    const Ref class_text(reprOf(thread, exception));
    const Ref made_text(reprOf(thread, Value::of(typeOf(thread, made.get()))));
    if (!class_text || !made_text) return Value::null();
    return raise(thread, ExceptionKind::kTypeError,
                 "calling {} should have returned an instance of BaseException, not {}",
                 toUtf8(class_text.as<Str>()), toUtf8(made_text.as<Str>()));
}

}  // namespace

Type* exceptionType(const Thread& thread, ExceptionKind kind) {
    return thread.types->exceptions[static_cast<size_t>(kind)];
}

// --- raising -----------------------------------------------------------------------------------

Value raiseText(Thread& thread, ExceptionKind kind, std::string_view utf8) {
    const Ref text(Value::of(makeStr(thread, utf8)));
    return text ? raiseWithValue(thread, kind, text.get()) : Value::null();
}

Value raiseWithValue(Thread& thread, ExceptionKind kind, Value argument) {
    const Ref exception(newException(thread, exceptionType(thread, kind), &argument, 1));
    return exception ? raiseObject(thread, exception.get()) : Value::null();
}

Value raiseObject(Thread& thread, Value exception) {
    ++thread.exceptions_raised;
    const Value handled = handledException(thread);
    if (handled) setContext(exception, handled);
    restorePending(thread, newRef(exception));
    return Value::null();
}

Value raiseStatement(Thread& thread, Value exception, Value cause) {
    const Ref instance(instanceOf(thread, exception, "exceptions must derive from BaseException"));
    if (!instance) return Value::null();
    if (cause) {
        Ref cause_instance;
        if (cause != thread.singletons->none) {
            cause_instance =
                Ref(instanceOf(thread, cause, "exception causes must derive from BaseException"));
            if (!cause_instance) return Value::null();
        }
        auto* object = instance.as<ExceptionObject>();
        object->suppress_context = true;
        decref(std::exchange(object->cause, cause_instance.release()));
    }
    return raiseObject(thread, instance.get());
}

Value raiseAttributeError(Thread& thread, Value owner, Str* name, std::string_view utf8) {
    const Ref text(Value::of(makeStr(thread, utf8)));
    if (!text) return Value::null();
    const Value argument = text.get();
    const Ref exception(
        newException(thread, exceptionType(thread, ExceptionKind::kAttributeError), &argument, 1));
    if (!exception) return Value::null();
    setExceptionExtra(exception.as<ExceptionObject>(), kAttributeErrorName, Value::of(name));
    setExceptionExtra(exception.as<ExceptionObject>(), kAttributeErrorObject, owner);
    return raiseObject(thread, exception.get());
}

Value raiseNoAttribute(Thread& thread, Value owner, Str* name) {
    const std::string text = fmt::format("'{}' object has no attribute '{}'",
                                         typeName(typeOf(thread, owner)), toUtf8(name));
    return raiseAttributeError(thread, owner, name, text);
}

Value raiseNameError(Thread& thread, Str* name) {
    const std::string message = fmt::format("name '{}' is not defined", toUtf8(name));
    const Ref text(Value::of(makeStr(thread, message)));
    if (!text) return Value::null();
    const Value argument = text.get();
    const Ref exception(
        newException(thread, exceptionType(thread, ExceptionKind::kNameError), &argument, 1));
    if (!exception) return Value::null();
    setExceptionExtra(exception.as<ExceptionObject>(), kNameErrorName, Value::of(name));
    return raiseObject(thread, exception.get());
}

Value raiseMemoryError(Thread& thread) {
    Heap& heap = *thread.heap;
    if (heap.memory_reserve_open) {
        ++thread.exceptions_raised;
        restorePending(thread, newRef(heap.last_memory_error));
        return Value::null();
    }
    heap.memory_reserve_open = true;
    const Ref exception(
        newException(thread, exceptionType(thread, ExceptionKind::kMemoryError), nullptr, 0));
    if (exception) raiseObject(thread, exception.get());
    heap.memory_reserve_open = false;
    return Value::null();
}

Value raiseStopIteration(Thread& thread, Value value) {
    Type* const type = exceptionType(thread, ExceptionKind::kStopIteration);
    const Ref exception(newException(thread, type, &value, value ? 1 : 0));
    return exception ? raiseObject(thread, exception.get()) : Value::null();
}

// --- pending exception -------------------------------------------------------------------------

Value takePending(Thread& thread) { return std::exchange(thread.pending, Value::null()); }

void restorePending(Thread& thread, Value exception) {
    decref(std::exchange(thread.pending, exception));
}

void clearPending(Thread& thread) { restorePending(thread, Value::null()); }

bool pendingMatches(const Thread& thread, ExceptionKind kind) {
    return hasPending(thread) &&
           isSubtype(thread.pending.asObject()->type, exceptionType(thread, kind));
}

int exceptionMatches(Thread& thread, Value exception, Value target) {
    if (isTuple(target)) {
        if (!checkNativeStack(thread)) return -1;
        bool matches = false;
        for (const Value item : *target.as<Tuple>()) {
            const int one = exceptionMatches(thread, exception, item);
            if (one < 0) return -1;
            matches = matches || one > 0;
        }
        return matches ? 1 : 0;
    }
    if (!isExceptionClass(target)) {
        raise(thread, ExceptionKind::kTypeError,
              "catching classes that do not inherit from BaseException is not allowed");
        return -1;
    }
    return isSubtype(exception.asObject()->type, target.as<Type>()) ? 1 : 0;
}

bool isExceptionInstance(Value value) { return objectHasFlag(value, kTypeIsException); }

bool isExceptionClass(Value value) {
    return isType(value) && hasFlag(value.as<Type>(), kTypeIsException);
}

// --- exception objects -------------------------------------------------------------------------

Value newException(Thread& thread, Type* type, const Value* args, size_t count) {
    return callType(thread, Value::of(type), args, count, Value::null());
}

void setExceptionExtra(ExceptionObject* exception, size_t index, Value value) {
    decref(std::exchange(exception->extras[index], newRef(value)));
}

Value stopIterationValue(Thread& thread, Value exception) {
    const Value value = exceptionExtra(exception, kStopIterationValue);
    return value ? newRef(value) : thread.singletons->none;
}

void reportUnraisable(Thread& thread, Value where) {
    const Ref exception(takePending(thread));
    if (!exception) return;
    if (thread.heap->hooks.unraisable != nullptr) {
        thread.heap->hooks.unraisable(thread, exception.get(), where);
        return;
    }
    const std::string name = typeName(exception.get().asObject()->type);
    std::fputs(fmt::format("Exception ignored: {}\n", name).c_str(), stderr);
}

}  // namespace tagproof
