#include "tests/soundness/mutants/relocate.h"

#include <Zydis/Zydis.h>

#include <algorithm>
#include <cstring>

#include "tests/soundness/mutants/memory_map.h"

namespace tagproof::soundness {
namespace {

// What code may name around an address of the tables: the cell's object, the object's head.
constexpr uint64_t kBefore = 0x20;
constexpr uint64_t kBehind = 0x40;
constexpr uint64_t kAlignment = 64;
constexpr uint64_t kHelperStride = 0x100;

bool looksLikePointer(uint64_t word) {
    return word % 8 == 0 && word >= (uint64_t{1} << 32) && word < (uint64_t{1} << 47);
}

}  // namespace

AddressMap::AddressMap(const verify::Trusted& trusted) {
    const verify::SharedTables& shared = *trusted.shared;
    std::vector<Range> wanted;
    const auto name = [&wanted](uint64_t address, uint64_t size) {
        wanted.push_back({address - kBefore, address + size, 0});
    };
    for (const auto& row : shared.types) name(row.address, kBehind);
    for (const auto* table : {&shared.constants, &trusted.constants}) {
        for (const auto& row : *table) name(row.address, kBehind);
    }
    for (const auto* table : {&shared.regions, &trusted.regions}) {
        for (const auto& row : *table) name(row.address, row.size);
    }
    for (const auto& row : trusted.entry_cells) name(row.address, sizeof(uint64_t));
    merge(std::move(wanted));
    for (const auto& row : trusted.handles) {
        uint64_t address = row.address;
        if (!move(address)) static_cast<void>(opaque(address, opaque_));
    }
    for (const auto& row : shared.helpers) {
        const uint64_t to = kHelpers.base + kHelperStride * (calls_.size() + 1);
        calls_.emplace(row.address, to);
        fits_ = fits_ && to < kBridges;
    }
}

uint64_t AddressMap::opaque(uint64_t address, std::map<uint64_t, uint64_t>& known) {
    const uint64_t fresh = kOpaque.base + 16 * known.size() + address % 16;
    return known.emplace(address, fresh).first->second;
}

void AddressMap::merge(std::vector<Range> wanted) {
    std::ranges::sort(wanted, {}, &Range::begin);
    for (const Range& range : wanted) {
        if (!ranges_.empty() && range.begin <= ranges_.back().end) {
            ranges_.back().end = std::max(ranges_.back().end, range.end);
        } else {
            ranges_.push_back(range);
        }
    }
    uint64_t next = kTables.base;
    for (Range& range : ranges_) {
        range.to = next + range.begin % kAlignment;
        next = (range.to + (range.end - range.begin) + 2 * kAlignment) & ~(kAlignment - 1);
    }
    fits_ = next <= kTables.end();
}

bool AddressMap::move(uint64_t& address) const {
    const auto helper = calls_.find(address);
    if (helper != calls_.end()) {
        address = helper->second;
        return true;
    }
    const auto handle = opaque_.find(address);
    if (handle != opaque_.end()) {
        address = handle->second;
        return true;
    }
    const auto after = std::ranges::upper_bound(ranges_, address, {}, &Range::begin);
    if (after == ranges_.begin()) return false;
    const Range& range = *(after - 1);
    if (address >= range.end) return false;
    address += range.to - range.begin;
    return true;
}

uint64_t AddressMap::moved(uint64_t address) const {
    static_cast<void>(move(address));
    return address;
}

Bytes AddressMap::relocate(std::span<const uint8_t> code) const {
    ZydisDecoder decoder;
    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    Bytes bytes(code.begin(), code.end());
    std::map<uint64_t, uint64_t> known = opaque_;
    for (size_t at = 0; at < bytes.size();) {
        ZydisDecodedInstruction in;
        const ZyanStatus status = ZydisDecoderDecodeInstruction(
            &decoder, nullptr, bytes.data() + at, bytes.size() - at, &in);
        if (!ZYAN_SUCCESS(status)) break;
        if (in.raw.imm[0].size == 64 && in.raw.imm[0].is_relative == 0) {
            uint8_t* place = bytes.data() + at + in.raw.imm[0].offset;
            uint64_t word = 0;
            std::memcpy(&word, place, sizeof word);
            if (!move(word) && looksLikePointer(word)) word = opaque(word, known);
            std::memcpy(place, &word, sizeof word);
        }
        at += in.length;
    }
    return bytes;
}

}  // namespace tagproof::soundness
