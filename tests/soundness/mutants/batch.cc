#include "tests/soundness/mutants/batch.h"

#include <fmt/format.h>

#include "jit/verify/decode.h"
#include "jit/verify/explain.h"

namespace tagproof::soundness {
namespace {

constexpr unsigned kExploringRuns = 400;
constexpr unsigned kRunsOfAccepted = 4;
constexpr unsigned kRunsOfRejected = 2;
constexpr unsigned kRejectedShare = 3;  // one in so many is executed

// Would the emulated processor leave user mode, or change what a restored context does not hold?
bool isUnsafeToRun(const verify::Verdict& verdict) {
    for (const verify::Violation& violation : verdict.violations) {
        switch (violation.rule) {
            case verify::RuleId::kUndecodable:
            case verify::RuleId::kNoRow:
            case verify::RuleId::kPrefix:
            case verify::RuleId::kHighByte:
                return true;
            default:
                break;
        }
    }
    return false;
}

std::string describeRun(const Run& run) {
    return fmt::format("{} (property {}) at +{:#x}: address {:#x}, word {:#x}, after {} calls",
                       breachText(run.breach), propertyOf(run.breach), run.offset, run.address,
                       run.word, run.calls);
}

std::string hexOf(const Bytes& code) {
    std::string text;
    for (const uint8_t byte : code) text += fmt::format("{:02x}", byte);
    return text;
}

}  // namespace

Batch::Batch(Workbench& bench, const Function& function, const Function& donor, uint64_t seed)
    : bench_(bench),
      function_(function),
      scene_(function.trusted(), bench.memory),
      dice_(seed),
      seed_(seed),
      listing_(readListing(function.code)),
      donor_(readListing(donor.code)) {}

const Function& Batch::pick(const Corpus& corpus, Dice& dice) {
    constexpr size_t kUsual = 400;  // bytes
    while (true) {
        const Function& function = corpus.functions[dice.below(corpus.functions.size())];
        if (dice.below(kUsual + function.code.size()) < kUsual) return function;
    }
}

void Batch::run(uint32_t mutants, Tally& tally) {
    if (!scene_.fits()) return;
    runOriginal(tally);
    if (explorer_->breach().end == End::kBreach) return;
    const verify::Verdict verdict =
        verify::inferAndVerify(function_.code, kCode.base, function_.trusted(), bench_.inference);
    if (!verdict.ok) {
        tally.findings.push_back(fmt::format("{}: rejected, but not before", function_.name));
        return;
    }
    hints_.emplace(infer(function_.code));
    for (uint32_t k = 0; k < mutants; ++k) tryMutant(k, tally);
}

void Batch::runOriginal(Tally& tally) {
    explorer_.emplace(bench_.emulator, scene_, function_, dice_, kExploringRuns);
    tally[Tally::kOriginalRuns] += kExploringRuns;
    tally[Tally::kBytes] += function_.code.size();
    for (uint32_t at = 0; at < function_.code.size(); ++at) {
        tally[Tally::kBytesReached] += explorer_->isReached(at) ? 1 : 0;
    }
    const Run& breach = explorer_->breach();
    if (breach.end != End::kBreach) return;
    tally.findings.push_back(fmt::format("the function itself, {}, batch seed {}: {}",
                                         function_.name, seed_, describeRun(breach)));
}

// Mostly an instruction that inputs are known to reach.
size_t Batch::pickPlace() {
    size_t at = dice_.below(listing_.size());
    for (int k = 0; k < 8 && !explorer_->isReached(listing_[at].offset); ++k) {
        if (dice_.oneIn(8)) break;
        at = dice_.below(listing_.size());
    }
    return at;
}

// The state of each label of `code`; valid until the next call.
verify::Hints Batch::infer(std::span<const uint8_t> code) {
    verify::Workspace& workspace = bench_.inference.checked;
    verify::decode(code, kCode.base, workspace.program());
    verify::infer(workspace, function_.trusted(), bench_.inference.hints);
    return bench_.inference.hints.hints();
}

// With hints inferred from the mutant, those of the original, or either with lies.
Batch::Asked Batch::ask(const Mutant& mutant) {
    const verify::Trusted& trusted = function_.trusted();
    const unsigned how = dice_.below(16);
    Asked asked;
    if (how < 4 && mutant.same_starts) {
        asked.own_hints = false;
        asked.lies = dice_.below(3);
        const HintCopy hints = hints_->lying(asked.lies, trusted, dice_);
        asked.verdict =
            verify::verify(mutant.code, kCode.base, trusted, hints.hints(), bench_.checking);
        return asked;
    }
    asked.verdict = verify::inferAndVerify(mutant.code, kCode.base, trusted, bench_.inference);
    if (how >= 6) return asked;
    asked.lies = 1 + dice_.below(2);
    const HintCopy hints = HintCopy(infer(mutant.code)).lying(asked.lies, trusted, dice_);
    asked.verdict =
        verify::verify(mutant.code, kCode.base, trusted, hints.hints(), bench_.checking);
    return asked;
}

void Batch::tryMutant(uint32_t index, Tally& tally) {
    const Mutator mutator(listing_, donor_, function_.trusted());
    const Mutant mutant = mutator.make(pickPlace(), dice_);
    if (mutant.code.empty() || mutant.code == function_.code) return;
    const Asked asked = ask(mutant);
    const bool accepted = asked.verdict.ok;
    auto& by_mutation = tally.mutations[static_cast<size_t>(mutant.first)];
    const bool lying = asked.lies != 0 || !asked.own_hints;
    ++tally[Tally::kMutants];
    ++by_mutation[0];
    if (lying) ++tally[Tally::kLying];
    if (accepted) {
        ++tally[Tally::kAccepted];
        ++by_mutation[1];
        if (lying) ++tally[Tally::kLyingAccepted];
        const std::optional<Run> breach = execute(mutant, kRunsOfAccepted, tally);
        ++tally[Tally::kAcceptedRun];
        if (!breach) return;
        ++tally[Tally::kAcceptedBreaches];
        tally.findings.push_back(describe(mutant, index, *breach, asked));
        return;
    }
    ++tally[Tally::kRejected];
    if (!dice_.oneIn(kRejectedShare) || isUnsafeToRun(asked.verdict)) return;
    ++tally[Tally::kRejectedRun];
    const std::optional<Run> breach = execute(mutant, kRunsOfRejected, tally);
    if (!breach) return;
    ++tally[Tally::kRejectedBreaches];
    ++by_mutation[2];
    ++tally.rejected_breaches[static_cast<size_t>(breach->breach)];
}

// The first run that does something against the property.
std::optional<Run> Batch::execute(const Mutant& mutant, unsigned runs, Tally& tally) {
    bench_.emulator.load(mutant.code);
    bool reached = false;
    for (unsigned k = 0; k < runs; ++k) {
        Genome genome = explorer_->reaching(mutant.original, dice_);
        if (k != 0) genome = genome.varied(dice_(), k % 2 == 0 ? 40 : 4);
        scene_.reset(genome);
        const Run run = bench_.emulator.run(scene_);
        ++tally[Tally::kRuns];
        if (run.end == End::kUnknown) ++tally[Tally::kUnknown];
        if (run.end == End::kOutOfSteps) ++tally[Tally::kOutOfSteps];
        if (run.end == End::kBreach) return run;
        for (const Emulator::Block& block : bench_.emulator.trace()) {
            reached = reached || mutant.place - block.offset < block.size;
        }
    }
    if (reached && runs == kRunsOfAccepted) ++tally[Tally::kAcceptedReached];
    return std::nullopt;
}

std::string Batch::describe(const Mutant& mutant,
                            uint32_t index,
                            const Run& run,
                            const Asked& asked) const {
    return fmt::format(
        "{}, batch seed {}, mutant {} ({}, {} changes, first at +{:#x}; {} lies, {} hints): {}\n"
        "    original {}\n    mutant   {}",
        function_.name, seed_, index, mutationName(mutant.first), mutant.changes, mutant.place,
        asked.lies, asked.own_hints ? "its own" : "the original's", describeRun(run),
        hexOf(function_.code), hexOf(mutant.code));
}

}  // namespace tagproof::soundness
