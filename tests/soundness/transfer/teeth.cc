#include "tests/soundness/transfer/teeth.h"

namespace tagproof::soundness {

std::span<const Spoil> spoils() {
    static constexpr Spoil kSpoils[] = {
#define TAGPROOF_SPOIL(id, file, proof, right, wrong) {#id, proof},
#include "tests/soundness/transfer/spoils.def"
#undef TAGPROOF_SPOIL
    };
    return kSpoils;
}

}  // namespace tagproof::soundness
