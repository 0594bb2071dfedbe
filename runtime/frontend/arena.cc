#include "runtime/frontend/arena.h"

#include <algorithm>
#include <cstdint>

namespace tagproof::frontend {

namespace {

constexpr std::size_t kBlockSize = std::size_t{64} * 1024;

}  // namespace

std::string_view Arena::copyText(std::string_view text) {
    char* first = static_cast<char*>(allocate(text.size() + 1, 1));
    std::copy(text.begin(), text.end(), first);
    first[text.size()] = '\0';
    return {first, text.size()};
}

std::string_view Arena::intern(std::string_view identifier) {
    auto found = interned_.find(identifier);
    if (found != interned_.end()) return *found;
    return *interned_.insert(copyText(identifier)).first;
}

void* Arena::allocate(std::size_t size, std::size_t alignment) {
    const std::size_t misaligned = reinterpret_cast<std::uintptr_t>(next_) & (alignment - 1);
    const std::size_t padding = misaligned == 0 ? 0 : alignment - misaligned;
    if (next_ != nullptr && padding + size <= free_) {
        std::byte* result = next_ + padding;
        next_ += padding + size;
        free_ -= padding + size;
        return result;
    }
    if (size > kBlockSize / 4) {  // a block of its own; the current one stays in use
        blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
        return blocks_.back().get();
    }
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(kBlockSize));
    next_ = blocks_.back().get() + size;
    free_ = kBlockSize - size;
    return blocks_.back().get();
}

}  // namespace tagproof::frontend
