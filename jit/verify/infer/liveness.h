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

  private:
    struct Edge {
        uint32_t from;
        uint32_t to;
        uint64_t keep;  // locations not yet overwritten in `from` before the edge
    };
    struct Effect {
        uint64_t reads = 0;
        uint64_t writes = 0;
    };

    void scan(const Program& program, const FlowGraph& graph, uint32_t segment);
    void effect(const Instruction& in, Effect& out);
    void operandEffect(const Instruction& in, Effect& out) const;
    void memoryEffect(const Instruction& in, bool reads, bool writes, Effect& out) const;
    void callEffect(const Instruction& in, Effect& out);
    void moveStackPointer(const Instruction& in);
    [[nodiscard]] uint64_t words(int64_t offset, unsigned width) const;

    const Tables* tables_ = nullptr;
    std::vector<uint64_t> live_;  // by segment
    std::vector<int32_t> depth_;  // by segment: bytes below the return address, -1: not known yet
    std::vector<Edge> edges_;
    int64_t depth_now_ = 0;
    bool stack_escapes_ = false;  // rsp was copied: any word may be read anywhere
    int64_t constants_[16] = {};  // last constant moved into each register (helpers)
};

}  // namespace tagproof::verify
