#pragma once
// Runs the verifier's tests with one mutant after the other active, each in a process of its own
// and in stages: first the tests that take no time; if none of those fails, the longer ones.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tagproof::soundness {

enum class Fate : uint8_t { kSurvived, kTestFailed, kCrashed, kTimeLimit };

struct Order {
    unsigned mutant = 0;
    unsigned stages = 0;  // how many of the stages it must survive
};

struct Trial {
    Fate fate = Fate::kSurvived;
    std::string by;      // kTestFailed: the test
    unsigned stage = 0;  // the last one
};

class Runner {
  public:
    static constexpr unsigned kStageCount = 3;

    // `program` is the test binary.
    explicit Runner(std::string program);

    // Runs the tests without a mutant and derives the time limit. False: they fail.
    [[nodiscard]] bool calibrate();
    // Processor seconds that a stage may take.
    [[nodiscard]] unsigned limit(unsigned stage) const { return limits_[stage]; }

    // One trial for each of `orders`, `jobs` at once.
    [[nodiscard]] std::vector<Trial> run(const std::vector<Order>& orders,
                                         unsigned jobs,
                                         const std::function<void(size_t)>& progress) const;

  private:
    std::string program_;                // path
    unsigned limits_[kStageCount] = {};  // seconds; calibrate() sets them
};

}  // namespace tagproof::soundness
