// tagproof verify: runs a program and shows the proof of every function that was compiled. The
// program's own output goes to standard error, so that standard output is the report alone.

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <optional>

#include "jit/disassemble.h"
#include "objmodel/print.h"
#include "objmodel/str.h"
#include "runtime/code.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/guest.h"
#include "tools/tagproof/printable.h"
#include "tools/tagproof/proof_export.h"
#include "tools/tagproof/proof_output.h"
#include "tools/tagproof/proof_report.h"
#include "tools/tagproof/source_lines.h"
#include "tools/tagproof/standard_streams.h"

namespace tagproof::cli {

namespace {

// The function itself, one of its loops, or its body as a generator.
bool isWanted(const VerifyOptions& options, const std::string& name) {
    return options.function.empty() || name == options.function ||
           name.starts_with(options.function + " (");
}

// Takes each unit when it has been verified: it may be gone when the program has ended.
class Collector {
  public:
    explicit Collector(const VerifyOptions& options)
        : options_(options), sources_(options.program) {
        report.program = options.program.text;
        report.function = options.function;
        report.has_states = options.explain;
        if (!options.export_to.empty()) export_.emplace(options.export_to);
    }

    static void add(const CheckedUnit& checked, void* collector) {
        static_cast<Collector*>(collector)->add(checked);
    }

    ProgramReport report;
    std::vector<std::string> failures;  // of the export

  private:
    void add(const CheckedUnit& checked) {
        const CompiledUnit& unit = checked.unit;
        if (!isWanted(options_, unit.name)) return;
        const bool has_states = options_.explain || !options_.html.empty();
        FunctionProof proof =
            prove(unit.bytes, reinterpret_cast<uint64_t>(unit.bytes.data()), checked.trusted,
                  nullptr, has_states ? verify::Detail::kStates : verify::Detail::kWrites);
        const CodeBody& body = *unit.code->body;
        proof.function = unit.name;
        proof.place = fmt::format("{}:{}", toUtf8(body.filename), body.first_line);
        proof.times = checked.times;
        if (has_states) addSource(proof, unit);
        exportIfAsked(proof, unit.bytes);
        makePrintable(proof);
        report.functions.push_back(std::move(proof));
    }

    // The HIR, and above it the line that it comes from.
    void addSource(FunctionProof& proof, const CompiledUnit& unit) {
        const std::string file = toUtf8(unit.code->body->filename);
        uint32_t shown = 0;
        for (const CodeLine& line : unit.lines) {
            if (line.hir.empty()) continue;
            const std::string_view text = sources_.of(file, line.line);
            if (line.line != shown && !text.empty()) {
                proof.source.push_back({line.offset, fmt::format("line {} | {}", line.line,
                                                                 shortened(text, kLongestSource))});
            }
            shown = line.line;
            proof.source.push_back({line.offset, textOf(line)});
        }
    }

    // The program runs on without exceptions above us: failures wait.
    void exportIfAsked(const FunctionProof& proof, std::span<const uint8_t> code) {
        if (!export_) return;
        try {
            export_->add(proof, code);
        } catch (const FileError& error) {
            failures.emplace_back(error.what());
        }
    }

    static constexpr size_t kLongestSource = 200;  // bytes of a line

    const VerifyOptions& options_;
    SourceLines sources_;
    std::optional<ProofExport> export_;
};

bool cannotBeRead(const Program& program) {
    if (program.kind != ProgramKind::kFile) return false;
    std::error_code error;
    const bool is_folder = std::filesystem::is_directory(program.text, error);
    const std::string file = program.text + (is_folder ? "/__main__.py" : "");
    return access(file.c_str(), R_OK) != 0;
}

void addStatistics(ProgramReport& report,
                   const VerifyOptions& options,
                   const JitStatistics& counts) {
    if (options.function.empty()) {
        report.compile_nanoseconds = counts.compile_nanoseconds;
        report.verify_nanoseconds = counts.verify_nanoseconds;
    }
    for (const NotCompiled& entry : counts.not_compiled) {
        const bool is_rejected = entry.kind == CompileErrorKind::kVerifyFailed;
        if (is_rejected || !isWanted(options, entry.function)) continue;
        report.left_interpreted.push_back({printable(entry.function), printable(entry.place),
                                           entry.kind, printable(entry.reason)});
    }
}

// Why there is no proof of the only function that was asked for.
std::string noCodeText(const ProgramReport& report) {
    if (report.left_interpreted.empty()) {
        return fmt::format(
            "no code of a function {} was verified; without --function all are shown",
            report.function);
    }
    const NotCompiled& entry = report.left_interpreted.front();
    return fmt::format("no code of a function {} was verified: left interpreted: {} ({})",
                       report.function, entry.reason, entry.place);
}

// A report without proofs should not pass for one.
void noteIfNothingWasCompiled(const ProgramReport& report, JitMode mode) {
    if (!report.functions.empty()) return;
    const char* reason = "the program called no function and ran no loop";
    if (mode == JitMode::kAuto) reason = "no code got hot; --jit=always waits for none";
    if (!report.left_interpreted.empty()) reason = "all that was tried was left interpreted";
    if (mode == JitMode::kOff) reason = "--jit=off";
    printTo(stderr, "tagproof verify: nothing was compiled, so nothing is proven: {}\n", reason);
}

// Of a run of which nothing that is reported was rejected. `is_complete`: all that was asked for
// has been written.
int statusOf(const Guest& guest, bool is_complete) {
    const int found = guest.checkStatus();
    if (found == kStatusRejected) {  // --strict
        failVerify("a function that --function leaves out was rejected");
        return kStatusFailed;
    }
    if (found == kStatusHeapDamaged || found == kStatusHelperLied) return found;
    if (guest.programStatus() != 0) {
        return failVerify(fmt::format("the program ended with status {}", guest.programStatus()));
    }
    return is_complete && found == 0 ? 0 : kStatusUsage;
}

int verifyProgram(Guest& guest, const VerifyOptions& options) {
    Collector collector(options);
    guest.jit().setCheckedSink(Collector::add, &collector);
    {
        const OutputAside aside;
        static_cast<void>(guest.run(options.program));
    }
    ProgramReport& report = collector.report;
    report.program_status = guest.programStatus();
    addStatistics(report, options, guest.jit().statistics());
    if (report.functions.empty() && !options.function.empty()) {
        failVerify(noCodeText(report));
        return statusOf(guest, false);
    }
    const bool is_written = writeReport(report, options);
    if (guest.programStatus() == 0) noteIfNothingWasCompiled(report, options.guest.jit.mode);
    for (const std::string& failure : collector.failures) failVerify(failure);
    if (report.rejected() != 0) return kStatusFailed;
    return statusOf(guest, is_written && collector.failures.empty());
}

}  // namespace

int verifyCommand(const VerifyOptions& options) {
    const bool is_readable = !cannotBeRead(options.program);
    try {
        if (is_readable) requirePage(options);
        if (is_readable && !options.export_to.empty()) requireFolder(options.export_to);
    } catch (const FileError& error) {
        return failVerify(error.what());
    }
    int status = kStatusUsage;  // when no guest can be made
    static_cast<void>(withGuest(options.guest, options.program.arguments, [&](Guest& guest) {
        if (!is_readable) return guest.run(options.program);  // says why
        try {
            status = verifyProgram(guest, options);
        } catch (const FileError& error) {
            failVerify(error.what());
        }
        return status;
    }));
    return status;
}

}  // namespace tagproof::cli
