#include "jit/verify/infer/infer.h"

#include <algorithm>
#include <chrono>

#include "jit/verify/check.h"
#include "jit/verify/infer/flow_graph.h"
#include "jit/verify/infer/label_state.h"
#include "jit/verify/infer/liveness.h"
#include "jit/verify/walk.h"

namespace tagproof::verify {

// Everything is kept between functions for its capacity only.
struct InferenceBuffers {
    FlowGraph graph;
    Liveness liveness;
    LabelJoiner joiner;
    std::vector<LabelState> labels;                    // by segment
    std::vector<uint64_t> dirty;                       // bit per position in reverse postorder
    std::vector<LabelHint> hints;                      // the result, sorted by offset
    std::vector<std::unique_ptr<HintEntry[]>> chunks;  // entries of the result, kChunk each
};

namespace {

constexpr size_t kChunk = 2048;  // entries; more than one label can have

class Inference {
  public:
    Inference(Workspace& workspace,
              const Trusted& trusted,
              InferenceBuffers& buffers,
              const InferLimits& limits)
        : program_(workspace.program()),
          machine_(trusted, workspace.memory(), nullptr, nullptr),
          limits_(limits),
          buffers_(buffers),
          graph_(buffers.graph),
          liveness_(buffers.liveness),
          joiner_(buffers.joiner),
          labels_(buffers.labels),
          dirty_(buffers.dirty),
          walker_(program_, machine_, *this) {}

    void run() {
        graph_.build(program_);
        liveness_.run(program_, graph_, machine_.tables());
        labels_.assign(graph_.first.size(), LabelState{});
        dirty_.assign((graph_.order.size() + 63) / 64, 0);
        machine_.enter();
        arrive(0);
        for (uint32_t next = nextDirty(); next != kNoTarget; next = nextDirty()) {
            execute(graph_.order[next]);
        }
        publish();
    }

    // --- what the walker asks and tells ----------------------------------------------------------

    [[nodiscard]] bool isLabel(uint32_t at) const {
        const uint32_t segment = graph_.segment_of[at];
        return segment != kNoTarget && graph_.needs_hint[segment] != 0;
    }
    void edge(uint32_t /*from*/, uint32_t to) { arrive(graph_.segment_of[to]); }
    [[nodiscard]] static bool enter(uint32_t /*from*/, uint32_t /*at*/) { return true; }

    // Detours on which no label depends are not made.
    [[nodiscard]] bool follows(uint32_t to) const {
        const uint32_t segment = graph_.segment_of[to];
        return graph_.needs_hint[segment] != 0 || graph_.leads_on[segment] != 0;
    }
    static void refuse(uint32_t /*at*/, RuleId /*rule*/) {}

  private:
    // The earliest segment in reverse postorder whose state has changed: loops settle first.
    uint32_t nextDirty() {
        for (; lowest_ < dirty_.size(); ++lowest_) {
            uint64_t& group = dirty_[lowest_];
            if (group == 0) continue;
            const auto bit = static_cast<uint32_t>(__builtin_ctzll(group));
            group &= group - 1;
            return static_cast<uint32_t>(64 * lowest_ + bit);
        }
        return kNoTarget;
    }

    void execute(uint32_t segment) {
        LabelState& label = labels_[segment];
        ++label.visits;
        machine_.state.next_symbol = 1;
        machine_.load(LabelHint{.stack_words = label.stack_words,
                                .symbol_count = label.symbol_count,
                                .entries = {label.entries, label.count}});
        const auto count = static_cast<uint32_t>(program_.instructions.size());
        const uint32_t first = graph_.first[segment];
        for (uint32_t at = first; at < count; ++at) {
            if (at != first && isLabel(at)) return edge(at - 1, at);
            if (!walker_.step(at)) return;
        }
    }

    void arrive(uint32_t segment) {
        LabelState& label = labels_[segment];
        bool changed = true;
        if (!label.reached) {
            const uint64_t live = liveness_.liveAt(segment);
            joiner_.assign(label, machine_.state, live, allocate(machine_.state.locations()));
            spare_ += label.count;
        } else {
            Widening widening = Widening::kNone;
            if (label.visits >= limits_.visits_before_widening) widening = Widening::kIntervals;
            if (label.visits >= limits_.visits_before_top) widening = Widening::kTop;
            changed = joiner_.join(label, machine_.state, widening, machine_.tables());
        }
        const uint32_t at = graph_.position[segment];
        if (!changed || at == kNoTarget || graph_.leads_on[segment] == 0) return;
        dirty_[at / 64] |= uint64_t{1} << (at % 64);
        lowest_ = std::min<size_t>(lowest_, at / 64);
    }

    // Room for `count` entries at spare_; the caller takes what it used.
    HintEntry* allocate(uint32_t count) {
        if (count > static_cast<size_t>(limit_ - spare_)) {
            if (chunk_ == buffers_.chunks.size()) {
                buffers_.chunks.push_back(std::make_unique<HintEntry[]>(kChunk));
            }
            spare_ = buffers_.chunks[chunk_++].get();
            limit_ = spare_ + kChunk;
        }
        return spare_;
    }

    void publish() {
        for (size_t s = 0; s < labels_.size(); ++s) {
            const LabelState& label = labels_[s];
            const uint32_t first = graph_.first[s];
            const bool is_target = first != 0 || isTarget0();
            if (!label.reached || !is_target) continue;
            buffers_.hints.push_back(LabelHint{.offset = program_.instructions[first].offset,
                                               .stack_words = label.stack_words,
                                               .symbol_count = label.symbol_count,
                                               .entries = {label.entries, label.count}});
        }
    }

    // Does anything jump to the first instruction?
    bool isTarget0() const {
        return std::ranges::any_of(program_.instructions, [](const Instruction& in) {
            return in.family == Family::kJump && in.target == 0;
        });
    }

    const Program& program_;
    Machine machine_;
    const InferLimits& limits_;
    InferenceBuffers& buffers_;
    FlowGraph& graph_;
    Liveness& liveness_;
    LabelJoiner& joiner_;
    std::vector<LabelState>& labels_;
    std::vector<uint64_t>& dirty_;
    Walker<Inference> walker_;
    size_t lowest_ = 0;           // no dirty bit below this group
    size_t chunk_ = 0;            // next chunk to use
    HintEntry* spare_ = nullptr;  // free entries of the chunk in use
    HintEntry* limit_ = nullptr;
};

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

}  // namespace

InferredHints::InferredHints() : buffers_(std::make_unique<InferenceBuffers>()) {}
InferredHints::~InferredHints() = default;

Hints InferredHints::hints() const { return Hints{buffers_->hints}; }

void infer(Workspace& workspace,
           const Trusted& trusted,
           InferredHints& out,
           const InferLimits& limits) {
    out.buffers().hints.clear();
    if (workspace.program().instructions.empty() || trusted.shared == nullptr) return;
    Inference(workspace, trusted, out.buffers(), limits).run();
}

Verdict inferAndVerify(std::span<const uint8_t> code,
                       uint64_t address,
                       const Trusted& trusted,
                       InferenceWorkspace& workspace,
                       VerifyTimes* times) {
    Verdict verdict;
    Workspace& checked = workspace.checked;
    StepClock clock(times);
    decode(code, address, checked.program());
    clock.ended(&VerifyTimes::decode_nanoseconds);
    infer(checked, trusted, workspace.hints);
    clock.ended(&VerifyTimes::infer_nanoseconds);
    check(checked.program(), checked.memory(), trusted, workspace.hints.hints(), verdict);
    clock.ended(&VerifyTimes::check_nanoseconds);
    return verdict;
}

Verdict inferAndVerify(std::span<const uint8_t> code, uint64_t address, const Trusted& trusted) {
    InferenceWorkspace workspace;
    return inferAndVerify(code, address, trusted, workspace);
}

}  // namespace tagproof::verify
