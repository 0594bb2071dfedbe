#include "tools/tagproof/proof_report.h"

#include <algorithm>
#include <numeric>

#include "tools/tagproof/manifest_write.h"

namespace tagproof::cli {

using verify::Detail;
using verify::Explanation;
using verify::Trusted;

size_t ProgramReport::rejected() const {
    return static_cast<size_t>(std::ranges::count_if(
        functions, [](const FunctionProof& proof) { return !proof.verdict.ok; }));
}

uint32_t rulesUsed(const verify::Statistics& counts) {
    return static_cast<uint32_t>(
        std::ranges::count_if(counts.row_uses, [](uint32_t uses) { return uses != 0; }));
}

void ProofTotals::add(const FunctionProof& proof) {
    const verify::Statistics& more = proof.verdict.statistics;
    times += proof.times;
    verified_instructions += more.instructions;
    if (!proof.verdict.ok) return;
    counts.instructions += more.instructions;
    counts.bytes += more.bytes;
    counts.labels += more.labels;
    counts.calls += more.calls;
    counts.exits += more.exits;
    for (size_t i = 0; i < verify::kWriteClassCount; ++i) counts.writes[i] += more.writes[i];
    for (size_t i = 0; i < verify::kMaxRows; ++i) counts.row_uses[i] += more.row_uses[i];
}

uint64_t ProofTotals::writes() const {
    return std::accumulate(std::begin(counts.writes), std::end(counts.writes), uint64_t{0});
}

ProofTotals totalsOf(const ProgramReport& report) {
    ProofTotals totals;
    for (const FunctionProof& function : report.functions) totals.add(function);
    return totals;
}

NeededTables::NeededTables(const Trusted& trusted, const Explanation& explanation)
    : shared_(*trusted.shared), trusted_(trusted) {
    for (const verify::Helper& helper : shared_.helpers) {
        if (std::ranges::binary_search(explanation.helpers, helper.address)) {
            helpers_.push_back(helper);
        }
    }
    shared_.helpers = helpers_;
    trusted_.shared = &shared_;
}

FunctionProof prove(std::span<const uint8_t> code,
                    uint64_t address,
                    const Trusted& trusted,
                    const verify::Hints* hints,
                    Detail detail) {
    FunctionProof proof;
    proof.address = address;
    proof.explanation =
        hints == nullptr ? verify::inferAndExplain(code, address, trusted, detail, proof.verdict)
                         : verify::explain(code, address, trusted, *hints, detail, proof.verdict);
    proof.assumptions = trustedJson(NeededTables(trusted, proof.explanation).trusted());
    return proof;
}

}  // namespace tagproof::cli
