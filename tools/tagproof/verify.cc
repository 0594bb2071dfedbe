// tagproof verify: runs a program and shows the proof of every function that was compiled. The
// program's own output goes to standard error, so that standard output is the report alone.

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tools/tagproof/commands.h"
#include "tools/tagproof/guest.h"
#include "tools/tagproof/verdict_report.h"

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

bool isRejected(const NotCompiled& entry) { return entry.kind == CompileErrorKind::kVerifyFailed; }

void printText(const Jit& jit, bool explain) {
    for (const std::unique_ptr<CompiledUnit>& unit : jit.units()) {
        fmt::print("{}", proofText(unit->name, unit->proof));
        if (explain) fmt::print("{}\n", unit->listing);
    }
    for (const NotCompiled& entry : jit.statistics().not_compiled) {
        const char* verdict = isRejected(entry) ? "REJECTED" : "left interpreted";
        fmt::print("{} ({}): {}: {}\n", entry.function, entry.place, verdict, entry.reason);
    }
    const JitStatistics& counts = jit.statistics();
    fmt::print("{} proven, {} rejected, {} left interpreted\n", counts.functions_compiled,
               counts.rejected, counts.not_compiled.size() - counts.rejected);
}

void printJson(const Jit& jit, bool explain) {
    nlohmann::json functions = nlohmann::json::array();
    for (const std::unique_ptr<CompiledUnit>& unit : jit.units()) {
        functions.push_back(proofJson(unit->name, unit->proof));
        if (explain) functions.back()["listing"] = unit->listing;
    }
    nlohmann::json others = nlohmann::json::array();
    for (const NotCompiled& entry : jit.statistics().not_compiled) {
        others.push_back({{"function", entry.function},
                          {"place", entry.place},
                          {"rejected", isRejected(entry)},
                          {"reason", entry.reason}});
    }
    const nlohmann::json report = {{"proven", jit.statistics().functions_compiled},
                                   {"rejected", jit.statistics().rejected},
                                   {"functions", functions},
                                   {"not_compiled", others}};
    fmt::print("{}\n", report.dump(2));
}

bool cannotBeRead(const Program& program) {
    std::error_code error;
    return program.kind == ProgramKind::kFile &&
           (std::filesystem::is_directory(program.text, error) ||
            access(program.text.c_str(), R_OK) != 0);
}

int verifyProgram(Guest& guest, const VerifyOptions& options) {
    const bool nothing_to_verify = cannotBeRead(options.program);
    int status = 0;
    {
        const OutputAside aside;
        status = guest.run(options.program);
    }
    if (nothing_to_verify) return kStatusUsage;
    if (options.json) {
        printJson(guest.jit(), options.explain);
    } else {
        printText(guest.jit(), options.explain);
    }
    if (guest.jit().statistics().rejected != 0) return kStatusFailed;
    return status == 0 ? 0 : kStatusUsage;
}

}  // namespace

int verifyCommand(const VerifyOptions& options) {
    GuestOptions guest_options = options.guest;
    guest_options.jit.keep_listings = options.explain;
    return withGuest(guest_options, options.program.arguments,
                     [&options](Guest& guest) { return verifyProgram(guest, options); });
}

}  // namespace tagproof::cli
