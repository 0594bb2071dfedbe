#include "runtime/frontend/source_text.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <limits>
#include <utility>

#include "runtime/frontend/unicode.h"

namespace tagproof::frontend {

namespace {

enum class Encoding : std::uint8_t { kUtf8, kAscii, kLatin1, kOther };

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::uint32_t lineOf(std::string_view text, std::size_t position) {
    const auto newlines =
        std::count(text.begin(),
                   text.begin() + static_cast<std::string_view::difference_type>(position), '\n');
    return static_cast<std::uint32_t>(newlines) + 1;
}

std::string translateNewlines(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + 1);
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t end = std::min(bytes.find('\r', i), bytes.size());
        text.append(bytes.substr(i, end - i));
        if (end == bytes.size()) break;
        text.push_back('\n');
        i = end + (bytes.substr(end + 1, 1) == "\n" ? 2 : 1);
    }
    if (text.empty() || text.back() != '\n') text.push_back('\n');
    return text;
}

bool isCookieCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

// The encoding named in a comment line as PEP 263 describes; empty: none.
std::string_view findCookieInLine(std::string_view line) {
    const std::size_t start = line.find_first_not_of(" \t\f");
    if (start == std::string_view::npos || line[start] != '#') return {};
    for (std::size_t i = line.find("coding", start); i != std::string_view::npos;
         i = line.find("coding", i + 1)) {
        std::size_t name = i + 6;
        if (name >= line.size() || (line[name] != ':' && line[name] != '=')) continue;
        name = std::min(line.find_first_not_of(" \t", name + 1), line.size());
        std::size_t end = name;
        while (end < line.size() && isCookieCharacter(line[end])) ++end;
        if (end > name) return line.substr(name, end - name);
    }
    return {};
}

// The encoding cookie in the first two lines; the second counts when the first is blank or comment.
std::string_view findCookie(std::string_view text) {
    for (int i = 0; i < 2; ++i) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (const std::string_view cookie = findCookieInLine(line); !cookie.empty()) return cookie;
        const std::size_t start = line.find_first_not_of(" \t\f");
        if (start != std::string_view::npos && line[start] != '#') return {};
        if (line.size() == text.size()) return {};
        text.remove_prefix(line.size() + 1);
    }
    return {};
}

// Lower case, with `-` for `_`.
std::string normalizeEncodingName(std::string_view cookie) {
    std::string name;
    for (char c : cookie) {
        const int lower = std::tolower(static_cast<unsigned char>(c));
        name.push_back(c == '_' ? '-' : static_cast<char>(lower));
    }
    return name;
}

// Whether `name` is `base` or starts with it and `-`.
bool isOrExtends(std::string_view name, std::string_view base) {
    return name == base || name.starts_with(std::string(base) + "-");
}

Encoding encodingNamed(std::string_view name) {
    if (isOrExtends(name, "utf-8") || name == "utf8" || name == "u8") return Encoding::kUtf8;
    if (name == "ascii" || name == "us-ascii" || name == "646") return Encoding::kAscii;
    for (std::string_view latin : {"latin-1", "iso-8859-1", "iso-latin-1"}) {
        if (isOrExtends(name, latin)) return Encoding::kLatin1;
    }
    return name == "latin1" || name == "l1" ? Encoding::kLatin1 : Encoding::kOther;
}

std::string decodeLatin1(std::string_view bytes) {
    std::string text;
    for (char c : bytes) appendUtf8(text, static_cast<unsigned char>(c));
    return text;
}

std::string hexByte(char c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    return {kDigits[byte >> 4], kDigits[byte & 15]};
}

// Collects what is needed to report an error in the bytes.
struct Reporter {
    std::string_view filename;
    Diagnostics& diagnostics;

    std::nullopt_t report(std::uint32_t line, std::string message) const {
        diagnostics.add(
            {.message = std::move(message), .filename = std::string(filename), .line = line});
        return std::nullopt;
    }

    std::nullopt_t reportBadByte(std::string_view text, std::size_t position, bool is_ascii) const {
        const std::uint32_t line = lineOf(text, position);
        if (is_ascii) {
            return report(line, "'ascii' codec can't decode byte 0x" + hexByte(text[position]) +
                                    " in position " + std::to_string(position) +
                                    ": ordinal not in range(128)");
        }
        return report(line,
                      "Non-UTF-8 code starting with '\\x" + hexByte(text[position]) + "' in file " +
                          std::string(filename) + " on line " + std::to_string(line) +
                          ", but no encoding declared; see https://peps.python.org/pep-0263/ for "
                          "details");
    }
};

}  // namespace

std::optional<std::string> normalizeSource(std::string_view bytes,
                                           std::string_view filename,
                                           Diagnostics& diagnostics) {
    const Reporter reporter{filename, diagnostics};
    if (bytes.size() >= std::numeric_limits<std::uint32_t>::max() / 2) {
        return reporter.report(0, "source code is too large");
    }
    const bool has_mark = bytes.starts_with(kByteOrderMark);
    if (has_mark) bytes.remove_prefix(kByteOrderMark.size());
    std::string text = translateNewlines(bytes);
    if (const std::size_t nul = text.find('\0'); nul != std::string::npos) {
        return reporter.report(lineOf(text, nul), "source code cannot contain null bytes");
    }
    const std::string cookie(findCookie(text));
    const Encoding encoding =
        cookie.empty() ? Encoding::kUtf8 : encodingNamed(normalizeEncodingName(cookie));
    if (encoding == Encoding::kOther) return reporter.report(0, "unknown encoding: " + cookie);
    if (has_mark && !cookie.empty() && !isOrExtends(normalizeEncodingName(cookie), "utf-8")) {
        return reporter.report(0, "encoding problem: " + cookie + " with BOM");
    }
    if (encoding == Encoding::kLatin1) return decodeLatin1(text);
    const bool is_ascii = encoding == Encoding::kAscii;
    const auto not_ascii = std::find_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto ascii_size = static_cast<std::size_t>(not_ascii - text.begin());
    if (ascii_size == text.size()) return text;
    if (is_ascii) return reporter.reportBadByte(text, ascii_size, is_ascii);
    const std::size_t bad = findInvalidUtf8(text);
    if (bad != std::string::npos) return reporter.reportBadByte(text, bad, is_ascii);
    return text;
}

}  // namespace tagproof::frontend
