// What the front end needs to know of Unicode 14.0: identifiers (UAX 31, as CPython applies it) and
// their NFKC normalization, printable characters, and UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tagproof::frontend {

// Appends the code point as UTF-8; a surrogate as three bytes.
// REQUIRES: code_point < 0x110000.
void appendUtf8(std::string& text, std::uint32_t code_point);

// The code point that starts at `text[position]`; moves `position` behind it.
// REQUIRES: the text is valid UTF-8, where surrogates are allowed, and `position` starts a
// character.
[[nodiscard]] std::uint32_t nextCodePoint(std::string_view text, std::size_t& position);

// Why CPython cannot decode the text as UTF-8: the offset of the first bad byte, or npos.
[[nodiscard]] std::size_t findInvalidUtf8(std::string_view text);

// The number of code points of valid UTF-8.
[[nodiscard]] std::size_t countCodePoints(std::string_view text);

[[nodiscard]] bool isIdentifierStart(std::uint32_t code_point);
[[nodiscard]] bool isIdentifierContinue(std::uint32_t code_point);

// As str.isprintable().
[[nodiscard]] bool isPrintable(std::uint32_t code_point);

// The NFKC form of an identifier.
// REQUIRES: `identifier` is valid UTF-8 of identifier characters.
[[nodiscard]] std::string normalizeIdentifier(std::string_view identifier);

}  // namespace tagproof::frontend
