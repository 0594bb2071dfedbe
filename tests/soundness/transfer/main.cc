// Every transfer function of the verifier, executed for all words at once, is proven to describe
// what the CPU computes.

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

#include "tests/soundness/campaign.h"
#include "tests/soundness/transfer/cache.h"
#include "tests/soundness/transfer/cpu_check.h"
#include "tests/soundness/transfer/proofs.h"
#include "tests/soundness/transfer/teeth.h"

namespace tagproof::soundness {
namespace {

constexpr unsigned kRunsPerInstruction = 20;

// What one proof may take.
unsigned proofSeconds() {
    const char* variable = std::getenv("TAGPROOF_PROOF_SECONDS");
    if (variable == nullptr) return 240;
    const std::string_view text = variable;
    unsigned seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || seconds == 0) {
        throw std::invalid_argument(fmt::format(
            "TAGPROOF_PROOF_SECONDS={}: give a number of seconds, 240 for example", text));
    }
    return seconds;
}

void proveIn(Workbench& bench, const Proof& proof, Record& record) {
    const std::optional<std::string> counterexample = proof.run(bench);
    if (counterexample) {
        record.verdict = Verdict::kRefuted;
        record.failure = *counterexample;
    } else if (proof.method == Method::kPaths && bench.explorer.paths == 0) {
        record.failure = "there is no way through it";
    } else if (bench.executed != 0 && bench.accepted == 0) {
        record.failure = "it is rejected on every way";
    } else {
        record.verdict = Verdict::kProven;
    }
}

// One proof, with the operators as they are or with a wrong one.
Record prove(const Proof& proof, unsigned spoil, unsigned seconds) {
    Record record{.method = methodName(proof.method)};
    Workbench bench;
    bench.explorer.spoil = spoil;
    bench.explorer.limit(seconds);
    const std::clock_t started = std::clock();
    try {
        proveIn(bench, proof, record);
    } catch (const z3::exception& error) {
        record.failure = fmt::format("z3: {}", error.msg());
    } catch (const Unfinished& error) {
        record.verdict = Verdict::kUnfinished;
        record.failure = error.what();
    } catch (const std::exception& error) {
        record.failure = error.what();
    }
    record.seconds = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
    record.paths = bench.explorer.paths;
    record.queries = bench.explorer.queries;
    record.claims = bench.explorer.claims;
    return record;
}

struct Job {
    const Proof* proof = nullptr;
    unsigned spoil = 0;
    Record record;
    pid_t child = -1;
    int from = -1;
};

void start(Job& job, unsigned seconds) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("pipe");
    job.child = fork();
    if (job.child < 0) throw std::runtime_error("fork");
    if (job.child == 0) {
        const Record record = prove(*job.proof, job.spoil, seconds);
        const nlohmann::json out = {record.paths,   record.queries, record.claims,
                                    record.seconds, record.verdict, record.failure.substr(0, 2000)};
        const std::string text = out.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
        const bool written =
            write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
        _exit(written ? 0 : 1);
    }
    close(ends[1]);
    job.from = ends[0];
}

void finish(Job& job) {
    std::string text;
    char part[4096];
    for (ssize_t bytes = 0; (bytes = read(job.from, part, sizeof part)) > 0;) {
        text.append(part, static_cast<size_t>(bytes));
    }
    close(job.from);
    const auto in = nlohmann::json::parse(text, nullptr, false);
    job.record.method = methodName(job.proof->method);
    if (!in.is_array()) {
        job.record.failure = "the proof's process died";
        return;
    }
    job.record.paths = in[0];
    job.record.queries = in[1];
    job.record.claims = in[2];
    job.record.seconds = in[3];
    job.record.verdict = in[4].get<Verdict>();
    job.record.failure = in[5];
}

// All jobs, so many at once; `done` after each.
void runAll(std::vector<Job*>& jobs, unsigned at_once, const std::function<void(Job&)>& done) {
    const unsigned seconds = proofSeconds();
    size_t next = 0;
    std::vector<Job*> running;
    while (next < jobs.size() || !running.empty()) {
        while (next < jobs.size() && running.size() < at_once) {
            start(*jobs[next], seconds);
            running.push_back(jobs[next++]);
        }
        int status = 0;
        const pid_t child = waitpid(-1, &status, 0);
        const auto found = std::ranges::find(running, child, &Job::child);
        if (found == running.end()) continue;
        Job& job = **found;
        running.erase(found);
        finish(job);
        done(job);
    }
}

std::string lineOf(const Record& record) {
    return fmt::format("{}: {} ways, {} queries, {} claims, {:.1f} s{}", record.method,
                       record.paths, record.queries, record.claims, record.seconds,
                       record.is_cached ? ", cached" : "");
}

// Proves what is not in the cache.
void proveAll(const Options& options, const std::vector<Proof>& proofs, Outcome& outcome) {
    Cache cache;
    std::vector<Job> jobs(proofs.size());
    std::vector<Job*> fresh;
    for (size_t k = 0; k < proofs.size(); ++k) {
        jobs[k].proof = &proofs[k];
        const std::optional<Record> known = cache.find(proofs[k].name);
        if (known) {
            jobs[k].record = *known;
        } else {
            fresh.push_back(&jobs[k]);
        }
    }
    Progress progress("transfer", fresh.size());
    uint64_t done = 0;
    runAll(fresh, options.jobs, [&](Job& job) {
        if (job.record.verdict == Verdict::kProven) cache.add(job.proof->name, job.record);
        progress.update(++done);
    });
    Record sum;
    uint64_t proven = 0;
    nlohmann::ordered_json unfinished = nlohmann::ordered_json::array();
    for (const Job& job : jobs) {
        outcome.figures.push_back({job.proof->name, job.proof->name, lineOf(job.record)});
        sum.paths += job.record.paths;
        sum.queries += job.record.queries;
        sum.seconds += job.record.seconds;
        if (job.record.verdict == Verdict::kProven) {
            ++proven;
        } else if (job.record.verdict == Verdict::kUnfinished) {
            unfinished.push_back(job.proof->name);
        } else {
            outcome.findings.push_back(job.proof->name + ": " + job.record.failure);
        }
    }
    outcome.figures.push_back({"proofs", "proofs", proofs.size()});
    outcome.figures.push_back({"proven", "proven", proven});
    outcome.figures.push_back({"unfinished", "not finished in their time", unfinished});
    if (!unfinished.empty()) {
        outcome.findings.push_back(
            fmt::format("{} of the proofs are not finished", unfinished.size()));
    }
    outcome.figures.push_back({"cached", "  of them from the cache", proofs.size() - fresh.size()});
    outcome.figures.push_back({"paths", "ways through the functions", sum.paths});
    outcome.figures.push_back({"queries", "questions to z3", sum.queries});
    outcome.figures.push_back(
        {"proof_seconds", "seconds of them all, uncached", fmt::format("{:.1f}", sum.seconds)});
}

// Each wrong operator must be refuted, by a counterexample.
void checkTeeth(const Options& options, const std::vector<Proof>& proofs, Outcome& outcome) {
    std::vector<Job> jobs(spoils().size());
    std::vector<Job*> all;
    for (size_t k = 0; k < jobs.size(); ++k) {
        const auto proof = std::ranges::find(proofs, spoils()[k].proof, &Proof::name);
        if (proof == proofs.end()) {
            outcome.findings.push_back(fmt::format("no proof {}", spoils()[k].proof));
            continue;
        }
        jobs[k].proof = &*proof;
        jobs[k].spoil = static_cast<unsigned>(k + 1);
        all.push_back(&jobs[k]);
    }
    uint64_t refuted = 0;
    runAll(all, options.jobs, [](Job&) {});
    for (const Job* job : all) {
        const char* name = spoils()[job->spoil - 1].name;
        const std::string label = fmt::format("wrong: {}", name);
        const bool is_refuted = job->record.verdict == Verdict::kRefuted;
        refuted += is_refuted ? 1 : 0;
        outcome.figures.push_back({label, label, job->record.failure});
        if (!is_refuted) {
            outcome.findings.push_back(
                fmt::format("the wrong operator {} is not refuted: {}", name, job->record.failure));
        }
    }
    outcome.figures.push_back(
        {"refuted", "wrong operators refuted", fmt::format("{} of {}", refuted, all.size())});
}

Outcome run(const Options& options) {
    Outcome outcome;
    outcome.ok = true;
    std::vector<Proof> proofs = allProofs();
    const char* only = std::getenv("TAGPROOF_PROOFS");
    if (only != nullptr) {
        std::erase_if(
            proofs, [&](const Proof& proof) { return proof.name.find(only) == std::string::npos; });
        if (proofs.empty()) {
            throw std::invalid_argument(
                fmt::format("TAGPROOF_PROOFS={}: no proof's name contains that", only));
        }
        proveAll(options, proofs, outcome);
        return outcome;
    }
    checkTeeth(options, proofs, outcome);
    if (options.count < proofs.size()) proofs.resize(options.count);
    proveAll(options, proofs, outcome);
    const CpuCheck cpu = checkCpu(options.seed, kRunsPerInstruction);
    outcome.figures.push_back({"cpu_runs", "instructions run on the CPU", cpu.runs});
    std::ranges::copy(cpu.findings, std::back_inserter(outcome.findings));
    return outcome;
}

}  // namespace
}  // namespace tagproof::soundness

int main(int argc, char** argv) {
    using namespace tagproof::soundness;
    const std::vector<Proof> proofs = allProofs();
    Campaign campaign;
    campaign.name = "transfer";
    campaign.purpose =
        "Each transfer function of the verifier is proven with z3 to describe what the CPU "
        "computes, for all words.";
    campaign.unit = "proofs";
    campaign.short_count = static_cast<uint64_t>(std::ranges::count_if(proofs, &Proof::is_short));
    campaign.long_count = proofs.size();
    campaign.run = run;
    return campaignMain(argc, argv, campaign);
}
