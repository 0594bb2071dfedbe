#pragma once
// jit/verify/scan.h, place after place: the same functions of symbols. That they agree on numbers
// is one of the proofs.

#include "tests/soundness/transfer/symbol.h"

namespace tagproof::symbolic {

inline constexpr unsigned kScanned = 16;

template <typename Word>
unsigned findSymbol(const Word* a, const Word* b, const Word& symbol) {
    unsigned found = 0;
    for (unsigned k = 0; k < kScanned; ++k) {
        if (a[k] == symbol || b[k] == symbol) found |= 1U << k;
    }
    return found;
}

template <typename Byte>
unsigned findSet(const Byte* bytes) {
    unsigned found = 0;
    for (unsigned k = 0; k < kScanned; ++k) {
        if (bytes[k] != 0) found |= 1U << k;
    }
    return found;
}

}  // namespace tagproof::symbolic
