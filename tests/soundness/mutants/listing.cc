#include "tests/soundness/mutants/listing.h"

#include <Zydis/Zydis.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace tagproof::soundness {
namespace {

const ZydisDecoder& decoder() {
    static const ZydisDecoder kDecoder = [] {
        ZydisDecoder made;
        ZydisDecoderInit(&made, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
        return made;
    }();
    return kDecoder;
}

bool decodeOne(std::span<const uint8_t> code, ZydisDecodedInstruction& in) {
    return ZYAN_SUCCESS(
        ZydisDecoderDecodeInstruction(&decoder(), nullptr, code.data(), code.size(), &in));
}

constexpr bool isPrefix(uint8_t byte) {
    return byte >> 4 == 4 || byte == 0x66 || byte == 0x67 || byte == 0xF2 || byte == 0xF3 ||
           byte == 0x2E || byte == 0x3E;
}

int64_t readRelative(const Piece& piece) {
    int32_t far = 0;
    if (piece.relative_size == 1) return static_cast<int8_t>(piece.bytes[piece.relative]);
    std::memcpy(&far, piece.bytes.data() + piece.relative, sizeof far);
    return far;
}

bool writeRelative(Bytes& code, size_t at, unsigned size, int64_t distance) {
    if (size == 1) {
        code[at] = static_cast<uint8_t>(distance);
        return distance >= INT8_MIN && distance <= INT8_MAX;
    }
    const auto far = static_cast<int32_t>(distance);
    std::memcpy(code.data() + at, &far, sizeof far);
    return true;
}

}  // namespace

void readParts(Piece& piece) {
    Piece parts{.bytes = piece.bytes, .target = piece.target, .offset = piece.offset};
    ZydisDecodedInstruction in;
    if (decodeOne(parts.bytes.span(), in)) {
        while (parts.opcode + 1U < parts.bytes.size() && isPrefix(parts.bytes[parts.opcode])) {
            ++parts.opcode;
        }
        parts.modrm = in.raw.modrm.offset;
        parts.sib = in.raw.sib.offset;
        parts.displacement = in.raw.disp.offset;
        parts.displacement_size = in.raw.disp.size / 8;
        const auto& immediate = in.raw.imm[0];
        if (immediate.is_relative != 0) {
            parts.relative = immediate.offset;
            parts.relative_size = immediate.size / 8;
        } else {
            parts.immediate = immediate.offset;
            parts.immediate_size = immediate.size / 8;
        }
    }
    if (parts.relative_size == 0) parts.target = Piece::kNoTarget;
    piece = parts;
}

Listing readListing(std::span<const uint8_t> code) {
    Listing listing;
    std::map<uint64_t, uint32_t> starts;
    for (size_t at = 0; at < code.size();) {
        ZydisDecodedInstruction in;
        const size_t length = decodeOne(code.subspan(at), in) ? in.length : 1;
        starts[at] = static_cast<uint32_t>(listing.size());
        Piece& piece = listing.emplace_back();
        piece.bytes = ShortBytes(code.subspan(at, length));
        piece.offset = static_cast<uint32_t>(at);
        readParts(piece);
        at += length;
    }
    for (Piece& piece : listing) {
        if (piece.relative_size == 0) continue;
        const int64_t end = piece.offset + static_cast<int64_t>(piece.bytes.size());
        const auto target = starts.find(static_cast<uint64_t>(end + readRelative(piece)));
        if (target != starts.end()) piece.target = target->second;
    }
    return listing;
}

Bytes writeListing(const Listing& listing) {
    Bytes code;
    std::vector<size_t> starts;
    starts.reserve(listing.size());
    for (const Piece& piece : listing) {
        starts.push_back(code.size());
        code.insert(code.end(), piece.bytes.data(), piece.bytes.data() + piece.bytes.size());
    }
    for (size_t k = 0; k < listing.size(); ++k) {
        const Piece& piece = listing[k];
        if (piece.target >= listing.size() || piece.relative_size == 0) continue;
        const auto end = static_cast<int64_t>(starts[k] + piece.bytes.size());
        const auto to = static_cast<int64_t>(starts[piece.target]);
        if (!writeRelative(code, starts[k] + piece.relative, piece.relative_size, to - end)) {
            return {};
        }
    }
    return code;
}

uint32_t offsetOf(const Listing& listing, size_t index) {
    size_t offset = 0;
    for (size_t k = 0; k < index && k < listing.size(); ++k) offset += listing[k].bytes.size();
    return static_cast<uint32_t>(offset);
}

}  // namespace tagproof::soundness
