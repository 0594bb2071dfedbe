#include "jit/code_cache.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace tagproof {

namespace {

constexpr size_t kNoPages = SIZE_MAX;
constexpr int kAttempts = 64;  // caches of one process at neighbouring bases

void* mapExecutable(uint64_t base, int file) {
    const int anonymous = file < 0 ? MAP_ANONYMOUS : 0;
    return mmap(std::bit_cast<void*>(base), CodeCache::kReserved, PROT_READ | PROT_EXEC,
                MAP_SHARED | MAP_FIXED_NOREPLACE | anonymous, file, 0);
}

}  // namespace

// FNV-1a over the size and then 8 bytes at a time. Its multiplication carries upward only, so the
// high half is folded down.
uint64_t codeHash(std::span<const uint8_t> bytes) {
    uint64_t hash = 0xcbf29ce484222325;
    const auto add = [&hash](uint64_t word) {
        constexpr uint64_t kPrime = 0x100000001b3;
        hash = (hash ^ word) * kPrime;
        hash ^= hash >> 32;
    };
    add(bytes.size());
    for (size_t at = 0; at < bytes.size(); at += 8) {
        uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, std::min<size_t>(8, bytes.size() - at));
        add(word);
    }
    return hash;
}

CodeCache::~CodeCache() {
    if (base_ != nullptr) munmap(base_, kReserved);
}

// A descriptor of the pages could be written through, by a guest that prints when the numbers of
// the standard streams were free: there is none behind this.
bool CodeCache::open(CodePages pages) {
    if (pages == CodePages::kAnonymous) return reserve(-1);
    const int file = memfd_create("tagproof-code", MFD_CLOEXEC);
    if (file < 0) return false;
    const bool is_reserved = ftruncate(file, static_cast<off_t>(kReserved)) == 0 && reserve(file);
    close(file);
    return is_reserved;
}

bool CodeCache::reserve(int file) {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const uint64_t wanted = kDefaultBase + static_cast<uint64_t>(attempt) * kReserved;
        void* mapped = mapExecutable(wanted, file);
        if (mapped == MAP_FAILED) continue;
        if (reinterpret_cast<uint64_t>(mapped) == wanted) {
            base_ = static_cast<uint8_t*>(mapped);
            return true;
        }
        // An interposed mmap (a sanitizer's) may have dropped the address.
        munmap(mapped, kReserved);
    }
    return false;
}

size_t CodeCache::takePages(size_t count) {
    const auto run = std::ranges::find_if(free_, [&](FreeRun r) { return r.count >= count; });
    if (run != free_.end()) {
        const size_t first = run->first;
        run->first += count;
        run->count -= count;
        if (run->count == 0) free_.erase(run);
        return first;
    }
    if ((next_page_ + count) * kPage > kReserved) return kNoPages;
    const size_t first = next_page_;
    next_page_ += count;
    return first;
}

// Shared pages get a second view by a move that leaves the old one (length 0).
void* CodeCache::mapWritable(size_t first, size_t pages) const {
    void* view = mremap(base_ + first * kPage, 0, pages * kPage, MREMAP_MAYMOVE);
    if (view == MAP_FAILED) return view;
    if (mprotect(view, pages * kPage, PROT_READ | PROT_WRITE) == 0) return view;
    munmap(view, pages * kPage);
    return MAP_FAILED;
}

std::span<const uint8_t> CodeCache::publish(std::span<const uint8_t> bytes) {
    const size_t pages = (bytes.size() + kPage - 1) / kPage;
    const size_t first = takePages(pages);
    if (first == kNoPages || bytes.empty()) return {};
    void* writable = mapWritable(first, pages);
    const uint8_t* executable = base_ + first * kPage;
    used_pages_ += pages;
    if (writable == MAP_FAILED) {
        release({executable, bytes.size()});
        return {};
    }
    constexpr int kBreakpoint = 0xCC;  // what is not code traps
    std::memset(writable, kBreakpoint, pages * kPage);
    std::memcpy(writable, bytes.data(), bytes.size());
    munmap(writable, pages * kPage);
    return {executable, bytes.size()};
}

void CodeCache::release(std::span<const uint8_t> published) {
    const size_t pages = (published.size() + kPage - 1) / kPage;
    const size_t first = static_cast<size_t>(published.data() - base_) / kPage;
    used_pages_ -= pages;
    const auto behind = std::ranges::find_if(free_, [&](FreeRun run) { return run.first > first; });
    auto here = free_.insert(behind, {first, pages});
    if (here + 1 != free_.end() && here->first + here->count == (here + 1)->first) {
        here->count += (here + 1)->count;
        free_.erase(here + 1);
    }
    if (here != free_.begin() && (here - 1)->first + (here - 1)->count == here->first) {
        (here - 1)->count += here->count;
        free_.erase(here);
    }
}

}  // namespace tagproof
