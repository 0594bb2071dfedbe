#include "runtime/modules/mersenne_twister.h"

#include <algorithm>
#include <cstddef>

namespace tagproof {

namespace {

constexpr uint32_t kMiddle = 397;  // distance of the words that are combined
constexpr uint32_t kMatrix = 0x9908b0df;
constexpr uint32_t kUpperBit = 0x80000000;
constexpr uint32_t kLowerBits = 0x7fffffff;

// What a word adds to its successor while a state is made from a key.
constexpr uint32_t mixed(uint32_t word) { return word ^ (word >> 30); }

}  // namespace

void MersenneTwister::seedByNumber(uint32_t number) {
    constexpr uint32_t kFactor = 1812433253;
    state[0] = number;
    for (uint32_t i = 1; i < kStateWords; ++i) state[i] = kFactor * mixed(state[i - 1]) + i;
    position = kStateWords;
}

void MersenneTwister::seed(std::span<const uint32_t> key) {
    constexpr uint32_t kStart = 19650218;
    constexpr uint32_t kKeyFactor = 1664525;
    constexpr uint32_t kLastFactor = 1566083941;
    seedByNumber(kStart);
    uint32_t i = 1;
    const auto advance = [&] {
        if (++i < kStateWords) return;
        state[0] = state[kStateWords - 1];
        i = 1;
    };
    const size_t rounds = std::max<size_t>(kStateWords, key.size());
    size_t used = 0;  // of the key, which is gone through again and again
    for (size_t round = 0; round < rounds; ++round) {
        const auto offset = static_cast<uint32_t>(used);
        state[i] = (state[i] ^ (mixed(state[i - 1]) * kKeyFactor)) + key[used] + offset;
        advance();
        used = used + 1 < key.size() ? used + 1 : 0;
    }
    for (uint32_t round = 1; round < kStateWords; ++round) {
        state[i] = (state[i] ^ (mixed(state[i - 1]) * kLastFactor)) - i;
        advance();
    }
    state[0] = kUpperBit;
}

void MersenneTwister::twist() {
    for (uint32_t i = 0; i < kStateWords; ++i) {
        const uint32_t joined =
            (state[i] & kUpperBit) | (state[(i + 1) % kStateWords] & kLowerBits);
        state[i] =
            state[(i + kMiddle) % kStateWords] ^ (joined >> 1) ^ ((joined & 1) != 0 ? kMatrix : 0);
    }
    position = 0;
}

uint32_t MersenneTwister::next() {
    if (position >= kStateWords) twist();
    uint32_t word = state[position++];
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return word ^ (word >> 18);
}

double MersenneTwister::nextDouble() {
    constexpr double kLowScale = 67108864.0;            // 2^26
    constexpr double kUnit = 1.0 / 9007199254740992.0;  // 2^-53
    const uint32_t high = next() >> 5;
    const uint32_t low = next() >> 6;
    return (high * kLowScale + low) * kUnit;
}

}  // namespace tagproof
