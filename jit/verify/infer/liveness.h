#pragma once
// Which locations a label's code may still read. Inference keeps only these: label states stay
// small and registers that hold leftovers do not hold up the fixpoint. A location that is wrongly
// kept costs time, one that is wrongly dropped a rejection.

#include <cstdint>
#include <vector>

#include "jit/verify/infer/flow_graph.h"
#include "jit/verify/tables.h"

namespace tagproof::verify {

class Liveness {
  public:
    void run(const Program& program, const FlowGraph& graph, const Tables& tables);

    // Bit per location: 16 registers, then the first 48 stack words. Later words count as live.
    [[nodiscard]] uint64_t liveAt(uint32_t segment) const { return live_[segment]; }

    // A way from one segment to another.
    struct Edge {
        uint32_t from;
        uint32_t to;
        uint64_t keep;  // locations not yet overwritten in `from` before the edge
    };

  private:
    void settle();

    std::vector<uint64_t> live_;  // by segment
    std::vector<int32_t> depth_;  // by segment: bytes below the return address, -1: not known yet
    std::vector<Edge> edges_;
};

}  // namespace tagproof::verify
