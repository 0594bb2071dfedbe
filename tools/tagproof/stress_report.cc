#include "tools/tagproof/stress_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

namespace tagproof::cli {

namespace {

using nlohmann::json;

// Appends rows of "name  value  remark" to the text.
class Table {
  public:
    template <typename... Args>
    void row(std::string_view name, fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(text_), "  {:<34}", name);
        fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
        text_ += '\n';
    }
    void title(std::string_view text) { fmt::format_to(std::back_inserter(text_), "\n{}\n", text); }
    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

double milliseconds(uint64_t ns) { return static_cast<double>(ns) / 1e6; }
double mebibytes(uint64_t bytes) { return static_cast<double>(bytes) / (1024.0 * 1024.0); }

void addResults(Table& table, const StressReport& report) {
    table.title("results");
    for (const StressRun* run : {&report.warm_up, &report.interpreted, &report.compiled}) {
        table.row(run->name, "{:08x}", run->checksum);
    }
    if (report.oracle) table.row(report.oracle->name, "{:08x}", report.oracle->checksum);
    table.row(report.soak.name, "{} iterations, {} wrong", report.soak.iterations,
              report.soak.wrong);
    table.row("heap check findings", "{}", report.heap_findings.size());
    for (const std::string& finding : report.heap_findings) table.row("", "{}", finding);
}

void addCode(Table& table, const StressReport& report) {
    table.title("emitted code");
    table.row("functions proven", "{}", report.functions);
    table.row("functions rejected", "{}", report.rejected.size());
    for (const std::string& text : report.rejected) table.row("", "{}", text);
    table.row("bytes", "{}", report.code_bytes);
    table.row("instructions", "{}", report.instructions);
    for (const auto& [name, count] : report.writes) {
        if (count != 0) table.row("writes: " + name, "{}", count);
    }
    table.row("functions left interpreted", "{}", report.left_interpreted.size());
    for (const auto& [name, reason] : report.left_interpreted) table.row("  " + name, "{}", reason);
}

void addEvents(Table& table, const StressReport& report) {
    uint64_t deopts = 0;
    for (const auto& [name, count] : report.deopts) deopts += count;
    table.title("events");
    table.row("deopts", "{}", deopts);
    for (const auto& [name, count] : report.deopts) {
        if (count != 0) table.row("  " + name, "{}", count);
    }
    table.row("recompilations", "{}", report.recompilations);
    table.row("interpreted after force_compile", "{} calls", report.interpretedCalls());
    table.row("  of them in the long run", "{} calls", report.soak.interpreted_calls);
    table.row("  of them at its end", "{} calls", report.steady_interpreted_calls);
}

void addCosts(Table& table, const StressReport& report) {
    table.title("costs");
    table.row("compile", "{:.2f} ms", milliseconds(report.compile_ns));
    table.row("  of it verify", "{:.2f} ms", milliseconds(report.verify_ns));
    table.row("guest memory before the long run", "{:.1f} MiB", mebibytes(report.memory_before));
    table.row("guest memory after it", "{:.1f} MiB", mebibytes(report.memory_after));
}

void addSpeed(Table& table, const StressReport& report) {
    const double compiled = report.soak.nsPerIteration();
    const auto row = [&](std::string_view name, double ns) {
        table.row(name, "{:>8.1f} ns per iteration  x {:.2f}", ns, compiled / ns);
    };
    table.title("speed (CPU time; x = compiled relative to it)");
    row("compiled", compiled);
    row("interpreted", report.interpreted.nsPerIteration());
    if (report.oracle) row("python3", report.oracle->nsPerIteration());
}

json runJson(const StressRun& run) {
    return {{"name", run.name},
            {"iterations", run.iterations},
            {"checksum", fmt::format("{:08x}", run.checksum)},
            {"ns_per_iteration", run.nsPerIteration()},
            {"wrong", run.wrong},
            {"interpreted_calls", run.interpreted_calls}};
}

template <typename Pairs>
json pairsJson(const Pairs& pairs) {
    json object = json::object();
    for (const auto& [name, value] : pairs) object[name] = value;
    return object;
}

}  // namespace

double StressRun::nsPerIteration() const {
    return iterations == 0 ? 0.0 : static_cast<double>(cpu_ns) / static_cast<double>(iterations);
}

bool StressReport::resultsAgree() const {
    return compiled.checksum == interpreted.checksum && compiled.wrong == 0 && soak.wrong == 0 &&
           (!oracle || oracle->checksum == interpreted.checksum);
}

bool StressReport::ok() const {
    return resultsAgree() && functions > 0 && rejected.empty() && heap_findings.empty();
}

uint64_t StressReport::interpretedCalls() const {
    return compiled.interpreted_calls + soak.interpreted_calls;
}

std::string stressText(const StressReport& report) {
    Table table;
    addResults(table, report);
    addCode(table, report);
    addEvents(table, report);
    addCosts(table, report);
    addSpeed(table, report);
    return table.take() + (report.ok() ? "\nok\n" : "\nFAILED\n");
}

json stressJson(const StressReport& report) {
    json runs = json::array();
    for (const StressRun* run :
         {&report.warm_up, &report.interpreted, &report.compiled, &report.soak}) {
        runs.push_back(runJson(*run));
    }
    if (report.oracle) runs.push_back(runJson(*report.oracle));
    return {{"ok", report.ok()},
            {"results_agree", report.resultsAgree()},
            {"runs", runs},
            {"functions", report.functions},
            {"rejected", report.rejected},
            {"code_bytes", report.code_bytes},
            {"instructions", report.instructions},
            {"writes", pairsJson(report.writes)},
            {"left_interpreted", pairsJson(report.left_interpreted)},
            {"deopts", pairsJson(report.deopts)},
            {"recompilations", report.recompilations},
            {"interpreted_calls_after_force_compile", report.interpretedCalls()},
            {"interpreted_calls_steady", report.steady_interpreted_calls},
            {"compile_ns", report.compile_ns},
            {"verify_ns", report.verify_ns},
            {"heap_findings", report.heap_findings},
            {"memory_before", report.memory_before},
            {"memory_after", report.memory_after}};
}

}  // namespace tagproof::cli
