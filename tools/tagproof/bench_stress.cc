// tagproof bench stress: bench/programs/repro_stress.py interpreted, force-compiled and run for
// long; every checksum must agree, nothing may be rejected, the heap must stay whole.

#include <fmt/core.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "objmodel/int.h"
#include "objmodel/print.h"
#include "runtime/function.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/guest.h"
#include "tools/tagproof/print_json.h"
#include "tools/tagproof/statistics_text.h"
#include "tools/tagproof/stress_report.h"

namespace tagproof::cli {

namespace {

namespace fs = std::filesystem;

constexpr uint64_t kWarmUp = 5000;
constexpr uint64_t kChunk = 50000;
constexpr const char* kModule = "repro_stress";
constexpr const char* kFunction = "bench_pytorch_cm";
constexpr const char* kOracle = "/usr/bin/python3";

uint64_t cpuNanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

// The script: the one that was named, the checkout's, or the one installed with the program.
std::optional<fs::path> findScript(const std::string& named) {
    std::error_code error;
    if (!named.empty()) {
        return fs::is_regular_file(named, error) ? std::optional(fs::path(named)) : std::nullopt;
    }
    const fs::path programs = fs::read_symlink("/proc/self/exe", error).parent_path();
    const std::string name = std::string(kModule) + ".py";
    for (const fs::path& folder : {fs::path("bench/programs"), programs / "../../../bench/programs",
                                   programs / "../share/tagproof/programs"}) {
        if (fs::exists(folder / name, error)) return folder / name;
    }
    return std::nullopt;
}

// --- python3 -----------------------------------------------------------------------------------

std::string shellQuoted(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

// The same function on python3, or nothing when python3 does not run it.
std::optional<StressRun> runOracle(const fs::path& folder) {
    const std::string program = fmt::format(
        "import sys, time; sys.path.insert(0, sys.argv[1]); from {} import {} as run; run({}); "
        "start = time.process_time_ns(); checksum = run({}); "
        "print(checksum, time.process_time_ns() - start)",
        kModule, kFunction, kWarmUp, kChunk);
    const std::string command = fmt::format("PYTHONHASHSEED=0 {} -B -c {} {}", kOracle,
                                            shellQuoted(program), shellQuoted(folder.string()));
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    StressRun run{"python3", kChunk, 0, 0, 0};
    if (pipe == nullptr || std::fscanf(pipe.get(), "%lu %lu", &run.checksum, &run.cpu_ns) != 2) {
        return std::nullopt;
    }
    return run;
}

// --- the stress test ---------------------------------------------------------------------------

// Runs the phases in one guest and fills in the report.
class Stress {
  public:
    Stress(Guest& guest, const StressOptions& options) : guest_(guest), options_(options) {}

    // False when the program raised an exception (printed) or is not the one expected.
    [[nodiscard]] bool run();
    [[nodiscard]] StressReport& report() { return report_; }

  private:
    [[nodiscard]] bool call(StressRun& run);
    [[nodiscard]] bool runInterpreted();
    [[nodiscard]] bool compile();
    [[nodiscard]] bool soak();
    void progress(uint64_t done) const;
    void collect();
    [[nodiscard]] uint64_t guestBytes();

    Guest& guest_;
    const StressOptions& options_;
    StressReport report_;
};

// Calls the function once with run.iterations; adds to the run's time and count of interpreted
// calls, sets its checksum.
bool Stress::call(StressRun& run) {
    const uint64_t iterations = std::min(run.iterations, kChunk);
    const uint64_t calls = guest_.vm().statistics().interpreted_calls;
    const uint64_t start = cpuNanoseconds();
    if (!guest_.execute(fmt::format("checksum = {}.{}({})\n", kModule, kFunction, iterations),
                        "<bench>")) {
        return false;
    }
    run.cpu_ns += cpuNanoseconds() - start;
    run.interpreted_calls += guest_.vm().statistics().interpreted_calls - calls;
    int64_t checksum = 0;
    const Value value = guest_.moduleAttribute("__main__", "checksum");
    if (!value || !isInt(value) || !fitsInt64(guest_.vm().thread(), value, &checksum)) return false;
    run.checksum = static_cast<uint64_t>(checksum);
    return true;
}

bool Stress::runInterpreted() {
    report_.warm_up = {fmt::format("{} interpreted", kWarmUp), kWarmUp, 0, 0, 0};
    report_.interpreted = {fmt::format("{} interpreted", kChunk), kChunk, 0, 0, 0};
    guest_.jit().setEnabled(false);
    const bool is_done = guest_.execute(fmt::format("import {}\n", kModule), "<bench>") &&
                         call(report_.warm_up) && call(report_.interpreted);
    guest_.jit().setEnabled(true);
    return is_done;
}

bool Stress::compile() {
    const Value function = guest_.moduleAttribute(kModule, kFunction);
    if (!function || !isFunction(guest_.vm().thread(), function)) return false;
    const Result<CompiledUnit*> unit = guest_.jit().forceCompile(function.as<Function>());
    if (!unit.ok()) {
        printTo(stderr, "tagproof bench: {}: {}\n", kFunction, unit.error().message);
    }
    guest_.jit().setCallThreshold(1);  // what runs once in 10,000 iterations as well
    return unit.ok();
}

void Stress::progress(uint64_t done) const {
    if (isatty(STDERR_FILENO) == 0) return;
    printTo(stderr, "\r{:>3} % of {} iterations", done * 100 / options_.iterations,
            options_.iterations);
    if (done >= options_.iterations) printTo(stderr, "\r{:40}\r", "");
}

bool Stress::soak() {
    const uint64_t chunks = (options_.iterations + kChunk - 1) / kChunk;
    report_.soak = {"compiled, long run", chunks * kChunk, report_.interpreted.checksum, 0, 0};
    report_.memory_before = guestBytes();
    StressRun chunk{"", kChunk, 0, 0, 0};
    for (uint64_t i = 0; i < chunks; ++i) {
        const uint64_t calls = chunk.interpreted_calls;
        if (!call(chunk)) return false;
        if (chunk.checksum != report_.interpreted.checksum) {
            if (report_.soak.wrong == 0) report_.soak.checksum = chunk.checksum;
            ++report_.soak.wrong;
        }
        report_.steady_interpreted_calls = chunk.interpreted_calls - calls;
        progress((i + 1) * kChunk);
    }
    report_.soak.cpu_ns = chunk.cpu_ns;
    report_.soak.interpreted_calls = chunk.interpreted_calls;
    report_.memory_after = guestBytes();
    return true;
}

bool Stress::run() {
    if (!runInterpreted() || !compile()) return false;
    report_.compiled = {fmt::format("{} compiled", kChunk), kChunk, 0, 0, 0};
    if (!call(report_.compiled)) return false;
    const bool is_equal = report_.compiled.checksum == report_.interpreted.checksum;
    if (!is_equal) report_.compiled.wrong = 1;
    if (!options_.json) {
        printTo(stdout, "{}\n", is_equal ? "S3 OK" : "S3 FAILED");
        std::fflush(stdout);
    }
    if (!soak()) return false;
    collect();
    return true;
}

uint64_t Stress::guestBytes() {
    const HeapStatistics heap = guest_.vm().statistics().heap;
    return heap.page_bytes + heap.raw_bytes;
}

void Stress::collect() {
    const JitStatistics& counts = guest_.jit().statistics();
    report_.functions = counts.functions_compiled;
    report_.code_bytes = counts.code_bytes;
    report_.instructions = counts.proof.instructions;
    for (uint32_t i = 0; i < verify::kWriteClassCount; ++i) {
        report_.writes.emplace_back(verify::writeClassName(static_cast<verify::WriteClass>(i)),
                                    counts.proof.writes[i]);
    }
    for (const NotCompiled& entry : counts.not_compiled) {
        const std::string name = fmt::format("{} ({})", entry.function, entry.place);
        if (entry.kind == CompileErrorKind::kVerifyFailed) {
            report_.rejected.push_back(name + ": " + entry.reason);
        } else {
            report_.left_interpreted.emplace_back(name, entry.reason);
        }
    }
    for (size_t i = 0; i < kDeoptReasonCount; ++i) {
        report_.deopts.emplace_back(hir::toString(static_cast<hir::DeoptReason>(i)),
                                    counts.deopts[i]);
    }
    report_.recompilations = counts.recompilations;
    report_.compile_ns = counts.compile_nanoseconds;
    report_.verify_ns = counts.verify_nanoseconds;
    report_.heap_findings = guest_.heapFindings();
}

int runStress(Guest& guest, const StressOptions& options, const fs::path& script) {
    Stress stress(guest, options);
    if (!stress.run()) return kStatusFailed;
    StressReport& report = stress.report();
    if (options.oracle) {
        report.oracle = runOracle(script.parent_path());
        if (!report.oracle) printTo(stderr, "tagproof bench: {} did not run it\n", kOracle);
    }
    if (options.json) {
        nlohmann::ordered_json json = stressJson(report);
        json["proof"] = proofJson(guest.jit().statistics());
        printJson(json);
    } else {
        printTo(stdout, "{}", stressText(report));
    }
    return report.ok() ? 0 : kStatusFailed;
}

}  // namespace

int benchStressCommand(const StressOptions& options) {
    const std::optional<fs::path> script = findScript(options.script);
    if (!script) {
        if (options.script.empty()) {
            printTo(stderr, "tagproof bench: {}.py not found; name it with --script\n", kModule);
        } else {
            printTo(stderr, "tagproof bench: no file {}; name a {}.py\n", options.script, kModule);
        }
        return kStatusUsage;
    }
    GuestOptions guest_options;
    guest_options.jit.strict = true;
    guest_options.path = {fs::absolute(*script).parent_path().string()};
    return withGuest(guest_options, {}, [&](Guest& guest) {
        return runStress(guest, options, fs::absolute(*script));
    });
}

}  // namespace tagproof::cli
