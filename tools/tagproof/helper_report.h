#pragma once
// What --check-helpers found: findings on standard error, counts in a file.

#include <string>

namespace tagproof {
class HelperAudit;
}

namespace tagproof::cli {

// Appends {"opLoadAttr": calls, ...} to `file` as one line, every helper named, and prints each
// finding. False when there are findings, or the file cannot be written (reported).
[[nodiscard]] bool reportHelpers(const HelperAudit& audit, const std::string& file);

}  // namespace tagproof::cli
