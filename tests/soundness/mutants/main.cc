// Mutants of emitted code: what the verifier accepts is executed from adversarial states under an
// emulator that watches every access, call and return.

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "tests/soundness/campaign.h"
#include "tests/soundness/mutants/batch.h"
#include "tests/soundness/mutants/teeth.h"

namespace tagproof::soundness {
namespace {

Corpus makeCorpus(const Options& options) {
    constexpr uint64_t kLong = 200'000;
    Corpus corpus;
    const bool is_long = options.count >= kLong;
    addEmitted(corpus, is_long ? 1 : 12);
    addHandWritten(corpus);
    addRandomPrograms(corpus, static_cast<uint32_t>(options.seed), is_long ? 400 : 60);
    return corpus;
}

// Mutants of one function: more of each where there are many.
uint64_t batchSize(const Options& options) { return options.count >= 200'000 ? 1000 : 250; }

// Batches `job`, `job + jobs`, ...: which batches there are does not depend on the number of jobs.
Tally work(const Corpus& corpus, const Options& options, unsigned job) {
    Tally tally;
    Workbench bench(corpus);
    const uint64_t size = batchSize(options);
    const uint64_t batches = (options.count + size - 1) / size;
    Progress progress("mutants", options.count);
    for (uint64_t k = job; k < batches; k += options.jobs) {
        Dice dice(mix(options.seed) + k);
        const Function& function = Batch::pick(corpus, dice);
        const Function& donor = Batch::pick(corpus, dice);
        const uint64_t rest = options.count - k * size;
        Batch batch(bench, function, donor, dice());
        batch.run(static_cast<uint32_t>(std::min(rest, size)), tally);
        if (job == 0) progress.update(k * size);
    }
    return tally;
}

// In a process of its own; the text of its tally comes through a pipe.
struct Job {
    pid_t process = 0;
    int pipe = -1;
};

Job start(const Corpus& corpus, const Options& options, unsigned number) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return {};
    const pid_t child = fork();
    if (child == 0) {
        const std::string text = work(corpus, options, number).toText();
        size_t done = 0;
        while (done < text.size()) {
            const ssize_t n = write(ends[1], text.data() + done, text.size() - done);
            if (n <= 0) _exit(2);
            done += static_cast<size_t>(n);
        }
        _exit(0);
    }
    close(ends[1]);
    return {child, ends[0]};
}

Tally finish(const Job& job) {
    std::string text;
    std::array<char, 65536> buffer{};
    for (ssize_t n = 0; (n = read(job.pipe, buffer.data(), buffer.size())) > 0;) {
        text.append(buffer.data(), static_cast<size_t>(n));
    }
    close(job.pipe);
    int status = 0;
    waitpid(job.process, &status, 0);
    if (status == 0) return Tally::fromText(text);
    Tally tally;
    tally.findings.push_back(fmt::format("a job ended with status {:#x}", status));
    return tally;
}

std::string share(uint64_t part, uint64_t whole) {
    const double of = whole == 0 ? 1 : static_cast<double>(whole);
    return fmt::format("{:.1f}", 100 * static_cast<double>(part) / of);
}

void addFigures(const Tally& tally, const Corpus& corpus, Outcome& outcome) {
    const auto figure = [&](const char* key, const char* label, nlohmann::ordered_json value) {
        outcome.figures.push_back({key, label, std::move(value)});
    };
    const auto count = [&](Tally::Field field) { return tally[field]; };
    figure("functions", "functions, of them emitted for scripts", corpus.functions.size());
    figure("scripts", "scripts compiled", corpus.scripts);
    figure("emitted", "units published for them", corpus.emitted);
    figure("original_runs", "runs of unmutated functions", count(Tally::kOriginalRuns));
    figure("reached_percent", "their bytes reached by some input, percent",
           share(count(Tally::kBytesReached), count(Tally::kBytes)));
    figure("mutants", "mutants", count(Tally::kMutants));
    figure("accepted", "accepted, all executed", count(Tally::kAccepted));
    figure("accepted_violating", "accepted and violating", count(Tally::kAcceptedBreaches));
    figure("accepted_reached", "accepted, the change executed", count(Tally::kAcceptedReached));
    figure("rejected", "rejected", count(Tally::kRejected));
    figure("rejected_run", "rejected and executed", count(Tally::kRejectedRun));
    figure("rejected_violating", "rejected and violating", count(Tally::kRejectedBreaches));
    figure("lying", "verified with hints of another code or lying ones", count(Tally::kLying));
    figure("lying_accepted", "of these accepted", count(Tally::kLyingAccepted));
    figure("runs", "runs of mutants", count(Tally::kRuns));
    figure("unknown", "runs that met an instruction the emulator lacks", count(Tally::kUnknown));
    figure("out_of_steps", "runs cut off", count(Tally::kOutOfSteps));
}

void addTables(const Tally& tally, Outcome& outcome) {
    for (size_t k = 0; k < kMutationCount; ++k) {
        const auto& [made, accepted, breaches] = tally.mutations[k];
        const std::string_view name = mutationName(static_cast<Mutation>(k));
        outcome.figures.push_back({fmt::format("mutation_{}", k), fmt::format("  {}", name),
                                   fmt::format("{} made, {} accepted, {} rejected and violating",
                                               made, accepted, breaches)});
    }
    for (size_t k = 1; k < kBreachCount; ++k) {
        const auto breach = static_cast<Breach>(k);
        outcome.figures.push_back(
            {fmt::format("breach_{}", breachName(breach)),
             fmt::format("  rejected, property {}: {}", propertyOf(breach), breachName(breach)),
             tally.rejected_breaches[k]});
    }
}

Outcome run(const Options& options) {
    Outcome outcome;
    {
        const Memory memory;
        Emulator emulator(memory);
        outcome.findings = missedBreaches(emulator, memory);
    }
    const Corpus corpus = makeCorpus(options);
    for (const std::string& name : corpus.rejected) {
        outcome.findings.push_back("rejected as it is: " + name);
    }
    Tally tally;
    std::vector<Job> jobs;
    for (unsigned k = 0; k < options.jobs; ++k) jobs.push_back(start(corpus, options, k));
    for (const Job& job : jobs) tally.add(finish(job));
    outcome.findings.insert(outcome.findings.end(), tally.findings.begin(), tally.findings.end());
    outcome.ok = tally[Tally::kMutants] > 0 && tally[Tally::kRejectedBreaches] > 0;
    addFigures(tally, corpus, outcome);
    addTables(tally, outcome);
    return outcome;
}

}  // namespace
}  // namespace tagproof::soundness

int main(int argc, char** argv) {
    return tagproof::soundness::campaignMain(
        argc, argv,
        {.name = "mutants",
         .purpose = "Mutates emitted functions and executes what the verifier accepts.",
         .unit = "mutants",
         .short_count = 20'000,
         .long_count = 10'000'000,
         .run = tagproof::soundness::run});
}
