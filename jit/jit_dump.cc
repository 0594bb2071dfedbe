#include "jit/jit_dump.h"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string_view>

#include "jit/compiled_unit.h"
#include "objmodel/print.h"
#include "objmodel/str.h"
#include "runtime/code.h"

namespace tagproof {

namespace {

constexpr uint32_t kMagic = 0x4A695444;  // "JiTD"
constexpr uint32_t kVersion = 1;
constexpr uint32_t kHeaderBytes = 40;
constexpr uint32_t kRecordHeaderBytes = 16;

enum RecordKind : uint32_t { kCodeLoad = 0, kDebugInfo = 2, kClose = 3 };

uint64_t now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(time.tv_nsec);
}

// Bytes in the making.
class Bytes {
  public:
    template <typename Word>
    Bytes& word(Word value) {
        text_.append(reinterpret_cast<const char*>(&value), sizeof(value));
        return *this;
    }
    Bytes& name(std::string_view text) {
        text_.append(text);
        text_.push_back('\0');
        return *this;
    }
    Bytes& bytes(std::span<const uint8_t> code) {
        text_.append(reinterpret_cast<const char*>(code.data()), code.size());
        return *this;
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

std::string record(RecordKind kind, const std::string& body) {
    Bytes head;
    head.word<uint32_t>(kind).word(static_cast<uint32_t>(kRecordHeaderBytes + body.size()));
    return head.word(now()).text() + body;
}

std::string codeRecord(const CompiledUnit& unit, uint64_t index) {
    const auto address = reinterpret_cast<uint64_t>(unit.bytes.data());
    Bytes body;
    body.word(static_cast<uint32_t>(getpid())).word(static_cast<uint32_t>(gettid()));
    body.word(address).word(address).word(uint64_t{unit.bytes.size()}).word(index);
    body.name(fmt::format("tagproof::{}", unit.name)).bytes(unit.bytes);
    return record(kCodeLoad, body.text());
}

// Where the line changes; empty for code without lines.
std::string linesRecord(const CompiledUnit& unit) {
    const auto address = reinterpret_cast<uint64_t>(unit.bytes.data());
    const std::string file = toUtf8(unit.code->body->filename);
    Bytes entries;
    uint64_t count = 0;
    uint32_t last = 0;
    for (const CodeLine& line : unit.lines) {
        if (line.line == 0 || line.line == last) continue;
        last = line.line;
        entries.word(address + line.offset).word(line.line).word(uint32_t{0}).name(file);
        ++count;
    }
    if (count == 0) return {};
    return record(kDebugInfo, Bytes().word(address).word(count).text() + entries.text());
}

}  // namespace

std::unique_ptr<JitDump> JitDump::create(const std::string& directory) {
    std::string path = fmt::format("{}/jit-{}.dump", directory, getpid());
    const int file = open(path.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0644);
    std::unique_ptr<JitDump> dump(new JitDump(file, std::move(path)));
    if (file >= 0 && dump->begin()) return dump;
    printTo(stderr, "tagproof: no jitdump: {}: {}\n", dump->path_, std::strerror(errno));
    return nullptr;
}

bool JitDump::begin() {
    Bytes header;
    header.word(kMagic).word(kVersion).word(kHeaderBytes).word(uint32_t{EM_X86_64});
    header.word(uint32_t{0}).word(static_cast<uint32_t>(getpid())).word(now()).word(uint64_t{0});
    write(header.text());
    if (file_ < 0) return false;
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    void* mapped = mmap(nullptr, page, PROT_READ | PROT_EXEC, MAP_PRIVATE, file_, 0);
    if (mapped == MAP_FAILED) return false;
    marker_ = mapped;
    return true;
}

JitDump::~JitDump() {
    if (marker_ != nullptr) {
        write(record(kClose, ""));
        munmap(marker_, static_cast<size_t>(sysconf(_SC_PAGESIZE)));
    }
    if (file_ >= 0) close(file_);
}

void JitDump::add(const CompiledUnit& unit) {
    write(linesRecord(unit));
    write(codeRecord(unit, next_index_++));
}

void JitDump::write(const std::string& record) {
    for (size_t done = 0; file_ >= 0 && done < record.size();) {
        const ssize_t written = ::write(file_, record.data() + done, record.size() - done);
        if (written >= 0) {
            done += static_cast<size_t>(written);
        } else if (errno != EINTR) {
            printTo(stderr, "tagproof: jitdump ends: {}: {}\n", path_, std::strerror(errno));
            close(file_);
            file_ = -1;
        }
    }
}

}  // namespace tagproof
