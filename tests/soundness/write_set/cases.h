#pragma once
// Chooses what is run: an instruction of each row in turn, operands and addressing modes, concrete
// words for all registers and memory, and for each word an abstract word that describes it.

#include <array>
#include <cstdint>
#include <vector>

#include "tests/soundness/write_set/contract.h"
#include "tests/soundness/write_set/templates.h"

namespace tagproof::soundness {

// Symbols that always stand for the first and second object.
inline constexpr uint32_t kOwnerSymbol = 1;
inline constexpr uint32_t kOtherOwnerSymbol = 2;

struct TestCase {
    std::vector<uint8_t> before;  // a comparison that sets the flags, or nothing
    std::vector<uint8_t> bytes;   // the instruction, or a chain of them
    Template form;
    Fields fields;
    bool has_address = false;
    uint64_t address = 0;  // of the memory operand, as chosen
    uint64_t second_exit = 0;
    uint64_t poke_at = 0;  // arena offset of a word to be set to `poke`; 0: none
    uint64_t poke = 0;
    CpuState cpu;
    std::array<verify::Abstract, 16> reg;
    std::array<verify::Abstract, kFrameWords> frame;  // words downward from the return address
    uint32_t symbols = 1;                             // the next unused one
};

class CaseMaker {
  public:
    explicit CaseMaker(uint64_t seed) : random_(seed) {}

    // Fills `memory` anew, with words that the frame's abstract words describe.
    void newMemory(const Contract& contract, std::span<uint8_t> memory);
    // False: nothing fitting was found; try again.
    [[nodiscard]] bool make(const Contract& contract, const Template& form, TestCase& out);
    // Several instructions in a row, on few registers and the frame.
    void makeChain(const Contract& contract, std::span<const Template> links, TestCase& out);
    [[nodiscard]] static bool isLink(const Template& form);
    [[nodiscard]] Random& random() { return random_; }

  private:
    struct Pair {
        uint64_t word = 0;
        verify::Abstract is;
    };

    [[nodiscard]] uint64_t below(uint64_t bound) { return random_() % bound; }
    [[nodiscard]] bool oneIn(uint64_t n) { return below(n) == 0; }
    [[nodiscard]] uint64_t interestingWord();
    [[nodiscard]] uint8_t patternsWith(uint64_t word);
    [[nodiscard]] Pair number(uint64_t word);
    [[nodiscard]] Pair tagged(const Contract& contract);
    [[nodiscard]] Pair structural(const Contract& contract);
    [[nodiscard]] Pair any(const Contract& contract);

    // A pointer into some region, and the offset from it that is to be accessed.
    struct Base {
        Pair pointer;
        uint64_t offset = 0;
        bool is_fixed = false;  // the pointer cannot be another
    };

    [[nodiscard]] Pair anObject(const Contract& contract, uint64_t which, int64_t shift);
    void chooseWords(const Contract& contract, TestCase& out);
    void nameWords(TestCase& out);
    void relate(TestCase& out);
    void chooseFields(const Template& form, Fields& fields);
    [[nodiscard]] Base baseIn(const Contract& contract);
    [[nodiscard]] uint64_t chooseOther(bool pointer_in_index, TestCase& out);
    [[nodiscard]] uint64_t targetIn(const Base& base, unsigned width);
    [[nodiscard]] bool chooseAddress(const Contract& contract, TestCase& out);
    void appendComparison(std::vector<uint8_t>& out);
    void appendLink(const Template& form, TestCase& out);
    void chooseFlow(const Contract& contract, TestCase& out);
    void prepareOperands(TestCase& out);
    [[nodiscard]] static bool isAddressRegister(const TestCase& out, unsigned reg);

    Random random_;
    std::array<verify::Abstract, kFrameWords> frame_;
};

}  // namespace tagproof::soundness
