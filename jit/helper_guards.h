#pragma once
// What stands before a helper that needs more of its arguments than the verifier proves.
//
// A proven call passes value words where the helper's row says values. That is not yet a list where
// the helper takes a list: a wrong compiler could pass something else, and the helper would write
// what it takes for the fields of a list. So guards look, and a call that does not fit ends the
// process with the helper's name. By the letters of helpers.def:
//
//   l list  s set  m dict  u tuple  f function  b cell  w builtin function  x method descriptor
//   g code  values of exactly that type
//   e       an exception
//   k, p    so many values, or pairs, stand in thread->args, none of them null
//   z       so many words are to be stored there
//
// and by Condition, for what depends on several of them (helper_conditions.h).

#include <iterator>
#include <string_view>
#include <utility>

#include "jit/helper_conditions.h"
#include "jit/helpers.h"
#include "objmodel/core_types.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/layout.h"
#include "objmodel/thread.h"

namespace tagproof::guards {

inline constexpr std::string_view kLetters[] = {
#define HELPER(name, function, arguments, result, effect) arguments,
#include "jit/helpers.def"
#undef HELPER
};

// The letters that are looked at here.
inline constexpr std::string_view kGuarded = "lsmufbwxgekpz";

template <char Letter>
const Type* wantedType(const CoreTypes& types) {
    if constexpr (Letter == 'l') return types.list;
    if constexpr (Letter == 's') return types.set;
    if constexpr (Letter == 'm') return types.dict;
    if constexpr (Letter == 'u') return types.tuple;
    if constexpr (Letter == 'f') return types.function;
    if constexpr (Letter == 'b') return types.cell;
    if constexpr (Letter == 'w') return types.builtin_function;
    if constexpr (Letter == 'x') return types.method_descriptor;
    if constexpr (Letter == 'g') return types.code;
    return nullptr;
}

template <char Letter, typename T>
bool fits(const Thread& thread, T word) {
    if constexpr (kGuarded.find(Letter) == std::string_view::npos) {
        return true;
    } else if constexpr (Letter == 'k') {
        return hasArguments(thread, word);
    } else if constexpr (Letter == 'p') {
        return hasArguments(thread, 2 * uint64_t{word});
    } else if constexpr (Letter == 'z') {
        return word <= layout::kThreadArgCount;
    } else if constexpr (Letter == 'e') {
        return isExceptionInstance(word);
    } else {
        return isExactly(word, wantedType<Letter>(*thread.types));
    }
}

// Prints which argument (0: all together) and ends the process.
[[noreturn]] void refuse(Helper helper, size_t argument);

template <Helper H, auto Function>
struct Guard {
    // The helper needs no thread, so nothing of it is looked at.
    static uint64_t address() { return reinterpret_cast<uint64_t>(Function); }
};

template <Helper H, typename Result, typename... Rest, Result (*Function)(Thread*, Rest...)>
struct Guard<H, Function> {
    static constexpr std::string_view kMine = kLetters[static_cast<size_t>(H)];
    static constexpr bool kIsNeeded =
        Condition<H>::kExists || kMine.find_first_of(kGuarded) != std::string_view::npos;

    static Result call(Thread* thread, Rest... rest) {
        check(std::index_sequence_for<Rest...>{}, *thread, rest...);
        return Function(thread, rest...);
    }
    // Where emitted code finds the helper.
    static uint64_t address() {
        return kIsNeeded ? reinterpret_cast<uint64_t>(&call) : reinterpret_cast<uint64_t>(Function);
    }

  private:
    template <size_t... Index>
    static void check(std::index_sequence<Index...>, const Thread& thread, Rest... rest) {
        const bool fitting[] = {true, fits<kMine[Index + 1]>(thread, rest)...};
        for (size_t i = 1; i < std::size(fitting); ++i) {
            if (!fitting[i]) refuse(H, i);
        }
        if constexpr (Condition<H>::kExists) {
            if (!Condition<H>::holds(thread, rest...)) refuse(H, 0);
        }
    }
};

}  // namespace tagproof::guards
