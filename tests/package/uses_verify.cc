// Verifies machine code of its own with the installed verifier alone.

#include <cstdint>
#include <cstdio>
#include <vector>

#include "jit/verify/infer/infer.h"

namespace {

bool accepts(const std::vector<uint8_t>& code) {
    const tagproof::verify::SharedTables shared;
    tagproof::verify::Trusted trusted;
    trusted.shared = &shared;
    trusted.arg_count = 1;
    return tagproof::verify::inferAndVerify(code, 0x10000, trusted).ok;
}

}  // namespace

int main() {
    const std::vector<uint8_t> returns_null = {0x31, 0xc0, 0xc3};     // xor eax, eax; ret
    const std::vector<uint8_t> clears_lsb = {0x80, 0x66, 0x18, 0xfe,  // and byte [rsi+18h], 0feh
                                             0x31, 0xc0, 0xc3};
    const bool good = accepts(returns_null);
    const bool bad = accepts(clears_lsb);
    std::printf("harmless code accepted: %d, a store to the slot accepted: %d\n", good, bad);
    return good && !bad ? 0 : 1;
}
