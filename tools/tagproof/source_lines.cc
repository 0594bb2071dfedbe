#include "tools/tagproof/source_lines.h"

#include <filesystem>
#include <sstream>
#include <system_error>

#include "tools/tagproof/files.h"

namespace tagproof::cli {

namespace {

constexpr size_t kMostSourceBytes = size_t{16} << 20;

std::string trimmed(const std::string& line) {
    constexpr std::string_view kBlank = " \t\f\r";
    const size_t first = line.find_first_not_of(kBlank);
    if (first == std::string::npos) return "";
    return line.substr(first, line.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

std::string_view SourceLines::of(const std::string& file, uint32_t line) {
    auto found = files_.find(file);
    if (found == files_.end()) found = files_.emplace(file, read(file)).first;
    const std::vector<std::string>& lines = found->second;
    return line == 0 || line > lines.size() ? std::string_view() : lines[line - 1];
}

std::vector<std::string> SourceLines::read(const std::string& file) const {
    std::error_code error;
    const bool is_code = program_.kind == ProgramKind::kCode && file == "<string>";
    if (!is_code && !std::filesystem::is_regular_file(file, error)) return {};
    std::string text;
    try {
        text = is_code ? program_.text : readInput(file, kMostSourceBytes, "a source file");
    } catch (const FileError&) {
        return {};  // shown without
    }
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(trimmed(line));
    return lines;
}

}  // namespace tagproof::cli
