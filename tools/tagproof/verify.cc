// tagproof verify: runs a program and shows the proof of every function that was compiled. The
// program's own output goes to standard error, so that standard output is the report alone.

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "objmodel/print.h"
#include "objmodel/str.h"
#include "runtime/code.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/guest.h"
#include "tools/tagproof/print_json.h"
#include "tools/tagproof/program_report.h"

namespace tagproof::cli {

namespace {

// Sends standard output to standard error while it lives.
class OutputAside {
  public:
    OutputAside() : saved_(dup(STDOUT_FILENO)) {
        std::fflush(stdout);
        dup2(STDERR_FILENO, STDOUT_FILENO);
    }
    ~OutputAside() {
        dup2(saved_, STDOUT_FILENO);
        close(saved_);
    }
    OutputAside(const OutputAside&) = delete;
    OutputAside& operator=(const OutputAside&) = delete;

  private:
    int saved_;  // what standard output was
};

// Shown each unit when it is published: it may be gone when the program has ended.
void addUnit(const CompiledUnit& unit, void* report) {
    const CodeBody& body = *unit.code->body;
    static_cast<ProgramReport*>(report)->proven.push_back(
        {unit.name, fmt::format("{}:{}", toUtf8(body.filename), body.first_line), unit.proof,
         unit.listing});
}

bool cannotBeRead(const Program& program) {
    std::error_code error;
    return program.kind == ProgramKind::kFile &&
           (std::filesystem::is_directory(program.text, error) ||
            access(program.text.c_str(), R_OK) != 0);
}

int verifyProgram(Guest& guest, const VerifyOptions& options) {
    const bool nothing_to_verify = cannotBeRead(options.program);
    ProgramReport report;
    guest.jit().setUnitSink(addUnit, &report);
    int status = 0;
    {
        const OutputAside aside;
        status = guest.run(options.program);
    }
    if (nothing_to_verify) return kStatusUsage;
    report.not_compiled = guest.jit().statistics().not_compiled;
    if (options.json) {
        printJson(programJson(report));
    } else {
        printTo(stdout, "{}", programText(report));
    }
    if (report.rejected() != 0) return kStatusFailed;
    if (status == 0 || status == kStatusHeapDamaged) return status;
    printTo(stderr, "tagproof verify: the program ended with status {}\n", status);
    return kStatusUsage;
}

}  // namespace

int verifyCommand(const VerifyOptions& options) {
    GuestOptions guest_options = options.guest;
    guest_options.jit.explain_proofs = options.explain;
    return withGuest(guest_options, options.program.arguments,
                     [&options](Guest& guest) { return verifyProgram(guest, options); });
}

}  // namespace tagproof::cli
