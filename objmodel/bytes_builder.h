#pragma once
// Builds bytes piece by piece, as StrBuilder does a Str. Out of memory is remembered and reported
// once, by finish().

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objmodel/bytes.h"

namespace tagproof {

class BytesBuilder {
  public:
    explicit BytesBuilder(Thread& thread) : thread_(thread) {}
    BytesBuilder(const BytesBuilder&) = delete;
    BytesBuilder& operator=(const BytesBuilder&) = delete;
    ~BytesBuilder();

    // Requires unit < 256.
    void append(char32_t unit) { appendRepeated(unit, 1); }
    void append(BufferView piece);
    void appendAscii(std::string_view text) {
        append({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
    }
    void appendRepeated(char32_t unit, uint64_t count);
    [[nodiscard]] uint64_t length() const { return length_; }

    // The bytes as a new reference, or null with MemoryError pending. Leaves the builder empty.
    [[nodiscard]] Bytes* finish();

  private:
    bool reserve(uint64_t more);  // false once memory ran out

    Thread& thread_;
    uint8_t* data_ = nullptr;  // owned
    uint64_t length_ = 0;
    uint64_t capacity_ = 0;
    bool failed_ = false;  // memory ran out
};

}  // namespace tagproof
