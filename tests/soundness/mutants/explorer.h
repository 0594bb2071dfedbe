#pragma once
// Looks for inputs that reach each instruction of a function: random genomes, and variations of
// those that entered a block first.

#include <vector>

#include "tests/soundness/mutants/emulator.h"
#include "tests/soundness/mutants/function.h"

namespace tagproof::soundness {

class Explorer {
  public:
    // Runs the function `runs` times. What a run does against the property ends the search.
    Explorer(Emulator& emulator, Scene& scene, const Function& function, Dice& dice, unsigned runs);

    // A genome that reached the instruction at `offset`, or any.
    [[nodiscard]] const Genome& reaching(uint32_t offset, Dice& dice) const;
    [[nodiscard]] bool isReached(uint32_t offset) const {
        return offset < reached_by_.size() && !reached_by_[offset].empty();
    }
    [[nodiscard]] const std::vector<Genome>& genomes() const { return genomes_; }
    // What went wrong, if anything did, and with what.
    [[nodiscard]] const Run& breach() const { return breach_; }

  private:
    // What a run has shown of the function.
    enum class News : uint8_t { kNone, kSome, kFirst };
    News note(const std::vector<Emulator::Block>& trace);
    [[nodiscard]] Genome next(Dice& dice) const;

    std::vector<Genome> genomes_;                    // those that entered something first
    std::vector<std::vector<uint32_t>> sites_;       // that they looked at
    std::vector<uint32_t> first_;                    // genomes that nobody was before
    std::vector<std::vector<uint32_t>> reached_by_;  // genomes by byte of the function
    Run breach_;
};

}  // namespace tagproof::soundness
