#pragma once
// What --check-helpers found: findings on standard error, counts in a file.

#include <string>

namespace tagproof {
class HelperAudit;
}

namespace tagproof::cli {

// Appends {"opLoadAttr": calls, ...} to `file` as one line, every helper named, and prints each
// finding. The exit status that this means: 0, kStatusHelperLied when there are findings, or
// kStatusUsage when the file cannot be written, which is reported.
[[nodiscard]] int reportHelpers(const HelperAudit& audit, const std::string& file);

}  // namespace tagproof::cli
