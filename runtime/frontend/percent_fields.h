#pragma once
// `"text" % (a, b)` with conversions that f-strings have too: compiled as one, as CPython 3.11
// does, so that each value is formatted before the next is evaluated.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tagproof::frontend {

// A piece of text, then the conversion behind it.
struct PercentField {
    std::string text;     // %% is one percent sign here
    char conversion = 0;  // 's', 'r' or 'a'; 0 behind the last piece
    std::string spec;     // what format() is given
};

// The pieces of a format; nothing when it has a conversion of another kind.
[[nodiscard]] std::optional<std::vector<PercentField>> splitPercentFormat(std::string_view format);

}  // namespace tagproof::frontend
