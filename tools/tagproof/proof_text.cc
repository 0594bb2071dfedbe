#include "tools/tagproof/proof_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tagproof::cli {

namespace {

using nlohmann::ordered_json;
using verify::ExplainedLine;
using verify::Statistics;
using verify::Violation;
using verify::WriteClass;

// Appends formatted text.
template <typename... Args>
void add(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

void addCounts(std::string& out, const FunctionProof& proof) {
    const Statistics& counts = proof.verdict.statistics;
    add(out, "{}: {}, {} instructions, {} bytes, {} calls, {} exits", proof.function,
        proof.verdict.ok ? "proven" : "REJECTED", counts.instructions, counts.bytes, counts.calls,
        counts.exits);
    if (!proof.verdict.ok) {
        add(out, ", {} violation{}", proof.verdict.violation_count,
            proof.verdict.violation_count == 1 ? "" : "s");
    }
    out += proof.place.empty() ? "\n" : fmt::format("   {}\n", proof.place);
    for (uint32_t i = 0; i < verify::kWriteClassCount; ++i) {
        if (counts.writes[i] == 0) continue;
        add(out, "    {:>6} writes: {}\n", counts.writes[i],
            verify::writeClassName(static_cast<WriteClass>(i)));
    }
}

void addWrites(std::string& out, const FunctionProof& proof) {
    for (const ExplainedLine& line : proof.explanation.lines) {
        if (!line.write) continue;
        add(out, "    +{:<6x} {:<36} {}\n", line.offset, line.instruction,
            verify::toString(*line.write));
    }
}

void addViolations(std::string& out, const FunctionProof& proof) {
    const std::vector<Violation>& violations = proof.verdict.violations;
    for (size_t k = 0; k < violations.size(); ++k) {
        const Violation& violation = violations[k];
        add(out,
            "    +{:#x}  {}  {}\n"
            "        rule   {}: {}\n"
            "        wrong  {}\n",
            violation.offset, violation.bytes, violation.instruction,
            verify::ruleName(violation.rule), verify::ruleText(violation.rule), violation.message);
        if (!violation.state.empty()) add(out, "        state  {}\n", violation.state);
        add(out, "        path   {}\n", verify::pathText(proof.explanation, k));
    }
    if (proof.verdict.violation_count > violations.size()) {
        add(out, "    and {} more\n", proof.verdict.violation_count - violations.size());
    }
}

// "address 0x5000, name Point, managed": JSON without its punctuation.
std::string plain(const ordered_json& value) {
    std::string text;
    if (value.is_object()) {
        for (const auto& [key, part] : value.items()) {
            if (!text.empty()) text += ", ";
            text += part == true ? key : key + " " + plain(part);
        }
        return text;
    }
    if (!value.is_array()) {
        return value.is_string() ? value.get<std::string>() : value.dump();
    }
    for (const ordered_json& part : value) text += (text.empty() ? "" : "; ") + plain(part);
    return "(" + text + ")";
}

void addAssumption(std::string& out, const std::string& key, const ordered_json& value) {
    if (!value.is_array()) return add(out, "    {:<16} {}\n", key, plain(value));
    for (const ordered_json& row : value) add(out, "    {:<16} {}\n", key, plain(row));
}

// Assumptions that every function of a program shares are said once, behind all.
bool isShared(std::string_view key) {
    return key == "head" || key == "thread" || key == "type_object";
}

void addAssumptions(std::string& out, const ordered_json& assumptions, bool shared) {
    for (const auto& [key, value] : assumptions.items()) {
        if (isShared(key) == shared) addAssumption(out, key, value);
    }
}

void addFunction(std::string& out, const FunctionProof& proof, bool has_states) {
    addCounts(out, proof);
    if (has_states) {
        add(out, "{}: {} bytes\n", proof.function, proof.verdict.statistics.bytes);
        out += verify::listingOf(proof.explanation, proof.verdict, proof.source);
    } else {
        if (proof.verdict.statistics.instructions != 0) out += "  proofs of the writes\n";
        addWrites(out, proof);
        if (!proof.verdict.ok) out += "  violations\n";
        addViolations(out, proof);
    }
    out += "  assumed\n";
    addAssumptions(out, proof.assumptions, false);
}

double milliseconds(uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

void addTimes(std::string& out, const ProgramReport& report, const ProofTotals& totals) {
    const uint64_t total = totals.times.total();
    if (total == 0 || totals.verified_instructions == 0) return;
    add(out,
        "time: {:.3f} ms: decoding {:.3f}, inference {:.3f}, check {:.3f}; {} ns an instruction",
        milliseconds(total), milliseconds(totals.times.decode_nanoseconds),
        milliseconds(totals.times.infer_nanoseconds), milliseconds(totals.times.check_nanoseconds),
        total / totals.verified_instructions);
    if (report.compile_nanoseconds != 0) {
        add(out, "; with the tables {:.3f} ms, {:.1f} % of compiling",
            milliseconds(report.verify_nanoseconds),
            100.0 * static_cast<double>(report.verify_nanoseconds) /
                static_cast<double>(report.compile_nanoseconds));
    }
    out += "\n";
}

void addRules(std::string& out, const Statistics& counts) {
    add(out, "rules used: {} of {} rows\n", rulesUsed(counts), verify::rowCount());
}

void addTotals(std::string& out, const ProgramReport& report) {
    const ProofTotals totals = totalsOf(report);
    add(out, "memory writes proven: {}\n", totals.writes());
    for (uint32_t i = 0; i < verify::kWriteClassCount; ++i) {
        if (totals.counts.writes[i] == 0) continue;
        add(out, "    {:>6} {}\n", totals.counts.writes[i],
            verify::writeClassName(static_cast<WriteClass>(i)));
    }
    addRules(out, totals.counts);
    addTimes(out, report, totals);
}

}  // namespace

std::string functionText(const FunctionProof& proof, bool has_states) {
    std::string out;
    addFunction(out, proof, has_states);
    addAssumptions(out, proof.assumptions, true);
    addRules(out, proof.verdict.statistics);
    ProofTotals totals;
    totals.add(proof);
    addTimes(out, {}, totals);
    return out;
}

std::string programText(const ProgramReport& report) {
    std::string out;
    for (const FunctionProof& proof : report.functions) {
        addFunction(out, proof, report.has_states);
        out += "\n";
    }
    for (const NotCompiled& entry : report.left_interpreted) {
        add(out, "{} ({}): left interpreted: {}\n", entry.function, entry.place, entry.reason);
    }
    if (!report.functions.empty()) {
        out += "assumed of all functions\n";
        addAssumptions(out, report.functions.front().assumptions, true);
        addTotals(out, report);
    }
    const size_t rejected = report.rejected();
    add(out, "{} proven, {} rejected, {} left interpreted\n", report.functions.size() - rejected,
        rejected, report.left_interpreted.size());
    return out;
}

}  // namespace tagproof::cli
