#pragma once
// The decimal digits of a fixnum, without a heap buffer.

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tagproof {

class FixnumText {
  public:
    explicit FixnumText(int64_t number)
        : size_(static_cast<size_t>(std::to_chars(text_, text_ + sizeof text_, number).ptr -
                                    text_)) {}
    [[nodiscard]] std::string_view view() const { return {text_, size_}; }

  private:
    char text_[24];  // NOLINT(modernize-avoid-c-arrays)
    size_t size_;
};

}  // namespace tagproof
