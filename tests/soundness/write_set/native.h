#pragma once
// Runs one instruction on the CPU with every register chosen, and says what it left behind. Memory
// that instructions may reach is an arena, mapped at two addresses: a low one, which displacements
// alone reach, and a high one, whose lower half is mapped nowhere. Everything around is not mapped.
// One per process: signal handlers and addresses are fixed.

#include <array>
#include <cstdint>
#include <span>

namespace tagproof::soundness {

inline constexpr uint64_t kArenaLow = 0x2000'0000;
inline constexpr uint64_t kArenaHigh = 0x2A5A'4000'0000;
inline constexpr uint64_t kArenaBytes = 0x3000;
inline constexpr uint64_t kCode = 0x1001'0000;  // page of the code that is run
inline constexpr uint64_t kStub = kCode + 0x800;
inline constexpr uint64_t kStatusFlags = 0x8D5;  // carry, parity, adjust, zero, sign, overflow

using Vector = std::array<uint64_t, 2>;

struct CpuState {
    std::array<uint64_t, 16> reg = {};
    std::array<Vector, 16> vec = {};
    uint64_t flags = 0;  // status flags
};

struct RunResult {
    CpuState state;
    int signal = 0;  // 0: none
    uint64_t fault_address = 0;
    bool at_second_exit = false;  // a jump or call was taken
};

class Native {
  public:
    Native();
    Native(const Native&) = delete;
    Native& operator=(const Native&) = delete;

    // The arena's bytes.
    [[nodiscard]] static std::span<uint8_t> arena();
    // Puts `code` at kStub, followed by the first exit; the second stands at `second_exit`, if that
    // is not 0 (it must be on the page and clear of the code).
    static void place(std::span<const uint8_t> code, uint64_t second_exit);
    static RunResult run(const CpuState& state);
};

}  // namespace tagproof::soundness
