#pragma once
// Reading files for the commands.

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tagproof::cli {

// All bytes of a file, or nothing when it cannot be read.
[[nodiscard]] std::optional<std::string> readFile(const std::string& path);

// The file cannot be used: "cannot read FILE: No such file or directory".
class FileError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// All bytes of a file of at most `limit` bytes, which `what` it is called in the message. Throws
// FileError.
[[nodiscard]] std::string readInput(const std::string& path, size_t limit, std::string_view what);

// Throws FileError when the file could not be written; creates it when it is not there.
void requireWritable(const std::string& path);
void writeFile(const std::string& path, std::string_view content);
// Makes the folder, unless it is there. Throws FileError.
void requireFolder(const std::string& path);

}  // namespace tagproof::cli
