// Decodes the escape sequences of string and bytes literals, with CPython's error messages.
#pragma once

#include <string>
#include <string_view>

namespace tagproof::frontend {

// Appends the text of a str literal's body to `text`. Empty on success, otherwise the message.
[[nodiscard]] std::string decodeStrEscapes(std::string_view body, std::string& text);

// As decodeStrEscapes, for the body of a bytes literal.
[[nodiscard]] std::string decodeBytesEscapes(std::string_view body, std::string& bytes);

}  // namespace tagproof::frontend
