#include "runtime/frontend/tokenizer.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "runtime/frontend/tokenizer_impl.h"
#include "runtime/frontend/unicode.h"

namespace tagproof::frontend {

namespace {

constexpr std::size_t kMaxBrackets = 200;      // as CPython's MAXLEVEL
constexpr std::size_t kMaxIndentations = 100;  // as CPython's MAXINDENT
constexpr std::uint32_t kTabSize = 8;

struct Spelling {
    std::string_view text;
    TokenKind kind;
};

#define TAGPROOF_SPELLING(name, text) {text, TokenKind::name},
constexpr Spelling kKeywords[] = {TAGPROOF_FOR_EACH_KEYWORD(TAGPROOF_SPELLING)};
constexpr Spelling kOperators[] = {TAGPROOF_FOR_EACH_OPERATOR(TAGPROOF_SPELLING)};
#undef TAGPROOF_SPELLING

constexpr std::size_t kMaxKeywordSize = 8;

// The operators that start with each ASCII character, longest first.
struct OperatorTable {
    std::array<std::array<Spelling, 4>, 128> rows{};

    consteval OperatorTable() {
        for (std::size_t size = 3; size >= 1; --size) {
            for (const Spelling& spelling : kOperators) {
                if (spelling.text.size() != size) continue;
                auto& row = rows[static_cast<unsigned char>(spelling.text[0])];
                auto* free = std::find_if(row.begin(), row.end(),
                                          [](const Spelling& s) { return s.text.empty(); });
                *free = spelling;
            }
        }
    }
};
constexpr OperatorTable kOperatorTable;

bool isNameStart(char c) { return isIdentifierStart(static_cast<unsigned char>(c)); }

// Any byte that may belong to a name; those of other characters are rejected afterwards.
bool isNameByte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || isIdentifierContinue(byte);
}

TokenKind nameKind(std::string_view text) {
    if (text.size() > kMaxKeywordSize) return TokenKind::kName;
    const auto* found =
        std::lower_bound(std::begin(kKeywords), std::end(kKeywords), text,
                         [](const Spelling& s, std::string_view t) { return s.text < t; });
    return found != std::end(kKeywords) && found->text == text ? found->kind : TokenKind::kName;
}

// Whether `text` is a prefix of a string literal, in any case: b, r, u, f, br, rb, fr, rf.
bool isStringPrefix(std::string_view text) {
    if (text.size() > 2) return false;
    auto is = [&](std::size_t i, char c) { return (text[i] | 0x20) == c; };
    if (text.size() == 1) return is(0, 'b') || is(0, 'r') || is(0, 'u') || is(0, 'f');
    return (is(0, 'r') && (is(1, 'b') || is(1, 'f'))) || (is(1, 'r') && (is(0, 'b') || is(0, 'f')));
}

std::string codePointName(std::uint32_t code_point) {
    std::string digits;
    for (; code_point != 0 || digits.size() < 4; code_point >>= 4) {
        digits.insert(digits.begin(), "0123456789ABCDEF"[code_point & 15U]);
    }
    return "U+" + digits;
}

char matchingOpen(TokenKind close) {
    if (close == TokenKind::kRightParen) return '(';
    return close == TokenKind::kRightBracket ? '[' : '{';
}

}  // namespace

std::string_view tokenText(TokenKind kind) {
    for (const Spelling& spelling : kOperators) {
        if (spelling.kind == kind) return spelling.text;
    }
    for (const Spelling& spelling : kKeywords) {
        if (spelling.kind == kind) return spelling.text;
    }
    return {};
}

std::string unclosedBracketMessage(char bracket) {
    return "'" + std::string(1, bracket) + "' was never closed";
}

TokenList tokenize(std::string_view text, TextOrigin origin, TextKind kind) {
    return Tokenizer(text, origin, kind).run();
}

Tokenizer::Tokenizer(std::string_view text, TextOrigin origin, TextKind kind)
    : text_(text), origin_(origin), kind_(kind), line_(origin.first_line) {
    list_.tokens.reserve(text.size() / 4 + 8);
}

TokenList Tokenizer::run() {
    while (!atEnd()) {
        if (!tokenizeLine()) {
            if (has_run_out_ && kind_ == TextKind::kEntrySoFar) break;
            noteOpenBracket();
            emitEmpty(TokenKind::kError);
            return std::move(list_);
        }
    }
    finish();
    return std::move(list_);
}

void Tokenizer::finish() {
    if (kind_ == TextKind::kEntrySoFar) {
        list_.error.reset();
        emitEmpty(TokenKind::kMore);
        return;
    }
    if (!brackets_.empty()) {
        const Bracket& bracket = brackets_.back();
        list_.error = LexicalError{.message = unclosedBracketMessage(bracket.open),
                                   .line = bracket.line,
                                   .column = bracket.column + 1,
                                   .has_priority = false};
        noteOpenBracket();
        emitAtEnd(TokenKind::kError);
        return;
    }
    for (; indentations_.size() > 1; indentations_.pop_back()) emitAtEnd(TokenKind::kDedent);
    emitAtEnd(TokenKind::kEndMarker);
}

void Tokenizer::noteOpenBracket() {
    if (brackets_.empty()) return;
    list_.error->open_bracket = brackets_.back().open;
    list_.error->bracket_line = brackets_.back().line;
    list_.error->bracket_column = brackets_.back().column + 1;
}

std::uint32_t Tokenizer::lastLine() const {
    const bool is_behind_last_line = atEnd() && cursor_ == line_start_ && line_ > 1;
    return is_behind_last_line ? line_ - 1 : line_;
}

// A token at the end of the text stands on the last line, as in CPython.
void Tokenizer::emitAtEnd(TokenKind kind) {
    emitEmpty(kind);
    Token& token = list_.tokens.back();
    if (token.line == lastLine()) return;
    const std::size_t newline = cursor_ - 1;
    const std::size_t line_start = newline == 0 ? 0 : text_.rfind('\n', newline - 1) + 1;
    token.line = token.end_line = lastLine();
    token.column = token.end_column = columnAt(newline, line_start);
}

// A physical line with those that continue it.
bool Tokenizer::tokenizeLine() {
    if (kind_ != TextKind::kProgram && brackets_.empty() && at() == '\n') {
        endBlocks();
        return true;
    }
    if (brackets_.empty() && !tokenizeIndentation()) return false;
    while (!atEnd()) {
        switch (at()) {
            case ' ':
            case '\t':
            case '\f':
                ++cursor_;
                break;
            case '#':
                cursor_ = std::min(text_.find('\n', cursor_), text_.size());
                break;
            case '\\':
                if (!tokenizeContinuation()) return false;
                break;
            case '\n': {
                if (brackets_.empty() && !isBlankLine()) {
                    const Place start = here();
                    ++cursor_;
                    emit(TokenKind::kNewline, start);
                    --cursor_;
                }
                consumeNewline();
                return true;
            }
            default:
                if (!tokenizeToken()) return false;
        }
    }
    return true;
}

// The cursor is at the end of a line. The first of an entry counts whatever stands there.
bool Tokenizer::isBlankLine() const {
    if (list_.tokens.empty()) return kind_ == TextKind::kProgram;
    const TokenKind last = list_.tokens.back().kind;
    return last == TokenKind::kNewline || last == TokenKind::kIndent || last == TokenKind::kDedent;
}

// An empty line of an entry.
void Tokenizer::endBlocks() {
    for (; indentations_.size() > 1; indentations_.pop_back()) emitEmpty(TokenKind::kDedent);
    const Place start = here();
    ++cursor_;
    emit(TokenKind::kNewline, start);
    --cursor_;
    consumeNewline();
}

void Tokenizer::consumeNewline() {
    ++cursor_;
    ++line_;
    line_start_ = cursor_;
}

// Measures the indentation of a line. A backslash may join it to the next physical line; then the
// first nonzero measure counts.
bool Tokenizer::tokenizeIndentation() {
    Indentation measured;
    std::uint32_t joined_column = 0;
    for (;; ++cursor_) {
        const char c = at();
        if (c == ' ') {
            ++measured.column;
            ++measured.alt_column;
        } else if (c == '\t') {
            measured.column = (measured.column / kTabSize + 1) * kTabSize;
            ++measured.alt_column;
        } else if (c == '\f') {
            measured = {};
        } else if (c == '\\') {
            if (joined_column == 0) joined_column = measured.column;
            if (!tokenizeContinuation()) return false;
            --cursor_;
        } else {
            break;
        }
    }
    if (at() == '#' || at() == '\n' || atEnd()) return true;
    if (joined_column != 0) measured = {joined_column, joined_column};
    return applyIndentation(measured);
}

bool Tokenizer::applyIndentation(Indentation measured) {
    const Indentation current = indentations_.back();
    if (measured.column < current.column) return applyDedents(measured);
    const bool is_indent = measured.column > current.column;
    if (is_indent && indentations_.size() >= kMaxIndentations) {
        return failIndentation(DiagnosticKind::kIndentationError, "too many levels of indentation");
    }
    const bool is_consistent = is_indent ? measured.alt_column > current.alt_column
                                         : measured.alt_column == current.alt_column;
    if (!is_consistent) {
        return failIndentation(DiagnosticKind::kTabError,
                               "inconsistent use of tabs and spaces in indentation");
    }
    if (is_indent) {
        indentations_.push_back(measured);
        emitEmpty(TokenKind::kIndent);
    }
    return true;
}

bool Tokenizer::applyDedents(Indentation measured) {
    std::size_t kept = indentations_.size();
    while (measured.column < indentations_[kept - 1].column) --kept;
    if (measured.column != indentations_[kept - 1].column) {
        return failIndentation(DiagnosticKind::kIndentationError,
                               "unindent does not match any outer indentation level");
    }
    if (measured.alt_column != indentations_[kept - 1].alt_column) {
        return failIndentation(DiagnosticKind::kTabError,
                               "inconsistent use of tabs and spaces in indentation");
    }
    for (; indentations_.size() > kept; indentations_.pop_back()) emitEmpty(TokenKind::kDedent);
    return true;
}

// A backslash and the line break behind it.
bool Tokenizer::tokenizeContinuation() {
    if (at(1) != '\n') {
        cursor_ += at(1) == '\0' ? 1 : 2;
        failHere("unexpected character after line continuation character");
        list_.error->has_priority = false;
        return false;
    }
    const std::size_t previous_line_start = line_start_;
    ++cursor_;
    consumeNewline();
    if (!atEnd()) return true;
    has_run_out_ = true;
    const std::size_t newline = cursor_ - 1;
    line_ -= 1;
    fail("unexpected EOF while parsing", columnAt(newline, previous_line_start) + 1);
    list_.error->has_priority = false;
    return false;
}

bool Tokenizer::tokenizeToken() {
    const char c = at();
    if (isNameStart(c) || static_cast<unsigned char>(c) >= 0x80) return tokenizeName();
    const auto is_digit = [](char d) { return d >= '0' && d <= '9'; };
    if (is_digit(c) || (c == '.' && is_digit(at(1)))) return tokenizeNumber();
    if (c == '"' || c == '\'') return tokenizeString(here());
    return tokenizeOperator();
}

bool Tokenizer::tokenizeName() {
    const Place start = here();
    bool is_ascii = true;
    for (; isNameByte(at()); ++cursor_) {
        if (static_cast<unsigned char>(at()) >= 0x80) is_ascii = false;
    }
    const std::string_view text = text_.substr(start.offset, cursor_ - start.offset);
    if ((at() == '"' || at() == '\'') && isStringPrefix(text)) return tokenizeString(start);
    if (!is_ascii && !verifyIdentifier(start.offset)) return false;
    emit(is_ascii ? nameKind(text) : TokenKind::kName, start);
    return true;
}

bool Tokenizer::verifyIdentifier(std::size_t begin) {
    const std::string_view text = text_.substr(0, cursor_);
    for (std::size_t i = begin; i < cursor_;) {
        const std::size_t position = i;
        const std::uint32_t code_point = nextCodePoint(text, i);
        if (position == begin ? isIdentifierStart(code_point) : isIdentifierContinue(code_point)) {
            continue;
        }
        cursor_ = i;
        const std::string name = codePointName(code_point);
        const std::uint32_t column = columnAt(position, line_start_) + 1;
        if (!isPrintable(code_point))
            return fail("invalid non-printable character " + name, column);
        return fail("invalid character '" + std::string(text.substr(position, i - position)) +
                        "' (" + name + ")",
                    column);
    }
    return true;
}

bool Tokenizer::tokenizeOperator() {
    const Place start = here();
    const std::string_view rest = text_.substr(cursor_, 3);
    for (const Spelling& spelling : kOperatorTable.rows[static_cast<unsigned char>(at())]) {
        if (spelling.text.empty()) break;
        if (!rest.starts_with(spelling.text) || rest.starts_with("<>")) continue;
        cursor_ += spelling.text.size();
        const bool is_open = spelling.text == "(" || spelling.text == "[" || spelling.text == "{";
        const bool is_close = spelling.text == ")" || spelling.text == "]" || spelling.text == "}";
        if (is_open && !openBracket(spelling.kind)) return false;
        if (is_close && !closeBracket(spelling.kind)) return false;
        emit(spelling.kind, start);
        return true;
    }
    return tokenizeUnknownCharacter();
}

// The cursor is behind the bracket.
bool Tokenizer::openBracket(TokenKind kind) {
    if (brackets_.size() >= kMaxBrackets) return failHere("too many nested parentheses");
    brackets_.push_back({tokenText(kind)[0], line_, columnAt(cursor_ - 1, line_start_)});
    return true;
}

// The cursor is behind the bracket.
bool Tokenizer::closeBracket(TokenKind kind) {
    const std::string text(tokenText(kind));
    if (brackets_.empty()) return failHere("unmatched '" + text + "'");
    const Bracket open = brackets_.back();
    brackets_.pop_back();
    if (open.open == matchingOpen(kind)) return true;
    std::string message = "closing parenthesis '" + text +
                          "' does not match opening parenthesis '" + std::string(1, open.open) +
                          "'";
    if (open.line != line_) message += " on line " + std::to_string(open.line);
    return failHere(std::move(message));
}

bool Tokenizer::tokenizeUnknownCharacter() {
    const Place start = here();
    const auto code_point = static_cast<unsigned char>(at());
    cursor_ += text_.substr(cursor_).starts_with("<>") ? 2 : 1;
    if (!isPrintable(code_point)) {
        return failHere("invalid non-printable character " + codePointName(code_point));
    }
    emit(TokenKind::kUnknown, start);
    return true;
}

std::uint32_t Tokenizer::columnAt(std::size_t offset, std::size_t line_start) const {
    return static_cast<std::uint32_t>(offset - line_start);
}

// CPython moves the columns of the tokens that end on the first line of a part of an f-string.
void Tokenizer::emit(TokenKind kind, const Place& start) {
    Token token{.kind = kind,
                .bracket_depth = static_cast<std::uint8_t>(brackets_.size()),
                .begin = static_cast<std::uint32_t>(start.offset),
                .end = static_cast<std::uint32_t>(cursor_),
                .line = start.line,
                .column = columnAt(start.offset, start.line_start),
                .end_line = line_,
                .end_column = columnAt(cursor_, line_start_)};
    if (line_ == origin_.first_line) {
        const auto shift = static_cast<std::uint32_t>(origin_.first_column);
        token.column += shift;
        token.end_column += shift;
    }
    list_.tokens.push_back(token);
}

void Tokenizer::emitEmpty(TokenKind kind) { emit(kind, here()); }

bool Tokenizer::fail(std::string message, std::uint32_t column) {
    list_.error = LexicalError{.message = std::move(message), .line = line_, .column = column};
    return false;
}

bool Tokenizer::failHere(std::string message) {
    return fail(std::move(message), columnAt(cursor_, line_start_));
}

bool Tokenizer::failIndentation(DiagnosticKind kind, std::string message) {
    const std::size_t line_end = std::min(text_.find('\n', cursor_), text_.size());
    fail(std::move(message), columnAt(line_end, line_start_) + 1);
    list_.error->kind = kind;
    list_.error->has_priority = false;
    return false;
}

}  // namespace tagproof::frontend
