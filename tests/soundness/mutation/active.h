#pragma once
// Which mutant this process is, in the mutated copies of the verifier's sources only: a number in
// the environment, 0 for none.

#include <cstdlib>
#include <type_traits>

namespace tagproof::mutation {

inline constexpr const char* kVariable = "TAGPROOF_MUTANT";

inline unsigned activeMutant() {
    static const unsigned number = [] {
        const char* text = std::getenv(kVariable);
        return text == nullptr ? 0U : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
    }();
    return number;
}

// Is it mutant `number`?
inline bool isActive(unsigned number) { return activeMutant() == number; }

// The same in functions that compile-time constants use: those stay as they are.
constexpr bool isActiveAtRunTime(unsigned number) {
    return !std::is_constant_evaluated() && isActive(number);
}

}  // namespace tagproof::mutation
