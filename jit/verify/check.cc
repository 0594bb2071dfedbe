#include "jit/verify/check.h"

#include "jit/verify/state_text.h"

namespace tagproof::verify {
namespace {

// Collects violations with their texts; consecutive repeats of one rule at one place count once.
class Collector final : public Reporter {
  public:
    Collector(const Program& program, Verdict& verdict) : program_(program), verdict_(verdict) {}

    void watch(const Machine& machine) { machine_ = &machine; }

    void report(const Instruction& at, RuleId rule, std::string_view message) override {
        const uint64_t key = uint64_t{at.offset} << 8 | static_cast<uint8_t>(rule);
        if (key == last_) return;
        last_ = key;
        ++verdict_.violation_count;
        if (verdict_.violations.size() >= kMaxReported) return;
        Violation& violation = verdict_.violations.emplace_back();
        violation.offset = at.offset;
        violation.rule = rule;
        violation.bytes = bytesOf(program_, at);
        violation.instruction = disassemble(program_, at);
        violation.message = message;
        if (machine_ != nullptr) {
            violation.state = describe(machine_->state, machine_->tables());
        }
    }

  private:
    const Program& program_;
    Verdict& verdict_;
    const Machine* machine_ = nullptr;  // for the state; null before the walk
    uint64_t last_ = ~uint64_t{0};
};

bool isWellFormed(const LabelHint& label, const Tables& tables) {
    if (label.stack_words > kMaxStackWords || label.symbol_count > 2 * kMaxLocations) return false;
    uint32_t next = 0;
    for (const HintEntry& entry : label.entries) {
        const bool in_order = entry.location >= next && entry.location != kRsp;
        if (!in_order || entry.location >= kRegisterCount + label.stack_words) return false;
        if (!verify::isWellFormed(entry.value, label.symbol_count, tables)) return false;
        next = entry.location + 1;
    }
    return true;
}

// Symbols are never reused; one instruction or label makes fewer than 2,000.
constexpr uint32_t kMaxSymbol = 0xFFFF0000;

class Checker {
  public:
    Checker(Program& program, const Hints& hints, Machine& machine, Verdict& verdict)
        : program_(program), hints_(hints), machine_(machine), verdict_(verdict) {}

    // Marks the labels in the instruction records.
    void placeLabels() {
        for (Instruction& in : program_.instructions) in.label = 0;
        int64_t last = -1;
        for (size_t k = 0; k < hints_.labels.size(); ++k) {
            const LabelHint& label = hints_.labels[k];
            const uint32_t at = program_.indexOf(label.offset);
            const bool in_order = label.offset > last;
            if (!in_order || at == kNoTarget || !isWellFormed(label, machine_.tables())) {
                machine_.failAt(program_.instructions[0], RuleId::kHintMalformed,
                                "a hint is malformed, out of order or not at an instruction");
                continue;
            }
            last = label.offset;
            program_.instructions[at].label = static_cast<uint32_t>(k + 1);
        }
    }

    void walk(Observer* observer) {
        machine_.enter();
        reachable_ = true;
        for (const Instruction& in : program_.instructions) {
            if (machine_.state.next_symbol > kMaxSymbol) {
                return machine_.failAt(in, RuleId::kTooLarge, "too many words to tell apart");
            }
            if (in.label != 0) arrive(in, observer);
            if (in.family == Family::kJump && in.target == kNoTarget) {
                machine_.failAt(in, RuleId::kBranchTarget, ruleText(RuleId::kBranchTarget));
            }
            if (!reachable_) {
                // Never executed, but every byte still belongs to an instruction of the table.
                if (in.family == Family::kFault) reachable_ = reportDead(in);
                continue;
            }
            if (observer != nullptr) {
                observer->instruction(in, machine_.state, machine_.tables());
            }
            execute(in);
        }
        if (reachable_ && !program_.instructions.empty()) {
            machine_.failAt(program_.instructions.back(), RuleId::kFallOffEnd,
                            ruleText(RuleId::kFallOffEnd));
        }
    }

  private:
    void arrive(const Instruction& in, Observer* observer) {
        const LabelHint& hint = hints_.labels[in.label - 1];
        if (reachable_) requireImplied(in, in);
        machine_.load(hint);
        reachable_ = true;
        if (observer != nullptr) observer->label(hint);
    }

    void execute(const Instruction& in) {
        if (in.row < kMaxRows) ++verdict_.statistics.row_uses[in.row];
        switch (machine_.step(in)) {
            case Flow::kNext:
                return;
            case Flow::kStop:
                reachable_ = false;
                return;
            case Flow::kJump:
                edge(in);
                reachable_ = false;
                return;
            case Flow::kBranch:
                if (machine_.assume(in.op)) edge(in);
                machine_.undoAssumption();
                reachable_ = machine_.assume(in.op ^ 1U);
                machine_.keepAssumption();
                return;
        }
    }

    void edge(const Instruction& in) {
        if (in.target != kNoTarget) requireImplied(in, program_.instructions[in.target]);
    }

    void requireImplied(const Instruction& from, const Instruction& to) {
        if (to.label == 0) {
            machine_.failAt(from, RuleId::kHintMissing, "the branch target has no hint");
            return;
        }
        uint32_t location = 0;
        const LabelHint& hint = hints_.labels[to.label - 1];
        if (machine_.state.implies(hint, machine_.tables(), location)) return;
        machine_.failAt(from, RuleId::kHintImplied,
                        mismatch(from, to, hint, location, machine_.state, machine_.tables()));
    }

    bool reportDead(const Instruction& in) {
        machine_.failAt(in, static_cast<RuleId>(in.imm), "in code that is never reached");
        return false;
    }

    Program& program_;
    const Hints& hints_;
    Machine& machine_;
    Verdict& verdict_;
    bool reachable_ = false;
};

}  // namespace

void check(Program& program,
           MachineMemory& memory,
           const Trusted& trusted,
           const Hints& hints,
           Verdict& verdict,
           Observer* observer) {
    verdict.statistics.instructions = program.instructions.size();
    verdict.statistics.bytes = program.code.size();
    verdict.statistics.labels = hints.labels.size();
    Collector collector(program, verdict);
    if (program.instructions.empty() || program.code.size() > kMaxCodeBytes ||
        trusted.shared == nullptr) {
        const bool empty = program.instructions.empty();
        const RuleId rule = trusted.shared == nullptr ? RuleId::kTrusted
                            : empty                   ? RuleId::kFallOffEnd
                                                      : RuleId::kTooLarge;
        collector.report(Instruction{}, rule, ruleText(rule));
        return;
    }
    Machine machine(trusted, memory, &collector, &verdict.statistics);
    collector.watch(machine);
    Checker checker(program, hints, machine, verdict);
    checker.placeLabels();
    checker.walk(observer);
    verdict.ok = verdict.violation_count == 0;
}

}  // namespace tagproof::verify
