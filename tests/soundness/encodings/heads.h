#pragma once
// The first half of the enumeration: everything that can stand before the ModRM byte, which is
// prefixes and opcode. What follows a head is enumerated by examiner.h.

#include <cstdint>
#include <functional>

namespace tagproof::soundness {

// How much of what can follow is enumerated.
enum class Breadth : uint8_t {
    kAllModrm,   // each ModRM byte; and all SIB bytes if decode() accepts one of them
    kSomeModrm,  // a ModRM byte of each class; and all if decode() accepts one
    kProbe,      // a ModRM byte of each class only
};

struct Head {
    uint8_t bytes[8] = {};
    uint8_t size = 0;
    bool has_modrm = true;  // else immediates follow the opcode
    bool is_plain = false;  // no legacy prefix, no REX or 48: in every sample, however small
    Breadth breadth = Breadth::kAllModrm;

    void push(unsigned byte) { bytes[size++] = static_cast<uint8_t>(byte); }
};

// In a fixed order: opcodes of the maps 1-byte, 0F, 0F38 and 0F3A after each single legacy prefix
// and each REX; after pairs of legacy prefixes and misplaced or repeated REX bytes; VEX of two and
// three bytes with all fields; VEX after prefixes that it must not have, and in maps that do not
// exist.
void forEachHead(const std::function<void(const Head&)>& visit);

}  // namespace tagproof::soundness
