#include "tests/soundness/encodings/heads.h"

#include <array>
#include <span>
#include <vector>

#include "tests/soundness/opcode_map.h"

namespace tagproof::soundness {
namespace {

constexpr std::array<uint8_t, 11> kLegacy = {0x66, 0xF2, 0xF3, 0x67, 0x26, 0x2E,
                                             0x36, 0x3E, 0x64, 0x65, 0xF0};
constexpr unsigned kVex2 = 0xC5;
constexpr unsigned kVex3 = 0xC4;

// Prefixes, escapes, and VEX, which are enumerated as such.
bool isOpcode(Map map, unsigned byte) {
    if (map == Map::k0F) return byte != 0x38 && byte != 0x3A;
    if (map != Map::kOneByte) return true;
    for (const uint8_t prefix : kLegacy) {
        if (byte == prefix) return false;
    }
    return byte != 0x0F && (byte & 0xF0) != 0x40 && byte != kVex2 && byte != kVex3;
}

struct Prefixes {
    std::array<uint8_t, 3> bytes = {};
    uint8_t size = 0;

    Prefixes& operator+=(unsigned byte) {
        bytes[size++] = static_cast<uint8_t>(byte);
        return *this;
    }
};

void forEachOpcode(const Prefixes& prefixes,
                   Breadth breadth,
                   bool is_plain,
                   const std::function<void(const Head&)>& visit) {
    for (const Map map : {Map::kOneByte, Map::k0F, Map::k0F38, Map::k0F3A}) {
        Head head;
        for (unsigned k = 0; k < prefixes.size; ++k) head.push(prefixes.bytes[k]);
        if (map != Map::kOneByte) head.push(0x0F);
        if (map == Map::k0F38) head.push(0x38);
        if (map == Map::k0F3A) head.push(0x3A);
        head.breadth = breadth;
        head.is_plain = is_plain;
        for (unsigned opcode = 0; opcode < 256; ++opcode) {
            if (!isOpcode(map, opcode)) continue;
            Head whole = head;
            whole.push(opcode);
            whole.has_modrm = hasModrm(map, opcode);
            visit(whole);
        }
    }
}

// rex below 0x40: none.
void singles(const std::function<void(const Head&)>& visit) {
    for (int legacy = -1; legacy < static_cast<int>(kLegacy.size()); ++legacy) {
        for (unsigned rex = 0x3F; rex <= 0x4F; ++rex) {
            Prefixes prefixes;
            if (legacy >= 0) prefixes += kLegacy[static_cast<size_t>(legacy)];
            if (rex >= 0x40) prefixes += rex;
            forEachOpcode(prefixes, Breadth::kAllModrm, rex == 0x3F || rex == 0x48, visit);
        }
    }
}

void pairs(const std::function<void(const Head&)>& visit) {
    for (const unsigned first : kLegacy) {
        for (const unsigned second : kLegacy) {
            Prefixes prefixes;
            (prefixes += first) += second;
            forEachOpcode(prefixes, Breadth::kProbe, false, visit);
            forEachOpcode(prefixes += 0x48, Breadth::kProbe, false, visit);
        }
    }
}

// A REX byte that is not the last prefix is ignored by the CPU.
void misplacedRex(const std::function<void(const Head&)>& visit) {
    for (unsigned rex = 0x40; rex <= 0x4F; ++rex) {
        for (const unsigned legacy : kLegacy) {
            Prefixes prefixes;
            (prefixes += rex) += legacy;
            forEachOpcode(prefixes, Breadth::kProbe, false, visit);
            forEachOpcode(prefixes += 0x48, Breadth::kProbe, false, visit);
        }
        for (const unsigned second : {0x40U, 0x41U, 0x48U, 0x4FU}) {
            Prefixes prefixes;
            (prefixes += rex) += second;
            forEachOpcode(prefixes, Breadth::kProbe, false, visit);
        }
    }
}

void vexOf(const Head& start, Breadth breadth, const std::function<void(const Head&)>& visit) {
    for (unsigned opcode = 0; opcode < 256; ++opcode) {
        Head head = start;
        head.push(opcode);
        head.breadth = breadth;
        visit(head);
    }
}

void vex2(const std::function<void(const Head&)>& visit) {
    for (unsigned fields = 0; fields < 256; ++fields) {
        Head head;
        head.push(kVex2);
        head.push(fields);
        head.is_plain = (fields & 0x78) == 0x78 || (fields & 0x78) == 0;
        vexOf(head, Breadth::kAllModrm, visit);
    }
}

void vex3(const std::function<void(const Head&)>& visit) {
    for (unsigned first = 0; first < 256; ++first) {
        const unsigned map = first & 31;
        const bool exists = map >= 1 && map <= 3;
        for (unsigned second = 0; second < 256; ++second) {
            if (!exists && second % 37 != 0) continue;
            Head head;
            head.push(kVex3);
            head.push(first);
            head.push(second);
            head.is_plain = first == 0xE1 && (second & 0x78) == 0x78;
            vexOf(head, exists ? Breadth::kSomeModrm : Breadth::kProbe, visit);
        }
    }
}

// #UD for 66, F2, F3, lock and REX before VEX; the others change the address.
void prefixedVex(const std::function<void(const Head&)>& visit) {
    std::vector<unsigned> prefixes(kLegacy.begin(), kLegacy.end());
    for (unsigned rex = 0x40; rex <= 0x4F; ++rex) prefixes.push_back(rex);
    for (const unsigned prefix : prefixes) {
        for (const unsigned fields : {0x78U, 0x79U, 0x7AU, 0x7BU, 0xF8U, 0xF9U, 0xFAU, 0xFBU}) {
            Head two;
            two.push(prefix);
            two.push(kVex2);
            two.push(fields);
            vexOf(two, Breadth::kProbe, visit);
            Head three;
            three.push(prefix);
            three.push(kVex3);
            three.push(0xE1);
            three.push(fields);
            vexOf(three, Breadth::kProbe, visit);
        }
    }
}

}  // namespace

void forEachHead(const std::function<void(const Head&)>& visit) {
    singles(visit);
    pairs(visit);
    misplacedRex(visit);
    vex2(visit);
    vex3(visit);
    prefixedVex(visit);
}

}  // namespace tagproof::soundness
