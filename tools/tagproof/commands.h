#pragma once
// The commands of tagproof. Each returns the exit status; architecture: `run` as python3, with 70
// for a rejected function under --strict; `verify` 0 proven, 1 rejected, 2 bad input; `bench` 0, 1
// a check failed, 2 bad usage.

#include "tools/tagproof/options.h"

namespace tagproof::cli {

inline constexpr int kStatusFailed = 1;
inline constexpr int kStatusUsage = 2;
inline constexpr int kStatusRejected = 70;
inline constexpr int kStatusHeapDamaged = 71;  // --check-heap found something
inline constexpr int kStatusHelperLied = 72;   // --check-helpers did

[[nodiscard]] int runCommand(const RunOptions& options);
[[nodiscard]] int verifyCommand(const VerifyOptions& options);
[[nodiscard]] int verifyRawCommand(const VerifyOptions& options);
[[nodiscard]] int disasmCommand(const DisasmOptions& options);
[[nodiscard]] int benchStressCommand(const StressOptions& options);

}  // namespace tagproof::cli
