#include "jit/verify/check.h"

#include <algorithm>

#include "jit/verify/label_state.h"
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

bool isWellFormed(const LabelHint& label, const HintEntry& entry, const Tables& tables) {
    if (entry.location == kRsp || entry.location >= kRegisterCount + label.stack_words)
        return false;
    if (!verify::isWellFormed(entry.value, label.symbol_count, tables)) return false;
    constexpr unsigned kFlags = Abstract::kNullable | Abstract::kManaged | Abstract::kDerived |
                                Abstract::kBounded | kHalfWord | kNullOnly;
    if ((entry.value.flags & ~kFlags) != 0) return false;
    // Of which only stack words have an upper half that is not known.
    return entry.location >= kRegisterCount || !has(entry.value, kHalfWord);
}

bool hasRoom(const LabelHint& label) {
    return label.stack_words <= kMaxStackWords && label.symbol_count <= 2 * kMaxLocations;
}

// The first entry that is malformed or out of order, or the number of entries.
size_t firstMalformed(const LabelHint& label, const Tables& tables) {
    uint32_t next = 0;
    for (size_t k = 0; k < label.entries.size(); ++k) {
        const HintEntry& entry = label.entries[k];
        if (entry.location < next || !isWellFormed(label, entry, tables)) return k;
        next = entry.location + 1;
    }
    return label.entries.size();
}

bool isWellFormed(const LabelHint& label, const Tables& tables) {
    return hasRoom(label) && firstMalformed(label, tables) == label.entries.size();
}

// Why the checker does not understand hint k. `at`: the instruction at its offset.
std::string causeOf(const LabelHint& hint, size_t k, const Instruction* at, const Tables& tables) {
    const auto number = static_cast<unsigned>(k);
    if (at == nullptr) {
        return format("label %u at +0x%x: no instruction begins there", number, hint.offset);
    }
    if (at->label != 0) {
        return format("label %u at +0x%x: label %u is there already", number, hint.offset,
                      at->label - 1);
    }
    if (!hasRoom(hint)) {
        return format("label %u at +0x%x: a frame of %u words, %u symbols: at most %u and %u",
                      number, hint.offset, hint.stack_words, hint.symbol_count, kMaxStackWords,
                      2 * kMaxLocations);
    }
    const size_t entry = firstMalformed(hint, tables);
    const uint32_t location = hint.entries[entry].location;
    const bool exists = location < kRegisterCount + hint.stack_words;
    const std::string name = exists ? " (" + locationName(location, hint.stack_words) + ")" : "";
    return format("label %u at +0x%x: entry %u for location %u%s is malformed or out of order",
                  number, hint.offset, static_cast<unsigned>(entry), location, name.c_str());
}

// Symbols are not reused before the next label; one instruction makes fewer than 2,000.
constexpr uint32_t kMaxSymbol = 0xFFFF0000;

class Checker {
  public:
    Checker(Program& program,
            Guide& guide,
            MachineMemory& memory,
            Machine& machine,
            Verdict& verdict,
            Observer* observer)
        : program_(program),
          guide_(guide),
          hints_(guide.labels()),
          labels_(memory.labels),
          entries_(memory.entries),
          joiner_(memory.joiner),
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
        labels_.assign(hints_.size(), LabelState{});
        entries_.clear();
        for (size_t k = 0; k < hints_.size(); ++k) {
            const LabelHint& hint = hints_[k];
            const uint32_t at = program_.indexOf(hint.offset);
            Instruction* const in = at == kNoTarget ? nullptr : &program_.instructions[at];
            if (in == nullptr || in->label != 0 ||
                (!hint.is_joined && !isWellFormed(hint, machine_.tables()))) {
                machine_.failAt(in == nullptr ? program_.instructions[0] : *in,
                                RuleId::kHintMalformed, causeOf(hint, k, in, machine_.tables()));
                continue;
            }
            program_.instructions[at].label = static_cast<uint32_t>(k + 1);
            if (!hint.is_joined) labels_[k] = {.reached = true, .is_over = true, .known = hint};
        }
    }

    // Executes each reachable instruction once: those of a detour when the walk comes to the
    // branch, the others from label to label, each when its turn has come.
    void walk() {
        machine_.enter();
        if (isLabel(0)) {
            edge(0, 0);
        } else {
            run(0);
        }
        for (size_t k = 0; k < hints_.size(); ++k) {
            const uint32_t at = program_.indexOf(hints_[k].offset);
            if (at == kNoTarget || program_.instructions[at].label != k + 1) continue;
            if (!arrive(k, at)) continue;
            machine_.load(labels_[k].known);
            run(at);
        }
        checkUnreached();
    }

    // --- what the walker asks and tells ----------------------------------------------------------

    [[nodiscard]] bool isLabel(uint32_t at) const { return program_.instructions[at].label != 0; }

    [[nodiscard]] static bool follows(uint32_t /*to*/) { return true; }

    void edge(uint32_t from, uint32_t to) {
        const uint32_t k = program_.instructions[to].label - 1;
        LabelState& label = labels_[k];
        if (label.is_over || (label.reached && !hasFrameOf(label))) {
            requireImplied(from, to, label);
        } else if (label.reached) {
            joiner_.join(label, machine_.state, machine_.tables());
        } else {
            joiner_.assign(label, machine_.state, hints_[k].keep, entries_);
        }
    }

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
    // From an instruction to the next label, or to where control does not go on.
    void run(uint32_t first) {
        const auto count = static_cast<uint32_t>(program_.instructions.size());
        for (uint32_t at = first; at < count; ++at) {
            if (at != first && isLabel(at)) return edge(at - 1, at);
            if (!enter(at == first ? at : at - 1, at) || !walker_.step(at)) return;
        }
        refuse(count - 1, RuleId::kFallOffEnd);
    }

    // A label's turn. What has come in so far is joined; the guide may weaken it, so that what
    // comes later is below it too. False: nothing has come in.
    [[nodiscard]] bool arrive(size_t k, uint32_t at) {
        LabelState& label = labels_[k];
        label.is_over = true;
        if (!hints_[k].is_joined) return true;
        if (!label.reached) return false;
        if (!hints_[k].is_loop) return true;
        const LabelHint weaker = guide_.weaken(k, label.known);
        if (!isWellFormed(weaker, machine_.tables())) {
            refuse(at, RuleId::kHintMalformed);
            return true;
        }
        machine_.load(label.known);
        label.known = weaker;
        label.entries = entries_.room(kMaxLocations);
        entries_.take(static_cast<uint32_t>(weaker.entries.size()));
        std::ranges::copy(weaker.entries, label.entries);
        label.known.entries = {label.entries, weaker.entries.size()};
        requireImplied(at, at, label);
        return true;
    }

    [[nodiscard]] bool hasFrameOf(const LabelState& label) const {
        return label.known.stack_words == machine_.state.stack_words;
    }

    void requireImplied(uint32_t from, uint32_t to, const LabelState& label) {
        const Instruction& source = program_.instructions[from];
        if (!label.reached) {
            machine_.failAt(source, RuleId::kHintMissing,
                            "a way to a label after its turn, which nothing came to before");
            return;
        }
        uint32_t location = 0;
        if (machine_.state.implies(label.known, machine_.tables(), location)) return;
        const Instruction& target = program_.instructions[to];
        machine_.failAt(
            source, RuleId::kHintImplied,
            mismatch(source, target, label.known, location, machine_.state, machine_.tables()));
    }

    // What is never executed still consists of instructions of the table.
    void checkUnreached() {
        machine_.state.clear(0);  // the last one has nothing to do with these
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
    Guide& guide_;
    const std::span<const LabelHint> hints_;  // in the order of turns
    std::vector<LabelState>& labels_;         // by hint
    EntryStore& entries_;
    LabelJoiner& joiner_;
    Machine& machine_;
    Verdict& verdict_;
    Observer* const observer_;  // may be null
    Walker<Checker> walker_;
};

// Hints that are all there from the beginning.
class FixedGuide final : public Guide {
  public:
    explicit FixedGuide(const Hints& hints) : labels_(hints.labels) {}
    [[nodiscard]] std::span<const LabelHint> labels() const override { return labels_; }
    [[nodiscard]] LabelHint weaken(size_t /*k*/, const LabelHint& joined) override {
        return joined;
    }

  private:
    std::span<const LabelHint> labels_;
};

}  // namespace

void check(Program& program,
           MachineMemory& memory,
           const Trusted& trusted,
           Guide& guide,
           Verdict& verdict,
           Observer* observer) {
    verdict.statistics.instructions = program.instructions.size();
    verdict.statistics.bytes = program.code.size();
    verdict.statistics.labels = guide.labels().size();
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
    Checker checker(program, guide, memory, machine, verdict, observer);
    checker.placeLabels();
    checker.walk();
    std::ranges::stable_sort(verdict.violations, {}, &Violation::offset);
    verdict.ok = verdict.violation_count == 0;
}

void check(Program& program,
           MachineMemory& memory,
           const Trusted& trusted,
           const Hints& hints,
           Verdict& verdict,
           Observer* observer) {
    FixedGuide guide(hints);
    check(program, memory, trusted, guide, verdict, observer);
}

}  // namespace tagproof::verify
