#include "tests/soundness/mutants/explorer.h"

#include <algorithm>

namespace tagproof::soundness {
namespace {

constexpr size_t kGenomesKept = 6;  // for each byte

}  // namespace

// Something new, or a leader with one or two of the choices made anew that it looked at, the last
// ones most often: they decided where it went.
Genome Explorer::next(Dice& dice) const {
    if (first_.empty() || dice.oneIn(8)) return Genome::fresh(dice());
    const size_t recent = std::min<size_t>(first_.size(), 6);
    const size_t leader =
        first_[dice.oneIn(2) ? dice.below(first_.size()) : first_.size() - 1 - dice.below(recent)];
    const std::vector<uint32_t>& sites = sites_[leader];
    if (sites.empty() || dice.oneIn(8)) {
        static constexpr uint8_t kRates[] = {4, 16, 48};
        return genomes_[leader].varied(dice(), kRates[dice.below(std::size(kRates))]);
    }
    Genome genome = genomes_[leader];
    for (unsigned changes = 1 + dice.below(2); changes > 0; --changes) {
        const size_t back = dice.below(1 + dice.below(sites.size()));
        genome.choose(sites[sites.size() - 1 - back], dice());
    }
    return genome;
}

Explorer::Explorer(
    Emulator& emulator, Scene& scene, const Function& function, Dice& dice, unsigned runs)
    : reached_by_(function.code.size()) {
    emulator.load(function.code);
    for (unsigned k = 0; k < runs; ++k) {
        genomes_.push_back(next(dice));
        scene.reset(genomes_.back());
        const Run run = emulator.run(scene);
        if (run.end == End::kBreach) {
            breach_ = run;
            return;
        }
        const News news = note(emulator.trace());
        if (news == News::kFirst) first_.push_back(static_cast<uint32_t>(genomes_.size() - 1));
        if (news == News::kNone) {
            genomes_.pop_back();
        } else {
            sites_.push_back(emulator.sites());
        }
    }
    if (genomes_.empty()) genomes_.push_back(Genome::fresh(dice()));
}

// Is the newest genome among the first to enter one of these blocks?
Explorer::News Explorer::note(const std::vector<Emulator::Block>& trace) {
    const auto index = static_cast<uint32_t>(genomes_.size() - 1);
    News news = News::kNone;
    for (const Emulator::Block& block : trace) {
        const size_t end = std::min<size_t>(block.offset + block.size, reached_by_.size());
        for (size_t at = block.offset; at < end; ++at) {
            std::vector<uint32_t>& by = reached_by_[at];
            if (by.size() >= kGenomesKept || (!by.empty() && by.back() == index)) continue;
            news = by.empty() ? News::kFirst : std::max(news, News::kSome);
            by.push_back(index);
        }
    }
    return news;
}

const Genome& Explorer::reaching(uint32_t offset, Dice& dice) const {
    if (!isReached(offset)) return genomes_[dice.below(genomes_.size())];
    const std::vector<uint32_t>& by = reached_by_[offset];
    return genomes_[by[dice.below(by.size())]];
}

}  // namespace tagproof::soundness
