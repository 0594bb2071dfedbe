#pragma once
// The state at a loop's head that holds in every round: a bounded fixpoint over the loop's body
// with the checker's own transfer functions, joins at labels and widening at labels visited again.

#include "jit/verify/infer/flow_graph.h"
#include "jit/verify/infer/infer.h"
#include "jit/verify/infer/liveness.h"
#include "jit/verify/walk.h"

namespace tagproof::verify {

// What is kept from function to function for its capacity.
struct LoopMemory {
    MachineMemory machine;
    std::vector<LabelState> labels;  // by segment
    std::vector<uint32_t> visits;    // by segment: times it has been executed
    std::vector<uint8_t> members;    // by segment: is it in the loop at hand?
    std::vector<uint64_t> dirty;     // bit per position in reverse postorder
    std::vector<HintEntry> before;   // of the join under way
};

class LoopStates {
  public:
    LoopStates(const Program& program,
               const FlowGraph& graph,
               const Liveness& liveness,
               const Trusted& trusted,
               const InferLimits& limits,
               LoopMemory& memory);

    // For a head that `joined` comes to from outside. Loops inside it are solved with it. Valid
    // until the next function.
    [[nodiscard]] LabelHint solve(uint32_t head, const LabelHint& joined);

    // --- what the walker asks and tells ----------------------------------------------------------

    [[nodiscard]] bool isLabel(uint32_t at) const {
        const uint32_t segment = graph_.segment_of[at];
        return segment != kNoTarget && graph_.needs_hint[segment] != 0;
    }
    void edge(uint32_t /*from*/, uint32_t to) { arrive(graph_.segment_of[to]); }
    [[nodiscard]] static bool enter(uint32_t /*from*/, uint32_t /*at*/) { return true; }
    // Ways out of the loop are not taken.
    [[nodiscard]] bool follows(uint32_t to) const { return members_[graph_.segment_of[to]] != 0; }
    static void refuse(uint32_t /*at*/, RuleId /*rule*/) {}

  private:
    void findMembers(uint32_t head);
    [[nodiscard]] bool leadsToMember(uint32_t segment) const;
    void execute(uint32_t segment);
    void arrive(uint32_t segment);
    [[nodiscard]] bool joinAt(uint32_t segment);
    void markDirty(uint32_t segment);
    [[nodiscard]] uint32_t nextDirty();

    const Program& program_;
    const FlowGraph& graph_;
    const Liveness& liveness_;
    const InferLimits& limits_;
    MachineMemory& memory_;
    Machine machine_;
    std::vector<LabelState>& labels_;
    std::vector<uint32_t>& visits_;
    std::vector<uint8_t>& members_;
    std::vector<uint64_t>& dirty_;
    std::vector<HintEntry>& before_;
    Walker<LoopStates> walker_;
    size_t lowest_ = 0;  // no dirty bit below this group
};

}  // namespace tagproof::verify
