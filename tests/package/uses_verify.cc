// Verifies machine code of a JIT of its own with the installed verifier alone: the tables of that
// JIT's layout, its bytes, and what the verifier says.

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "jit/verify/explain.h"
#include "jit/verify/infer/infer.h"

namespace {

namespace verify = tagproof::verify;

// Objects with the type word first, a 64-bit count behind it and the managed-dict slot below.
const verify::HeadLayout kHead = {.refcount = 8, .refcount_width = 8, .type = 0, .slot = -24};

bool accepts(const char* name, const std::vector<uint8_t>& code) {
    verify::SharedTables shared;
    shared.head = kHead;
    verify::Trusted trusted;
    trusted.shared = &shared;
    trusted.arg_count = 1;
    constexpr uint64_t kAddress = 0x10000;
    const bool ok = verify::inferAndVerify(code, kAddress, trusted).ok;
    std::printf("%s: %s\n", name, ok ? "accepted" : "rejected");
    verify::Verdict verdict;
    const verify::Explanation explanation =
        verify::inferAndExplain(code, kAddress, trusted, verify::Detail::kStates, verdict);
    std::printf("%s", verify::listingOf(explanation, verdict, {}).c_str());
    return ok && verdict.ok;
}

// test sil, 7; jnz +12; test rsi, rsi; jz +7; `access`, 4 bytes; xor eax, eax; nop; xor eax, eax;
// ret
std::vector<uint8_t> withObject(const std::vector<uint8_t>& access) {
    std::vector<uint8_t> code = {0x40, 0xf6, 0xc6, 0x07, 0x75, 0x0c, 0x48, 0x85, 0xf6, 0x74, 0x07};
    code.insert(code.end(), access.begin(), access.end());
    const std::vector<uint8_t> rest = {0x31, 0xc0, 0x90, 0x31, 0xc0, 0xc3};
    code.insert(code.end(), rest.begin(), rest.end());
    return code;
}

}  // namespace

int main() {
    const bool counts =
        accepts("a count", withObject({0x48, 0xff, 0x46, 0x08}));  // inc qword [rsi+8]
    const bool clears = accepts("a store to the slot",
                                withObject({0x80, 0x66, 0xe8, 0xfe}));  // and byte [rsi-24], 0feh
    return counts && !clears ? 0 : 1;
}
