#include "tests/soundness/mutants/explorer.h"

namespace tagproof::soundness {
namespace {

constexpr size_t kGenomesKept = 6;  // for each byte

}  // namespace

Explorer::Explorer(
    Emulator& emulator, Scene& scene, const Function& function, Dice& dice, unsigned runs)
    : reached_by_(function.code.size()) {
    emulator.load(function.code);
    for (unsigned k = 0; k < runs; ++k) {
        Genome genome = Genome::fresh(dice());
        if (!genomes_.empty() && !dice.oneIn(4)) {
            // The newest lead furthest.
            const size_t back = dice.oneIn(2) ? dice.below(std::min<size_t>(genomes_.size(), 4))
                                              : dice.below(genomes_.size());
            static constexpr uint8_t kRates[] = {2, 6, 16, 48};
            genome = genomes_[genomes_.size() - 1 - back].varied(dice(), kRates[dice.below(4)]);
        }
        scene.reset(genome);
        const Run run = emulator.run(scene);
        genomes_.push_back(std::move(genome));
        if (run.end == End::kBreach) {
            breach_ = run;
            return;
        }
        if (!note(emulator.trace())) genomes_.pop_back();
    }
    if (genomes_.empty()) genomes_.push_back(Genome::fresh(dice()));
}

// Is the genome among the first to enter one of these blocks?
bool Explorer::note(const std::vector<Emulator::Block>& trace) {
    const auto index = static_cast<uint32_t>(genomes_.size() - 1);
    bool is_new = false;
    for (const Emulator::Block& block : trace) {
        const size_t end = std::min<size_t>(block.offset + block.size, reached_by_.size());
        for (size_t at = block.offset; at < end; ++at) {
            std::vector<uint32_t>& by = reached_by_[at];
            if (by.size() >= kGenomesKept || (!by.empty() && by.back() == index)) continue;
            by.push_back(index);
            is_new = true;
        }
    }
    return is_new;
}

const Genome& Explorer::reaching(uint32_t offset, Dice& dice) const {
    if (!isReached(offset)) return genomes_[dice.below(genomes_.size())];
    const std::vector<uint32_t>& by = reached_by_[offset];
    return genomes_[by[dice.below(by.size())]];
}

}  // namespace tagproof::soundness
