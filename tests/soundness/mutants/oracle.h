#pragma once
// Watches a run for anything that the property of jit/verify/README.md forbids. It knows what lies
// where (scene.h), not how the function was proven: each access is judged by its address, each call
// and the return by the words in registers.

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/soundness/mutants/scene.h"

namespace tagproof::soundness {

enum class Breach : uint8_t {
    kNone,
#define TAGPROOF_BREACH(id, property, text) k##id,
#include "tests/soundness/mutants/breaches.def"
#undef TAGPROOF_BREACH
    kCount,
};
inline constexpr size_t kBreachCount = static_cast<size_t>(Breach::kCount);
[[nodiscard]] std::string_view breachName(Breach breach);  // "SlotWrite"
[[nodiscard]] std::string_view breachText(Breach breach);
[[nodiscard]] unsigned propertyOf(Breach breach);  // 1 to 5

// One access, with the instruction that makes it.
struct Access {
    uint64_t address;
    unsigned size;
    uint64_t word;        // written
    uint64_t rsp;         // before the instruction
    const uint8_t* code;  // the instruction, at least 15 readable bytes
};

class Oracle {
  public:
    Oracle(const Scene& scene, const Memory& memory) : scene_(scene), memory_(memory) {}

    [[nodiscard]] Breach read(const Access& access) const;
    [[nodiscard]] Breach write(const Access& access) const;

    // Is this word a value; an argument or result of that kind?
    [[nodiscard]] bool isValue(uint64_t word, bool nullable) const;
    // Of the helper, as what its row says.
    [[nodiscard]] bool isArgument(const verify::Helper& helper,
                                  unsigned argument,
                                  uint64_t word) const;
    // Do the words of the exit buffer fit the exit's metadata?
    [[nodiscard]] bool fitsExit(uint64_t id) const;

  private:
    [[nodiscard]] Breach readStack(const Access& access) const;
    [[nodiscard]] Breach readThread(const Access& access) const;
    [[nodiscard]] Breach readObject(const Cell& cell, const Access& access) const;
    [[nodiscard]] Breach writeStack(const Access& access) const;
    [[nodiscard]] Breach writeThread(const Access& access) const;
    [[nodiscard]] Breach writeObject(const Cell& cell, const Access& access) const;
    [[nodiscard]] Breach writeField(const verify::Field& field,
                                    uint64_t inside,
                                    const Access& access) const;
    [[nodiscard]] static Breach outsideOfValues(const Cell& cell, const Access& access);

    const Scene& scene_;
    const Memory& memory_;
};

}  // namespace tagproof::soundness
