
#include <cstdlib>
#include <cstring>

#include "tests/soundness/mutants/scene.h"

namespace tagproof::soundness {
namespace {

constexpr size_t kPage = 4096;

uint8_t* newPages(size_t size) {
    void* bytes = std::aligned_alloc(kPage, size);
    if (bytes == nullptr) std::abort();
    std::memset(bytes, 0, size);
    return static_cast<uint8_t*>(bytes);
}

}  // namespace

Memory::Memory() {
    // The areas that are written most come first.
    for (const Area& area : {kHeap, kThread, kStack, kTables, kHelpers, kCode}) {
        pages_.push_back({area.base, area.size, {newPages(area.size), std::free}});
    }
}

uint8_t* Memory::area(const Area& which) const { return at(which.base); }

uint8_t* Memory::at(uint64_t address) const {
    for (const Pages& pages : pages_) {
        const uint64_t offset = address - pages.base;
        if (offset < pages.size) return pages.bytes.get() + offset;
    }
    std::abort();
}

uint64_t Memory::load(uint64_t address) const {
    uint64_t word = 0;
    std::memcpy(&word, at(address), sizeof word);
    return word;
}

void Memory::store(uint64_t address, uint64_t word) const {
    std::memcpy(at(address), &word, sizeof word);
}

void Memory::store32(uint64_t address, uint32_t word) const {
    std::memcpy(at(address), &word, sizeof word);
}

void Memory::fill(uint64_t address, uint8_t byte, size_t size) const {
    std::memset(at(address), byte, size);
}

}  // namespace tagproof::soundness
