#include "tools/tagproof/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

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

constexpr mode_t kNewFileMode = 0666;

// An open file.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { static_cast<void>(close()); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] bool isOpen() const { return number_ >= 0; }
    // False: what was written may be lost, errno says why.
    [[nodiscard]] bool close() {
        const int number = std::exchange(number_, -1);
        return number < 0 || ::close(number) == 0;
    }

  private:
    int number_;
};

// False with errno.
bool writeAll(int file, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        content.remove_prefix(static_cast<size_t>(written));
    }
    return true;
}

void writeInPlace(const std::string& path, std::string_view content) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kNewFileMode));
    if (!file.isOpen() || !writeAll(file.get(), content) || !file.close()) {
        fail("write", path, errno);
    }
}

// Writes a new file beside the old one, `before`, if there is one, and gives it its name. False:
// the folder takes no other file.
bool replaceFile(const std::string& path, const struct stat* before, std::string_view content) {
    std::error_code error;
    const std::filesystem::path target =
        before != nullptr ? std::filesystem::canonical(path, error) : std::filesystem::path(path);
    if (error) fail("write", path, error.value());
    const std::string name = fmt::format(".tagproof-{}", ::getpid());
    const std::string beside = target.parent_path() / name;
    Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode));
    if (!file.isOpen()) return false;
    if (before != nullptr) static_cast<void>(::fchmod(file.get(), before->st_mode));
    if (writeAll(file.get(), content) && file.close() &&
        ::rename(beside.c_str(), target.c_str()) == 0) {
        return true;
    }
    const int cause = errno;
    ::unlink(beside.c_str());
    fail("write", path, cause);
}

bool isSameFile(const struct stat& file, int standard) {
    struct stat other {};
    return ::fstat(standard, &other) == 0 && other.st_dev == file.st_dev &&
           other.st_ino == file.st_ino;
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
    const File file(path == "-" ? ::fdopen(::dup(STDIN_FILENO), "rb")
                                : std::fopen(path.c_str(), "rb"));
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
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode));
    if (file.isOpen()) {
        ::unlink(path.c_str());
        return;
    }
    if (errno != EEXIST) fail("write", path, errno);
    struct stat status {};
    const bool is_regular = ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
    if (std::filesystem::is_directory(path)) fail("write", path, EISDIR);
    // Opening a pipe would wait for its reader.
    if (!is_regular && ::access(path.c_str(), W_OK) != 0) fail("write", path, errno);
    if (!is_regular) return;
    file = Descriptor(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.isOpen()) fail("write", path, errno);
}

void writeFile(const std::string& path, std::string_view content) {
    struct stat status {};
    const bool is_there = ::stat(path.c_str(), &status) == 0;
    for (const int standard : {STDOUT_FILENO, STDERR_FILENO}) {
        if (is_there && isSameFile(status, standard)) {
            std::fflush(standard == STDOUT_FILENO ? stdout : stderr);
            if (!writeAll(standard, content)) fail("write", path, errno);
            return;
        }
    }
    const bool is_replaced = (!is_there || S_ISREG(status.st_mode)) &&
                             replaceFile(path, is_there ? &status : nullptr, content);
    if (!is_replaced) writeInPlace(path, content);
}

void requireJsonLines(const std::string& path) {
    requireWritable(path);
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return;
    std::ifstream file(path, std::ios::binary);
    std::string first;
    if (!std::getline(file, first) && first.empty()) return;
    const bool has_end = !file.eof() && file.seekg(-1, std::ios::end).get() == '\n';
    if (has_end && nlohmann::json::parse(first, nullptr, false).is_object()) return;
    throw FileError(
        fmt::format("{} holds no lines of JSON; nothing is added to it, name another file", path));
}

void appendLine(const std::string& path, std::string_view line) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kNewFileMode));
    const bool is_written =
        file.isOpen() && writeAll(file.get(), fmt::format("{}\n", line)) && file.close();
    if (!is_written) fail("write", path, errno);
}

void requireFolder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (!error && !std::filesystem::is_directory(path))
        error = std::make_error_code(std::errc::not_a_directory);
    if (error) fail("make the folder", path, error.value());
}

void requireOther(std::string_view option, const std::string& output, const std::string& input) {
    std::error_code error;
    if (!std::filesystem::equivalent(output, input, error)) return;
    throw FileError(
        fmt::format("{}: {} is what is to be verified, and would be overwritten; name "
                    "another file",
                    option, output));
}

}  // namespace tagproof::cli
