#include "tests/soundness/encodings/examiner.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <cstring>
#include <stdexcept>
#include <tuple>

namespace tagproof::soundness {
namespace {

using verify::Instruction;

constexpr size_t kPage = 4096;
constexpr unsigned kMaxLength = 15;
constexpr uint64_t kTestedOfRow = 64;      // of each row, the first whose comparison is tested
constexpr uint64_t kTestedOf = 4096;       // and later one in so many
constexpr unsigned kNoInstruction = 0x06;  // a byte that begins no instruction

constexpr uint32_t kDisp8[] = {0x00, 0x01, 0x08, 0x7F, 0x80, 0xFF};
constexpr uint32_t kDisp32[] = {0,     1,          0x18,       0x7F,       0x80,      0xFF,
                                0x100, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFF80};
constexpr uint64_t kImmediates[] = {0,
                                    1,
                                    0x3F,
                                    0x40,
                                    0x7F,
                                    0x80,
                                    0xFF,
                                    0x7FFF,
                                    0x8000,
                                    0x7FFFFFFF,
                                    0x80000000,
                                    0xFFFFFFFF,
                                    0xFFFFFF80,
                                    0x7FFFFFFFFFFFFFFF,
                                    0x8000000000000000,
                                    0xFFFFFFFFFFFFFFFF};
// One ModRM byte of each addressing class, and registers.
constexpr uint8_t kSomeModrm[] = {0x00, 0x0C, 0x05, 0x4B, 0x94, 0x86, 0xC1, 0xFE, 0xC8,
                                  0xD3, 0xDA, 0xE5, 0xEC, 0xF7, 0x22, 0x32, 0x3B};
// No index; no base; neither; scales; rsp, rbp and r13 as bases.
constexpr uint8_t kSibClasses[] = {0x24, 0x25, 0x0D, 0x65, 0xA4, 0xE5, 0x48, 0x91,
                                   0xDA, 0x2C, 0x6D, 0xB3, 0xF7, 0x3E, 0x64, 0xC4};

unsigned dispBytes(unsigned modrm, unsigned sib) {
    const unsigned mod = modrm >> 6;
    const unsigned rm = modrm & 7;
    if (mod == 1) return 1;
    if (mod == 2) return 4;
    if (mod == 0 && (rm == 5 || (rm == 4 && (sib & 7) == 5))) return 4;
    return 0;
}
bool hasSib(unsigned modrm) { return modrm >> 6 != 3 && (modrm & 7) == 4; }

std::string hex(std::span<const uint8_t> bytes) {
    std::string out;
    for (const uint8_t byte : bytes) out += fmt::format("{:02x} ", byte);
    if (!out.empty()) out.pop_back();
    return out;
}

std::string describe(const Instruction& in) {
    return fmt::format(
        "row {} family {} op {} form {:o} length {} width {} src_width {} reg {},{},{} base {} "
        "index {} scale {} disp {:#x} imm {:#x}",
        verify::rowName(in.row), static_cast<int>(in.family), in.op, in.form, in.length, in.width,
        in.src_width, in.reg[0], in.reg[1], in.reg[2], in.base, in.index, in.scale, in.disp,
        in.imm);
}

// In everything but where a branch leads, which may be to what follows.
bool sameRecord(const Instruction& a, const Instruction& b) {
    const auto fields = [](const Instruction& in) {
        return std::tuple(in.length, in.row, in.family, in.op, in.form, in.width, in.src_width,
                          in.reg[0], in.reg[1], in.reg[2], in.base, in.index, in.scale, in.disp,
                          in.imm);
    };
    return fields(a) == fields(b);
}

}  // namespace

void Tally::add(const Tally& other) {
    enumerated += other.enumerated;
    accepted += other.accepted;
    for (size_t k = 0; k < row_hits.size(); ++k) row_hits[k] += other.row_hits[k];
    for (size_t k = 0; k < explained.size(); ++k) explained[k] += other.explained[k];
    spoiled += other.spoiled;
    for (const auto& [kind, count] : other.spoils_missed) spoils_missed[kind] += count;
    for (const auto& [kind, finding] : other.findings) {
        Finding& into = findings[kind];
        into.count += finding.count;
        if (into.example.empty()) into.example = finding.example;
    }
}

Examiner::Examiner(uint64_t seed, double share)
    : state_(seed * 0x9E3779B97F4A7C15U + 1),
      keep_(share >= 1 ? ~uint64_t{0} : static_cast<uint64_t>(share * 0x1p64)),
      is_sample_(share < 1) {
    void* pages =
        mmap(nullptr, 2 * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::runtime_error("mmap");
    page_ = static_cast<uint8_t*>(pages);
    if (mprotect(page_ + kPage, kPage, PROT_NONE) != 0) throw std::runtime_error("mprotect");
}

Examiner::~Examiner() { munmap(page_, 2 * kPage); }

// splitmix64
uint64_t Examiner::random() {
    state_ += 0x9E3779B97F4A7C15U;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

bool Examiner::skips() { return is_sample_ && random() > keep_; }

void Examiner::find(std::string_view what,
                    std::span<const uint8_t> bytes,
                    const Instruction& record) {
    auto& finding = tally_.findings[fmt::format("{} ({})", what, verify::rowName(record.row))];
    if (finding.count++ == 0) {
        finding.example = fmt::format("{}: decode(): {}; second decoder: {}", hex(bytes),
                                      describe(record), second_.text(bytes));
    }
}

void Examiner::compareRecord(std::span<const uint8_t> bytes, const Instruction& record) {
    ++tally_.accepted;
    const uint64_t hits = ++tally_.row_hits[record.row % verify::kMaxRows];
    Reading reading;
    Case c{bytes, &record, nullptr};
    if (second_.read(bytes, reading)) c.reading = &reading;
    const std::string_view what = comparer_.compare(c);
    if (!what.empty()) {
        find(what, bytes, record);
    } else if (c.reading != nullptr && (hits <= kTestedOfRow || hits % kTestedOf == 0)) {
        teeth_.bite(c);
    }
}

unsigned Examiner::examineBytes(std::span<const uint8_t> bytes) {
    ++tally_.enumerated;
    uint8_t* at = page_ + kPage - bytes.size();
    std::memcpy(at, bytes.data(), bytes.size());
    const std::span<const uint8_t> code(at, bytes.size());
    verify::decode(code, 0, program_);
    const Instruction& record = program_.instructions.front();
    if (record.row == 0xFF || record.family == verify::Family::kFault) return 0;
    compareRecord(code, record);
    return record.length;
}

// With more bytes behind it than any immediate has; then once more with exactly its bytes, and with
// one byte less.
unsigned Examiner::probe(const Head& head, const Rest& rest) {
    uint8_t bytes[32];
    std::memcpy(bytes, head.bytes, head.size);
    std::memcpy(bytes + head.size, rest.bytes.data(), rest.size);
    const unsigned size = head.size + rest.size;
    std::memset(bytes + size, kNoInstruction, sizeof bytes - size);
    const unsigned length = examineBytes({bytes, std::max(kMaxLength, size)});
    if (length == 0) return 0;
    const Instruction loose = program_.instructions.front();
    const unsigned again = examineBytes({bytes, length});
    if (again != length || !sameRecord(loose, program_.instructions.front())) {
        find("depends on what follows", {bytes, length}, loose);
    }
    if (length > 1) {
        verify::decode({bytes, length - 1}, 0, program_);
        const Instruction& cut = program_.instructions.front();
        if (cut.family != verify::Family::kFault) find("accepted though cut", {bytes, length}, cut);
    }
    return length;
}

unsigned Examiner::exact(const Head& head, const Rest& rest, unsigned immediate_bytes) {
    uint8_t bytes[32];
    std::memcpy(bytes, head.bytes, head.size);
    std::memcpy(bytes + head.size, rest.bytes.data(), rest.size);
    const uint64_t immediate = random();
    std::memcpy(bytes + head.size + rest.size, &immediate, sizeof immediate);
    return examineBytes({bytes, size_t{head.size} + rest.size + immediate_bytes});
}

void Examiner::varyImmediate(const Head& head, const Rest& rest, unsigned immediate_bytes) {
    if (immediate_bytes == 0 || immediate_bytes > 8) return;
    uint8_t bytes[32];
    std::memcpy(bytes, head.bytes, head.size);
    std::memcpy(bytes + head.size, rest.bytes.data(), rest.size);
    uint64_t last = ~kImmediates[0];
    const uint64_t mask =
        immediate_bytes == 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * immediate_bytes)) - 1;
    for (const uint64_t immediate : kImmediates) {
        if ((immediate & mask) == last || skips()) continue;
        last = immediate & mask;
        std::memcpy(bytes + head.size + rest.size, &immediate, sizeof immediate);
        examineBytes({bytes, size_t{head.size} + rest.size + immediate_bytes});
    }
}

void Examiner::withoutModrm(const Head& head) {
    for (unsigned first = 0; first < 256; ++first) {
        if (skips() && !(head.is_plain && first == 0)) continue;
        Rest rest;
        rest.push(first);
        const unsigned length = probe(head, rest);
        if (length == head.size) break;  // nothing follows the opcode
        if (length > head.size) varyImmediate(head, {}, length - head.size);
        if (head.breadth == Breadth::kProbe && first == 3) break;
    }
}

// Length of the immediate of an accepted instruction with this ModRM byte, plus 1; 0: none
// accepted.
unsigned Examiner::probeModrm(const Head& head, unsigned modrm) {
    unsigned found = 0;
    const unsigned sibs = hasSib(modrm) ? 2 : 1;
    for (unsigned k = 0; k < sibs; ++k) {
        const unsigned sib = k == 0 ? 0x24 : static_cast<unsigned>(random() & 0xFF);
        Rest rest;
        rest.push(modrm);
        if (hasSib(modrm)) rest.push(sib);
        for (unsigned n = dispBytes(modrm, sib); n > 0; --n) rest.push(random() & 0xFF);
        const unsigned length = probe(head, rest);
        if (length >= head.size + rest.size) found = length - head.size - rest.size + 1;
    }
    return found;
}

void Examiner::varySib(const Head& head, unsigned modrm, unsigned immediate_bytes) {
    for (unsigned sib = 0; sib < 256; ++sib) {
        const unsigned disp_bytes = dispBytes(modrm, sib);
        for (unsigned n = disp_bytes == 0 ? 1 : 2; n > 0; --n) {
            if (skips()) continue;
            Rest rest;
            rest.push(modrm);
            rest.push(sib);
            const uint64_t choice = random();
            const uint32_t disp = disp_bytes == 1 ? kDisp8[choice % std::size(kDisp8)]
                                                  : kDisp32[choice % std::size(kDisp32)];
            for (unsigned k = 0; k < disp_bytes; ++k) rest.push(disp >> (8 * k));
            exact(head, rest, immediate_bytes);
        }
    }
}

void Examiner::varyDisplacement(const Head& head,
                                unsigned modrm,
                                unsigned sib,
                                unsigned immediate_bytes) {
    const unsigned disp_bytes = dispBytes(modrm, sib);
    std::span<const uint32_t> disps(kDisp32, disp_bytes == 0 ? 1 : std::size(kDisp32));
    if (disp_bytes == 1) disps = kDisp8;
    for (const uint32_t disp : disps) {
        if (skips()) continue;
        Rest rest;
        rest.push(modrm);
        if (hasSib(modrm)) rest.push(sib);
        for (unsigned k = 0; k < disp_bytes; ++k) rest.push(disp >> (8 * k));
        if (disp == 1 || disp_bytes == 0) varyImmediate(head, rest, immediate_bytes);
        exact(head, rest, immediate_bytes);
    }
}

// An instruction with this ModRM byte is accepted: everything that may follow it.
void Examiner::vary(const Head& head, unsigned modrm, unsigned immediate_bytes) {
    if (!hasSib(modrm)) {
        varyDisplacement(head, modrm, 0, immediate_bytes);
        return;
    }
    for (const unsigned sib : kSibClasses) varyDisplacement(head, modrm, sib, immediate_bytes);
    varySib(head, modrm, immediate_bytes);
}

// A ModRM byte of each class; is one of them accepted?
bool Examiner::probeClasses(const Head& head) {
    bool accepts = false;
    for (const unsigned modrm : kSomeModrm) {
        if (!head.is_plain && skips()) continue;
        accepts = probeModrm(head, modrm) != 0 || accepts;
    }
    return accepts;
}

void Examiner::examine(const Head& head) {
    if (!head.has_modrm) {
        withoutModrm(head);
        return;
    }
    if (head.breadth != Breadth::kAllModrm || is_sample_) {
        const bool accepts = probeClasses(head);
        if (head.breadth == Breadth::kProbe) return;
        if (head.breadth == Breadth::kSomeModrm && !accepts) return;
    }
    // VEX: with three bytes, all SIB bytes only for two of the registers that vvvv can name.
    const bool is_wide = head.breadth == Breadth::kAllModrm || (head.bytes[2] & 0x38) == 0x38;
    for (unsigned modrm = 0; modrm < 256; ++modrm) {
        if (skips()) continue;
        const unsigned found = probeModrm(head, modrm);
        if (found == 0 || found > 9) continue;
        if (is_wide || !hasSib(modrm)) vary(head, modrm, found - 1);
    }
}

const Tally& Examiner::tally() {
    tally_.explained = comparer_.explained;
    tally_.spoiled = teeth_.spoiled;
    tally_.spoils_missed = teeth_.missed;
    return tally_;
}

}  // namespace tagproof::soundness
