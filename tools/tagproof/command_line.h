#pragma once
// Reads the command line into the options of the command it names.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tools/tagproof/options.h"

namespace tagproof::cli {

using Command = std::variant<RunOptions, VerifyOptions, DisasmOptions, StressOptions>;

struct ParsedCommandLine {
    std::optional<Command> command;  // nothing: help or version was printed, or bad usage reported
    int status = 0;                  // exit status when there is no command
};

// `arguments` without the program's name. `at_terminal`: standard input is one, so that `run`
// without a program, or nothing at all, means an interactive session.
[[nodiscard]] ParsedCommandLine parseCommandLine(const std::vector<std::string>& arguments,
                                                 bool at_terminal = false);

}  // namespace tagproof::cli
