#pragma once
// What the verifier's text calls in the proofs instead of functions that are proven by themselves
// (symbolic_text.py, CONTRACTS); contracts.cc says what is claimed and assumed there.

#include "tests/soundness/transfer/symbol.h"

namespace tagproof::symbolic {

struct Abstract;
struct Comparison;
struct Constraint;

// Conditions: state.refine().
[[nodiscard]] bool refined(const Comparison& flags,
                           const Abstract& x,
                           const Constraint& constraint);
// lea of two operands: binary(kADD, ...) and shifted(kSHL, ...), if the proof is one of these.
[[nodiscard]] bool hasContract();
[[nodiscard]] Abstract sumOf(const Abstract& a, const Abstract& b);
[[nodiscard]] Abstract shiftOf(const Abstract& a, Symbol<unsigned> by);
// cmov: join() and implies().
[[nodiscard]] Abstract joinOf(const Abstract& a, const Abstract& b);
[[nodiscard]] bool isImplied(const Abstract& a, const Abstract& hint);

}  // namespace tagproof::symbolic
