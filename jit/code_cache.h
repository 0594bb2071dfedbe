#pragma once
// Executable memory: shared pages, mapped twice.
//
//   executable view   at a fixed base for the whole life of the cache, never writable
//   writable view     of one function's own pages, while its bytes are copied in
//
// The pages are those of a memfd, whose descriptor is closed at once: nothing but a writable view
// can change them. For perf they are anonymous: it looks up names in a map file only where it finds
// no file behind the memory.
//
// A function owns whole pages, so that no writable view ever shows another one's code. Functions
// are verified at their final address after their writable view is gone.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace tagproof {

enum class CodePages : uint8_t { kMemfd, kAnonymous };

// Tells two byte strings apart; not against an adversary.
[[nodiscard]] uint64_t codeHash(std::span<const uint8_t> bytes);

class CodeCache {
  public:
    // Below where Linux puts libraries and stacks, above heaps, and outside what the allocators of
    // AddressSanitizer (from 0x6000'0000'0000) and ThreadSanitizer's shadow take.
    static constexpr uint64_t kDefaultBase = 0x7e90'0000'0000;
    static constexpr size_t kReserved = size_t{256} << 20;
    static constexpr size_t kPage = 4096;

    CodeCache() = default;
    ~CodeCache();
    CodeCache(const CodeCache&) = delete;
    CodeCache& operator=(const CodeCache&) = delete;

    // Reserves the address space; the base moves up when another cache of the process has it.
    [[nodiscard]] bool open(CodePages pages = CodePages::kMemfd);
    // Copies `bytes` to fresh pages and returns them as they will run. Empty when memory is used
    // up.
    [[nodiscard]] std::span<const uint8_t> publish(std::span<const uint8_t> bytes);
    // Gives the pages of a published range back. No activation may be left in it.
    void release(std::span<const uint8_t> published);

    [[nodiscard]] uint64_t base() const { return reinterpret_cast<uint64_t>(base_); }
    [[nodiscard]] size_t pagesInUse() const { return used_pages_; }

  private:
    struct FreeRun {
        size_t first;
        size_t count;
    };
    [[nodiscard]] bool reserve(int file);  // -1: anonymous pages
    [[nodiscard]] size_t takePages(size_t count);
    [[nodiscard]] void* mapWritable(size_t first, size_t pages) const;

    uint8_t* base_ = nullptr;  // of the executable view; null: not open
    size_t next_page_ = 0;     // never used yet from here on
    size_t used_pages_ = 0;
    std::vector<FreeRun> free_;  // ascending, not adjacent
};

}  // namespace tagproof
