#include "jit/verify/explain.h"

#include <algorithm>

#include "jit/verify/infer/infer.h"
#include "jit/verify/path.h"
#include "jit/verify/state_text.h"
#include "jit/verify/write_proof.h"

namespace tagproof::verify {
namespace {

// "opLoadAttr", "type Point": what the tables call an address that the instruction contains.
std::string nameOf(const Instruction& at, const Tables& tables) {
    const auto address = static_cast<uint64_t>(at.imm);
    if (address == 0) return "";
    if (const Helper* helper = tables.helper(address)) return std::string(helper->name);
    const TypeRow* type = tables.type(tables.typeAt(address));
    return type == nullptr || type->name.empty() ? "" : "type " + std::string(type->name);
}

std::string mnemonicOf(const std::string& instruction) {
    return instruction.substr(0, instruction.find(' '));
}

// Writes down what it sees while the checker walks.
class Recorder final : public Observer {
  public:
    Recorder(const Program& program, const Verdict& verdict, Detail detail)
        : program_(program), statistics_(verdict.statistics), detail_(detail) {
        reached.resize(program.instructions.size());
        if (detail == Detail::kStates) addAllLines();
    }

    void instruction(const Instruction& at, const State& state, const Tables& tables) override {
        finishWrite();
        const auto index = static_cast<size_t>(&at - program_.instructions.data());
        reached[index] = true;
        last_ = &at;
        write_ = describeWrite(at, state, tables);
        if (at.family == Family::kCall) addHelper(at, state, tables);
        if (detail_ == Detail::kWrites) return;
        ExplainedLine& line = explanation.lines[index];
        line.is_reached = true;
        line.name = nameOf(at, tables);
        if (known_ < kMostKnown) {
            addState(line, state, tables);
            known_ += line.state.size();
        } else {
            line.state.push_back({"...", "left out: the code is too large for all states", false});
        }
    }

    // The checker's count of a class grows when it has accepted the write of the last instruction.
    void finishWrite() {
        for (uint32_t k = 0; k < kWriteClassCount; ++k) {
            if (statistics_.writes[k] == counted_[k]) continue;
            counted_[k] = statistics_.writes[k];
            if (write_) addWrite(static_cast<WriteClass>(k));
            write_.reset();
        }
    }

    Explanation explanation;
    std::vector<bool> reached;  // by instruction

  private:
    // Of all lines together, about 100 MB.
    static constexpr size_t kMostKnown = size_t{1} << 20;

    ExplainedLine lineOf(const Instruction& in) const {
        ExplainedLine line;
        line.offset = in.offset;
        line.bytes = bytesOf(program_, in);
        line.instruction = disassemble(program_, in);
        return line;
    }

    void addAllLines() {
        for (const Instruction& in : program_.instructions) {
            explanation.lines.push_back(lineOf(in));
        }
        for (const Instruction& in : program_.instructions) {
            if (in.family == Family::kJump && in.target != kNoTarget) {
                explanation.lines[in.target].is_label = true;
            }
        }
    }

    void addWrite(WriteClass write) {
        if (detail_ == Detail::kWrites) {
            explanation.lines.push_back(lineOf(*last_));
            explanation.lines.back().is_reached = true;
        }
        ExplainedLine& line = detail_ == Detail::kWrites
                                  ? explanation.lines.back()
                                  : explanation.lines[program_.indexOf(last_->offset)];
        if (write_->word.empty()) write_->word = "the result of " + mnemonicOf(line.instruction);
        write_->write = write;
        line.write = std::move(write_);
    }

    static void addState(ExplainedLine& line, const State& state, const Tables& tables) {
        for (uint32_t i = 0; i < state.locations(); ++i) {
            if (!isKnown(state, i)) continue;
            const bool is_saved = i >= kRegisterCount && state.at(i).kind == Kind::kSaved;
            line.state.push_back({locationName(i, state.stack_words),
                                  verify::toString(state.at(i), tables), is_saved});
        }
    }

    void addHelper(const Instruction& at, const State& state, const Tables& tables) {
        if (at.reg[0] == kNoRegister || !isConstant(state.at(at.reg[0]))) return;
        const auto address = static_cast<uint64_t>(state.at(at.reg[0]).lo);
        if (tables.helper(address) != nullptr) explanation.helpers.push_back(address);
    }

    const Program& program_;
    const Statistics& statistics_;  // of the checker, which counts on
    const Detail detail_;
    const Instruction* last_ = nullptr;        // that the checker came to
    size_t known_ = 0;                         // words known in the states so far
    std::optional<WriteProof> write_;          // what it may have written
    uint64_t counted_[kWriteClassCount] = {};  // writes counted before it
};

}  // namespace

Explanation explain(std::span<const uint8_t> code,
                    uint64_t address,
                    const Trusted& trusted,
                    const Hints& hints,
                    Detail detail,
                    Verdict& verdict) {
    Workspace workspace;
    Program& program = workspace.program();
    decode(code, address, program);
    Recorder recorder(program, verdict, detail);
    check(program, workspace.memory(), trusted, hints, verdict, &recorder);
    recorder.finishWrite();
    Explanation& explanation = recorder.explanation;
    std::ranges::sort(explanation.lines, {}, &ExplainedLine::offset);  // the walk makes detours
    std::ranges::sort(explanation.helpers);
    explanation.helpers.erase(std::unique(explanation.helpers.begin(), explanation.helpers.end()),
                              explanation.helpers.end());
    const PathFinder paths(program, recorder.reached);
    for (Violation& violation : verdict.violations) {
        const uint32_t at = program.indexOf(violation.offset);
        const bool is_reached =
            at == 0 || at >= program.instructions.size() || program.instructions[at].visited;
        // The checker's was that of the code it had come to last.
        if (!is_reached) violation.state.clear();
        explanation.reached.push_back(is_reached);
        explanation.paths.push_back(is_reached ? paths.to(at) : Path{});
    }
    return std::move(explanation);
}

Explanation inferAndExplain(std::span<const uint8_t> code,
                            uint64_t address,
                            const Trusted& trusted,
                            Detail detail,
                            Verdict& verdict) {
    Workspace workspace;
    InferredHints hints;
    decode(code, address, workspace.program());
    infer(workspace, trusted, hints);
    return explain(code, address, trusted, hints.hints(), detail, verdict);
}

std::string listingOf(const Explanation& explanation,
                      const Verdict& verdict,
                      std::span<const Annotation> annotations) {
    std::string text;
    auto annotation = annotations.begin();
    ptrdiff_t saved_before = 0;
    for (const ExplainedLine& line : explanation.lines) {
        if (line.is_label) text += format("L%x:\n", line.offset);
        for (; annotation != annotations.end() && annotation->offset <= line.offset; ++annotation) {
            text += "          ; " + annotation->text + "\n";
        }
        std::string code = line.instruction;
        if (!line.name.empty()) code += " = " + line.name;
        code.resize(std::max<size_t>(code.size(), 44), ' ');
        text += format("%6x    ", line.offset) + code + "  ; ";
        // Where the caller's registers are is said when it changes, not at every instruction.
        const ptrdiff_t saved = std::ranges::count_if(line.state, &Known::is_saved);
        text += line.is_reached ? toString(line.state, saved != saved_before) : "never reached";
        text += "\n";
        if (line.write) text += "          ; writes " + toString(*line.write) + "\n";
        saved_before = saved;
    }
    for (size_t k = 0; k < verdict.violations.size(); ++k) {
        text += toString(verdict.violations[k]) + "  path: " + pathText(explanation, k) + "\n";
    }
    return text;
}

std::string toString(std::span<const Known> state, bool with_saved) {
    std::string text;
    for (const Known& known : state) {
        if (known.is_saved && !with_saved) continue;
        if (!text.empty()) text += " ";
        text += known.where + "=" + known.what;
    }
    return text;
}

std::string toString(const Path& path) {
    constexpr ptrdiff_t kMostPassed = 3;  // branches that are gone past and named one by one
    std::string text = "entry";
    for (auto step = path.begin(); step != path.end();) {
        const std::string name = mnemonicOf(step->instruction);
        if (step->is_taken) {
            text +=
                format("; +0x%x ", step->offset) + name + format(" goes to +0x%x", step->target);
            ++step;
            continue;
        }
        const auto end =
            std::find_if(step, path.end(), [](const PathStep& s) { return s.is_taken; });
        if (end - step > kMostPassed) {
            text += format("; %td branches from +0x%x to +0x%x go on", end - step, step->offset,
                           (end - 1)->offset);
            step = end;
        } else {
            text += format("; +0x%x ", step->offset) + name + " goes on";
            ++step;
        }
    }
    return text;
}

std::string pathText(const Explanation& explanation, size_t violation) {
    return explanation.reached[violation] ? toString(explanation.paths[violation])
                                          : "no path: never reached";
}

std::string placeOf(const WriteProof& proof) {
    return proof.region + format(" [%lld, %lld)", static_cast<long long>(proof.begin),
                                 static_cast<long long>(proof.end));
}

std::string toString(const WriteProof& proof) {
    return std::string(writeClassName(proof.write)) + ": " + placeOf(proof) + "; " + proof.row +
           "; " + proof.base + "; " + proof.word;
}

std::string toString(const Violation& violation) {
    return format("+0x%x: ", violation.offset) + std::string(ruleName(violation.rule)) + ": " +
           violation.message + "\n  " + violation.bytes + "   " + violation.instruction +
           "\n  rule: " + std::string(ruleText(violation.rule)) + "\n" +
           (violation.state.empty() ? "" : "  state: " + violation.state + "\n");
}

}  // namespace tagproof::verify
