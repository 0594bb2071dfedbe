#include "runtime/modules/sha512.h"

#include <bit>
#include <cstring>
#include <string>

#include "objmodel/int.h"

namespace tagproof {

namespace {

constexpr size_t kBlockBytes = 128;
constexpr size_t kWordBytes = 8;
constexpr size_t kRounds = 80;
constexpr size_t kStateWords = 8;
using State = std::array<uint64_t, kStateWords>;

// The constants of the standard: the first 64 bits behind the point of the roots of the first
// primes: cube roots for the rounds, square roots for the first state.
struct Constants {
    std::array<uint64_t, kRounds> rounds;
    State state;
};

uint64_t rootFraction(unsigned long prime, unsigned long degree) {
    mpz_t number;
    mpz_init_set_ui(number, prime);
    mpz_mul_2exp(number, number, 64 * degree);
    mpz_root(number, number, degree);
    const uint64_t fraction = mpz_getlimbn(number, 0);
    mpz_clear(number);
    return fraction;
}

bool isPrime(unsigned long number) {
    for (unsigned long divisor = 2; divisor * divisor <= number; ++divisor) {
        if (number % divisor == 0) return false;
    }
    return true;
}

Constants makeConstants() {
    Constants constants{};
    unsigned long prime = 1;
    for (size_t i = 0; i < kRounds; ++i) {
        do {
            ++prime;
        } while (!isPrime(prime));
        constants.rounds[i] = rootFraction(prime, 3);
        if (i < kStateWords) constants.state[i] = rootFraction(prime, 2);
    }
    return constants;
}

// The message, a 1 bit, zeros, and its length in bits as a 128-bit number.
std::string padded(std::string_view message) {
    std::string text(message);
    text.push_back(static_cast<char>(0x80));
    const size_t used = (text.size() + 2 * kWordBytes) % kBlockBytes;
    text.append((kBlockBytes - used) % kBlockBytes + kWordBytes, '\0');
    const uint64_t bits = uint64_t{message.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8) text.push_back(static_cast<char>(bits >> shift));
    return text;
}

uint64_t loadBigEndian(const char* bytes) {
    uint64_t word;
    std::memcpy(&word, bytes, sizeof(word));
    return __builtin_bswap64(word);
}

void addBlock(const Constants& constants, const char* block, State* state) {
    std::array<uint64_t, kRounds> schedule;
    for (size_t i = 0; i < kRounds; ++i) {
        if (i < kBlockBytes / kWordBytes) {
            schedule[i] = loadBigEndian(block + i * kWordBytes);
            continue;
        }
        const uint64_t far = schedule[i - 15];
        const uint64_t near = schedule[i - 2];
        schedule[i] = schedule[i - 16] + (std::rotr(far, 1) ^ std::rotr(far, 8) ^ (far >> 7)) +
                      schedule[i - 7] + (std::rotr(near, 19) ^ std::rotr(near, 61) ^ (near >> 6));
    }
    auto [a, b, c, d, e, f, g, h] = *state;
    for (size_t i = 0; i < kRounds; ++i) {
        const uint64_t chosen = (e & f) ^ (~e & g);
        const uint64_t majority = (a & b) ^ (a & c) ^ (b & c);
        const uint64_t first = h + (std::rotr(e, 14) ^ std::rotr(e, 18) ^ std::rotr(e, 41)) +
                               chosen + constants.rounds[i] + schedule[i];
        const uint64_t second = (std::rotr(a, 28) ^ std::rotr(a, 34) ^ std::rotr(a, 39)) + majority;
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    const State added{a, b, c, d, e, f, g, h};
    for (size_t i = 0; i < kStateWords; ++i) (*state)[i] += added[i];
}

}  // namespace

Sha512Digest sha512(std::string_view message) {
    const Constants constants = makeConstants();
    const std::string text = padded(message);
    State state = constants.state;
    for (size_t at = 0; at < text.size(); at += kBlockBytes) {
        addBlock(constants, text.data() + at, &state);
    }
    Sha512Digest digest;
    for (size_t i = 0; i < kStateWords; ++i) {
        const uint64_t word = __builtin_bswap64(state[i]);
        std::memcpy(digest.data() + i * kWordBytes, &word, kWordBytes);
    }
    return digest;
}

}  // namespace tagproof
