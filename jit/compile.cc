#include "jit/compile.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "jit/disassemble.h"
#include "jit/hir/builder.h"
#include "jit/hir/passes/passes.h"
#include "jit/hir/printer.h"
#include "jit/trusted.h"
#include "jit/verify/infer/infer.h"
#include "jit/x64/lowering.h"
#include "objmodel/error.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "runtime/code.h"
#include "runtime/function.h"

namespace tagproof {

std::string_view toString(CompileErrorKind kind) {
    switch (kind) {
        case CompileErrorKind::kUnsupported:
            return "unsupported";
        case CompileErrorKind::kLimit:
            return "limit";
        case CompileErrorKind::kOutOfMemory:
            return "out of memory";
        case CompileErrorKind::kAssembler:
            return "assembler";
        case CompileErrorKind::kVerifyFailed:
            return "rejected by the verifier";
    }
    return "unknown";
}

namespace {

using Clock = std::chrono::steady_clock;

uint64_t nanosecondsSince(Clock::time_point start) {
    return static_cast<uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count());
}

class Compilation {
  public:
    Compilation(Thread& thread,
                const CompileRequest& request,
                const JitOptions& options,
                CodeCache& cache,
                verify::InferenceWorkspace& workspace,
                const CompileObserver& observer,
                CompileRecord& record)
        : thread_(thread),
          request_(request),
          options_(options),
          cache_(cache),
          workspace_(workspace),
          observer_(observer),
          record_(record) {}

    Result<std::unique_ptr<CompiledUnit>> run() {
        const Clock::time_point start = Clock::now();
        auto unit = makeProvenUnit();
        record_.total_nanoseconds = nanosecondsSince(start) - observed_nanoseconds_;
        if (unit.ok()) unit.value()->compile_nanoseconds = record_.total_nanoseconds;
        return unit;
    }

  private:
    Result<std::unique_ptr<CompiledUnit>> makeProvenUnit() {
        auto built =
            hir::buildFunction(thread_, {request_.function, request_.entry, request_.osr_target,
                                         request_.osr_depth, request_.failed_sites});
        if (!built.ok()) return built.error();
        hir_ = std::move(built.value());
        optimizeAndDump();
        makeUnit();
        auto lowered = lower();
        if (!lowered.ok()) return lowered.error();
        machine_ = std::move(lowered.value());
        if (auto error = publish()) return *error;
        if (auto error = prove()) {
            cache_.release(unit_->bytes);
            return *error;
        }
        if (!makeFrameFunction()) {
            cache_.release(unit_->bytes);
            return CompileError{CompileErrorKind::kOutOfMemory, "no function object"};
        }
        takeReferences();
        return std::move(unit_);
    }

    // "hir" shows the result of all passes, "hir-passes" every step, dump_after one of them.
    void optimizeAndDump() {
        hir::optimize(*hir_, observer_.dump == nullptr ? nullptr : &Compilation::observePass, this);
    }

    static void observePass(const char* pass, const hir::Function& function, void* context) {
        const auto& self = *static_cast<Compilation*>(context);
        const bool is_last =
            std::string_view(pass) == hir::kPasses[std::size(hir::kPasses) - 1].name;
        const bool wanted = self.wants("hir-passes") || self.options_.dump_after == pass ||
                            (is_last && self.wants("hir"));
        if (wanted) self.observer_.dump(pass, print(function), self.observer_.dump_context);
    }

    [[nodiscard]] bool wants(std::string_view stage) const {
        const std::string list = "," + options_.dump + ",";
        return list.find(fmt::format(",{},", stage)) != std::string::npos;
    }

    void makeUnit() {
        unit_ = std::make_unique<CompiledUnit>();
        unit_->code = request_.function->code;
        unit_->entry_kind = request_.entry;
        unit_->osr_target = request_.osr_target;
        unit_->name = unitName(request_);
        unit_->valid = std::make_unique<uint8_t>(uint8_t{1});
        if (options_.deopt_stress) {
            unit_->stress_counters = std::make_unique<uint32_t[]>(hir_->instrCount());
            std::fill_n(unit_->stress_counters.get(), hir_->instrCount(), options_.stress_interval);
        }
        unit_->first_exit_id = request_.first_exit_id;
        unit_->helper_calls = options_.check_helpers ? HelperCalls::kChecked : HelperCalls::kPlain;
    }

    Result<x64::MachineCode> lower() {
        x64::LoweringRequest lowering;
        lowering.first_exit_id = request_.first_exit_id;
        lowering.helper_calls = unit_->helper_calls;
        lowering.valid_cell = unit_->valid.get();
        lowering.stress_counters = unit_->stress_counters.get();
        lowering.use_avx = options_.cpu == CpuLevel::kNative && x64::hostHasAvx();
        lowering.none = thread_.singletons->none;
        lowering.true_value = thread_.singletons->true_;
        lowering.false_value = thread_.singletons->false_;
        return x64::lower(*hir_, lowering);
    }

    std::optional<CompileError> publish() {
        const Clock::time_point start = Clock::now();
        unit_->bytes = cache_.publish(machine_.bytes);
        record_.publish_nanoseconds = nanosecondsSince(start);
        if (!unit_->bytes.empty()) return std::nullopt;
        return CompileError{CompileErrorKind::kOutOfMemory, "no executable memory left"};
    }

    // At the final address, of the bytes that will run.
    std::optional<CompileError> prove() {
        const Clock::time_point start = Clock::now();
        unit_->proven_hash = codeHash(unit_->bytes);
        const TrustedTables tables(thread_, *hir_, *unit_, machine_.exits, request_.function);
        const verify::Verdict verdict =
            verify::inferAndVerify(unit_->bytes, reinterpret_cast<uint64_t>(unit_->bytes.data()),
                                   tables.trusted(), workspace_, &record_.verify_times);
        record_.verify_nanoseconds = nanosecondsSince(start);
        describeLines();
        if (options_.keep_listings) keepListings();
        show(tables.trusted(), verdict);
        if (wants("asm")) observer_.dump("asm", disassemble(*unit_), observer_.dump_context);
        if (!verdict.ok) {
            return CompileError{CompileErrorKind::kVerifyFailed, firstViolation(verdict)};
        }
        unit_->proof = verdict.statistics;
        unit_->verify_nanoseconds = record_.verify_nanoseconds;
        return std::nullopt;
    }

    static std::string firstViolation(const verify::Verdict& verdict) {
        if (verdict.violations.empty()) return "no violation given";
        const verify::Violation& first = verdict.violations.front();
        return fmt::format("{} violation{}; at +0x{:x} `{}`: {}: {} [{}]", verdict.violation_count,
                           verdict.violation_count == 1 ? "" : "s", first.offset, first.instruction,
                           verify::ruleName(first.rule), first.message, first.state);
    }

    void describeLines() {
        for (const x64::LineEntry& entry : machine_.lines) {
            CodeLine line{entry.offset, 0, {}};
            if (entry.instr != nullptr) {
                line.line = lineOf(unit_->code, entry.instr->pc);
                if (wantsHir()) line.hir = print(*entry.instr);
            }
            unit_->lines.push_back(std::move(line));
        }
    }

    [[nodiscard]] bool wantsHir() const {
        return options_.keep_listings || observer_.checked != nullptr || wants("asm");
    }

    void keepListings() {
        unit_->hir_text = print(*hir_);
        unit_->listing = disassemble(*unit_);
    }

    void show(const verify::Trusted& trusted, const verify::Verdict& verdict) {
        if (observer_.checked == nullptr) return;
        const Clock::time_point start = Clock::now();
        observer_.checked({*unit_, trusted, verdict, record_.verify_times},
                          observer_.checked_context);
        observed_nanoseconds_ = nanosecondsSince(start);
    }

    bool makeFrameFunction() {
        const Value made = newFunction(thread_, unit_->code, request_.function->globals,
                                       Value::of(unit_->code->body->qualified_name), nullptr);
        if (made.isNull()) clearPending(thread_);
        unit_->function = made.as<Function>();
        return !made.isNull();
    }

    void takeReferences() {
        for (x64::Exit& exit : machine_.exits) {
            unit_->exits.push_back({exit.action, exit.reason, exit.guard_pc,
                                    &unit_->code->body->instructions[exit.frame->pc],
                                    exit.frame->stack_begin, exit.frame->stack_end,
                                    std::move(exit.slots), std::move(exit.words)});
        }
        unit_->dependencies = hir_->dependencies;
        for (Function* function : hir_->called_functions) {
            unit_->functions_relied.push_back({function, function->version});
        }
        unit_->references = hir_->references;
        unit_->references.push_back(Value::of(unit_->code));
        unit_->references.push_back(Value::of(request_.function->globals));
        unit_->references.push_back(Value::of(request_.function->builtins));
        for (const Value reference : unit_->references) incref(reference);
        unit_->references.push_back(Value::of(unit_->function));
    }

    Thread& thread_;
    const CompileRequest& request_;
    const JitOptions& options_;
    CodeCache& cache_;
    verify::InferenceWorkspace& workspace_;
    const CompileObserver& observer_;
    CompileRecord& record_;
    std::unique_ptr<hir::Function> hir_;
    std::unique_ptr<CompiledUnit> unit_;
    x64::MachineCode machine_;
    uint64_t observed_nanoseconds_ = 0;  // spent in observer_.checked
};

}  // namespace

std::string unitName(const CompileRequest& request) {
    const Code* code = request.function->code;
    std::string name = toUtf8(code->body->qualified_name);
    if (request.entry == hir::EntryKind::kNormal) return name;
    if (request.entry == hir::EntryKind::kLoop) {
        return name + fmt::format(" (loop at line {})", lineOf(code, request.osr_target));
    }
    if (request.entry == hir::EntryKind::kThrow) {
        return name + fmt::format(" (thrown into at line {})", lineOf(code, request.osr_target));
    }
    return name + fmt::format(" (resumed at line {})", lineOf(code, request.osr_target - 1));
}

Result<std::unique_ptr<CompiledUnit>> compile(Thread& thread,
                                              const CompileRequest& request,
                                              const JitOptions& options,
                                              CodeCache& cache,
                                              verify::InferenceWorkspace& workspace,
                                              const CompileObserver& observer,
                                              CompileRecord& record) {
    return Compilation(thread, request, options, cache, workspace, observer, record).run();
}

void releaseReferences(CompiledUnit& unit) {
    std::vector<Value> references = std::move(unit.references);
    unit.references.clear();
    for (const Value reference : references) decref(reference);
}

}  // namespace tagproof
