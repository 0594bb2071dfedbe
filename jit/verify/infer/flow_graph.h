#pragma once
// The control flow of a decoded function as segments: from one label (branch target, or the entry)
// to the next. Conditional branches do not end a segment.

#include <cstdint>
#include <vector>

#include "jit/verify/decode.h"

namespace tagproof::verify {

struct FlowGraph {
    std::vector<uint32_t> first;       // first instruction of each segment, in address order
    std::vector<uint32_t> segment_of;  // by instruction: segment that starts there, or kNoTarget
    std::vector<uint32_t> edge_begin;  // by segment: its successors in edges (size + 1 entries)
    std::vector<uint32_t> edges;       // successor segments
    std::vector<uint32_t> order;       // reachable segments in reverse postorder
    std::vector<uint32_t> position;    // by segment: index in order, or kNoTarget

    void build(const Program& program);

    // Control does not go on from there to another segment: no label depends on its states.
    [[nodiscard]] bool isLeaf(uint32_t segment) const {
        return edge_begin[segment] == edge_begin[segment + 1];
    }

  private:
    void findSegments(const Program& program);
    void findEdges(const Program& program);
    void sort();
};

}  // namespace tagproof::verify
