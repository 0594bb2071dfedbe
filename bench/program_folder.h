#pragma once
// Where the benchmarks' programs are.

#include <filesystem>

namespace tagproof {

// bench/programs of the checkout in which we are, or of the one that this program was built in.
// Empty: of none.
[[nodiscard]] std::filesystem::path programFolder();

}  // namespace tagproof
