// Exhaustive encodings of the allowed subset against a second decoder: every byte string that
// decode() accepts must mean the same to it.

#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/soundness/campaign.h"
#include "tests/soundness/encodings/examiner.h"

namespace tagproof::soundness {
namespace {

// What the whole enumeration has, about: it follows what decode() accepts.
constexpr uint64_t kWhole = 170'000'000;

#ifdef TAGPROOF_ENCODINGS_SAMPLE  // a sanitized tree
constexpr uint64_t kShort = TAGPROOF_ENCODINGS_SAMPLE;
#else
constexpr uint64_t kShort = kWhole;
#endif

uint64_t mix(uint64_t word) {
    word = (word ^ (word >> 31)) * 0x9E3779B97F4A7C15U;
    return word ^ (word >> 29);
}

void work(const Options& options, unsigned worker, double share, std::mutex& mutex, Tally& all) {
    Examiner examiner(options.seed + worker, share);
    Progress progress("encodings", options.count / options.jobs);
    uint64_t index = 0;
    forEachHead([&](const Head& head) {
        if (mix(++index) % options.jobs != worker) return;
        examiner.examine(head);
        if (worker == 0 && index % 1024 == 0) progress.update(examiner.tally().enumerated);
    });
    const std::lock_guard lock(mutex);
    all.add(examiner.tally());
}

Outcome report(const Tally& tally) {
    Outcome outcome;
    uint64_t unexplained = 0;
    for (const auto& [kind, finding] : tally.findings) {
        unexplained += finding.count;
        outcome.findings.push_back(
            fmt::format("{}, {} times, first {}", kind, finding.count, finding.example));
    }
    uint64_t missed = 0;
    for (const auto& [kind, count] : tally.spoils_missed) {
        missed += count;
        outcome.findings.push_back(
            fmt::format("the comparison does not notice: {}, {} times", kind, count));
    }
    nlohmann::ordered_json rows;
    uint64_t hit = 0;
    uint64_t least = ~uint64_t{0};
    for (uint32_t row = 0; row < verify::rowCount(); ++row) {
        const uint64_t hits = tally.row_hits[row];
        rows[std::string(verify::rowName(row))] = hits;
        hit += hits != 0 ? 1 : 0;
        least = std::min(least, hits);
        if (hits == 0) {
            outcome.findings.push_back(
                fmt::format("row {} accepts no encoding", verify::rowName(row)));
        }
    }
    auto explained = nlohmann::ordered_json::object();
    uint64_t explained_count = 0;
    for (size_t k = 0; k < explanations().size(); ++k) {
        const std::string key(explanations()[k].key);
        explained[key] = explained.value(key, uint64_t{0}) + tally.explained[k];
        explained_count += tally.explained[k];
    }
    outcome.figures = {
        {"enumerated", "encodings enumerated", tally.enumerated},
        {"accepted", "accepted and compared", tally.accepted},
        {"rows", "rows of the table that were hit",
         fmt::format("{} of {}", hit, verify::rowCount())},
        {"least", "encodings of the row with the fewest", least},
        {"explained", "differences explained", explained_count},
        {"explained_by", "  by reason", explained},
        {"unexplained", "differences unexplained", unexplained},
        {"spoiled", "records spoiled to test the comparison", tally.spoiled},
        {"spoiled_missed", "  not noticed", missed},
        {"row_hits", "  by row", rows},
    };
    outcome.ok = true;
    return outcome;
}

Outcome run(const Options& options) {
    const double share = static_cast<double>(options.count) / static_cast<double>(kWhole);
    std::mutex mutex;
    Tally all;
    std::vector<std::thread> threads;
    for (unsigned worker = 0; worker < options.jobs; ++worker) {
        threads.emplace_back([&, worker] { work(options, worker, share, mutex, all); });
    }
    for (std::thread& thread : threads) thread.join();
    return report(all);
}

}  // namespace
}  // namespace tagproof::soundness

int main(int argc, char** argv) {
    tagproof::soundness::Campaign campaign;
    campaign.name = "encodings";
    campaign.purpose =
        "Every encoding that the verifier accepts means the same to a second decoder.";
    campaign.unit = "encodings";
    campaign.short_count = tagproof::soundness::kShort;
    campaign.long_count = tagproof::soundness::kWhole;
    campaign.run = tagproof::soundness::run;
    return tagproof::soundness::campaignMain(argc, argv, campaign);
}
