#pragma once
// Texts for people: abstract states, violations, and the disassembly with the state beside each
// line.

#include <span>
#include <string>

#include "jit/verify/check.h"

namespace tagproof::verify {

// "48 8b 07"
[[nodiscard]] std::string bytesOf(const Program& program, const Instruction& instruction);
// "rax=INT[0,7] rdi=THREAD+0 [rsp+8]=VALUE#3", known locations only. Without `with_saved` those
// that hold the caller's registers are left out.
[[nodiscard]] std::string describe(const State& state,
                                   const Tables& tables,
                                   bool with_saved = true);
[[nodiscard]] std::string locationName(uint32_t location, uint32_t stack_words);
// Why an edge does not imply a hint.
[[nodiscard]] std::string mismatch(const Instruction& from,
                                   const Instruction& to,
                                   const LabelHint& hint,
                                   uint32_t location,
                                   const State& state,
                                   const Tables& tables);

// What the compiler says about an offset: HIR and source line, printed above the instruction.
struct Annotation {
    uint32_t offset = 0;
    std::string_view text;
};

// Verifies and returns the listing: offset, instruction, what an address in it names, and the state
// before it; then the violations. `annotations` are sorted by offset.
[[nodiscard]] std::string explain(std::span<const uint8_t> code,
                                  uint64_t address,
                                  const Trusted& trusted,
                                  const Hints& hints,
                                  std::span<const Annotation> annotations,
                                  Verdict& verdict);

// The same with inferred hints.
[[nodiscard]] std::string inferAndExplain(std::span<const uint8_t> code,
                                          uint64_t address,
                                          const Trusted& trusted,
                                          std::span<const Annotation> annotations,
                                          Verdict& verdict);

// One violation per paragraph: offset, bytes, instruction, rule, state.
[[nodiscard]] std::string toString(const Violation& violation);

}  // namespace tagproof::verify
