#pragma once
// Moves a function into the emulated address space: what its tables name by address gets an address
// in kTables or kHelpers, and so do the 64-bit immediates of its code that hold such an address.
// Distances of less than a few dozen bytes stay as they are. Handles and pointers that no table
// names go to kOpaque, so that the bytes do not depend on where the process had its memory.

#include <map>
#include <span>
#include <vector>

#include "tests/soundness/mutants/function.h"

namespace tagproof::soundness {

class AddressMap {
  public:
    explicit AddressMap(const verify::Trusted& trusted);

    [[nodiscard]] uint64_t moved(uint64_t address) const;
    [[nodiscard]] Bytes relocate(std::span<const uint8_t> code) const;
    // Everything fits into the areas.
    [[nodiscard]] bool fits() const { return fits_; }

  private:
    struct Range {
        uint64_t begin;
        uint64_t end;
        uint64_t to;
    };
    void merge(std::vector<Range> wanted);
    [[nodiscard]] bool move(uint64_t& address) const;
    // Where `address` lies in kOpaque: as is known, or behind all that are known.
    [[nodiscard]] static uint64_t opaque(uint64_t address, std::map<uint64_t, uint64_t>& known);

    std::vector<Range> ranges_;            // ascending, apart
    std::map<uint64_t, uint64_t> calls_;   // helpers
    std::map<uint64_t, uint64_t> opaque_;  // handles
    bool fits_ = true;
};

}  // namespace tagproof::soundness
