#pragma once
// A function as a list of instructions, so that they can be dropped, doubled, moved and changed
// while branches keep their targets.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "tests/soundness/mutants/function.h"

namespace tagproof::soundness {

// A few bytes without memory of their own.
class ShortBytes {
  public:
    static constexpr size_t kCapacity = 22;

    ShortBytes() = default;
    explicit ShortBytes(std::span<const uint8_t> bytes)
        : size_(static_cast<uint8_t>(bytes.size())) {
        std::copy(bytes.begin(), bytes.end(), bytes_);
    }
    [[nodiscard]] size_t size() const { return size_; }
    [[nodiscard]] uint8_t* data() { return bytes_; }
    [[nodiscard]] const uint8_t* data() const { return bytes_; }
    [[nodiscard]] uint8_t& operator[](size_t k) { return bytes_[k]; }
    [[nodiscard]] uint8_t operator[](size_t k) const { return bytes_[k]; }
    [[nodiscard]] std::span<const uint8_t> span() const { return {bytes_, size_}; }
    // Nothing happens when there is no room.
    void insert(size_t at, uint8_t byte) {
        if (size_ >= kCapacity) return;
        std::copy_backward(bytes_ + at, bytes_ + size_, bytes_ + size_ + 1);
        bytes_[at] = byte;
        ++size_;
    }

  private:
    uint8_t bytes_[kCapacity] = {};
    uint8_t size_ = 0;
};

struct Piece {
    ShortBytes bytes;  // one instruction; may become anything
    // Where its parts stand in `bytes`; size 0: it has none.
    uint8_t opcode = 0;
    uint8_t modrm = 0;  // 0: none
    uint8_t sib = 0;    // 0: none
    uint8_t displacement = 0, displacement_size = 0;
    uint8_t immediate = 0, immediate_size = 0;
    uint8_t relative = 0, relative_size = 0;
    static constexpr uint32_t kNoTarget = 0xFFFFFFFF;
    uint32_t target = kNoTarget;  // relative branches: index of the piece jumped to
    uint32_t offset = 0;          // in the function it was read from
};

using Listing = std::vector<Piece>;

[[nodiscard]] Listing readListing(std::span<const uint8_t> code);
// Empty when a branch does not reach its target.
[[nodiscard]] Bytes writeListing(const Listing& listing);
// Reads one instruction's parts anew after its bytes have changed. What is left over or cannot be
// decoded stays as it is.
void readParts(Piece& piece);

// Byte offset of a piece in what writeListing makes.
[[nodiscard]] uint32_t offsetOf(const Listing& listing, size_t index);

}  // namespace tagproof::soundness
