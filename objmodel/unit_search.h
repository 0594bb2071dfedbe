#pragma once
// Searching and repeating arrays of code units of 1, 2 or 4 bytes: what str and bytes share.
// glibc's memmem (two-way, linear) finds longer needles; hits that do not start on a unit are
// skipped.

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace tagproof {

template <typename Unit>
int64_t findUnit(const Unit* text, uint64_t begin, uint64_t end, char32_t wanted) {
    if constexpr (sizeof(Unit) == 1) {
        const void* hit = std::memchr(text + begin, static_cast<int>(wanted), end - begin);
        return hit == nullptr ? -1 : static_cast<const Unit*>(hit) - text;
    } else {
        for (uint64_t k = begin; k < end; ++k) {
            if (text[k] == wanted) return static_cast<int64_t>(k);
        }
        return -1;
    }
}

template <typename Unit>
int64_t findUnits(
    const Unit* text, uint64_t begin, uint64_t end, const Unit* needle, uint64_t length) {
    const auto* base = reinterpret_cast<const char*>(text);
    const char* from = base + begin * sizeof(Unit);
    const char* stop = base + end * sizeof(Unit);
    while (from < stop) {
        const void* found =
            memmem(from, static_cast<size_t>(stop - from), needle, length * sizeof(Unit));
        if (found == nullptr) return -1;
        const auto offset = static_cast<size_t>(static_cast<const char*>(found) - base);
        if (offset % sizeof(Unit) == 0) return static_cast<int64_t>(offset / sizeof(Unit));
        from = base + (offset / sizeof(Unit) + 1) * sizeof(Unit);
    }
    return -1;
}

// Requires begin + length <= end, length > 0.
template <typename Unit>
int64_t rfindUnits(
    const Unit* text, uint64_t begin, uint64_t end, const Unit* needle, uint64_t length) {
    for (uint64_t k = end - length + 1; k-- > begin;) {
        if (text[k] == needle[0] && std::memcmp(text + k, needle, length * sizeof(Unit)) == 0) {
            return static_cast<int64_t>(k);
        }
    }
    return -1;
}

// Fills `total` bytes at `target` with copies of the `size` bytes at `source`, doubling them.
// Requires 0 < size <= total, a multiple of it.
inline void repeatUnits(uint8_t* target, const uint8_t* source, uint64_t size, uint64_t total) {
    if (size == 1) {
        std::memset(target, source[0], total);
        return;
    }
    std::memcpy(target, source, size);
    for (uint64_t done = size; done < total;) {
        const uint64_t step = std::min(done, total - done);
        std::memcpy(target + done, target, step);
        done += step;
    }
}

}  // namespace tagproof
