#pragma once
// What is known of an HIR value: a set of representations, and the exact type where it is one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tagproof {
struct Type;
}

namespace tagproof::hir {

class HirType {
  public:
    enum Bits : uint16_t {
        kFixnumBit = 1,  // tagged fixnum word
        kDoubleBit = 2,  // tagged immediate double word
        kNoneBit = 4,
        kBoolBit = 8,
        kHeapBit = 16,        // any other heap object, boxed floats and big ints included
        kNullBit = 32,        // the empty word
        kFlagBit = 64,        // machine condition, 0 or 1
        kIntBit = 128,        // raw integer
        kRawDoubleBit = 256,  // unboxed double
        kValuesBit = 512,     // slot word in values form; dies where facts die
    };

    constexpr HirType() = default;
    constexpr explicit HirType(uint16_t bits, const Type* exact = nullptr)
        : bits_(bits), exact_(exact) {}

    [[nodiscard]] constexpr uint16_t bits() const { return bits_; }
    // The exact type of a heap object, or null.
    [[nodiscard]] constexpr const Type* exact() const { return exact_; }
    [[nodiscard]] constexpr bool isWithin(HirType wider) const {
        return (bits_ & ~wider.bits_) == 0 && (wider.exact_ == nullptr || wider.exact_ == exact_);
    }
    [[nodiscard]] constexpr bool mayBe(Bits bit) const { return (bits_ & bit) != 0; }
    [[nodiscard]] constexpr bool isNothing() const { return bits_ == 0; }
    // Words that carry no reference count: immediates, and the immortal None and bools.
    [[nodiscard]] constexpr bool isUncounted() const { return (bits_ & kHeapBit) == 0; }
    [[nodiscard]] constexpr HirType unionWith(HirType other) const {
        const Type* exact = exact_ == other.exact_ ? exact_ : nullptr;
        return HirType(static_cast<uint16_t>(bits_ | other.bits_), exact);
    }
    [[nodiscard]] constexpr HirType withoutNull() const {
        return HirType(static_cast<uint16_t>(bits_ & ~kNullBit), exact_);
    }
    friend constexpr bool operator==(HirType, HirType) = default;

    // "Object", "Fixnum", "Point?" ...
    [[nodiscard]] std::string toString() const;

  private:
    uint16_t bits_ = 0;            // possible representations
    const Type* exact_ = nullptr;  // borrowed; the code keeps the types it names alive
};

namespace types {
inline constexpr HirType kNothing{0};
inline constexpr HirType kFixnum{HirType::kFixnumBit};
inline constexpr HirType kDouble{HirType::kDoubleBit};
inline constexpr HirType kImmediate{HirType::kFixnumBit | HirType::kDoubleBit};
inline constexpr HirType kNone{HirType::kNoneBit};
inline constexpr HirType kBool{HirType::kBoolBit};
inline constexpr HirType kHeapObject{HirType::kHeapBit | HirType::kBoolBit | HirType::kNoneBit};
inline constexpr HirType kObject{HirType::kFixnumBit | HirType::kDoubleBit | HirType::kNoneBit |
                                 HirType::kBoolBit | HirType::kHeapBit};
inline constexpr HirType kNull{HirType::kNullBit};
inline constexpr HirType kObjectOrNull{static_cast<uint16_t>(kObject.bits() | HirType::kNullBit)};
inline constexpr HirType kFixnumOrNull{HirType::kFixnumBit | HirType::kNullBit};
inline constexpr HirType kFlag{HirType::kFlagBit};
inline constexpr HirType kInt{HirType::kIntBit};
inline constexpr HirType kRawDouble{HirType::kRawDoubleBit};
inline constexpr HirType kValues{HirType::kValuesBit};

}  // namespace types

// The type that toString() calls `name`, unions and exact types left out.
[[nodiscard]] std::optional<HirType> typeNamed(std::string_view name);

}  // namespace tagproof::hir
