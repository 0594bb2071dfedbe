#pragma once
// What a campaign counts. Each job has one; they are added up.

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/soundness/mutants/mutator.h"
#include "tests/soundness/mutants/oracle.h"

namespace tagproof::soundness {

struct Tally {
    enum Field : size_t {
        kOriginalRuns,
        kBytes,         // of the functions that were run
        kBytesReached,  // by some input
        kMutants,
        kAccepted,
        kAcceptedRun,
        kAcceptedReached,  // the changed instruction was executed
        kAcceptedBreaches,
        kRejected,
        kRejectedRun,
        kRejectedBreaches,
        kLyingAccepted,  // of the accepted: with hints that were not inferred from the mutant
        kLying,
        kRuns,
        kUnknown,  // ended at an instruction that the emulator does not have
        kOutOfSteps,
        kFieldCount,
    };
    std::array<uint64_t, kFieldCount> fields{};
    std::array<std::array<uint64_t, 3>, kMutationCount> mutations{};  // made, accepted, breaches
    std::array<uint64_t, kBreachCount> rejected_breaches{};
    std::vector<std::string> findings;

    uint64_t& operator[](Field field) { return fields[field]; }
    uint64_t operator[](Field field) const { return fields[field]; }
    void add(const Tally& other);
    [[nodiscard]] std::string toText() const;  // for another process
    [[nodiscard]] static Tally fromText(const std::string& text);
};

}  // namespace tagproof::soundness
