#include "tools/tagproof/files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>

namespace tagproof::cli {

namespace {

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void fail(std::string_view action, const std::string& path, int error) {
    throw FileError(
        fmt::format("cannot {} {}: {}", action, path, std::generic_category().message(error)));
}

}  // namespace

std::optional<std::string> readFile(const std::string& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (file.bad()) return std::nullopt;
    return text;
}

std::string readInput(const std::string& path, size_t limit, std::string_view what) {
    const File file(std::fopen(path.c_str(), "rb"));
    if (file == nullptr) fail("read", path, errno);
    std::string content;
    constexpr size_t kStep = size_t{1} << 16;
    for (;;) {
        const size_t before = content.size();
        content.resize(before + kStep);
        content.resize(before + std::fread(content.data() + before, 1, kStep, file.get()));
        if (std::ferror(file.get()) != 0) fail("read", path, errno);
        if (content.size() == before) return content;
        if (content.size() > limit) {
            throw FileError(
                fmt::format("{} is too large for {}: more than {} bytes", path, what, limit));
        }
    }
}

void requireWritable(const std::string& path) {
    const File file(std::fopen(path.c_str(), "ab"));
    if (file == nullptr) fail("write", path, errno);
}

void writeFile(const std::string& path, std::string_view content) {
    File file(std::fopen(path.c_str(), "wb"));
    if (file == nullptr) fail("write", path, errno);
    const bool is_written =
        std::fwrite(content.data(), 1, content.size(), file.get()) == content.size() &&
        std::fflush(file.get()) == 0;
    if (!is_written) fail("write", path, errno);
}

void requireFolder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (!error && !std::filesystem::is_directory(path))
        error = std::make_error_code(std::errc::not_a_directory);
    if (error) fail("make the folder", path, error.value());
}

}  // namespace tagproof::cli
