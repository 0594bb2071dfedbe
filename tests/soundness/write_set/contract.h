#pragma once
// The world that the arena stands for: trusted tables whose objects, cells, thread and stack lie in
// it, memory that keeps what they promise, and what an abstract word says of a concrete one.

#include <array>
#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

#include "jit/verify/domain.h"
#include "jit/verify/state.h"
#include "tests/soundness/write_set/native.h"

namespace tagproof::soundness {

inline constexpr uint32_t kFrameWords = 24;
using Random = std::mt19937_64;

// Arena offsets.
struct Place {
    static constexpr uint64_t kEntryRsp = 0x0C08;  // of the return address
    static constexpr uint64_t kThread = 0x1000;
    static constexpr uint64_t kCells = 0x1800;
    static constexpr uint64_t kObject[3] = {0x2000, 0x2100, 0x2200};
    static constexpr uint64_t kType[2] = {0x2400, 0x2500};
    static constexpr uint64_t kValues = 0x2840;
    static constexpr uint64_t kItems = 0x2A00;
};
inline constexpr uint32_t kCapacity = 6;
inline constexpr uint32_t kItemCount = 5;

// Concrete words of symbols.
class Symbols {
  public:
    void clear() { ++epoch_; }
    // False: the symbol stands for another word.
    [[nodiscard]] bool bind(uint32_t symbol, uint64_t word);
    [[nodiscard]] const uint64_t* find(uint32_t symbol) const;

  private:
    struct Word {
        uint64_t epoch = 0;
        uint64_t word = 0;
    };
    uint64_t epoch_ = 1;
    std::array<Word, 4096> words_ = {};
};

class Contract {
  public:
    // `base`: the address of the arena that pointers use.
    explicit Contract(uint64_t base);
    Contract(const Contract&) = delete;
    Contract& operator=(const Contract&) = delete;

    [[nodiscard]] const verify::Trusted& trusted() const { return trusted_; }
    [[nodiscard]] const verify::Tables& tables() const { return tables_; }
    [[nodiscard]] uint64_t at(uint64_t place) const { return base_ + place; }
    [[nodiscard]] uint64_t entryRsp() const { return at(Place::kEntryRsp); }

    // Fills an image of the arena with words of the promised kinds.
    void fillMemory(std::span<uint8_t> image, Random& random) const;
    // Words of a slot: values - 1 of the values block.
    [[nodiscard]] uint64_t slotWord() const { return at(Place::kValues) - 1; }
    // An immediate or an object.
    [[nodiscard]] uint64_t valueWord(Random& random) const;
    // What memory promises, after an instruction that was accepted. Empty: kept.
    [[nodiscard]] std::string_view brokenPromise(std::span<const uint8_t> image) const;

    // Is `word` one that `a` describes? Symbols are looked up, not bound.
    [[nodiscard]] bool describes(const verify::Abstract& a,
                                 uint64_t word,
                                 const Symbols& symbols,
                                 std::span<const uint64_t, 16> registers_before) const;

  private:
    // Row of the type of object k.
    [[nodiscard]] static unsigned typeOf(unsigned k) { return k == 1 ? 1 : 0; }
    template <typename Visit>
    void forEachPromise(const Visit& visit) const;
    [[nodiscard]] bool keeps(verify::FieldKind kind, uint64_t word) const;
    [[nodiscard]] bool isObject(uint64_t word) const;
    [[nodiscard]] bool isValue(uint64_t word, bool nullable) const;
    [[nodiscard]] bool describesInteger(const verify::Abstract& a,
                                        uint64_t word,
                                        const Symbols& symbols) const;
    [[nodiscard]] bool describesObject(const verify::Abstract& a, uint64_t word) const;

    uint64_t base_;
    std::vector<verify::Field> fields_[2];
    std::vector<verify::Field> type_fields_;
    std::vector<verify::Field> thread_fields_;
    std::vector<verify::TypeRow> types_;
    std::vector<verify::Region> regions_;
    std::vector<verify::Constant> constants_;
    verify::SharedTables shared_;
    verify::Trusted trusted_;
    verify::Tables tables_{trusted_};
};

}  // namespace tagproof::soundness
