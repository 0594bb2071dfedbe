#include "tests/soundness/opcode_map.h"

namespace tagproof::soundness {
namespace {

// One bit an opcode of the row.
constexpr uint16_t kOneByteModrm[16] = {
    0x0F0F, 0x0F0F, 0x0F0F, 0x0F0F, 0, 0, 0x0A0C, 0, 0xFFFF, 0, 0, 0, 0x00C3, 0xFF0F, 0, 0xC0C0};
constexpr uint16_t kTwoByteModrm[16] = {0xA00F, 0xFFFF, 0xFFFF, 0,      0xFFFF, 0xFFFF,
                                        0xFFFF, 0xFF7F, 0,      0xFFFF, 0xF8F8, 0xFFFF,
                                        0x00FF, 0xFFFF, 0xFFFF, 0xFFFF};

}  // namespace

bool hasModrm(Map map, unsigned opcode) {
    if (map != Map::kOneByte && map != Map::k0F) return true;
    const uint16_t row = (map == Map::kOneByte ? kOneByteModrm : kTwoByteModrm)[opcode >> 4];
    return (row >> (opcode & 15) & 1) != 0;
}

}  // namespace tagproof::soundness
