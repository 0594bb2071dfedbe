#include "tests/soundness/campaign.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <utility>

namespace tagproof::soundness {
namespace {

int64_t nowMs() {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    return duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// A list takes a line for each entry.
std::string text(const nlohmann::ordered_json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string lines = std::to_string(value.size());
    for (const auto& entry : value) lines += "\n    " + text(entry);
    return lines;
}

void printText(const Campaign& campaign, const Options& options, const Outcome& outcome) {
    fmt::print("{}: seed {}, {} {}\n", campaign.name, options.seed, options.count, campaign.unit);
    for (const Figure& figure : outcome.figures) {
        fmt::print("  {:<52} {}\n", figure.label, text(figure.value));
    }
    for (const std::string& finding : outcome.findings) fmt::print("  FOUND {}\n", finding);
    fmt::print("{}: {}\n", campaign.name, outcome.ok ? "nothing found" : "FAILED");
}

void printJson(const Campaign& campaign,
               const Options& options,
               const Outcome& outcome,
               double seconds) {
    nlohmann::ordered_json out;
    out["campaign"] = campaign.name;
    out["seed"] = options.seed;
    out["count"] = options.count;
    out["ok"] = outcome.ok;
    out["seconds"] = seconds;
    for (const Figure& figure : outcome.figures) out["figures"][figure.key] = figure.value;
    out["findings"] = outcome.findings;
    fmt::print("{}\n", out.dump(2));
}

}  // namespace

int campaignMain(int argc, char** argv, const Campaign& campaign) {
    Options options;
    bool is_short = false;
    CLI::App app{campaign.purpose};
    app.name("soundness-" + campaign.name);
    app.footer(fmt::format("Example:\n  tools/soundness {} --seed 7 --count {}", campaign.name,
                           campaign.short_count));
    app.add_option("--seed", options.seed, "seed of all random choices")->capture_default_str();
    const auto* count =
        app.add_option("--count", options.count,
                       fmt::format("{} (default {})", campaign.unit, campaign.long_count));
    app.add_option("-j,--jobs", options.jobs, "processes at once")->check(CLI::Range(1U, 64U));
    app.add_flag(
        "--short", is_short,
        fmt::format("the test command's form: {} {}", campaign.short_count, campaign.unit));
    app.add_flag("--json", options.json, "print the results as JSON");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (count->empty()) options.count = is_short ? campaign.short_count : campaign.long_count;
    const int64_t started = nowMs();
    Outcome outcome;
    try {
        outcome = campaign.run(options);
    } catch (const std::exception& error) {
        fmt::print(stderr, "soundness-{}: {}\n", campaign.name, error.what());
        return 2;
    }
    const double seconds = static_cast<double>(nowMs() - started) / 1000;
    outcome.ok = outcome.ok && outcome.findings.empty();
    if (options.json) {
        printJson(campaign, options, outcome, seconds);
    } else {
        outcome.figures.push_back({"seconds", "seconds", fmt::format("{:.1f}", seconds)});
        printText(campaign, options, outcome);
    }
    return outcome.ok ? 0 : 1;
}

Progress::Progress(std::string what, uint64_t total)
    : what_(std::move(what)), total_(total), last_ms_(nowMs()), terminal_(isatty(2) != 0) {}

Progress::~Progress() {
    if (shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::update(uint64_t done) {
    if (!terminal_ || nowMs() - last_ms_ < 1000) return;
    last_ms_ = nowMs();
    shown_ = true;
    const double share =
        total_ == 0 ? 0 : 100.0 * static_cast<double>(done) / static_cast<double>(total_);
    fmt::print(stderr, "\r\033[K{}: {} of {} ({:.0f} %)", what_, done, total_, share);
    std::fflush(stderr);
}

}  // namespace tagproof::soundness
