#include "tools/tagproof/files.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace tagproof::cli {

std::optional<std::string> readFile(const std::string& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (file.bad()) return std::nullopt;
    return text;
}

}  // namespace tagproof::cli
