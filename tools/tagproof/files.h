#pragma once
// Reading and writing files for the commands.

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

// All bytes of a file, or of standard input for "-". Throws FileError, also for more than `limit`
// bytes; `what` is what the message calls them.
[[nodiscard]] std::string readInput(const std::string& path, size_t limit, std::string_view what);

// Throws FileError when the file could not be written. Leaves no new file behind.
void requireWritable(const std::string& path);
// Throws FileError. A regular file is replaced as a whole, or stays as it was; anything else (a
// pipe, a device, what standard output goes to) is written directly.
void writeFile(const std::string& path, std::string_view content);
// Throws FileError when lines of JSON cannot be added to the file, or when it holds anything else,
// a script for example.
void requireJsonLines(const std::string& path);
// Adds a line to a file that may not be there yet. Throws FileError.
void appendLine(const std::string& path, std::string_view line);
// Makes the folder, unless it is there. Throws FileError.
void requireFolder(const std::string& path);
// Throws FileError when `output`, of the option `option`, is the file `input`, which would be lost.
void requireOther(std::string_view option, const std::string& output, const std::string& input);

}  // namespace tagproof::cli
