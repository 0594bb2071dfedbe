#pragma once
// The memory that a function runs in: adversarial, but within what its tables promise. Each object
// of a type row, managed ones in any of the states S0 to S3, with values blocks side by side so
// that a neighbour's prefix follows each of them; lists and tuples of any length, 0 included; dead
// objects; constants, cells and the thread. The layout is fixed for a function; contents and states
// follow from a genome, and change at calls that may free (disturb).

#include <array>
#include <map>
#include <memory>
#include <vector>

#include "jit/verify/verify.h"
#include "tests/soundness/mutants/genome.h"
#include "tests/soundness/mutants/memory_map.h"

namespace tagproof::soundness {

// Host memory behind the areas of the emulated address space.
class Memory {
  public:
    Memory();
    [[nodiscard]] uint8_t* area(const Area& which) const;
    [[nodiscard]] uint64_t load(uint64_t address) const;  // 8 bytes; the address must be mapped
    void store(uint64_t address, uint64_t word) const;
    void store32(uint64_t address, uint32_t word) const;
    void fill(uint64_t address, uint8_t byte, size_t size) const;

  private:
    [[nodiscard]] uint8_t* at(uint64_t address) const;

    struct Pages {
        uint64_t base;
        uint64_t size;
        std::unique_ptr<uint8_t, void (*)(void*)> bytes;
    };
    std::vector<Pages> pages_;
};

enum class CellKind : uint8_t { kNothing, kObject, kValues, kItems, kRegion, kEntry };
enum class BlockState : uint8_t { kFree, kInSlot, kInDict };

// Something in kHeap or kTables that has a size.
struct Cell {
    CellKind kind = CellKind::kNothing;
    uint64_t address = 0;
    uint32_t size = 0;
    // objects
    uint32_t home_row = verify::kNoType;  // the cell's kind: it may get other types of that kind
    uint32_t type_row = verify::kNoType;  // now
    bool managed = false;
    bool is_constant = false;  // in the tables: keeps its type
    bool is_type = false;      // a type object
    bool is_dict = false;
    uint32_t storage = 0;    // first of its two values blocks, 0: none
    uint32_t items[2] = {};  // its item arrays, 0: none
    // values blocks
    BlockState block = BlockState::kFree;
    uint32_t capacity = 0;
    uint32_t prefix = 0;  // bytes in front of the values
    // item arrays, and objects with inline items: how many are there
    uint32_t length = 0;
    uint32_t length_site = 0;
    // cells
    const verify::Region* region = nullptr;
    uint32_t entry = 0;  // index of the entry cell

    [[nodiscard]] uint64_t values() const { return address + prefix; }
};

class Scene {
  public:
    static constexpr uint32_t kSitesPerCall = 50000;  // choices that a call makes

    Scene(const verify::Trusted& trusted, const Memory& memory);
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;
    [[nodiscard]] bool fits() const { return fits_; }

    void reset(const Genome& genome);
    // What a call that may free, materialise and run guest code leaves.
    void disturb(uint32_t call);
    // Nothing is left of the exit buffer.
    void poisonExitWords();

    // The cell that `address` lies in, or null.
    [[nodiscard]] const Cell* find(uint64_t address) const;
    [[nodiscard]] bool isObject(uint64_t word) const;
    [[nodiscard]] bool isSlotWord(uint64_t word) const;  // or a pointer computed from one
    [[nodiscard]] static uint64_t poison(uint32_t exit_word);

    [[nodiscard]] const verify::Trusted& trusted() const { return trusted_; }
    [[nodiscard]] const verify::TypeRow* row(uint32_t index) const;
    [[nodiscard]] const verify::Field* threadField(uint64_t offset) const;
    [[nodiscard]] const Genome& genome() const { return *genome_; }
    // The choice that made the word at `address`; 0: none did.
    [[nodiscard]] uint32_t siteOf(uint64_t address) const;

    // Words made from a random number: a value; an object; an integer; what a register may hold
    // that no contract speaks of.
    [[nodiscard]] uint64_t value(uint64_t x) const;
    [[nodiscard]] uint64_t object(uint64_t x) const;
    [[nodiscard]] static uint64_t fixnum(uint64_t x);
    [[nodiscard]] uint64_t number(uint64_t x) const;
    [[nodiscard]] uint64_t garbage(uint64_t x) const;

  private:
    // layout (scene_layout.cc)
    [[nodiscard]] std::map<uint64_t, Cell> namedObjects() const;
    void layOutTables();
    void layOutHeap();
    void addObject(uint32_t type_row, bool managed);
    void addContents(size_t object);
    uint32_t addStorage(uint32_t capacity);
    uint32_t addItems();
    uint32_t addCell(const Cell& cell);
    uint32_t addHeapCell(Cell cell);
    void indexThread();

    // contents
    void chooseTheme();
    void fillObject(Cell& cell, uint32_t site);
    void fillSlot(Cell& cell, uint32_t state_site);
    void fillBlock(Cell& block, uint32_t site);
    void fillField(Cell& cell, const verify::Field& field, uint32_t site);
    void fillRegion(const Cell& cell, uint32_t site);
    void fillThread(uint32_t site);
    void fillGarbage();
    void put(uint64_t address, unsigned width, uint64_t word, uint32_t site);
    void changeType(Cell& cell, uint64_t x);
    [[nodiscard]] uint64_t typeWord(const Cell& cell) const;
    [[nodiscard]] uint64_t word(verify::FieldKind kind, uint64_t x) const;
    [[nodiscard]] uint64_t draw(uint32_t site) const { return genome_->draw(site); }

    const verify::Trusted& trusted_;
    const Memory& memory_;
    const Genome* genome_ = nullptr;
    bool fits_ = true;
    uint32_t exit_words_ = 0;                          // of the exit that has most
    uint64_t next_ = kHeap.base;                       // layout: unused heap
    std::vector<Cell> cells_;                          // [0] is nothing
    std::vector<uint16_t> heap_index_, tables_index_;  // cell of each 8 bytes, 0: none
    std::vector<uint16_t> thread_index_;               // 1 + field of each 4 bytes, 0: none
    std::vector<uint32_t> heap_sites_, tables_sites_, thread_sites_;  // of each 8 bytes
    std::vector<std::vector<uint32_t>> of_row_;  // heap objects by row; last: of no row
    std::vector<uint32_t> constants_;
    std::vector<uint32_t> dicts_;
    uint64_t unknown_types_[2] = {};
    uint64_t dead_type_ = 0;

    // theme of the run
    unsigned mood_ = 0;
    unsigned favoured_[2] = {};
    bool calm_ = false;  // calls change little
    std::array<uint64_t, 16> garbage_{};
};

}  // namespace tagproof::soundness
