// False rejects, and wrong results: random programs, every function and hot loop compiled, every
// unit verified. The compiler's own code must be accepted, and must compute what the interpreter
// computes.

#include <fmt/format.h>

#include <mutex>
#include <thread>
#include <vector>

#include "tests/soundness/campaign.h"
#include "tests/soundness/programs/runner.h"

namespace tagproof::soundness {
namespace {

Outcome report(const Tally& tally) {
    Outcome outcome;
    const auto figure = [&](const char* key, const char* label,
                            const nlohmann::ordered_json& value) {
        outcome.figures.push_back({key, label, value});
    };
    figure("programs", "programs", tally.programs);
    figure("units", "functions and loops compiled and verified", tally.units);
    figure("instructions", "instructions proven", tally.instructions);
    figure("code_bytes", "bytes proven", tally.code_bytes);
    figure("rejected", "rejected by the verifier", tally.rejected);
    figure("different", "programs that compute something else compiled", tally.different);
    figure("changed", "units whose bytes are not those proven", tally.changed);
    figure("heap_findings", "heap findings", tally.heap_findings);
    figure("failing", "programs of which a call raised", tally.failing);
    figure("idle", "programs of which nothing was compiled", tally.idle);
    figure("exits_taken", "exits taken", tally.exits_taken);
    figure("invalidations", "units invalidated", tally.invalidations);
    for (const auto& [reason, count] : tally.left_interpreted) {
        outcome.figures.push_back({"left: " + reason, "left interpreted: " + reason, count});
    }
    outcome.findings = tally.findings;
    // A campaign that compiles next to nothing shows nothing.
    if (tally.idle * 4 > tally.programs)
        outcome.findings.push_back("too few programs are compiled");
    outcome.ok = outcome.findings.empty();
    return outcome;
}

Outcome run(const Options& options) {
    Tally all;
    std::mutex mutex;
    std::vector<std::thread> workers;
    const uint64_t each = (options.count + options.jobs - 1) / options.jobs;
    for (unsigned job = 0; job < options.jobs; ++job) {
        workers.emplace_back([&, job] {
            const uint64_t begin = std::min(options.count, job * each);
            const uint64_t count = std::min(options.count - begin, each);
            Progress progress("programs", each);
            const Tally tally =
                runPrograms(options.seed + begin, count, job == 0 ? &progress : nullptr);
            const std::lock_guard lock(mutex);
            all.add(tally);
        });
    }
    for (std::thread& worker : workers) worker.join();
    return report(all);
}

}  // namespace
}  // namespace tagproof::soundness

int main(int argc, char** argv) {
    using namespace tagproof::soundness;
    const Campaign campaign{
        .name = "programs",
        .purpose =
            "Random programs: everything that the compiler makes of them is accepted by the "
            "verifier, and computes what the interpreter does.",
        .unit = "programs",
        .short_count = 3000,
        .long_count = 1'000'000,
        .run = run,
    };
    return campaignMain(argc, argv, campaign);
}
