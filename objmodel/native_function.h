#pragma once
// Functions written in C++, as programs see them: methods of built-in types (method_descriptor),
// bound ones and module functions (builtin_function_or_method), and the helpers that register
// them. Wrong counts of arguments are reported in CPython's words before the code runs.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Str;
struct Thread;

// Positional arguments only; `self` is the instance for methods, the type for class methods, the
// module (or null) for functions. New reference, or null + pending.
using NativeCode = Value (*)(Thread&, Value self, const Value* args, size_t count);
// With keywords, passed as in CallFunction; the code checks its own arguments.
using NativeKeywordCode =
    Value (*)(Thread&, Value self, const Value* args, size_t positional, Value keyword_names);

inline constexpr int kAnyCount = -1;  // as max_args: no upper limit

// What a native callable is; shared by descriptors and functions.
struct NativeSignature {
    NativeCode code = nullptr;                 // one of the two is set
    NativeKeywordCode keyword_code = nullptr;  //
    int32_t min_args = 0;
    int32_t max_args = 0;
};

// builtin_function_or_method: a module function, a bound native method or a static method.
struct NativeFunction {
    Object head;
    NativeSignature signature;
    Str* name = nullptr;    // owned
    Value self;             // owned; null = none
    Type* owner = nullptr;  // borrowed: the built-in type whose method it is, or null
    Value module;           // owned str, or null
};

// method_descriptor and classmethod_descriptor, in the attributes of a built-in type.
struct MethodDescriptor {
    Object head;
    NativeSignature signature;
    Str* name = nullptr;    // owned
    Type* owner = nullptr;  // borrowed: built-in, immortal
};

// New references, or null + MemoryError.
[[nodiscard]] Value newNativeFunction(Thread& thread,
                                      std::string_view name,
                                      NativeSignature signature,
                                      Value self = Value::null(),
                                      Value module = Value::null());

// Calls native code after checking the count: for `callee`, which messages name by its __qualname__
// ("list.append()").
[[nodiscard]] Value callNative(Thread& thread,
                               const NativeSignature& signature,
                               Value callee,
                               const Str* name,
                               Value self,
                               const Value* args,
                               size_t positional,
                               Value keyword_names);

// --- registration: while a type is set up, before finishNativeType -----------------------------

// A method. min = max = 0: "takes no arguments (1 given)"; min = max = 1: "takes exactly one
// argument (2 given)"; else "append expected at most 2 arguments, got 3".
void addMethod(
    Thread& thread, Type* type, std::string_view name, NativeCode code, int min_args, int max_args);
void addKeywordMethod(Thread& thread, Type* type, std::string_view name, NativeKeywordCode code);
void addStaticMethod(
    Thread& thread, Type* type, std::string_view name, NativeCode code, int min_args, int max_args);
void addClassMethod(
    Thread& thread, Type* type, std::string_view name, NativeCode code, int min_args, int max_args);
void addKeywordClassMethod(Thread& thread,
                           Type* type,
                           std::string_view name,
                           NativeKeywordCode code);

// A computed attribute. `set` null: read-only; its value is null on delete. Results as slots'.
using NativeGetter = Value (*)(Thread&, Value self);
using NativeSetter = int (*)(Thread&, Value self, Value value);
void addGetSet(
    Thread& thread, Type* type, std::string_view name, NativeGetter get, NativeSetter set);

// An attribute that is a value word of the payload, at `offset` of the object. Null reads as None
// when `none_if_empty`, else as AttributeError.
void addMember(Thread& thread,
               Type* type,
               std::string_view name,
               size_t offset,
               bool writable,
               bool none_if_empty);

// Any class attribute (value borrowed).
void addConstant(Thread& thread, Type* type, std::string_view name, Value value);

// --- arguments of keyword code -----------------------------------------------------------------

// Spreads positional and keyword arguments over `names` (null-terminated array of parameter
// names, the first `positional_only` cannot be given by keyword) into `out` (borrowed, null = not
// given). `required` first ones must be given. Messages are those of CPython's own functions, e.g.
// "'x' is an invalid keyword argument for sort()". False + TypeError.
struct ParameterList {
    const char* function;        // "sort"
    const char* const* names;    // null-terminated
    size_t positional_only = 0;  // of names
    size_t max_positional = 0;   // the rest is keyword-only
    size_t required = 0;         // of names
};
[[nodiscard]] bool bindNativeArguments(Thread& thread,
                                       const ParameterList& parameters,
                                       const Value* args,
                                       size_t positional,
                                       Value keyword_names,
                                       Value* out);

// "f expected at most 2 arguments, got 3", for code that checks for itself. False + TypeError.
[[nodiscard]] bool checkArgumentCount(
    Thread& thread, std::string_view function, size_t count, size_t min_args, size_t max_args);
// "f() takes no keyword arguments". False + TypeError when there are any.
[[nodiscard]] bool rejectKeywords(Thread& thread, std::string_view function, Value keyword_names);

void initNativeFunctionTypes(Thread& thread);

}  // namespace tagproof
