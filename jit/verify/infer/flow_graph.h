#pragma once
// The control flow of a decoded function as segments: from one label (branch target, or the entry)
// to the next. Conditional branches do not end a segment.

#include <cstdint>
#include <span>
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
    std::vector<uint8_t> needs_hint;   // by segment: a label, not the detour of a branch (walk.h)
    std::vector<uint32_t>
        loop_end;  // by segment: behind the last position with an edge back to it; 0: none

    void build(const Program& program);
    [[nodiscard]] std::span<const uint32_t> successors(uint32_t segment) const {
        return std::span(edges).subspan(edge_begin[segment],
                                        edge_begin[segment + 1] - edge_begin[segment]);
    }

  private:
    void findSegments(const Program& program);
    void findEdges(const Program& program);
    void sort();
    void placeHints();
    void findLoops();

    std::vector<uint32_t> ways_;    // by segment: edges to it
    std::vector<uint8_t> nesting_;  // by segment: detours that it is in
};

}  // namespace tagproof::verify
