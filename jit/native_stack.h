#pragma once
// Which code the present thread may still return to, found conservatively: any word of its native
// stack that lies in a range counts as a return address.

#include <cstdint>
#include <span>

namespace tagproof {

class NativeStack {
  public:
    // The stack of the calling thread, from this call on upwards.
    NativeStack();
    [[nodiscard]] bool mentions(std::span<const uint8_t> code) const;

  private:
    std::span<const uint64_t> words_;  // newest first
};

}  // namespace tagproof
