#pragma once
// Puts a report of verify where its options want it: standard output, and a page.

#include <string>

#include "tools/tagproof/options.h"
#include "tools/tagproof/proof_report.h"

namespace tagproof::cli {

// Says what cannot be written, which hinders nothing else. False: something could not; of standard
// output main says it.
[[nodiscard]] bool writeReport(const ProgramReport& report, const VerifyOptions& options);

// Throws FileError when the page could not be written, or would overwrite one of the inputs.
void requirePage(const VerifyOptions& options);

// Says on standard error why verify fails. The status for that.
int failVerify(const std::string& text);

}  // namespace tagproof::cli
