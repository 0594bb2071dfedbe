// From the bytes of a file to the text that the tokenizer reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/frontend/diagnostic.h"

namespace tagproof::frontend {

// The text of a source file as UTF-8: without byte order mark, with '\n' for '\r' and "\r\n", and
// ending with '\n'. The encodings of a coding cookie are UTF-8, ASCII and Latin-1. Nothing, and a
// diagnostic, for a NUL byte, bytes that are not of the encoding, another encoding, or a text of
// 4 GiB.
[[nodiscard]] std::optional<std::string> normalizeSource(std::string_view bytes,
                                                         std::string_view filename,
                                                         Diagnostics& diagnostics);

}  // namespace tagproof::frontend
