#include "tools/tagproof/verdict_report.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

namespace tagproof::cli {

using verify::Statistics;
using verify::Verdict;
using verify::Violation;
using verify::WriteClass;

namespace {

void addViolation(std::string& out, const Violation& violation) {
    fmt::format_to(std::back_inserter(out),
                   "    +{:#x}  {}  {}\n"
                   "        rule   {}: {}\n"
                   "        wrong  {}\n"
                   "        state  {}\n",
                   violation.offset, violation.bytes, violation.instruction,
                   verify::ruleName(violation.rule), verify::ruleText(violation.rule),
                   violation.message, violation.state);
}

std::string countsText(std::string_view function,
                       std::string_view verdict,
                       const Statistics& counts) {
    std::string out =
        fmt::format("{}: {}, {} instructions, {} bytes, {} calls, {} exits\n", function, verdict,
                    counts.instructions, counts.bytes, counts.calls, counts.exits);
    for (uint32_t i = 0; i < verify::kWriteClassCount; ++i) {
        if (counts.writes[i] == 0) continue;
        fmt::format_to(std::back_inserter(out), "    {:>6} writes: {}\n", counts.writes[i],
                       verify::writeClassName(static_cast<WriteClass>(i)));
    }
    return out;
}

}  // namespace

std::string proofText(std::string_view function, const Statistics& counts) {
    return countsText(function, "proven", counts);
}

nlohmann::json proofJson(std::string_view function, const Statistics& counts) {
    nlohmann::json writes = nlohmann::json::object();
    for (uint32_t i = 0; i < verify::kWriteClassCount; ++i) {
        writes[std::string(verify::writeClassName(static_cast<WriteClass>(i)))] = counts.writes[i];
    }
    return {{"function", function},  {"proven", true},        {"instructions", counts.instructions},
            {"bytes", counts.bytes}, {"calls", counts.calls}, {"exits", counts.exits},
            {"writes", writes}};
}

std::string verdictText(std::string_view function, const Verdict& verdict) {
    std::string out = countsText(function, verdict.ok ? "proven" : "REJECTED", verdict.statistics);
    for (const Violation& violation : verdict.violations) addViolation(out, violation);
    if (verdict.violation_count > verdict.violations.size()) {
        fmt::format_to(std::back_inserter(out), "    and {} more\n",
                       verdict.violation_count - verdict.violations.size());
    }
    return out;
}

nlohmann::json verdictJson(std::string_view function, const Verdict& verdict) {
    nlohmann::json violations = nlohmann::json::array();
    for (const Violation& violation : verdict.violations) {
        violations.push_back({{"offset", violation.offset},
                              {"rule", verify::ruleName(violation.rule)},
                              {"bytes", violation.bytes},
                              {"instruction", violation.instruction},
                              {"state", violation.state},
                              {"message", violation.message}});
    }
    nlohmann::json report = proofJson(function, verdict.statistics);
    report["proven"] = verdict.ok;
    report["violation_count"] = verdict.violation_count;
    report["violations"] = violations;
    return report;
}

}  // namespace tagproof::cli
