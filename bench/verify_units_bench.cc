// What verification costs beside decoding, on units that the compiler emits: the programs of
// bench/programs are run compiled, and each unit is decoded with ZydisDecoderDecodeFull and then
// verified, in turns, while its tables are at hand. The fastest of the rounds counts for each.
// Counters, over all units: units, instructions, ns per instruction of both, their ratio, and its
// parts by step.

#include <Zydis/Zydis.h>
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "bench/program_folder.h"
#include "jit/jit.h"
#include "jit/verify/infer/infer.h"
#include "runtime/vm.h"

namespace tagproof {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 15;

double nanoseconds(Clock::time_point start) {
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

struct Totals {
    ZydisDecoder decoder{};
    verify::InferenceWorkspace workspace;
    size_t units = 0;
    size_t instructions = 0;
    double decode_all = 0;  // ZydisDecoderDecodeFull
    double verify = 0;
    verify::VerifyTimes steps;  // of the fastest rounds
};

void decodeAll(const ZydisDecoder& decoder, std::span<const uint8_t> code) {
    ZydisDecodedInstruction instruction;
    ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
    for (size_t at = 0; at < code.size(); at += instruction.length) {
        if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, code.data() + at, code.size() - at,
                                                 &instruction, operands))) {
            return;
        }
    }
}

void measure(const CheckedUnit& checked, void* context) {
    Totals& totals = *static_cast<Totals*>(context);
    const std::span<const uint8_t> code = checked.unit.bytes;
    double decoding = std::numeric_limits<double>::infinity();
    double verifying = decoding;
    verify::VerifyTimes steps;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = Clock::now();
        decodeAll(totals.decoder, code);
        decoding = std::min(decoding, nanoseconds(start));
        const auto middle = Clock::now();
        verify::VerifyTimes times;
        const verify::Verdict verdict =
            verify::inferAndVerify(code, reinterpret_cast<uint64_t>(code.data()), checked.trusted,
                                   totals.workspace, &times);
        const double took = nanoseconds(middle);
        if (took < verifying) {
            verifying = took;
            steps = times;
        }
        benchmark::DoNotOptimize(verdict.ok);
    }
    ++totals.units;
    totals.instructions += checked.verdict.statistics.instructions;
    totals.decode_all += decoding;
    totals.verify += verifying;
    totals.steps += steps;
}

struct Run {
    Totals* totals;
    std::string path;
};

int runProgram(void* context) {
    const Run& run = *static_cast<Run*>(context);
    VmOptions options;
    options.interrupts = false;
    options.argv = {run.path};
    if (run.path.ends_with("repro_stress.py"))
        options.argv.insert(options.argv.end(), {"--iterations", "20000"});
    const std::unique_ptr<Vm> vm = Vm::create(options);
    if (vm == nullptr) return 1;
    JitOptions jit_options;
    jit_options.call_threshold = jit_options.loop_threshold = 2;
    const std::unique_ptr<Jit> jit = Jit::attach(*vm, jit_options);
    if (jit == nullptr) return 1;
    jit->setCheckedSink(measure, run.totals);
    return vm->runFile(run.path);
}

std::vector<std::string> programs() {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(programFolder())) {
        if (entry.path().extension() == ".py") paths.push_back(entry.path().string());
    }
    std::ranges::sort(paths);
    return paths;
}

// The programs print; that is not the benchmark's output.
class Silence {
  public:
    Silence() : saved_(dup(1)) {
        const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(null, 1);
        close(null);
    }
    ~Silence() {
        std::fflush(stdout);
        dup2(saved_, 1);
        close(saved_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

  private:
    int saved_;
};

void verifyEmittedUnits(benchmark::State& state) {
    if (programFolder().empty()) {
        state.SkipWithError("there is no bench/programs: run it in a checkout");
        return;
    }
    Totals totals;
    ZydisDecoderInit(&totals.decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    for (auto _ : state) {
        const Silence silence;
        for (const std::string& path : programs()) {
            Run run{&totals, path};
            static_cast<void>(runOnGuestStack(runProgram, &run));
        }
    }
    const auto count = static_cast<double>(std::max<size_t>(totals.instructions, 1));
    state.counters["units"] = static_cast<double>(totals.units);
    state.counters["instructions"] = count;
    state.counters["decode_ns_per_insn"] = totals.decode_all / count;
    state.counters["verify_ns_per_insn"] = totals.verify / count;
    const auto share = [&totals](uint64_t step) {
        return static_cast<double>(step) / totals.decode_all;
    };
    state.counters["decode"] = share(totals.steps.decode_nanoseconds);
    state.counters["infer"] = share(totals.steps.infer_nanoseconds);
    state.counters["check"] = share(totals.steps.check_nanoseconds);
    state.counters["ratio"] = totals.verify / totals.decode_all;
}
BENCHMARK(verifyEmittedUnits)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tagproof
