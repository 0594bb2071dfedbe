#include "tools/tagproof/proof_json.h"

#include <fmt/core.h>

namespace tagproof::cli {

namespace {

using nlohmann::ordered_json;
using verify::ExplainedLine;
using verify::Statistics;
using verify::WriteClass;

ordered_json writeJson(const ExplainedLine& line) {
    const verify::WriteProof& write = *line.write;
    return {{"offset", line.offset},
            {"instruction", line.instruction},
            {"class", verify::writeClassName(write.write)},
            {"base", write.base},
            {"region", write.region},
            {"begin", write.begin},
            {"end", write.end},
            {"row", write.row},
            {"word", write.word}};
}

ordered_json pathJson(const verify::Path& path) {
    ordered_json steps = ordered_json::array();
    for (const verify::PathStep& step : path) {
        ordered_json one = {
            {"offset", step.offset}, {"instruction", step.instruction}, {"taken", step.is_taken}};
        if (step.is_taken) one["target"] = step.target;
        steps.push_back(std::move(one));
    }
    return steps;
}

ordered_json violationsJson(const FunctionProof& proof) {
    ordered_json violations = ordered_json::array();
    for (size_t k = 0; k < proof.verdict.violations.size(); ++k) {
        const verify::Violation& violation = proof.verdict.violations[k];
        const bool is_reached = proof.explanation.reached[k];
        ordered_json one = {{"offset", violation.offset},
                            {"rule", verify::ruleName(violation.rule)},
                            {"rule_text", verify::ruleText(violation.rule)},
                            {"bytes", violation.bytes},
                            {"instruction", violation.instruction},
                            {"reached", is_reached}};
        if (is_reached) one["state"] = violation.state;
        one["message"] = violation.message;
        one["path"] = pathJson(proof.explanation.paths[k]);
        violations.push_back(std::move(one));
    }
    return violations;
}

ordered_json codeJson(const FunctionProof& proof) {
    ordered_json code = ordered_json::array();
    auto annotation = proof.source.begin();
    for (const ExplainedLine& line : proof.explanation.lines) {
        ordered_json one = {
            {"offset", line.offset}, {"bytes", line.bytes}, {"instruction", line.instruction}};
        if (!line.name.empty()) one["name"] = line.name;
        if (line.is_label) one["label"] = true;
        for (; annotation != proof.source.end() && annotation->offset <= line.offset;
             ++annotation) {
            one["source"].push_back(annotation->text);
        }
        one["reached"] = line.is_reached;
        if (line.is_reached) one["state"] = ordered_json::object();
        for (const verify::Known& known : line.state) one["state"][known.where] = known.what;
        code.push_back(std::move(one));
    }
    return code;
}

ordered_json totalsJson(const ProgramReport& report) {
    const ProofTotals totals = totalsOf(report);
    ordered_json json = {{"instructions", totals.counts.instructions},
                         {"bytes", totals.counts.bytes},
                         {"writes", writesJson(totals.counts)},
                         {"rules", rulesJson(totals.counts)},
                         {"time", timesJson(totals.times, totals.verified_instructions)}};
    if (!report.function.empty()) return json;  // the others are of the whole program
    json["verify_ns"] = report.verify_nanoseconds;
    json["compile_ns"] = report.compile_nanoseconds;
    if (report.compile_nanoseconds != 0) {
        json["share_of_compile"] = static_cast<double>(report.verify_nanoseconds) /
                                   static_cast<double>(report.compile_nanoseconds);
    }
    return json;
}

}  // namespace

ordered_json writesJson(const Statistics& counts) {
    ordered_json writes = ordered_json::object();
    for (uint32_t i = 0; i < verify::kWriteClassCount; ++i) {
        writes[std::string(verify::writeClassName(static_cast<WriteClass>(i)))] = counts.writes[i];
    }
    return writes;
}

ordered_json rulesJson(const Statistics& counts) {
    ordered_json rules = ordered_json::object();
    for (uint32_t row = 0; row < verify::rowCount(); ++row) {
        if (counts.row_uses[row] != 0) {
            rules[std::string(verify::rowName(row))] = counts.row_uses[row];
        }
    }
    return rules;
}

ordered_json timesJson(const verify::VerifyTimes& times, uint64_t instructions) {
    ordered_json json = {{"decode_ns", times.decode_nanoseconds},
                         {"infer_ns", times.infer_nanoseconds},
                         {"check_ns", times.check_nanoseconds}};
    if (instructions != 0) {
        json["ns_per_instruction"] =
            static_cast<double>(times.total()) / static_cast<double>(instructions);
    }
    return json;
}

ordered_json functionJson(const FunctionProof& proof, bool has_states) {
    const Statistics& counts = proof.verdict.statistics;
    ordered_json json = {{"function", proof.function}};
    if (!proof.place.empty()) json["place"] = proof.place;
    json["proven"] = proof.verdict.ok;
    json["address"] = fmt::format("{:#x}", proof.address);
    json["instructions"] = counts.instructions;
    json["bytes"] = counts.bytes;
    json["labels"] = counts.labels;
    json["calls"] = counts.calls;
    json["exits"] = counts.exits;
    json["writes"] = writesJson(counts);
    json["rules"] = rulesJson(counts);
    json["time"] = timesJson(proof.times, counts.instructions);
    json["proofs"] = ordered_json::array();
    for (const ExplainedLine& line : proof.explanation.lines) {
        if (line.write) json["proofs"].push_back(writeJson(line));
    }
    json["violation_count"] = proof.verdict.violation_count;
    json["violations"] = violationsJson(proof);
    json["assumptions"] = proof.assumptions;
    if (has_states) json["code"] = codeJson(proof);
    return json;
}

ordered_json notCompiledJson(const std::vector<NotCompiled>& entries) {
    ordered_json all = ordered_json::array();
    for (const NotCompiled& entry : entries) {
        all.push_back(
            {{"function", entry.function}, {"place", entry.place}, {"reason", entry.reason}});
    }
    return all;
}

ordered_json programJson(const ProgramReport& report) {
    ordered_json functions = ordered_json::array();
    for (const FunctionProof& proof : report.functions) {
        functions.push_back(functionJson(proof, report.has_states));
    }
    const size_t rejected = report.rejected();
    ordered_json json = {{"program", report.program}};
    if (report.program_status) json["program_status"] = *report.program_status;
    if (!report.function.empty()) json["function"] = report.function;
    json["proven"] = report.functions.size() - rejected;
    json["rejected"] = rejected;
    json["totals"] = totalsJson(report);
    json["functions"] = std::move(functions);
    json["not_compiled"] = notCompiledJson(report.left_interpreted);
    return json;
}

}  // namespace tagproof::cli
