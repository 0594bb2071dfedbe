#pragma once
// Compares what jit/verify's decode() made of some bytes with what the second decoder reads in
// them.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tests/soundness/encodings/second_decoder.h"

namespace tagproof::soundness {

// What can differ.
enum class Aspect : uint8_t {
    kRejected,  // the second decoder knows no such instruction
    kLength,
    kMnemonic,  // family or operation
    kRow,       // the name of the row
    kForm,
    kRegister,
    kMemory,
    kImmediate,
    kWidth,
    kRegisterAccess,  // which registers are written and read
    kMemoryAccess,
    kFlags,  // whether they are written
};

// A difference that is understood: why, and exactly where. `explains` must be false for every case
// that it is not about.
struct Case {
    std::span<const uint8_t> bytes;
    const verify::Instruction* instruction = nullptr;
    const Reading* reading = nullptr;  // null: rejected
};
struct Explanation {
    std::string_view key;
    std::string_view reason;
    Aspect aspect;
    bool (*explains)(const Case&);
};
[[nodiscard]] std::span<const Explanation> explanations();

inline constexpr uint32_t kMaxExplanations = 32;

class Comparer {
  public:
    // Empty: they agree, or each difference is explained. Else what differs.
    [[nodiscard]] std::string_view compare(const Case& c);
    // Cases by the explanation that they needed.
    std::array<uint64_t, kMaxExplanations> explained = {};

  private:
    [[nodiscard]] std::string_view compareEffects(const Case& c);
    [[nodiscard]] bool isExplained(Aspect aspect, const Case& c);

    std::array<const Shape*, verify::kMaxRows> checked_name_ = {};
};

}  // namespace tagproof::soundness
