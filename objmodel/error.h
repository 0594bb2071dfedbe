#pragma once
// Exceptions: the objects, and how C++ code raises, inspects and catches them. The pending
// exception of a thread is always an instance (never a bare class), owned by Thread::pending. A
// function that fails leaves it there and returns null, -1 or false.

#include <fmt/core.h>

#include <string_view>

#include "objmodel/core_types.h"
#include "objmodel/object.h"
#include "objmodel/thread.h"

namespace tagproof {

struct Str;
struct Tuple;
struct Type;

struct ExceptionObject {
    Object head;
    Tuple* args = nullptr;          // owned
    Value traceback;                // owned traceback object, or null
    Value context;                  // owned exception that was being handled, or null
    Value cause;                    // owned `raise ... from` exception, or null
    bool suppress_context = false;  // `from` was used
    Value extras[8];  // owned, as many as exceptions.def names for the class; null reads as None
};
// Bytes of native payload of an exception class with `extras` extra attributes.
[[nodiscard]] constexpr size_t exceptionPayload(size_t extras) {
    return offsetof(ExceptionObject, extras) - sizeof(Object) + extras * sizeof(Value);
}

// Positions of extras that C++ code uses (the order of the words in exceptions.def).
inline constexpr size_t kStopIterationValue = 0;
inline constexpr size_t kSystemExitCode = 0;
inline constexpr size_t kAttributeErrorName = 0;
inline constexpr size_t kAttributeErrorObject = 1;
inline constexpr size_t kNameErrorName = 0;
inline constexpr size_t kImportErrorMessage = 0;
inline constexpr size_t kImportErrorName = 1;
inline constexpr size_t kImportErrorPath = 2;
inline constexpr size_t kSyntaxErrorMessage = 0;
inline constexpr size_t kSyntaxErrorFilename = 1;
inline constexpr size_t kSyntaxErrorLine = 2;
inline constexpr size_t kSyntaxErrorOffset = 3;
inline constexpr size_t kSyntaxErrorText = 4;
inline constexpr size_t kSyntaxErrorEndLine = 5;
inline constexpr size_t kSyntaxErrorEndOffset = 6;
inline constexpr size_t kOSErrorErrno = 0;
inline constexpr size_t kOSErrorStrerror = 1;
inline constexpr size_t kOSErrorFilename = 2;

[[nodiscard]] Type* exceptionType(const Thread& thread, ExceptionKind kind);

// --- raising: each makes the exception pending and returns null --------------------------------

// `raise kind(text)`.
Value raiseText(Thread& thread, ExceptionKind kind, std::string_view utf8);

// `raise kind(message)` with the message made by {fmt}.
template <typename... Args>
Value raise(Thread& thread,
            ExceptionKind kind,
            fmt::format_string<Args...> format,
            Args&&... args) {
    return raiseText(thread, kind, fmt::format(format, std::forward<Args>(args)...));
}

// `raise kind(argument)`, for exceptions whose argument is no text (KeyError, StopIteration).
Value raiseWithValue(Thread& thread, ExceptionKind kind, Value argument);

// `raise exception`: an instance (borrowed). Sets __context__ to the exception being handled.
Value raiseObject(Thread& thread, Value exception);

// The same for what a `raise` statement was given: an instance, or a class, which is called.
// `cause`: null = no `from`; otherwise the checked operand (None, an instance or a class).
Value raiseStatement(Thread& thread, Value exception, Value cause);

// AttributeError with its name and obj attributes set.
Value raiseAttributeError(Thread& thread, Value owner, Str* name, std::string_view utf8);
// "'C' object has no attribute 'x'", with name and obj.
Value raiseNoAttribute(Thread& thread, Value owner, Str* name);
// NameError "name 'x' is not defined" with its name attribute set.
Value raiseNameError(Thread& thread, Str* name);
// MemoryError; the limit is lifted while it is made.
Value raiseMemoryError(Thread& thread);
// StopIteration(value), or StopIteration() when value is null.
Value raiseStopIteration(Thread& thread, Value value);

// --- pending exception -------------------------------------------------------------------------

// Takes the pending exception away. New reference, or null when none is pending.
[[nodiscard]] Value takePending(Thread& thread);
// Makes `exception` (a reference that is given up; null = none) pending, replacing what was.
void restorePending(Thread& thread, Value exception);
void clearPending(Thread& thread);
// True when an exception of that kind, or a subclass, is pending.
[[nodiscard]] bool pendingMatches(const Thread& thread, ExceptionKind kind);
// `except target:`: 1, 0, or -1 when target is no exception class or tuple of such (TypeError).
[[nodiscard]] int exceptionMatches(Thread& thread, Value exception, Value target);

[[nodiscard]] bool isExceptionInstance(Value value);
[[nodiscard]] bool isExceptionClass(Value value);

// --- exception objects -------------------------------------------------------------------------

// An instance of an exception type: what calling the type does, without guest code for built-in
// types. New reference, or null + pending.
[[nodiscard]] Value newException(Thread& thread, Type* type, const Value* args, size_t count);
// Sets the attribute at a position of `extras` (value borrowed).
void setExceptionExtra(ExceptionObject* exception, size_t index, Value value);
// Borrowed; null when unset.
[[nodiscard]] inline Value exceptionExtra(Value exception, size_t index) {
    return exception.as<ExceptionObject>()->extras[index];
}
// What `yield from` and `return` need of a StopIteration: its value. New reference.
[[nodiscard]] Value stopIterationValue(Thread& thread, Value exception);

// For an exception that can go nowhere (in __del__, in a weak reference's callback): prints
// "Exception ignored in: ..." on standard error through the hook of the runtime, and clears it.
void reportUnraisable(Thread& thread, Value where);

void initExceptionTypes(Thread& thread);

}  // namespace tagproof
