// Mutation of the verifier itself: how many small changes of its core do its unit tests find?

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <string_view>

#include "tests/soundness/campaign.h"
#include "tests/soundness/mutation/runner.h"
#include "tests/soundness/mutation/sites.h"

namespace tagproof::soundness {
namespace {

constexpr double kTarget = 0.98;
constexpr uint64_t kShort = 150;
constexpr std::string_view kEverything = "--everything";

// The mutants to run: all, or `count` chosen by the seed.
std::vector<Site> chosen(std::vector<Site> sites, const Options& options) {
    std::mt19937_64 engine(options.seed);
    for (size_t k = sites.size(); k > 1; --k) std::swap(sites[k - 1], sites[engine() % k]);
    if (options.count < sites.size()) sites.resize(options.count);
    std::ranges::sort(sites, {}, &Site::number);
    return sites;
}

struct Count {
    uint64_t found = 0;
    uint64_t all = 0;
};

// What the trials say.
struct Result {
    Count meaningful;  // mutants that are not listed as equivalent
    uint64_t equivalent = 0;
    uint64_t by_fate[4] = {};
    uint64_t late = 0;
    std::map<std::string, Count> by_kind, by_file;
    std::vector<std::string> survivors;
    std::vector<std::string> wrong;  // listed as equivalent, and found

    void add(const Site& site, const Trial& trial) {
        const bool is_found = trial.fate != Fate::kSurvived;
        if (!site.equivalent.empty()) {
            ++equivalent;
            if (is_found) wrong.push_back(describe(site));
            return;
        }
        for (Count* count : {&meaningful, &by_kind[site.kind], &by_file[site.file]}) {
            ++count->all;
            count->found += is_found ? 1 : 0;
        }
        ++by_fate[static_cast<unsigned>(trial.fate)];
        late += is_found && trial.stage + 1 == Runner::kStageCount ? 1 : 0;
        if (!is_found) survivors.push_back(fmt::format("{} {}", site.number, describe(site)));
    }
};

nlohmann::ordered_json table(const std::map<std::string, Count>& counts) {
    auto out = nlohmann::ordered_json::object();
    for (const auto& [name, count] : counts) {
        out[name] = fmt::format("{}/{}", count.found, count.all);
    }
    return out;
}

uint64_t count(const Result& result, Fate fate) {
    return result.by_fate[static_cast<unsigned>(fate)];
}

Outcome report(const Sites& sites, const Result& result, const Runner& runner) {
    Outcome outcome;
    const Count& all = result.meaningful;
    const double rate =
        all.all == 0 ? 0 : static_cast<double>(all.found) / static_cast<double>(all.all);
    outcome.figures = {
        {"sites", "mutants to choose from", sites.all.size()},
        {"run", "run, but for those that cannot change a verdict", all.all},
        {"equivalent", "run, listed as unable to change a verdict", result.equivalent},
        {"killed", "killed", all.found},
        {"rate", "killed, of 100", fmt::format("{:.2f}", 100 * rate)},
        {"failed", "  by a test that failed", count(result, Fate::kTestFailed)},
        {"crashed", "  by a crash", count(result, Fate::kCrashed)},
        {"time_limit",
         fmt::format("  by the limit of {}, {} and {} s", runner.limit(0), runner.limit(1),
                     runner.limit(2)),
         count(result, Fate::kTimeLimit)},
        {"late", "  by the long tests only", result.late},
        {"by_kind", "by kind", table(result.by_kind)},
        {"by_file", "by file", table(result.by_file)},
        {"survivors", "survivors", result.survivors},
    };
    for (const std::string& entry : sites.stale) {
        outcome.findings.push_back("equivalents.txt names no mutant, " + entry);
    }
    for (const std::string& site : result.wrong) {
        outcome.findings.push_back("equivalents.txt lists what a test finds: " + site);
    }
    if (rate < kTarget) {
        outcome.findings.push_back(fmt::format("{} of {} mutants killed, the target is {:.0f} %",
                                               all.found, all.all, 100 * kTarget));
    }
    outcome.ok = true;
    return outcome;
}

Outcome run(const Sites& sites, const Options& options) {
    Runner runner(TAGPROOF_MUTATION_TESTS);
    if (!runner.calibrate()) {
        Outcome outcome;
        outcome.findings.push_back("the tests fail without a mutant: " TAGPROOF_MUTATION_TESTS);
        return outcome;
    }
    const std::vector<Site> run = chosen(sites.all, options);
    // Noise has nothing to say of a mutant that cannot change a verdict.
    std::vector<Order> orders;
    for (const Site& site : run) {
        const unsigned all = Runner::kStageCount;
        orders.push_back({site.number, site.equivalent.empty() ? all : all - 1});
    }
    Progress progress("mutants", orders.size());
    const std::vector<Trial> trials =
        runner.run(orders, options.jobs, [&](size_t done) { progress.update(done); });
    Result result;
    for (size_t k = 0; k < trials.size(); ++k) result.add(run[k], trials[k]);
    return report(sites, result, runner);
}

}  // namespace
}  // namespace tagproof::soundness

int main(int argc, char** argv) {
    using namespace tagproof::soundness;
    Sites sites = readSites(TAGPROOF_MUTATION_SITES);
    if (sites.all.empty()) {
        fmt::print(stderr, "soundness-mutation: cannot read {}\n", TAGPROOF_MUTATION_SITES);
        return 2;
    }
    std::vector<char*> arguments(argv, argv + argc);
    if (std::erase_if(arguments, [](const char* word) { return word == kEverything; }) == 0) {
        std::erase_if(sites.all, [](const Site& site) { return !site.decides; });
    }
    Campaign campaign;
    campaign.name = "mutation";
    campaign.purpose =
        "The verifier's tests find a small change of its core, wherever it is. With --everything "
        "also where words are computed, not only where something is decided.";
    campaign.unit = "mutants";
    campaign.short_count = kShort;
    campaign.long_count = sites.all.size();
    campaign.run = [&sites](const Options& options) { return run(sites, options); };
    return campaignMain(static_cast<int>(arguments.size()), arguments.data(), campaign);
}
