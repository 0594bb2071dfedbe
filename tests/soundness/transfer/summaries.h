#pragma once
// Closed forms of the verifier's functions with loops over bits. Each is proven to be equal to what
// is written there (summary_proofs.cc), then stands for it in the other proofs.

#include "tests/soundness/transfer/symbol.h"

namespace tagproof::symbolic {

// The patterns of lo to hi as one expression.
[[nodiscard]] z3::expr symbolicRangeLowDefinition(const z3::expr& lo, const z3::expr& hi);
[[nodiscard]] Symbol<uint8_t> symbolicRangeLow(const Symbol<int64_t>& lo,
                                               const Symbol<int64_t>& hi);
[[nodiscard]] constexpr Symbol<uint8_t> rangeLow(const Symbol<int64_t>& lo,
                                                 const Symbol<int64_t>& hi) {
    if (lo.node != nullptr || hi.node != nullptr) return symbolicRangeLow(lo, hi);
    const uint64_t more = static_cast<uint64_t>(hi.value) - static_cast<uint64_t>(lo.value);
    const unsigned patterns = more >= 7 ? 0xFF : (2U << more) - 1;
    const auto by = static_cast<unsigned>(lo.value & 7);
    return static_cast<uint8_t>(patterns << by | patterns >> (8 - by));
}
[[nodiscard]] Symbol<uint8_t> lowOfResult(unsigned op,
                                          const Symbol<uint8_t>& a,
                                          const Symbol<uint8_t>& b);
[[nodiscard]] Symbol<uint8_t> mapImage(const Symbol<uint32_t>& map, const Symbol<uint8_t>& set);
[[nodiscard]] Symbol<uint8_t> mapPreimage(const Symbol<uint32_t>& map, const Symbol<uint8_t>& set);
// As they are written.
[[nodiscard]] Symbol<uint8_t> mapImageText(Symbol<uint32_t> map, Symbol<uint8_t> set);
[[nodiscard]] Symbol<uint8_t> mapPreimageText(Symbol<uint32_t> map, Symbol<uint8_t> set);
// Pattern of (a op b) for words of patterns a and b.
[[nodiscard]] unsigned patternOf(unsigned op, unsigned a, unsigned b);
// The function as it is written: local to its file, exported by symbolic_text.py.
[[nodiscard]] Symbol<uint8_t> lowOfResultAsWritten(Symbol<unsigned> op,
                                                   Symbol<uint8_t> a,
                                                   Symbol<uint8_t> b);

}  // namespace tagproof::symbolic
