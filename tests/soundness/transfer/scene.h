#pragma once
// The abstract machine with all words of chosen kinds in its registers, and a CPU with words that
// they describe. Made anew for each way that the explorer takes.

#include <memory>
#include <span>

#include "symbolic/machine.h"
#include "tests/soundness/transfer/cpu.h"
#include "tests/soundness/transfer/world.h"

namespace tagproof::soundness {

// What is concrete of an abstract word; bounds, patterns, flags, maps and offsets are not. Those
// that are not named have no symbol.
enum class Shape : uint8_t {
    kTop,
    kNumber,
    kUnnamedNumber,
    kConstant,  // the same, apart: one word, and more than one
    kUnnamedConstant,
    kRange,
    kUnnamedRange,
    kHalfWord,
    kValue,
    kUnnamedValue,
    kObject,
    kTypedObject,
    kPartOfObject,
    kSlot,
    kUnnamedSlot,
    kTypedSlot,
    kValues,
    kDict,
    kItems,
    kLength,
    kType,
    kStack,
    kThread,
    kSaved,
};
// All words; constants and ranges as numbers.
[[nodiscard]] std::span<const Shape> wordShapes();
// What registers may hold: all but half words. Numbers apart.
[[nodiscard]] std::span<const Shape> registerShapes();
[[nodiscard]] const char* shapeName(Shape shape);
[[nodiscard]] bool isNumber(Shape shape);
[[nodiscard]] bool isUnnamed(Shape shape);
[[nodiscard]] bool hasSymbol(Shape shape);
// The same terms, whatever their values are.
[[nodiscard]] bool isSame(const Abstract& a, const Abstract& b);

// The symbol that relations (derived, bounded, items, length, type) refer to.
inline constexpr uint32_t kOwner = 1;
inline constexpr uint32_t kOtherOwner = 2;
// Symbols of locations: this plus the location's number.
inline constexpr uint32_t kFirstSymbol = 16;
inline constexpr uint32_t kNextSymbol = 100;

// What the CPU's flags are those of after what the machine calls `op`.
[[nodiscard]] FlagSource::Kind sourceOf(symbolic::Comparison::Op op);

class Scene {
  public:
    // rsp is `frame` words below the return address.
    Scene(Explorer& explorer, symbolic::MachineMemory& memory, uint32_t frame = kFrame);

    // Any word of the shape, with bounds and so on named after `name`.
    [[nodiscard]] Abstract any(Shape shape, const std::string& name, uint32_t symbol);
    // `location` holds `a`, and the CPU a word that it describes.
    void put(uint32_t location, const Abstract& a);
    void put(uint32_t location, Shape shape);
    // The same, with the word and the symbol of `other`.
    void putCopy(uint32_t location, const Abstract& a, uint32_t other);

    // Executes on both sides. False: the verifier rejects.
    [[nodiscard]] bool execute(const Code& code);
    // Claims that each location's word is what the machine says, and that the flags are those of
    // what it says was compared.
    void claimAll();
    [[nodiscard]] z3::expr word(uint32_t location) const {
        return location < 16 ? cpu.regs[location] : cpu.frame[location - 16];
    }
    // What was put, in words; outlives the scene.
    using InWords = std::function<std::string(const z3::model&)>;
    [[nodiscard]] InWords inWords() const;

    World world;
    Cpu cpu;
    symbolic::Machine machine;
    symbolic::State& state;

  private:
    void watch(const z3::expr& word, unsigned bytes);
    void claimName(const std::string& place, const Abstract& a, const z3::expr& word);
    void claimWord(const std::string& place, const Abstract& a, const z3::expr& word);
    // Claims that `a` is one of those that any() makes: what one proof leaves, another starts from.
    void claimShape(const std::string& place, const Abstract& a, bool may_be_half);
    void claimFlags();
    void compareBefore();
    struct Before {
        uint32_t location;
        Abstract a;
        z3::expr word;
    };
    class Rejections final : public symbolic::Reporter {
      public:
        void report(const symbolic::Instruction&, symbolic::RuleId, std::string_view) override {
            ++count;
        }
        unsigned count = 0;
    };
    [[nodiscard]] bool isAsBefore(uint32_t location) const;

    Explorer& explorer_;
    Rejections rejections_;
    std::vector<Before> before_;
};

// The records that decode() makes of the code, with symbolic immediates and displacements.
[[nodiscard]] std::vector<symbolic::Instruction> recordsOf(const Code& code, const Cpu& cpu);

}  // namespace tagproof::soundness
