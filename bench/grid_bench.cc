// The grid of attribute operations: each function `name(n)` of bench/programs/grid/*.py,
// interpreted and compiled, as grid/<file>/<name>/<engine>. One iteration is a call of about half a
// millisecond. Counters: ns, the fastest call in nanoseconds an operation, loop included; checksum,
// of kChecked iterations; compiled, 1 when the function itself was; rejected, units that the
// verifier refused; and what the timed calls left to the interpreter: deopts, and interpreted,
// calls of Python functions. bench/grid.py makes the table of it, beside python3's figures.

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "bench/program_folder.h"
#include "jit/jit.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/int.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/function.h"
#include "runtime/module.h"
#include "runtime/traceback.h"
#include "runtime/vm.h"

namespace tagproof {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kChecked = 1000;
constexpr int64_t kLearning = 300;       // iterations from which the caches learn
constexpr int64_t kWarmUp = 2000;        // compiled ones: guards that fail have failed by then
constexpr double kCallSeconds = 0.5e-3;  // how long a timed call is to take
constexpr int kTimedCalls = 10;

double threadSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Row {
    fs::path file;
    std::string function;
    bool is_compiled;

    [[nodiscard]] std::string name() const {
        return fmt::format("grid/{}/{}/{}", file.stem().string(), function,
                           is_compiled ? "compiled" : "interpreted");
    }
};

// --- one row in a Vm of its own ----------------------------------------------------------------

class GridGuest {
  public:
    explicit GridGuest(const Row& row);

    // Empty when all is well, else why there is nothing to measure.
    [[nodiscard]] const std::string& error() const { return error_; }
    [[nodiscard]] int64_t operations() const { return operations_; }

    // The function's result for n iterations. Sets error() when it raises or gives no integer.
    int64_t run(int64_t n);
    double seconds(int64_t n);
    [[nodiscard]] Jit& jit() { return *jit_; }
    [[nodiscard]] Vm& vm() { return *vm_; }
    [[nodiscard]] bool isCompiled() { return jit_->unitOf(function_->code) != nullptr; }
    // Lets the function run compiled, and what it calls from the next call on.
    void compile();

  private:
    void load(const Row& row);
    [[nodiscard]] Value attribute(const std::string& module, const char* name);
    void takeError();

    std::unique_ptr<Vm> vm_;
    std::unique_ptr<Jit> jit_;  // goes before the Vm
    Function* function_ = nullptr;
    int64_t operations_ = 0;
    std::string error_;
};

GridGuest::GridGuest(const Row& row) {
    VmOptions options;
    options.path = {row.file.parent_path().string()};
    vm_ = Vm::create(options);
    JitOptions jit_options;
    jit_options.mode = row.is_compiled ? JitMode::kAuto : JitMode::kOff;
    if (vm_ != nullptr) jit_ = Jit::attach(*vm_, jit_options);
    if (jit_ == nullptr) {
        error_ = "no memory for a Vm";
        return;
    }
    load(row);
}

void GridGuest::load(const Row& row) {
    jit_->setEnabled(false);
    const std::string module = row.file.stem().string();
    if (!vm_->execute("import " + module + "\n", "<grid>")) return takeError();
    const Value function = attribute(module, row.function.c_str());
    const Value operations = attribute(module, "OPERATIONS");
    if (!function || !isFunction(vm_->thread(), function) || !operations.isFixnum()) {
        error_ = fmt::format("{}: no function {}, or no OPERATIONS", module, row.function);
        return;
    }
    function_ = function.as<Function>();
    operations_ = operations.asFixnum();
}

Value GridGuest::attribute(const std::string& module, const char* name) {
    Thread& thread = vm_->thread();
    const Ref module_name(Value::of(internStr(thread, module)));
    const Ref attribute_name(Value::of(internStr(thread, name)));
    const Value found = dictGetStr(vm_->modules(), module_name.as<Str>());
    return found ? dictGetStr(moduleDict(found), attribute_name.as<Str>()) : Value::null();
}

void GridGuest::takeError() {
    const Ref exception(takePending(vm_->thread()));
    error_ = formatException(vm_->thread(), exception.get());
}

int64_t GridGuest::run(int64_t n) {
    Thread& thread = vm_->thread();
    const Ref result(call(thread, Value::of(function_), {Value::fixnum(n)}));
    int64_t number = 0;
    if (!result) {
        takeError();
    } else if (!isInt(result.get()) || !fitsInt64(thread, result.get(), &number)) {
        error_ = "the function gives no 64-bit integer";
    }
    return number;
}

double GridGuest::seconds(int64_t n) {
    const double start = threadSeconds();
    run(n);
    return threadSeconds() - start;
}

void GridGuest::compile() {
    run(kLearning);
    jit_->setEnabled(true);
    jit_->setCallThreshold(1);
    const Result<CompiledUnit*> unit = jit_->forceCompile(function_);
    if (!unit.ok()) error_ = unit.error().message;
    run(kWarmUp);
}

// --- the benchmark -----------------------------------------------------------------------------

// So many iterations that a call takes about kCallSeconds.
int64_t calibrated(GridGuest& guest) {
    int64_t n = 64;
    for (;;) {
        const double seconds = guest.seconds(n);
        if (seconds > kCallSeconds / 4) {
            return std::max<int64_t>(
                1, static_cast<int64_t>(static_cast<double>(n) * kCallSeconds / seconds));
        }
        n *= 4;
    }
}

void runRow(benchmark::State& state, const Row& row) {
    GridGuest guest(row);
    if (guest.error().empty() && row.is_compiled) guest.compile();
    int64_t checksum = 0;
    if (guest.error().empty()) checksum = guest.run(kChecked);
    if (!guest.error().empty()) return state.SkipWithError(guest.error().c_str());
    const int64_t n = calibrated(guest);
    const uint64_t deopts = guest.jit().statistics().totalDeopts();
    const uint64_t calls = guest.vm().statistics().interpreted_calls;
    double fastest = std::numeric_limits<double>::infinity();
    for (auto _ : state) {
        const double seconds = guest.seconds(n);
        fastest = std::min(fastest, seconds);
        state.SetIterationTime(seconds);
    }
    const auto operations = static_cast<double>(n * guest.operations());
    const auto count = [](uint64_t events) { return static_cast<double>(events); };
    state.counters["ns"] = 1e9 * fastest / operations;
    state.counters["operations"] = static_cast<double>(guest.operations());
    state.counters["checksum"] = static_cast<double>(checksum);
    state.counters["compiled"] = guest.isCompiled() ? 1 : 0;
    state.counters["rejected"] = count(guest.jit().statistics().rejected);
    state.counters["deopts"] = count(guest.jit().statistics().totalDeopts() - deopts);
    state.counters["interpreted"] = count(guest.vm().statistics().interpreted_calls - calls);
}

// --- the rows ----------------------------------------------------------------------------------

// Each `def name(n):` at the left margin is a row.
std::vector<std::string> rowFunctions(const fs::path& file) {
    static const std::regex kDefinition(R"(def (\w+)\(n\):)");
    std::vector<std::string> names;
    std::ifstream stream(file);
    std::smatch match;
    for (std::string line; std::getline(stream, line);) {
        if (std::regex_match(line, match, kDefinition)) names.push_back(match[1]);
    }
    return names;
}

bool registerGrid() {
    std::error_code error;
    const fs::path folder = programFolder() / "grid";
    if (!fs::is_directory(folder, error)) return false;
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".py") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        for (const std::string& function : rowFunctions(file)) {
            for (const bool is_compiled : {false, true}) {
                const Row row{file, function, is_compiled};
                benchmark::RegisterBenchmark(row.name().c_str(), runRow, row)
                    ->UseManualTime()
                    ->Iterations(kTimedCalls);
            }
        }
    }
    return true;
}

// As the macro BENCHMARK does, before main().
[[maybe_unused]] const bool kIsRegistered = registerGrid();

}  // namespace
}  // namespace tagproof
