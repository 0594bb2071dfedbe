#include "jit/hir/text_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace tagproof::hir {

namespace {

bool isWordCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0;
}

std::string_view trimmed(std::string_view text) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

}  // namespace

void TextScanner::note(ParseError error) {
    if (!failed()) error_ = std::move(error);
}

bool TextScanner::fail(std::string message) {
    note({line_, column_, std::move(message)});
    return false;
}

bool TextScanner::failAtWord(std::string message) {
    note({word_line_, word_column_, std::move(message)});
    return false;
}

void TextScanner::advance(size_t count) {
    for (size_t i = 0; i < count; ++i) {
        const bool newline = text_[at_++] == '\n';
        line_ += newline ? 1 : 0;
        column_ = newline ? 1 : column_ + 1;
    }
}

void TextScanner::skipSpaces() {
    while (!isAtEnd() && text_[at_] == ' ') advance(1);
}

char TextScanner::peek() {
    skipSpaces();
    return isAtEnd() ? '\n' : text_[at_];
}

bool TextScanner::accept(std::string_view expected) {
    skipSpaces();
    if (failed() || !text_.substr(at_).starts_with(expected)) return false;
    const size_t behind = at_ + expected.size();
    const bool is_word = isWordCharacter(expected.back());
    if (is_word && behind < text_.size() && isWordCharacter(text_[behind])) return false;
    advance(expected.size());
    return true;
}

bool TextScanner::require(std::string_view expected) {
    return accept(expected) || fail(fmt::format("expected '{}'", expected));
}

bool TextScanner::requireLineEnd() {
    if (peek() != '\n' && peek() != '#') return fail("unexpected text at the end of the line");
    skipEmptyLines();
    return !failed();
}

void TextScanner::skipEmptyLines() {
    while (!isAtEnd() && (peek() == '\n' || peek() == '#')) {
        while (!isAtEnd() && text_[at_] != '\n') advance(1);
        if (!isAtEnd()) advance(1);
    }
    skipSpaces();
}

std::string_view TextScanner::word() {
    skipSpaces();
    word_line_ = line_;
    word_column_ = column_;
    size_t size = 0;
    while (at_ + size < text_.size() && isWordCharacter(text_[at_ + size])) ++size;
    const std::string_view result = text_.substr(at_, size);
    advance(size);
    return result;
}

std::string_view TextScanner::upTo(std::string_view stops) {
    skipSpaces();
    word_line_ = line_;
    word_column_ = column_;
    size_t size = 0;
    int depth = 0;
    bool quoted = false;
    for (; at_ + size < text_.size() && text_[at_ + size] != '\n'; ++size) {
        const char c = text_[at_ + size];
        if (quoted && c == '\\') {
            ++size;
            continue;
        }
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (depth == 0 && stops.find(c) != stops.npos) break;
        if (c == '<') ++depth;
        if (c == '>') --depth;
    }
    size = std::min(size, text_.size() - at_);
    const std::string_view result = text_.substr(at_, size);
    advance(size);
    return trimmed(result);
}

bool TextScanner::number(int64_t& result) {
    skipSpaces();
    word_line_ = line_;
    word_column_ = column_;
    const char* begin = text_.data() + at_;
    const auto [end, status] = std::from_chars(begin, text_.data() + text_.size(), result);
    if (status != std::errc()) return fail("expected a number");
    advance(static_cast<size_t>(end - begin));
    return true;
}

bool TextScanner::numbered(std::string_view prefix, uint32_t& result) {
    const std::string_view text = word();
    const std::string_view digits = text.substr(std::min(prefix.size(), text.size()));
    const auto [end, status] =
        std::from_chars(digits.data(), digits.data() + digits.size(), result);
    const bool whole = status == std::errc() && end == digits.data() + digits.size();
    if (text.starts_with(prefix) && whole) return true;
    return failAtWord(fmt::format("expected '{}' and a number", prefix));
}

}  // namespace tagproof::hir
