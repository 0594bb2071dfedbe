#pragma once
// The mutants of the verifier's core, as mutate.py lists them.

#include <string>
#include <vector>

namespace tagproof::soundness {

struct Site {
    unsigned number = 0;  // what the environment variable selects
    std::string file;
    unsigned line = 0;
    std::string function;  // or the row of a table
    std::string kind;
    std::string original;
    std::string mutant;
    bool decides = true;     // about acceptance, not about what a word is computed to be
    std::string equivalent;  // why no verdict can change; empty: it should be found
};

struct Sites {
    std::vector<Site> all;
    std::vector<std::string> stale;  // entries of equivalents.txt that name no mutant
};

// Empty if the file cannot be read.
[[nodiscard]] Sites readSites(const std::string& path);

// "jit/verify/memory.cc:70 Machine::load: clause dropped: `a && b` -> `a`"
[[nodiscard]] std::string describe(const Site& site);

}  // namespace tagproof::soundness
