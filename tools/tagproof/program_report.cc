#include "tools/tagproof/program_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/tagproof/verdict_report.h"

namespace tagproof::cli {

namespace {

using nlohmann::json;

bool isRejected(const NotCompiled& entry) { return entry.kind == CompileErrorKind::kVerifyFailed; }

// A listing ends with the violations that were found.
std::string rejectionText(const NotCompiled& entry) {
    std::string text =
        fmt::format("{} ({}): REJECTED: {}\n", entry.function, entry.place, entry.reason);
    if (entry.rejection == nullptr) return text;
    if (!entry.rejection->listing.empty()) return text + entry.rejection->listing + "\n";
    return text + verdictText(entry.function, entry.rejection->verdict);
}

void addListing(json& function, const std::string& listing) {
    if (!listing.empty()) function["listing"] = listing;
}

}  // namespace

size_t ProgramReport::rejected() const {
    return static_cast<size_t>(std::ranges::count_if(not_compiled, isRejected));
}

std::string programText(const ProgramReport& report) {
    std::string text;
    for (const ProvenUnit& unit : report.proven) {
        text += proofText(unit.function, unit.proof);
        if (!unit.listing.empty()) text += unit.listing + "\n";
    }
    for (const NotCompiled& entry : report.not_compiled) {
        text += isRejected(entry) ? rejectionText(entry)
                                  : fmt::format("{} ({}): left interpreted: {}\n", entry.function,
                                                entry.place, entry.reason);
    }
    const size_t rejected = report.rejected();
    return text + fmt::format("{} proven, {} rejected, {} left interpreted\n", report.proven.size(),
                              rejected, report.not_compiled.size() - rejected);
}

json programJson(const ProgramReport& report) {
    json functions = json::array();
    for (const ProvenUnit& unit : report.proven) {
        json function = proofJson(unit.function, unit.proof);
        function["place"] = unit.place;
        addListing(function, unit.listing);
        functions.push_back(std::move(function));
    }
    json others = json::array();
    for (const NotCompiled& entry : report.not_compiled) {
        others.push_back({{"function", entry.function},
                          {"place", entry.place},
                          {"rejected", isRejected(entry)},
                          {"reason", entry.reason}});
        if (entry.rejection == nullptr) continue;
        json function = verdictJson(entry.function, entry.rejection->verdict);
        function["place"] = entry.place;
        addListing(function, entry.rejection->listing);
        functions.push_back(std::move(function));
    }
    return {{"proven", report.proven.size()},
            {"rejected", report.rejected()},
            {"functions", std::move(functions)},
            {"not_compiled", std::move(others)}};
}

}  // namespace tagproof::cli
