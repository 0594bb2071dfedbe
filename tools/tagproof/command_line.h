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

// `arguments` without the program's name.
[[nodiscard]] ParsedCommandLine parseCommandLine(const std::vector<std::string>& arguments);

}  // namespace tagproof::cli
