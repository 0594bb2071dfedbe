#include <csignal>
#include <variant>

#include "tools/tagproof/command_line.h"
#include "tools/tagproof/commands.h"

namespace {

using namespace tagproof::cli;

struct Execute {
    int operator()(const RunOptions& options) const { return runCommand(options); }
    int operator()(const VerifyOptions& options) const {
        return options.raw.empty() ? verifyCommand(options) : verifyRawCommand(options);
    }
    int operator()(const DisasmOptions& options) const { return disasmCommand(options); }
    int operator()(const StressOptions& options) const { return benchStressCommand(options); }
};

}  // namespace

// A closed pipe is an error of the write that finds it, reported with its place, not a silent end.
int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const ParsedCommandLine line = parseCommandLine({argv + 1, argv + argc});
    return line.command ? std::visit(Execute(), *line.command) : line.status;
}
