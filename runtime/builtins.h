#pragma once
// The builtins module, by families of functions (builtins_*.cc). Each family registers its
// functions in the module's namespace.

#include <string_view>

#include "objmodel/native_function.h"
#include "objmodel/value.h"

namespace tagproof {

struct Dict;
struct Str;
struct Thread;

// Adds a function of a native module. False + MemoryError.
[[nodiscard]] bool addFunction(Thread& thread,
                               Value module,
                               std::string_view name,
                               NativeCode code,
                               int min_args,
                               int max_args);
[[nodiscard]] bool addKeywordFunction(Thread& thread,
                                      Value module,
                                      std::string_view name,
                                      NativeKeywordCode code);
// Adds any value, a new reference that is given up (null = an earlier failure: returns false).
[[nodiscard]] bool addValue(Thread& thread, Value module, std::string_view name, Value owned);

// Rows of a table of positional functions.
struct FunctionRow {
    const char* name;
    NativeCode code;
    int min_args;
    int max_args;
};
struct KeywordFunctionRow {
    const char* name;
    NativeKeywordCode code;
};
template <size_t N>
[[nodiscard]] bool addFunctions(Thread& thread, Value module, const FunctionRow (&rows)[N]) {
    for (const FunctionRow& row : rows) {
        if (!addFunction(thread, module, row.name, row.code, row.min_args, row.max_args)) {
            return false;
        }
    }
    return true;
}
template <size_t N>
[[nodiscard]] bool addFunctions(Thread& thread, Value module, const KeywordFunctionRow (&rows)[N]) {
    for (const KeywordFunctionRow& row : rows) {
        if (!addKeywordFunction(thread, module, row.name, row.code)) return false;
    }
    return true;
}

// --- families ------------------------------------------------------------------------------------
[[nodiscard]] bool addNumberBuiltins(Thread& thread, Value module);  // abs, divmod, pow, round, hex
[[nodiscard]] bool addSequenceBuiltins(Thread& thread, Value module);  // len, min, max, sum, sorted
[[nodiscard]] bool addObjectBuiltins(Thread& thread, Value module);    // getattr, isinstance, id
[[nodiscard]] bool addTextBuiltins(Thread& thread, Value module);      // print, repr, chr, input
[[nodiscard]] bool addScopeBuiltins(Thread& thread, Value module);     // globals, exec, __import__
[[nodiscard]] bool addClassBuiltins(Thread& thread, Value module);     // __build_class__
[[nodiscard]] bool addExitBuiltins(Thread& thread, Value module);      // exit, quit
// Everything: functions, types, exceptions, constants.
[[nodiscard]] bool initBuiltins(Thread& thread, Value module);

// --- shared with other parts ---------------------------------------------------------------------
// sys.displayhook: prints repr(value) unless None, sets builtins._.
[[nodiscard]] bool displayValue(Thread& thread, Value value);
// object(). New reference, or null + pending.
[[nodiscard]] Value newPlainObject(Thread& thread);
// sys.<name> as it is now, borrowed; null without pending when missing.
[[nodiscard]] Value sysAttribute(Thread& thread, Str* name);

}  // namespace tagproof
