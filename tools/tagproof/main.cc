#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <new>
#include <variant>

#include "tools/tagproof/command_line.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/standard_streams.h"

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

// A program's own memory has a limit that it sees; this is ours, for reports and code.
int executeInMemory(const Command& command) {
    try {
        return execute(command);
    } catch (const std::bad_alloc&) {
        std::fputs(
            "tagproof: not enough memory for this; give it smaller code, less to report "
            "(no --explain, no --html), or more memory\n",
            stderr);
        return 2;
    }
}

// What this process printed itself (programs have a stream of their own) must have gone out.
int withOutputWritten(int status) {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
    std::fputs("tagproof: the output could not be written\n", stderr);
    return status == 0 ? 2 : status;
}

}  // namespace

// A closed pipe, or a file at its limit, is an error of the write that finds it, reported with its
// place, not a silent end.
int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    takeMissingStreams();
    const ParsedCommandLine line =
        parseCommandLine({argv + 1, argv + argc}, ::isatty(STDIN_FILENO) != 0);
    return withOutputWritten(line.command ? executeInMemory(*line.command) : line.status);
}
