#pragma once
// The list of what is proven: one entry a transfer function.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/soundness/transfer/scene.h"

namespace tagproof::soundness {

struct Workbench {
    // Executes the code in the scene. False: the verifier rejects it, which must not be so on every
    // way of a proof.
    [[nodiscard]] bool accepts(Scene& scene, const Code& code) {
        const bool is_accepted = scene.execute(code);
        ++executed;
        accepted += is_accepted ? 1 : 0;
        return is_accepted;
    }

    Explorer explorer;
    std::unique_ptr<symbolic::MachineMemory> memory = std::make_unique<symbolic::MachineMemory>();
    uint64_t executed = 0;
    uint64_t accepted = 0;
};

enum class Method : uint8_t {
    kPaths,  // the function's text, all ways through it, z3 for each
    kLemma,  // one formula
    kCases,  // all arguments, one after the other
};
[[nodiscard]] const char* methodName(Method method);

struct Proof {
    std::string name;
    Method method = Method::kPaths;
    bool is_short = false;  // part of the test command
    // A counterexample in words, or nothing.
    std::function<std::optional<std::string>(Workbench&)> run = {};
};

[[nodiscard]] std::vector<Proof> lemmaProofs();
[[nodiscard]] std::vector<Proof> domainProofs();
[[nodiscard]] std::vector<Proof> instructionProofs();
[[nodiscard]] std::vector<Proof> conditionProofs();
[[nodiscard]] std::vector<Proof> frameProofs();
// Lemmas first, then what is short.
[[nodiscard]] std::vector<Proof> allProofs();

}  // namespace tagproof::soundness
