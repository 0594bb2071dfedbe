#include "jit/verify/infer/infer.h"

#include <algorithm>

#include "jit/verify/check.h"
#include "jit/verify/infer/flow_graph.h"
#include "jit/verify/infer/label_state.h"

namespace tagproof::verify {
namespace {

class Inference {
  public:
    Inference(const Program& program,
              const Trusted& trusted,
              InferredHints& out,
              const InferLimits& limits)
        : program_(program), machine_(trusted, nullptr, nullptr), out_(out), limits_(limits) {}

    void run() {
        graph_.build(program_);
        labels_.assign(graph_.first.size(), LabelState{});
        dirty_.assign((graph_.order.size() + 63) / 64, 0);
        machine_.enter();
        arrive(0);
        for (uint32_t next = nextDirty(); next != kNoTarget; next = nextDirty()) {
            execute(graph_.order[next]);
        }
        publish();
    }

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
        for (uint32_t i = graph_.first[segment]; i < count; ++i) {
            if (graph_.segment_of[i] != kNoTarget && i != graph_.first[segment]) {
                return arrive(graph_.segment_of[i]);
            }
            if (!step(program_.instructions[i])) return;
        }
    }

    // False: control does not reach the next instruction.
    bool step(const Instruction& in) {
        switch (machine_.step(in)) {
            case Flow::kNext:
                return true;
            case Flow::kStop:
                return false;
            case Flow::kJump:
                if (in.target != kNoTarget) arrive(graph_.segment_of[in.target]);
                return false;
            case Flow::kBranch: {
                if (in.target != kNoTarget && machine_.assume(in.op)) {
                    arrive(graph_.segment_of[in.target]);
                }
                machine_.undoAssumption();
                const bool falls = machine_.assume(in.op ^ 1U);
                machine_.keepAssumption();
                return falls;
            }
        }
        return false;
    }

    void arrive(uint32_t segment) {
        LabelState& label = labels_[segment];
        bool changed = true;
        if (!label.reached) {
            joiner_.assign(label, machine_.state, allocate(machine_.state.locations()));
            spare_ += label.count;
        } else {
            Widening widening = Widening::kNone;
            if (label.visits >= limits_.visits_before_widening) widening = Widening::kIntervals;
            if (label.visits >= limits_.visits_before_top) widening = Widening::kTop;
            changed = joiner_.join(label, machine_.state, widening, machine_.tables());
        }
        const uint32_t at = graph_.position[segment];
        if (!changed || at == kNoTarget) return;
        dirty_[at / 64] |= uint64_t{1} << (at % 64);
        lowest_ = std::min<size_t>(lowest_, at / 64);
    }

    // Room for `count` entries at spare_; the caller takes what it used.
    HintEntry* allocate(uint32_t count) {
        if (count > static_cast<size_t>(limit_ - spare_)) {
            const size_t size = std::max<size_t>(count, 1024);
            out_.chunks.push_back(std::make_unique<HintEntry[]>(size));
            spare_ = out_.chunks.back().get();
            limit_ = spare_ + size;
        }
        return spare_;
    }

    void publish() {
        for (size_t s = 0; s < labels_.size(); ++s) {
            const LabelState& label = labels_[s];
            const uint32_t first = graph_.first[s];
            const bool is_target = first != 0 || isTarget0();
            if (!label.reached || !is_target) continue;
            out_.labels.push_back(LabelHint{.offset = program_.instructions[first].offset,
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
    InferredHints& out_;
    const InferLimits& limits_;
    FlowGraph graph_;
    LabelJoiner joiner_;
    std::vector<LabelState> labels_;  // by segment
    std::vector<uint64_t> dirty_;     // bit per position in reverse postorder
    size_t lowest_ = 0;               // no dirty bit below this group
    HintEntry* spare_ = nullptr;      // free entries of the last chunk
    HintEntry* limit_ = nullptr;
};

}  // namespace

void infer(const Program& program,
           const Trusted& trusted,
           InferredHints& out,
           const InferLimits& limits) {
    out.labels.clear();
    out.chunks.clear();
    if (program.instructions.empty() || trusted.shared == nullptr) return;
    const auto inference = std::make_unique<Inference>(program, trusted, out, limits);
    inference->run();
}

Verdict inferAndVerify(std::span<const uint8_t> code,
                       uint64_t address,
                       const Trusted& trusted,
                       Workspace& workspace) {
    Verdict verdict;
    Program& program = workspace.program();
    decode(code, address, program);
    InferredHints hints;
    infer(program, trusted, hints);
    check(program, trusted, hints.hints(), verdict);
    return verdict;
}

Verdict inferAndVerify(std::span<const uint8_t> code, uint64_t address, const Trusted& trusted) {
    Workspace workspace;
    return inferAndVerify(code, address, trusted, workspace);
}

}  // namespace tagproof::verify
