#pragma once
// The functions that mutants are made of, equal for equal options.

#include <string>
#include <vector>

#include "tests/soundness/mutants/function.h"

namespace tagproof::soundness {

struct Corpus {
    std::vector<Function> functions;
    std::vector<std::string> rejected;  // names of functions that the verifier does not accept
    size_t scripts = 0;                 // Python programs that were run
    size_t emitted = 0;                 // units that the compiler published for them
};

// Runs Python programs of tests/conformance and bench/programs under the compiler, one in `share`,
// and adds what it published. Duplicates are left out.
void addEmitted(Corpus& corpus, unsigned share);

// The accepting cases of the verifier's unit tests.
void addHandWritten(Corpus& corpus);

// Random programs written with asmjit's Compiler.
void addRandomPrograms(Corpus& corpus, uint32_t first_seed, unsigned count);

// Adds a function unless it is too large, or the verifier rejects it.
void add(Corpus& corpus, Function function);

}  // namespace tagproof::soundness
