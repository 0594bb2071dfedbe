#pragma once
// The functions that emitted code may call, as a table (helpers.def): what the compiler needs to
// emit a call and what the verifier is told to trust. Those named jit... serve emitted code only
// and are declared here; the others are the slow paths of runtime/ops.h.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objmodel/value.h"

namespace tagproof {

struct Dict;
struct Object;
struct Str;
struct Thread;
struct Type;

enum class Helper : uint8_t {
#define HELPER(name, function, arguments, result, effect) k##name,
#include "jit/helpers.def"
#undef HELPER
};
inline constexpr Helper kAllHelpers[] = {
#define HELPER(name, function, arguments, result, effect) Helper::k##name,
#include "jit/helpers.def"
#undef HELPER
};

enum class HelperResult : uint8_t { kValue, kValueOrNull, kObjectOrNull, kInt, kNone };
enum class HelperEffect : uint8_t { kRunsGuest, kAllocates, kLeaf };

struct HelperInfo {
    std::string_view name;
    uint64_t address;            // of the helper, or of what looks at its arguments first
    std::string_view arguments;  // letters of helpers.def
    HelperResult result;
    HelperEffect effect;
};
[[nodiscard]] const HelperInfo& helperInfo(Helper helper);

// Whether an argument of that letter is a value word that is not null.
[[nodiscard]] constexpr bool isValueLetter(char letter) {
    return std::string_view("vlsmufbwxge").find(letter) != std::string_view::npos;
}

// Arguments that are the address of something which emitted code never looks into: capital letters.
inline constexpr char kNameHandle = 'N';
inline constexpr char kDictHandle = 'D';  // globals, built-ins
inline constexpr char kCodeHandle = 'G';
inline constexpr char kTypeHandle = 'T';  // object.__new__ makes its instances
inline constexpr char kComputedAttributeHandle = 'S';
// The cache of an instruction: what one kind of instruction leaves in it, another must not find.
inline constexpr char kLoadAttrCacheHandle = 'A';
inline constexpr char kLoadMethodCacheHandle = 'M';
inline constexpr char kStoreAttrCacheHandle = 'P';
inline constexpr char kLoadGlobalCacheHandle = 'L';
inline constexpr char kStoreGlobalCacheHandle = 'O';
inline constexpr char kWithCacheHandle = 'B';
[[nodiscard]] constexpr bool isHandleLetter(char letter) { return letter >= 'A' && letter <= 'Z'; }

// Where emitted code finds a helper: the function itself, or one that goes through the HelperAudit
// of its Jit (helper_audit.h).
enum class HelperCalls : uint8_t { kPlain, kChecked };
[[nodiscard]] uint64_t helperAddress(Helper helper, HelperCalls calls);

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wreturn-type-c-linkage"
#endif
extern "C" {

// Cell `index` of the closure of `callee`, a function. New reference.
Value jitLoadFreeCell(Thread* thread, Value callee, uint64_t index);
// First store to attribute `index` of `owner`, which is in values form and does not have it: keeps
// the order. Takes over `value`. Anything else is a checked abort.
void jitStoreFirst(Thread* thread, Value owner, uint64_t index, Value value);
// MAKE_FUNCTION: the parts that `flags` name in thread->args[0..4), others null.
Value jitMakeFunction(Thread* thread, Dict* globals, Value code, uint64_t flags);
// Calls the generator function `callee` with the `count` arguments in thread->args. New reference.
Value jitNewGenerator(Thread* thread, Value callee, uint64_t count);
// object.__new__(type) for a type that does not override it. New reference.
Object* jitNewInstance(Thread* thread, Type* type);
// TypeError unless __init__ returned None: 0, -1. Borrows.
int jitCheckInitResult(Thread* thread, Value result);
// As opReraise and opPopExcept, but borrowing the argument.
void jitReraise(Thread* thread, Value exception);
void jitPopExcept(Thread* thread, Value previous);

// --- exits (jit/deopt.cc): the words described by exit `id` lie in thread->deopt_values
// ------------ Rebuilds the interpreter frame and finishes it. Result of the function: new
// reference or null.
Value jitResume(Thread* thread, uint64_t exit_id);
// The same from a loop entry: rebuilds the frame that entered the loop and returns the sentinel
// word for "left"; the interpreter goes on from there.
uint64_t jitLeaveLoop(Thread* thread, uint64_t exit_id);
// Gives the words back to thread->frame, that of a generator, which is then suspended or finished.
// Result: what it yields or returns.
Value jitLeaveGenerator(Thread* thread, uint64_t exit_id);
// The pending exception leaves the function: traceback entry, then the owned words are released.
void jitUnwind(Thread* thread, uint64_t exit_id);

}  // extern "C"
#ifdef __clang__
#pragma clang diagnostic pop
#endif

}  // namespace tagproof
