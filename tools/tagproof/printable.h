#pragma once
// Names that programs and manifests chose, as a terminal may be shown them.

#include <string>
#include <string_view>

#include "tools/tagproof/proof_report.h"

namespace tagproof::cli {

// Control characters and bytes that are no UTF-8 as \x1b; the rest as it is.
[[nodiscard]] std::string printable(std::string_view text);

// At most `most` bytes, of which the last are "..." when something was left out; never a part of a
// character.
[[nodiscard]] std::string shortened(std::string_view text, size_t most);

// Makes every text of a proof printable.
void makePrintable(FunctionProof& proof);

}  // namespace tagproof::cli
