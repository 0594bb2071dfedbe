#pragma once
// The generator behind the random module: MT19937 of M. Matsumoto and T. Nishimura, "Mersenne
// Twister: a 623-dimensionally equidistributed uniform pseudorandom number generator" (1998), with
// the initialisation by an array of their version of 2002.

#include <array>
#include <cstdint>
#include <span>

namespace tagproof {

class MersenneTwister {
  public:
    static constexpr uint32_t kStateWords = 624;

    // Requires a key of at least one word.
    void seed(std::span<const uint32_t> key);
    [[nodiscard]] uint32_t next();      // 32 random bits
    [[nodiscard]] double nextDouble();  // 53 random bits, in [0, 1)

    std::array<uint32_t, kStateWords> state{};
    uint32_t position = 0;  // of the next word in `state`; kStateWords: a new state is due

  private:
    void seedByNumber(uint32_t number);
    void twist();
};

}  // namespace tagproof
