#include "jit/verify/check.h"

#include <algorithm>

#include "jit/verify/state_text.h"
#include "jit/verify/walk.h"

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
    Checker(Program& program,
            const Hints& hints,
            Machine& machine,
            Verdict& verdict,
            Observer* observer)
        : program_(program),
          hints_(hints),
          machine_(machine),
          verdict_(verdict),
          observer_(observer),
          walker_(program, machine, *this) {}

    // Marks the labels in the instruction records.
    void placeLabels() {
        for (Instruction& in : program_.instructions) {
            in.label = 0;
            in.visited = false;
        }
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

    // Executes each reachable instruction once: those of a detour when the walk comes to the
    // branch, the others in address order.
    void walk() {
        machine_.enter();
        const auto count = static_cast<uint32_t>(program_.instructions.size());
        bool reachable = true;
        for (uint32_t at = 0; at < count; ++at) {
            if (isLabel(at)) {
                if (reachable && at != 0) edge(at - 1, at);
                if (reachable && at == 0) requireImplied(at, at);
                arrive(at);
                reachable = true;
            }
            if (reachable) reachable = enter(at == 0 ? 0 : at - 1, at) && walker_.step(at);
        }
        if (reachable) refuse(count - 1, RuleId::kFallOffEnd);
        checkUnreached();
    }

    // --- what the walker asks and tells ----------------------------------------------------------

    [[nodiscard]] bool isLabel(uint32_t at) const { return program_.instructions[at].label != 0; }

    [[nodiscard]] static bool follows(uint32_t /*to*/) { return true; }

    void edge(uint32_t from, uint32_t to) { requireImplied(from, to); }

    [[nodiscard]] bool enter(uint32_t from, uint32_t at) {
        Instruction& in = program_.instructions[at];
        if (in.visited) {
            machine_.failAt(program_.instructions[from], RuleId::kHintMissing,
                            "a second way to an instruction that has no hint");
            return false;
        }
        in.visited = true;
        if (machine_.state.next_symbol > kMaxSymbol) {
            machine_.failAt(in, RuleId::kTooLarge, "too many words to tell apart");
            return false;
        }
        if (in.row < kMaxRows) ++verdict_.statistics.row_uses[in.row];
        if (observer_ != nullptr) observer_->instruction(in, machine_.state, machine_.tables());
        return true;
    }

    void refuse(uint32_t at, RuleId rule) {
        machine_.failAt(program_.instructions[at], rule, ruleText(rule));
    }

  private:
    void arrive(uint32_t at) {
        const LabelHint& hint = hints_.labels[program_.instructions[at].label - 1];
        machine_.load(hint);
        if (observer_ != nullptr) observer_->label(hint);
    }

    void requireImplied(uint32_t from, uint32_t to) {
        const Instruction& target = program_.instructions[to];
        uint32_t location = 0;
        const LabelHint& hint = hints_.labels[target.label - 1];
        if (machine_.state.implies(hint, machine_.tables(), location)) return;
        const Instruction& source = program_.instructions[from];
        machine_.failAt(
            source, RuleId::kHintImplied,
            mismatch(source, target, hint, location, machine_.state, machine_.tables()));
    }

    // What is never executed still consists of instructions of the table.
    void checkUnreached() {
        for (const Instruction& in : program_.instructions) {
            if (in.visited) continue;
            if (in.family == Family::kFault) {
                machine_.failAt(in, static_cast<RuleId>(in.imm), "in code that is never reached");
            } else if (in.family == Family::kJump && in.target == kNoTarget) {
                machine_.failAt(in, RuleId::kBranchTarget, ruleText(RuleId::kBranchTarget));
            }
        }
    }

    Program& program_;
    const Hints& hints_;
    Machine& machine_;
    Verdict& verdict_;
    Observer* const observer_;  // may be null
    Walker<Checker> walker_;
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
    Checker checker(program, hints, machine, verdict, observer);
    checker.placeLabels();
    checker.walk();
    std::ranges::stable_sort(verdict.violations, {}, &Violation::offset);
    verdict.ok = verdict.violation_count == 0;
}

}  // namespace tagproof::verify
