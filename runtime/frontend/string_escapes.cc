#include "runtime/frontend/string_escapes.h"

#include <cstddef>
#include <cstdint>
#include <optional>

#include "runtime/frontend/unicode.h"
#include "runtime/frontend/unicode_names.h"

namespace tagproof::frontend {

namespace {

// CPython decodes a copy of the body in which every character that is not ASCII is written as
// \UXXXXXXXX; the positions in its messages count in that copy.
constexpr std::size_t kEscapedCharacterSize = 10;
constexpr std::size_t kEscapedBackslashSize = 6;  // a backslash before such a character: \u005c

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isOctalDigit(char c) { return c >= '0' && c <= '7'; }

// The character of an escape of one letter; 0: none.
char simpleEscape(char c) {
    constexpr std::string_view kLetters = "\\'\"abfnrtv";
    constexpr std::string_view kCharacters = "\\'\"\a\b\f\n\r\t\v";
    const std::size_t found = kLetters.find(c);
    return found == std::string_view::npos ? '\0' : kCharacters[found];
}

// Reads up to three octal digits at `position`.
std::uint32_t readOctal(std::string_view body, std::size_t& position) {
    std::uint32_t value = 0;
    for (int i = 0; i < 3 && position < body.size() && isOctalDigit(body[position]); ++i) {
        value = value * 8 + static_cast<std::uint32_t>(body[position++] - '0');
    }
    return value;
}

class StrDecoder {
  public:
    StrDecoder(std::string_view body, std::string& text) : body_(body), text_(text) {}

    std::string run() {
        while (position_ < body_.size() && error_.empty()) {
            const std::size_t next = std::min(body_.find('\\', position_), body_.size());
            copyTo(next);
            if (next < body_.size()) decodeEscape();
        }
        return error_;
    }

  private:
    static std::size_t escapedSize(std::string_view part) {
        std::size_t size = 0;
        for (char c : part) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x80) size += 1;
            if (byte >= 0xC0) size += kEscapedCharacterSize;
        }
        return size;
    }

    void copyTo(std::size_t end) {
        const std::string_view part = body_.substr(position_, end - position_);
        text_.append(part);
        escaped_position_ += escapedSize(part);
        position_ = end;
    }

    // The cursor is at the backslash.
    void decodeEscape() {
        const std::size_t begin = position_;
        if (begin + 1 >= body_.size() || static_cast<unsigned char>(body_[begin + 1]) >= 0x80) {
            text_.push_back('\\');
            escaped_position_ += kEscapedBackslashSize;
            ++position_;
            return;
        }
        const char kind = body_[begin + 1];
        position_ += 2;
        if (const char simple = simpleEscape(kind); simple != '\0') {
            text_.push_back(simple);
        } else if (isOctalDigit(kind)) {
            --position_;
            appendUtf8(text_, readOctal(body_, position_));
        } else if (kind == 'x') {
            decodeHex(2, "truncated \\xXX escape");
        } else if (kind == 'u') {
            decodeHex(4, "truncated \\uXXXX escape");
        } else if (kind == 'U') {
            decodeHex(8, "truncated \\UXXXXXXXX escape");
        } else if (kind == 'N') {
            decodeName();
        } else if (kind != '\n') {
            text_.push_back('\\');
            text_.push_back(kind);
        }
        escaped_position_ += escapedSize(body_.substr(begin, position_ - begin));
    }

    void decodeHex(int digits, std::string_view message) {
        std::uint32_t value = 0;
        for (int i = 0; i < digits; ++i, ++position_) {
            const int digit = position_ < body_.size() ? hexDigit(body_[position_]) : -1;
            if (digit < 0) return fail(message, static_cast<std::size_t>(i) + 2);
            value = value << 4 | static_cast<std::uint32_t>(digit);
        }
        if (value > 0x10FFFF) {
            return fail("illegal Unicode character", static_cast<std::size_t>(digits) + 2);
        }
        appendUtf8(text_, value);
    }

    void decodeName() {
        const std::size_t end = body_.find('}', position_);
        if (position_ >= body_.size() || body_[position_] != '{') {
            return fail("malformed \\N character escape", 2);
        }
        if (end == std::string_view::npos) {
            return fail("malformed \\N character escape", 2 + escapedSize(body_.substr(position_)));
        }
        const std::string_view name = body_.substr(position_ + 1, end - position_ - 1);
        if (name.empty()) return fail("malformed \\N character escape", 4);
        const std::optional<std::uint32_t> code_point = findCodePointNamed(name);
        if (!code_point) return fail("unknown Unicode character name", 4 + escapedSize(name));
        appendUtf8(text_, *code_point);
        position_ = end + 1;
    }

    // `size` is that of the bad escape.
    void fail(std::string_view message, std::size_t size) {
        const std::string first = std::to_string(escaped_position_);
        const std::string last = std::to_string(escaped_position_ + size - 1);
        error_ = "(unicode error) 'unicodeescape' codec can't decode bytes in position " + first +
                 "-" + last + ": " + std::string(message);
    }

    const std::string_view body_;
    std::string& text_;
    std::size_t position_ = 0;
    std::size_t escaped_position_ = 0;  // in CPython's copy; of the escape while one is decoded
    std::string error_;
};

}  // namespace

std::string decodeStrEscapes(std::string_view body, std::string& text) {
    return StrDecoder(body, text).run();
}

std::string decodeBytesEscapes(std::string_view body, std::string& bytes) {
    for (std::size_t i = 0; i < body.size();) {
        const std::size_t begin = i;
        if (body[i] != '\\' || i + 1 == body.size()) {
            bytes.push_back(body[i++]);
            continue;
        }
        const char kind = body[i + 1];
        i += 2;
        if (const char simple = simpleEscape(kind); simple != '\0') {
            bytes.push_back(simple);
        } else if (isOctalDigit(kind)) {
            --i;
            bytes.push_back(static_cast<char>(readOctal(body, i)));
        } else if (kind == 'x') {
            const int high = i < body.size() ? hexDigit(body[i]) : -1;
            const int low = i + 1 < body.size() ? hexDigit(body[i + 1]) : -1;
            if (high < 0 || low < 0) {
                return "(value error) invalid \\x escape at position " + std::to_string(begin);
            }
            bytes.push_back(static_cast<char>(high << 4 | low));
            i += 2;
        } else if (kind != '\n') {
            bytes.push_back('\\');
            bytes.push_back(kind);
        }
    }
    return {};
}

}  // namespace tagproof::frontend
