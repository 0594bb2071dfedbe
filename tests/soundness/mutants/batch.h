#pragma once
// One unit of the campaign's work: a function is run as it is, then mutants of it are verified and
// executed. What a batch does depends on its seed and the corpus alone.

#include <optional>

#include "jit/verify/infer/infer.h"
#include "tests/soundness/mutants/corpus.h"
#include "tests/soundness/mutants/explorer.h"
#include "tests/soundness/mutants/lies.h"
#include "tests/soundness/mutants/tally.h"

namespace tagproof::soundness {

// What all batches of a process share.
struct Workbench {
    const Corpus& corpus;
    Memory memory;
    Emulator emulator{memory};
    verify::InferenceWorkspace inference;
    verify::Workspace checking;

    explicit Workbench(const Corpus& functions) : corpus(functions) {}
};

class Batch {
  public:
    // A function that is drawn more often the shorter it is.
    [[nodiscard]] static const Function& pick(const Corpus& corpus, Dice& dice);

    Batch(Workbench& bench, const Function& function, const Function& donor, uint64_t seed);
    void run(uint32_t mutants, Tally& tally);

  private:
    // How the checker was asked.
    struct Asked {
        verify::Verdict verdict;
        unsigned lies = 0;
        bool own_hints = true;
    };
    void runOriginal(Tally& tally);
    void tryMutant(uint32_t index, Tally& tally);
    [[nodiscard]] size_t pickPlace();
    [[nodiscard]] verify::Hints infer(std::span<const uint8_t> code);
    [[nodiscard]] Asked ask(const Mutant& mutant);
    [[nodiscard]] std::optional<Run> execute(const Mutant& mutant, unsigned runs, Tally& tally);
    [[nodiscard]] std::string describe(const Mutant& mutant,
                                       uint32_t index,
                                       const Run& run,
                                       const Asked& asked) const;

    Workbench& bench_;
    const Function& function_;
    Scene scene_;
    Dice dice_;
    uint64_t seed_;
    Listing listing_, donor_;
    std::optional<Explorer> explorer_;
    std::optional<HintCopy> hints_;
};

}  // namespace tagproof::soundness
