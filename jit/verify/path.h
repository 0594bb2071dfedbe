#pragma once
// Ways from a function's entry to its instructions: the branches that a shortest one goes through.

#include <vector>

#include "jit/verify/explain.h"
#include "jit/verify/infer/flow_graph.h"

namespace tagproof::verify {

// A shortest path by number of labels, for any instruction of one program, over the instructions
// that the checker reached. A condition is not asked whether it can hold.
class PathFinder {
  public:
    // `reached` by instruction; both must outlive the finder.
    PathFinder(const Program& program, const std::vector<bool>& reached);

    // To the instruction of that index. Empty when it is on the straight way from the entry, or
    // not reached at all.
    [[nodiscard]] Path to(uint32_t index) const;

  private:
    // How a segment is come to.
    struct Arrival {
        uint32_t from = kNoTarget;    // segment; kNoTarget: not, or the entry
        uint32_t branch = kNoTarget;  // instruction that goes here; kNoTarget: falls through
    };

    void search();
    void arrive(uint32_t segment, const Arrival& how, std::vector<uint32_t>& queue);
    [[nodiscard]] uint32_t end(uint32_t segment) const;
    [[nodiscard]] PathStep step(uint32_t index, bool is_taken) const;
    // Adds the conditional branches of [from, to) that are gone past.
    void addPassed(uint32_t from, uint32_t to, Path& path) const;

    const Program& program_;
    const std::vector<bool>& reached_;
    FlowGraph graph_;
    std::vector<Arrival> arrivals_;  // by segment
    std::vector<bool> found_;        // by segment
};

}  // namespace tagproof::verify
