#include "tests/soundness/mutants/tally.h"

#include <nlohmann/json.hpp>

namespace tagproof::soundness {

void Tally::add(const Tally& other) {
    for (size_t k = 0; k < fields.size(); ++k) fields[k] += other.fields[k];
    for (size_t k = 0; k < mutations.size(); ++k) {
        for (size_t i = 0; i < mutations[k].size(); ++i) mutations[k][i] += other.mutations[k][i];
    }
    for (size_t k = 0; k < rejected_breaches.size(); ++k) {
        rejected_breaches[k] += other.rejected_breaches[k];
    }
    findings.insert(findings.end(), other.findings.begin(), other.findings.end());
}

std::string Tally::toText() const {
    return nlohmann::json{{"fields", fields},
                          {"mutations", mutations},
                          {"breaches", rejected_breaches},
                          {"findings", findings}}
        .dump();
}

Tally Tally::fromText(const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    Tally tally;
    json.at("fields").get_to(tally.fields);
    json.at("mutations").get_to(tally.mutations);
    json.at("breaches").get_to(tally.rejected_breaches);
    json.at("findings").get_to(tally.findings);
    return tally;
}

}  // namespace tagproof::soundness
