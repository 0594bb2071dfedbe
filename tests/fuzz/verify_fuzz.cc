// Any bytes are machine code to the verifier: it must end, say the same twice, and never accept a
// store where nothing but stack, proven fields and counts may be written.

#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "jit/verify/infer/infer.h"
#include "objmodel/layout.h"

namespace {

using namespace tagproof::verify;

constexpr uint64_t kCodeAddress = 0x10'0000;
constexpr TypeRow kTypes[] = {{.address = 0x20'0000, .capacity = 4, .managed = true},
                              {.address = 0x21'0000}};
constexpr Constant kConstants[] = {{.address = 0x30'0000}};

// First byte: number of arguments and kind of entry. The rest is code.
Verdict verdictOn(std::span<const uint8_t> data) {
    SharedTables shared;
    shared.types = kTypes;
    Trusted trusted;
    trusted.shared = &shared;
    trusted.constants = kConstants;
    trusted.arg_count = data[0] & 7;
    trusted.entry = (data[0] & 8) != 0 ? EntryKind::kLoop : EntryKind::kNormal;
    return inferAndVerify(data.subspan(1), kCodeAddress, trusted);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size < 2) return 0;
    const Verdict first = verdictOn({data, size});
    const Verdict second = verdictOn({data, size});
    if (first.ok != second.ok || first.violations.size() != second.violations.size()) std::abort();
    if (first.ok == !first.violations.empty()) std::abort();
    for (const Violation& violation : first.violations) {
        if (violation.offset >= size) std::abort();
    }
    return 0;
}
