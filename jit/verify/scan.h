#pragma once
// Scans of sixteen neighbouring words or bytes at a time: bit k of what they return is place k.

#include <emmintrin.h>

#include <cstddef>
#include <cstdint>

namespace tagproof::verify {

// Where a[k] or b[k] is `symbol`.
[[nodiscard]] inline unsigned findSymbol(const uint32_t* a, const uint32_t* b, uint32_t symbol) {
    const __m128i wanted = _mm_set1_epi32(static_cast<int>(symbol));
    __m128i same[4];
    for (size_t k = 0; k < 4; ++k) {
        const __m128i in_a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a + 4 * k));
        const __m128i in_b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b + 4 * k));
        same[k] = _mm_or_si128(_mm_cmpeq_epi32(in_a, wanted), _mm_cmpeq_epi32(in_b, wanted));
    }
    const __m128i low = _mm_packs_epi32(same[0], same[1]);
    const __m128i high = _mm_packs_epi32(same[2], same[3]);
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
}

// Where bytes[k] is not 0.
[[nodiscard]] inline unsigned findSet(const uint8_t* bytes) {
    const __m128i all = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    const __m128i zero = _mm_cmpeq_epi8(all, _mm_setzero_si128());
    return static_cast<unsigned>(_mm_movemask_epi8(zero)) ^ 0xFFFFU;
}

}  // namespace tagproof::verify
