// Divides a source text into tokens: the tokens, positions and errors of CPython 3.11's tokenizer.
// Comments, blank lines and line breaks inside brackets give no token. INDENT and DEDENT follow
// CPython's rule for tabs: indentation is measured with tab stops of 8 and of 1 columns, and both
// must agree on every comparison.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/frontend/token.h"

namespace tagproof::frontend {

// Where a text stands in its file; the start of the file unless it is part of an f-string.
struct TextOrigin {
    std::uint32_t first_line = 1;
    std::int32_t first_column = 0;  // added to the columns of the first line
};

// What the text is: all of a program, or one entry of an interactive session, whose blocks an empty
// line ends. The lines of an entry may be all that is there, or more may follow.
enum class TextKind : std::uint8_t { kProgram, kEntrySoFar, kWholeEntry };

// REQUIRES: `text` ends with '\n' (or is part of an f-string), contains no '\r' and no NUL byte, is
// valid UTF-8, is followed in memory by a NUL byte, and is smaller than 4 GiB.
[[nodiscard]] TokenList tokenize(std::string_view text,
                                 TextOrigin origin,
                                 TextKind kind = TextKind::kProgram);

}  // namespace tagproof::frontend
