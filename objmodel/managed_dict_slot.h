#pragma once
// The managed-dict slot of an instance, at +0x18 of every object (CPython 3.12 keeps it at obj -
// 24).
//
//   0                      nothing yet
//   LSB 1                  values form: the word is `values - 1`
//   LSB 0 and non-zero     dict form: a 16-aligned Dict*
//
// The encode helpers below are the only C++ code that writes the word; the field is private to
// them. Seen as a pointer the word in values form addresses the block's prefix byte: never use it
// as a base and never count references through it.

#include <bit>
#include <cstdint>

#include "objmodel/layout.h"
#include "objmodel/value.h"

namespace tagproof {

struct Dict;

class ManagedDictSlot {
  public:
    [[nodiscard]] bool isEmpty() const { return word_ == 0; }
    [[nodiscard]] bool isValues() const { return (word_ & layout::kSlotValuesTag) != 0; }
    [[nodiscard]] bool isDict() const { return !isEmpty() && !isValues(); }

    // Requires isValues(). Points at value 0 of the block.
    [[nodiscard]] Value* values() const { return std::bit_cast<Value*>(word_ + 1); }
    // Requires isDict(). Borrowed.
    [[nodiscard]] Dict* dict() const { return std::bit_cast<Dict*>(word_); }
    // For checks and reports only.
    [[nodiscard]] uint64_t rawWord() const { return word_; }

    void encodeValues(Value* values) { word_ = std::bit_cast<uint64_t>(values) - 1; }
    void encodeDict(Dict* dict) { word_ = std::bit_cast<uint64_t>(dict); }
    void encodeEmpty() { word_ = 0; }

  private:
    uint64_t word_ = 0;  // the tagged word
};
static_assert(sizeof(ManagedDictSlot) == 8);

}  // namespace tagproof
