#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <variant>

#include "tools/tagproof/command_line.h"
#include "tools/tagproof/commands.h"

namespace {

using namespace tagproof::cli;

int execute(const Command& command) {
    if (const auto* run = std::get_if<RunOptions>(&command)) return runCommand(*run);
    if (const auto* verify = std::get_if<VerifyOptions>(&command)) {
        return verify->raw.empty() ? verifyCommand(*verify) : verifyRawCommand(*verify);
    }
    if (const auto* disasm = std::get_if<DisasmOptions>(&command)) return disasmCommand(*disasm);
    return benchStressCommand(*std::get_if<StressOptions>(&command));
}

// What this process printed itself (programs have a stream of their own) must have gone out.
int withOutputWritten(int status) {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
    std::fputs("tagproof: the output could not be written\n", stderr);
    return status == 0 ? 1 : status;
}

}  // namespace

// A closed pipe is an error of the write that finds it, reported with its place, not a silent end.
int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const ParsedCommandLine line =
        parseCommandLine({argv + 1, argv + argc}, ::isatty(STDIN_FILENO) != 0);
    return withOutputWritten(line.command ? execute(*line.command) : line.status);
}
