// Hardware write-set oracle: each row of the table, with many operands, is run on the CPU; what it
// wrote must be what the verifier's record and transfer function say.

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <map>
#include <new>
#include <sstream>

#include "tests/soundness/campaign.h"
#include "tests/soundness/write_set/worker.h"

namespace tagproof::soundness {
namespace {

constexpr uint64_t kRunsPerChild = 100'000;
constexpr unsigned kChildSeconds = 300;

struct Sum {
    Report report;
    uint64_t died = 0;
    std::map<std::string, std::pair<uint64_t, std::string>> findings;  // by kind: count, example
};

void addFindings(const Report& report, Sum& sum) {
    std::istringstream lines(report.findings);
    for (std::string line; std::getline(lines, line);) {
        auto& [count, example] = sum.findings[line.substr(0, line.find(':'))];
        if (count++ == 0) example = line;
    }
}

void add(const Report& from, Sum& sum) {
    Report& to = sum.report;
    for (uint64_t Report::*counter :
         {&Report::runs, &Report::discarded, &Report::modelled, &Report::words, &Report::conditions,
          &Report::chains, &Report::chains_modelled, &Report::spoiled, &Report::spoils_missed,
          &Report::outside_writes, &Report::faults, &Report::outside_registers,
          &Report::contradictions, &Report::others}) {
        to.*counter += from.*counter;
    }
    for (uint32_t row = 0; row < verify::kMaxRows; ++row) {
        to.row_runs[row] += from.row_runs[row];
        to.row_modelled[row] += from.row_modelled[row];
    }
    for (size_t k = 0; k < sizeof to.shapes; ++k) to.shapes[k] |= from.shapes[k];
    addFindings(from, sum);
}

pid_t startChild(uint64_t seed, uint64_t runs, Report& report) {
    const pid_t child = fork();
    if (child != 0) return child;
    alarm(kChildSeconds);
    work(seed, runs, report);
    _exit(0);
}

void reap(pid_t child, const Report& report, Sum& sum) {
    int status = 0;
    waitpid(child, &status, 0);
    add(report, sum);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
    ++sum.died;
    auto& [count, example] = sum.findings["a child died"];
    if (count++ == 0) {
        example = fmt::format("a child died with status {:#x} in case {}", status, report.current);
    }
}

Report& sharedReport() {
    void* at =
        mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) throw std::bad_alloc();
    return *new (at) Report();
}

nlohmann::ordered_json rowFigures(const Report& report, Outcome& outcome) {
    nlohmann::ordered_json rows;
    for (uint32_t row = 0; row < verify::rowCount(); ++row) {
        const std::string name(verify::rowName(row));
        uint64_t shapes = 0;
        for (uint32_t k = 0; k < kShapesPerRow; ++k)
            shapes += report.shapes[row * kShapesPerRow + k];
        rows[name] = {report.row_runs[row], shapes, report.row_modelled[row]};
        if (report.row_runs[row] == 0 && __builtin_cpu_supports("avx") != 0) {
            outcome.findings.push_back(fmt::format("row {} was never run", name));
        }
    }
    return rows;
}

Outcome summarise(const Sum& sum) {
    Outcome outcome;
    const Report& report = sum.report;
    for (const auto& [kind, finding] : sum.findings) {
        outcome.findings.push_back(fmt::format("{} times: {}", finding.first, finding.second));
    }
    const auto rows = rowFigures(report, outcome);
    uint64_t hit = 0;
    uint64_t shapes = 0;
    for (uint32_t row = 0; row < verify::rowCount(); ++row)
        hit += report.row_runs[row] != 0 ? 1 : 0;
    for (const uint8_t shape : report.shapes) shapes += shape;
    outcome.figures = {
        {"runs", "instructions run", report.runs},
        {"rows", "rows of the table that were run",
         fmt::format("{} of {}", hit, verify::rowCount())},
        {"shapes", "row x addressing mode x width", shapes},
        {"writes_outside", "writes outside the model", report.outside_writes},
        {"faults", "unexpected faults", report.faults},
        {"registers_outside", "registers outside the model", report.outside_registers},
        {"other_contradictions", "other contradictions of the record", report.others},
        {"modelled", "cases that the abstract machine accepted", report.modelled},
        {"chains", "chains of instructions run", report.chains},
        {"chains_modelled", "  that the abstract machine accepted", report.chains_modelled},
        {"words", "abstract words compared with the CPU's", report.words},
        {"conditions", "conditions assumed", report.conditions},
        {"transfer_contradictions", "contradictions of the abstract machine",
         report.contradictions},
        {"spoiled", "wrong models tried on the comparison", report.spoiled},
        {"spoiled_missed", "  not noticed", report.spoils_missed},
        {"children_died", "child processes that died", sum.died},
        {"row_figures", "  by row: cases, shapes, accepted", rows},
    };
    const uint64_t wrong = report.outside_writes + report.faults + report.outside_registers +
                           report.others + report.contradictions + report.spoils_missed;
    outcome.ok = wrong == 0 && sum.died == 0;
    return outcome;
}

Outcome run(const Options& options) {
    Sum sum;
    Progress progress("write_set", options.count);
    uint64_t started = 0;
    uint64_t seed = options.seed * 1'000'003;
    while (started < options.count) {
        std::vector<std::pair<pid_t, Report*>> children;
        for (unsigned job = 0; job < options.jobs && started < options.count; ++job) {
            const uint64_t runs = std::min(kRunsPerChild, options.count - started);
            started += runs;
            Report& report = sharedReport();
            children.emplace_back(startChild(seed++, runs, report), &report);
        }
        for (const auto& [child, report] : children) {
            reap(child, *report, sum);
            munmap(report, sizeof *report);
        }
        progress.update(started);
    }
    return summarise(sum);
}

}  // namespace
}  // namespace tagproof::soundness

int main(int argc, char** argv) {
    tagproof::soundness::Campaign campaign;
    campaign.name = "write_set";
    campaign.purpose =
        "Each row of the verifier's table, run on the CPU, writes what the verifier says.";
    campaign.unit = "runs";
    campaign.short_count = 200'000;
    campaign.long_count = 10'000'000;
    campaign.run = tagproof::soundness::run;
    return tagproof::soundness::campaignMain(argc, argv, campaign);
}
