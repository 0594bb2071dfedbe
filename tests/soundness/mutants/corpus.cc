#include "tests/soundness/mutants/corpus.h"

#include "jit/verify/infer/infer.h"
#include "jit/verify/random_program_test_support.h"
#include "tests/soundness/mutants/memory_map.h"

namespace tagproof::soundness {
namespace {

constexpr size_t kMaxBytes = 16384;

}  // namespace

void add(Corpus& corpus, Function function) {
    if (function.code.size() > kMaxBytes) return;
    if (verify::inferAndVerify(function.code, kCode.base, function.trusted()).ok) {
        corpus.functions.push_back(std::move(function));
    } else {
        corpus.rejected.push_back(function.name);
    }
}

void addRandomPrograms(Corpus& corpus, uint32_t first_seed, unsigned count) {
    constexpr unsigned kSizes[] = {1, 2, 3, 4, 6, 8, 12, 24};
    constexpr unsigned kPressures[] = {4, 6, 9, 14, 20};
    for (uint32_t k = 0; k < count; ++k) {
        const uint32_t seed = first_seed + k;
        verify::testing::RandomProgram program(seed, kSizes[seed % std::size(kSizes)],
                                               kPressures[seed % std::size(kPressures)]);
        const auto same = [](uint64_t address) { return address; };
        add(corpus, {"random program " + std::to_string(seed), program.code(),
                     std::make_unique<OwnedTables>(program.world().trusted, same)});
    }
}

}  // namespace tagproof::soundness
