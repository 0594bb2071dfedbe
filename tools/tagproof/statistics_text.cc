#include "tools/tagproof/statistics_text.h"

#include <fmt/core.h>

#include <iterator>

#include "tools/tagproof/proof_json.h"

namespace tagproof::cli {

namespace {

void row(std::string& out, std::string_view name, uint64_t count) {
    fmt::format_to(std::back_inserter(out), "  {:<34}{:>14}\n", name, count);
}

void addJit(std::string& out, const JitStatistics& counts) {
    row(out, "units compiled and proven", counts.functions_compiled);
    row(out, "  of them loops", counts.loops_compiled);
    row(out, "  of them resumed generators", counts.resumptions_compiled);
    row(out, "  of them recompilations", counts.recompilations);
    row(out, "rejected", counts.rejected);
    row(out, "invalidated", counts.invalidations);
    row(out, "  of them valid again later", counts.revivals);
    row(out, "given up as garbage", counts.units_collected);
    row(out, "bytes of code", counts.code_bytes);
    row(out, "  of them in use", counts.live_code_bytes);
    row(out, "instructions", counts.proof.instructions);
    row(out, "compile ns", counts.compile_nanoseconds);
    row(out, "  of it verify ns", counts.verify_nanoseconds);
    row(out, "    of them decoding ns", counts.verify_times.decode_nanoseconds);
    row(out, "    of them inference ns", counts.verify_times.infer_nanoseconds);
    row(out, "    of them check ns", counts.verify_times.check_nanoseconds);
    row(out, "verifier rules used", rulesJson(counts.proof).size());
    for (uint32_t i = 0; i < verify::kWriteClassCount; ++i) {
        if (counts.proof.writes[i] == 0) continue;
        const auto kind = static_cast<verify::WriteClass>(i);
        row(out, fmt::format("writes: {}", verify::writeClassName(kind)), counts.proof.writes[i]);
    }
    row(out, "deopts", counts.totalDeopts());
    for (size_t i = 0; i < kDeoptReasonCount; ++i) {
        if (counts.deopts[i] == 0) continue;
        const auto reason = static_cast<hir::DeoptReason>(i);
        row(out, fmt::format("  {}", hir::toString(reason)), counts.deopts[i]);
    }
    row(out, "left interpreted", counts.not_compiled.size());
    for (const NotCompiled& entry : counts.not_compiled) {
        fmt::format_to(std::back_inserter(out), "    {} ({}): {}\n", entry.function, entry.place,
                       entry.reason);
    }
}

}  // namespace

std::string reasonText(const NotCompiled& entry) {
    return fmt::format("{}: {}", toString(entry.kind), entry.reason);
}

std::string statisticsText(const Vm& vm, const Jit& jit) {
    const VmStatistics counts = vm.statistics();
    std::string out = "statistics\n";
    row(out, "interpreted calls", counts.interpreted_calls);
    row(out, "exceptions raised", counts.exceptions_raised);
    row(out, "cache misses", counts.cache_misses);
    row(out, "objects allocated", counts.heap.objects_allocated);
    row(out, "objects alive", counts.heap.live_objects);
    row(out, "peak bytes", counts.heap.peak_bytes);
    row(out, "collections", counts.collections);
    row(out, "containers examined", counts.objects_examined);
    row(out, "  of them garbage", counts.objects_collected);
    row(out, "collection ns", counts.collector_nanoseconds);
    addJit(out, jit.statistics());
    return out;
}

nlohmann::ordered_json proofJson(const JitStatistics& counts) {
    nlohmann::ordered_json json = {
        {"instructions", counts.proof.instructions},
        {"writes", writesJson(counts.proof)},
        {"rules", rulesJson(counts.proof)},
        {"time", timesJson(counts.verify_times, counts.proof.instructions)},
        {"verify_ns", counts.verify_nanoseconds},
        {"compile_ns", counts.compile_nanoseconds}};
    if (counts.compile_nanoseconds != 0) {
        json["share_of_compile"] = static_cast<double>(counts.verify_nanoseconds) /
                                   static_cast<double>(counts.compile_nanoseconds);
    }
    return json;
}

nlohmann::ordered_json statisticsJson(const Vm& vm, const Jit& jit) {
    const VmStatistics all = vm.statistics();
    const JitStatistics& counts = jit.statistics();
    nlohmann::ordered_json deopts = nlohmann::ordered_json::object();
    for (size_t i = 0; i < kDeoptReasonCount; ++i) {
        const auto reason = static_cast<hir::DeoptReason>(i);
        if (counts.deopts[i] != 0) deopts[std::string(hir::toString(reason))] = counts.deopts[i];
    }
    return {{"interpreted_calls", all.interpreted_calls},
            {"exceptions_raised", all.exceptions_raised},
            {"cache_misses", all.cache_misses},
            {"objects_allocated", all.heap.objects_allocated},
            {"objects_alive", all.heap.live_objects},
            {"peak_bytes", all.heap.peak_bytes},
            {"collections", all.collections},
            {"units_proven", counts.functions_compiled},
            {"units_rejected", counts.rejected},
            {"left_interpreted", counts.not_compiled.size() - counts.rejected},
            {"not_compiled", notCompiledJson(counts.not_compiled)},
            {"code_bytes", counts.code_bytes},
            {"deopts", std::move(deopts)},
            {"proof", proofJson(counts)}};
}

}  // namespace tagproof::cli
