#pragma once
// Abstract words, states and instructions as text, for violations (check.cc) and explanations.

#include <string>

#include "jit/verify/check.h"

namespace tagproof::verify {

// printf into a string.
[[nodiscard]] __attribute__((format(printf, 1, 2))) std::string format(const char* text, ...);

// "48 8b 07"
[[nodiscard]] std::string bytesOf(const Program& program, const Instruction& instruction);
// "rax", "[rsp+8]"
[[nodiscard]] std::string locationName(uint32_t location, uint32_t stack_words);
// Is something known of the location that is not plain from its name?
[[nodiscard]] bool isKnown(const State& state, uint32_t location);
// "rax=INT[0,7] rdi=THREAD+0 [rsp+8]=VALUE#3", known locations only.
[[nodiscard]] std::string describe(const State& state, const Tables& tables);
// Why an edge does not imply a hint.
[[nodiscard]] std::string mismatch(const Instruction& from,
                                   const Instruction& to,
                                   const LabelHint& hint,
                                   uint32_t location,
                                   const State& state,
                                   const Tables& tables);

}  // namespace tagproof::verify
