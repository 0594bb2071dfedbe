// SipHash-1-3 with a zero key: CPython 3.11's hash of str and bytes when PYTHONHASHSEED=0.
// Algorithm: J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF".

#include <bit>
#include <cstring>

#include "objmodel/str.h"

namespace tagproof {

namespace {

struct SipState {
    uint64_t v0 = 0x736f6d6570736575;
    uint64_t v1 = 0x646f72616e646f6d;
    uint64_t v2 = 0x6c7967656e657261;
    uint64_t v3 = 0x7465646279746573;

    void round() {
        v0 += v1;
        v2 += v3;
        v1 = std::rotl(v1, 13) ^ v0;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 = std::rotl(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = std::rotl(v1, 17) ^ v2;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 = std::rotl(v2, 32);
    }
    void absorb(uint64_t word) {
        v3 ^= word;
        round();
        v0 ^= word;
    }
};

}  // namespace

int64_t hashBytes(const void* data, size_t size) {
    if (size == 0) return 0;
    SipState state;
    const auto* bytes = static_cast<const uint8_t*>(data);
    uint64_t last = static_cast<uint64_t>(size) << 56;
    for (; size >= 8; size -= 8, bytes += 8) {
        uint64_t word = 0;
        std::memcpy(&word, bytes, sizeof word);
        state.absorb(word);
    }
    uint64_t tail = 0;
    std::memcpy(&tail, bytes, size);
    last |= tail;
    state.absorb(last);
    state.v2 ^= 0xff;
    for (int k = 0; k < 3; ++k) state.round();
    const auto hash = static_cast<int64_t>((state.v0 ^ state.v1) ^ (state.v2 ^ state.v3));
    return hash == -1 ? -2 : hash;
}

int64_t strHash(Str* text) {
    if (text->hash == 0) {
        text->hash = static_cast<uint64_t>(hashBytes(text->bytes(), text->length * text->kind));
    }
    return static_cast<int64_t>(text->hash);
}

}  // namespace tagproof
