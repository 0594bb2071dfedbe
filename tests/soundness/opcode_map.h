#pragma once
// The shape of the opcode maps: which opcodes have a ModRM byte. Only decides what an enumeration
// varies after the opcode: a mistake here cannot hide an instruction.

#include <cstdint>

namespace tagproof::soundness {

enum class Map : uint8_t { kOneByte, k0F, k0F38, k0F3A };

[[nodiscard]] bool hasModrm(Map map, unsigned opcode);

}  // namespace tagproof::soundness
