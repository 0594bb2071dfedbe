#pragma once
// The second half of the enumeration: everything that can follow a head, and the examination of
// each encoding by decode() and the second decoder.

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "jit/verify/decode.h"
#include "tests/soundness/encodings/compare.h"
#include "tests/soundness/encodings/heads.h"
#include "tests/soundness/encodings/teeth.h"

namespace tagproof::soundness {

// Counts of one worker; findings by their kind.
struct Tally {
    struct Finding {
        uint64_t count = 0;
        std::string example;
    };
    uint64_t enumerated = 0;
    uint64_t accepted = 0;
    std::array<uint64_t, verify::kMaxRows> row_hits = {};
    std::array<uint64_t, kMaxExplanations> explained = {};
    uint64_t spoiled = 0;  // records spoiled to test the comparison
    std::map<std::string, uint64_t> spoils_missed;
    std::map<std::string, Finding> findings;

    void add(const Tally& other);
};

class Examiner {
  public:
    // `share`: of the enumeration, 1 for all; `seed` chooses displacements, immediates and samples.
    Examiner(uint64_t seed, double share);
    ~Examiner();
    Examiner(const Examiner&) = delete;
    Examiner& operator=(const Examiner&) = delete;

    void examine(const Head& head);
    // One encoding, exactly these bytes. Returns the length of the accepted instruction, or 0.
    unsigned examineBytes(std::span<const uint8_t> bytes);

    [[nodiscard]] const Tally& tally();

  private:
    // What follows a head.
    struct Rest {
        std::array<uint8_t, 16> bytes = {};
        unsigned size = 0;
        void push(unsigned byte) { bytes[size++] = static_cast<uint8_t>(byte); }
    };

    [[nodiscard]] uint64_t random();
    [[nodiscard]] bool skips();
    unsigned probe(const Head& head, const Rest& rest);
    unsigned exact(const Head& head, const Rest& rest, unsigned immediate_bytes);
    void withoutModrm(const Head& head);
    [[nodiscard]] unsigned probeModrm(const Head& head, unsigned modrm);
    [[nodiscard]] bool probeClasses(const Head& head);
    void varyDisplacement(const Head& head, unsigned modrm, unsigned sib, unsigned immediate_bytes);
    void vary(const Head& head, unsigned modrm, unsigned immediate_bytes);
    void varySib(const Head& head, unsigned modrm, unsigned immediate_bytes);
    void varyImmediate(const Head& head, const Rest& rest, unsigned immediate_bytes);
    void compareRecord(std::span<const uint8_t> bytes, const verify::Instruction& record);
    void find(std::string_view what,
              std::span<const uint8_t> bytes,
              const verify::Instruction& record);

    SecondDecoder second_;
    Comparer comparer_;
    Tally tally_;
    verify::Program program_;
    Teeth teeth_;
    uint8_t* page_ = nullptr;  // bytes end where an inaccessible page begins
    uint64_t state_;           // of the random numbers
    uint64_t keep_;            // random numbers up to this are kept
    bool is_sample_;
};

}  // namespace tagproof::soundness
