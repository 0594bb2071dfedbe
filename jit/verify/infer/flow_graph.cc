#include "jit/verify/infer/flow_graph.h"

#include <algorithm>

#include "jit/verify/state.h"

namespace tagproof::verify {

void FlowGraph::build(const Program& program) {
    findSegments(program);
    findEdges(program);
    sort();
    placeHints();
    findLoops();
}

void FlowGraph::findSegments(const Program& program) {
    const auto count = static_cast<uint32_t>(program.instructions.size());
    segment_of.assign(count, kNoTarget);
    first.clear();
    for (const Instruction& in : program.instructions) {
        if (in.family == Family::kJump && in.target != kNoTarget) segment_of[in.target] = 0;
    }
    if (count != 0) segment_of[0] = 0;
    for (uint32_t i = 0; i < count; ++i) {
        if (segment_of[i] == kNoTarget) continue;
        segment_of[i] = static_cast<uint32_t>(first.size());
        first.push_back(i);
    }
}

void FlowGraph::findEdges(const Program& program) {
    edge_begin.clear();
    edges.clear();
    for (size_t s = 0; s < first.size(); ++s) {
        edge_begin.push_back(static_cast<uint32_t>(edges.size()));
        const size_t end = s + 1 < first.size() ? first[s + 1] : program.instructions.size();
        bool falls = true;
        for (size_t i = first[s]; i < end && falls; ++i) {
            const Instruction& in = program.instructions[i];
            if (in.family == Family::kJump) {
                if (in.target != kNoTarget) edges.push_back(segment_of[in.target]);
                falls = in.op != kAlways;
            } else if (in.family == Family::kReturn || in.family == Family::kTrap) {
                falls = false;
            }
        }
        if (falls && s + 1 < first.size()) edges.push_back(static_cast<uint32_t>(s + 1));
    }
    edge_begin.push_back(static_cast<uint32_t>(edges.size()));
}

// Reverse postorder by an explicit stack.
void FlowGraph::sort() {
    const auto count = static_cast<uint32_t>(first.size());
    order.clear();
    position.assign(count, kNoTarget);
    if (count == 0) return;
    std::vector<uint32_t> next(edge_begin.begin(), edge_begin.end() - 1);
    std::vector<uint32_t> stack{0};
    position[0] = 0;
    while (!stack.empty()) {
        const uint32_t s = stack.back();
        if (next[s] == edge_begin[s + 1]) {
            order.push_back(s);
            stack.pop_back();
            continue;
        }
        const uint32_t to = edges[next[s]++];
        if (position[to] != kNoTarget) continue;
        position[to] = 0;
        stack.push_back(to);
    }
    std::reverse(order.begin(), order.end());
    for (uint32_t k = 0; k < order.size(); ++k) position[order[k]] = k;
}

// A segment with a single way in is executed at that branch, unless that nests too deep. The branch
// stands in a segment that comes earlier in reverse postorder.
void FlowGraph::placeHints() {
    const size_t count = first.size();
    ways_.assign(count, 0);
    nesting_.assign(count, 0);
    needs_hint.assign(count, 1);
    for (const uint32_t to : edges) ++ways_[to];
    if (count != 0) needs_hint[0] = ways_[0] != 0 ? 1 : 0;
    for (const uint32_t from : order) {
        for (const uint32_t to : successors(from)) {
            if (ways_[to] != 1 || to == 0 || nesting_[from] == kMaxNesting) continue;
            needs_hint[to] = 0;
            nesting_[to] = static_cast<uint8_t>(nesting_[from] + 1);
        }
    }
}

void FlowGraph::findLoops() {
    loop_end.assign(first.size(), 0);
    for (const uint32_t from : order) {
        for (const uint32_t to : successors(from)) {
            if (position[to] <= position[from]) {
                loop_end[to] = std::max(loop_end[to], position[from] + 1);
            }
        }
    }
}

}  // namespace tagproof::verify
