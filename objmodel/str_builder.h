#pragma once
// Builds a Str piece by piece. Holds the text in the narrowest kind seen so far and widens when a
// piece needs it. Out of memory is remembered and reported once, by finish().

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objmodel/str.h"

namespace tagproof {

class StrBuilder {
  public:
    explicit StrBuilder(Thread& thread) : thread_(thread) {}
    StrBuilder(const StrBuilder&) = delete;
    StrBuilder& operator=(const StrBuilder&) = delete;
    ~StrBuilder();

    void append(char32_t code_point);
    void append(const Str* text) { append(text, 0, text->length); }
    void append(const Str* text, uint64_t begin, uint64_t end);
    void appendAscii(std::string_view ascii);
    void appendRepeated(char32_t code_point, uint64_t count);
    [[nodiscard]] uint64_t length() const { return length_; }

    // The text as a new reference, or null with MemoryError pending. Leaves the builder empty.
    [[nodiscard]] Str* finish();

  private:
    bool reserve(uint64_t more, char32_t widest);  // false once memory ran out
    void widen(uint8_t* to, uint32_t kind) const;
    template <typename Unit>
    void appendUnits(const Unit* units, uint64_t count);

    Thread& thread_;
    static constexpr uint64_t kOwnBytes = 128;

    void release();

    uint8_t own_[kOwnBytes];         // NOLINT(modernize-avoid-c-arrays)
    uint8_t* data_ = own_;           // capacity_ units of kind_ bytes: own_, or an owned buffer
    uint64_t length_ = 0;            // code points so far
    uint64_t capacity_ = kOwnBytes;  // code points that fit
    uint32_t kind_ = 1;              // bytes per code point; some code point so far needs them
    bool failed_ = false;            // memory ran out
};

}  // namespace tagproof
