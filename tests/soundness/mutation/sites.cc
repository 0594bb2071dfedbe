#include "tests/soundness/mutation/sites.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace tagproof::soundness {

Sites readSites(const std::string& path) {
    Sites sites;
    std::ifstream file(path);
    const auto json = nlohmann::json::parse(file, nullptr, false);
    if (json.is_discarded()) return sites;
    sites.stale = json.at("stale").get<std::vector<std::string>>();
    for (const auto& entry : json.at("sites")) {
        sites.all.push_back({entry.at("number"), entry.at("file"), entry.at("line"),
                             entry.at("function"), entry.at("kind"), entry.at("original"),
                             entry.at("mutant"), entry.at("decides"), entry.at("equivalent")});
    }
    return sites;
}

std::string describe(const Site& site) {
    const std::string line = site.line == 0 ? "" : fmt::format(":{}", site.line);
    return fmt::format("{}{} {}: {}: `{}` -> `{}`", site.file, line, site.function, site.kind,
                       site.original, site.mutant);
}

}  // namespace tagproof::soundness
