#pragma once
// Reading files for the commands.

#include <optional>
#include <string>

namespace tagproof::cli {

// All bytes of a file, or nothing when it cannot be read.
[[nodiscard]] std::optional<std::string> readFile(const std::string& path);

}  // namespace tagproof::cli
