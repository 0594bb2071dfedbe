#pragma once
// SHA-512 of FIPS 180-4: what the seed of a text is made with.

#include <array>
#include <cstdint>
#include <string_view>

namespace tagproof {

using Sha512Digest = std::array<uint8_t, 64>;

[[nodiscard]] Sha512Digest sha512(std::string_view message);

}  // namespace tagproof
