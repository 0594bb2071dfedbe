#pragma once
// Runs the verifier's tests with one mutant after the other active, each in a process of its own:
// first the tests that take no time, then, if none of those fails, the long ones.

#include <functional>
#include <string>
#include <vector>

namespace tagproof::soundness {

enum class Fate : uint8_t { kSurvived, kTestFailed, kCrashed, kTimeLimit };

struct Trial {
    unsigned mutant = 0;  // 0: none
    Fate fate = Fate::kSurvived;
    std::string by;        // kTestFailed: the test
    bool is_late = false;  // not found by the quick tests
};

class Runner {
  public:
    // `program` is the test binary.
    explicit Runner(std::string program);

    // Runs the tests without a mutant and derives the time limit. False: they fail.
    [[nodiscard]] bool calibrate();
    // Processor seconds that the quick and the long tests may take.
    [[nodiscard]] unsigned limit(bool is_late) const { return limits_[is_late ? 1 : 0]; }

    // One trial for each of `mutants`, in that order, `jobs` at once.
    [[nodiscard]] std::vector<Trial> run(const std::vector<unsigned>& mutants,
                                         unsigned jobs,
                                         const std::function<void(size_t)>& progress) const;

  private:
    std::string program_;           // path
    unsigned limits_[2] = {60, 60};  // quick, long
};

}  // namespace tagproof::soundness
