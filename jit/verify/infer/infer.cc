#include "jit/verify/infer/infer.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "jit/verify/check.h"
#include "jit/verify/infer/loop_states.h"

namespace tagproof::verify {

// Everything is kept between functions for its capacity only.
struct InferenceBuffers {
    FlowGraph graph;
    Liveness liveness;
    LoopMemory loops;
    std::vector<LabelHint> labels;   // of the function at hand, in reverse postorder
    std::vector<uint32_t> segments;  // by label
    std::vector<LabelHint> states;   // of the last infer(): the states that the labels got
    EntryStore entries;              // of the states
};

namespace {

// Adds the time since the step before to a counter; off without a place for the times.
class StepClock {
  public:
    explicit StepClock(VerifyTimes* times) : times_(times) {
        if (times_ != nullptr) last_ = Clock::now();
    }

    void ended(uint64_t VerifyTimes::*step) {
        if (times_ == nullptr) return;
        const Clock::time_point now = Clock::now();
        times_->*step += static_cast<uint64_t>(
            std::chrono::duration_cast<std::chrono::nanoseconds>(now - last_).count());
        last_ = now;
    }

  private:
    using Clock = std::chrono::steady_clock;
    VerifyTimes* times_;
    Clock::time_point last_;  // end of the step before
};

// Finds the labels before the check, and the states of loops while it runs.
class InferenceGuide final : public Guide {
  public:
    InferenceGuide(const Program& program,
                   const Trusted& trusted,
                   const InferLimits& limits,
                   InferenceBuffers& buffers,
                   StepClock& clock)
        : buffers_(buffers), clock_(clock) {
        buffers.graph.build(program);
        buffers.liveness.run(program, buffers.graph, Tables(trusted));
        placeLabels(program);
        loops_.emplace(program, buffers.graph, buffers.liveness, trusted, limits, buffers.loops);
    }

    [[nodiscard]] std::span<const LabelHint> labels() const override { return buffers_.labels; }

    [[nodiscard]] LabelHint weaken(size_t k, const LabelHint& joined) override {
        clock_.ended(&VerifyTimes::check_nanoseconds);
        const LabelHint state = loops_->solve(buffers_.segments[k], joined);
        clock_.ended(&VerifyTimes::infer_nanoseconds);
        return state;
    }

  private:
    void placeLabels(const Program& program) {
        const FlowGraph& graph = buffers_.graph;
        buffers_.labels.clear();
        buffers_.segments.clear();
        for (const uint32_t segment : graph.order) {
            if (graph.needs_hint[segment] == 0) continue;
            buffers_.segments.push_back(segment);
            buffers_.labels.push_back({.offset = program.instructions[graph.first[segment]].offset,
                                       .is_joined = true,
                                       .is_loop = graph.loop_end[segment] != 0,
                                       .keep = buffers_.liveness.liveAt(segment),
                                       .entries = {}});
        }
    }

    InferenceBuffers& buffers_;
    StepClock& clock_;
    std::optional<LoopStates> loops_;
};

// Decodes nothing: the function stands in workspace.program().
void inferAndCheck(Workspace& workspace,
                   const Trusted& trusted,
                   InferredHints& hints,
                   const InferLimits& limits,
                   StepClock& clock,
                   Verdict& verdict) {
    Program& program = workspace.program();
    if (program.instructions.empty() || trusted.shared == nullptr) {
        return check(program, workspace.memory(), trusted, Hints{}, verdict);
    }
    InferenceGuide guide(program, trusted, limits, hints.buffers(), clock);
    clock.ended(&VerifyTimes::infer_nanoseconds);
    check(program, workspace.memory(), trusted, guide, verdict);
    clock.ended(&VerifyTimes::check_nanoseconds);
}

}  // namespace

InferredHints::InferredHints() : buffers_(std::make_unique<InferenceBuffers>()) {}
InferredHints::~InferredHints() = default;

Hints InferredHints::hints() const { return Hints{buffers_->states}; }

void infer(Workspace& workspace,
           const Trusted& trusted,
           InferredHints& out,
           const InferLimits& limits) {
    Verdict verdict;
    StepClock clock(nullptr);
    InferenceBuffers& buffers = out.buffers();
    buffers.labels.clear();
    buffers.states.clear();
    buffers.entries.clear();
    inferAndCheck(workspace, trusted, out, limits, clock, verdict);
    for (size_t k = 0; k < buffers.labels.size(); ++k) {
        const LabelState& label = workspace.memory().labels[k];
        if (!label.reached) continue;
        const auto count = static_cast<uint32_t>(label.known.entries.size());
        HintEntry* entries = buffers.entries.room(count);
        buffers.entries.take(count);
        std::ranges::copy(label.known.entries, entries);
        LabelHint& state = buffers.states.emplace_back(label.known);
        state.offset = buffers.labels[k].offset;
        state.entries = {entries, count};
    }
}

Verdict inferAndVerify(std::span<const uint8_t> code,
                       uint64_t address,
                       const Trusted& trusted,
                       InferenceWorkspace& workspace,
                       VerifyTimes* times) {
    Verdict verdict;
    StepClock clock(times);
    decode(code, address, workspace.checked.program());
    clock.ended(&VerifyTimes::decode_nanoseconds);
    inferAndCheck(workspace.checked, trusted, workspace.hints, InferLimits{}, clock, verdict);
    return verdict;
}

Verdict inferAndVerify(std::span<const uint8_t> code, uint64_t address, const Trusted& trusted) {
    InferenceWorkspace workspace;
    return inferAndVerify(code, address, trusted, workspace);
}

}  // namespace tagproof::verify
