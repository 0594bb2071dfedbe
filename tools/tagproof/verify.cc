// tagproof verify: runs a program and shows the proof of every function that was compiled. The
// program's own output goes to standard error, so that standard output is the report alone.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <optional>

#include "jit/disassemble.h"
#include "objmodel/print.h"
#include "objmodel/str.h"
#include "runtime/code.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/guest.h"
#include "tools/tagproof/proof_export.h"
#include "tools/tagproof/proof_output.h"
#include "tools/tagproof/proof_report.h"
#include "tools/tagproof/standard_streams.h"

namespace tagproof::cli {

namespace {

// Takes each unit when it has been verified: it may be gone when the program has ended.
class Collector {
  public:
    explicit Collector(const VerifyOptions& options) : options_(options) {
        report.program = options.program.text;
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
        if (!isWanted(unit.name)) return;
        const bool has_states = options_.explain || !options_.html.empty();
        FunctionProof proof =
            prove(unit.bytes, reinterpret_cast<uint64_t>(unit.bytes.data()), checked.trusted,
                  nullptr, has_states ? verify::Detail::kStates : verify::Detail::kWrites);
        const CodeBody& body = *unit.code->body;
        proof.function = unit.name;
        proof.place = fmt::format("{}:{}", toUtf8(body.filename), body.first_line);
        proof.times = checked.times;
        for (const CodeLine& line : unit.lines) {
            if (!line.hir.empty()) proof.source.push_back({line.offset, textOf(line)});
        }
        exportIfAsked(proof, unit.bytes);
        report.functions.push_back(std::move(proof));
    }

    // The function itself, or one of its loops.
    bool isWanted(const std::string& name) const {
        return options_.function.empty() || name == options_.function ||
               name.starts_with(options_.function + " (loop ");
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

    const VerifyOptions& options_;
    std::optional<ProofExport> export_;
};

bool cannotBeRead(const Program& program) {
    if (program.kind != ProgramKind::kFile) return false;
    std::error_code error;
    const bool is_folder = std::filesystem::is_directory(program.text, error);
    const std::string file = program.text + (is_folder ? "/__main__.py" : "");
    return access(file.c_str(), R_OK) != 0;
}

void addStatistics(ProgramReport& report, const JitStatistics& counts) {
    report.compile_nanoseconds = counts.compile_nanoseconds;
    report.verify_nanoseconds = counts.verify_nanoseconds;
    std::ranges::copy_if(
        counts.not_compiled, std::back_inserter(report.left_interpreted),
        [](const NotCompiled& entry) { return entry.kind != CompileErrorKind::kVerifyFailed; });
}

// Of a run of which nothing that is reported was rejected.
int statusOf(const Guest& guest, bool is_written) {
    const int found = guest.checkStatus();
    if (found == kStatusRejected) {  // --strict
        failVerify("a function that --function leaves out was rejected");
        return kStatusFailed;
    }
    if (found == kStatusHeapDamaged || found == kStatusHelperLied) return found;
    if (guest.programStatus() != 0) {
        return failVerify(fmt::format("the program ended with status {}", guest.programStatus()));
    }
    return is_written && found == 0 ? 0 : kStatusUsage;
}

int verifyProgram(Guest& guest, const VerifyOptions& options) {
    Collector collector(options);
    guest.jit().setCheckedSink(Collector::add, &collector);
    {
        const OutputAside aside;
        static_cast<void>(guest.run(options.program));
    }
    ProgramReport& report = collector.report;
    addStatistics(report, guest.jit().statistics());
    if (report.functions.empty() && !options.function.empty()) {
        return failVerify("no code of a function " + options.function +
                          " was verified; without --function all are shown");
    }
    const bool is_written = writeReport(report, options);
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
        if (is_readable) return status = verifyProgram(guest, options);
        return guest.run(options.program);  // says why
    }));
    return status;
}

}  // namespace tagproof::cli
