#pragma once
// Makes mutants of one function: one change, sometimes two or three.

#include <string_view>

#include "tests/soundness/mutants/genome.h"
#include "tests/soundness/mutants/listing.h"

namespace tagproof::soundness {

enum class Mutation : uint8_t {
#define TAGPROOF_MUTATION(id, name) k##id,
#include "tests/soundness/mutants/mutations.def"
#undef TAGPROOF_MUTATION
    kCount,
};
inline constexpr size_t kMutationCount = static_cast<size_t>(Mutation::kCount);
[[nodiscard]] std::string_view mutationName(Mutation mutation);

struct Mutant {
    Bytes code;  // empty: none could be made
    Mutation first{};
    uint32_t changes = 0;
    uint32_t place = 0;       // of the first change, in the mutant
    uint32_t original = 0;    // of the first change, in the original
    bool same_starts = true;  // instructions begin where they did, as far as can be seen
};

class Mutator {
  public:
    // `donor` gives fragments. All must outlive the mutator.
    Mutator(const Listing& original, const Listing& donor, const verify::Trusted& trusted);

    // Changes the instruction `at`, and perhaps others.
    [[nodiscard]] Mutant make(size_t at, Dice& dice) const;

  private:
    bool apply(Mutation mutation, Listing& listing, size_t at, Dice& dice) const;
    bool changeAddress(Piece& piece, Dice& dice) const;
    bool splice(Listing& listing, size_t at, Dice& dice) const;

    const Listing& original_;
    const Listing& donor_;
    std::vector<uint64_t> addresses_;  // that the tables name
    std::vector<uint32_t> exit_ids_;
};

}  // namespace tagproof::soundness
