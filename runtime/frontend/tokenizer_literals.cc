// Numbers and strings. A number is only delimited and checked here; its value is made by the
// parser.

#include <utility>

#include "runtime/frontend/tokenizer_impl.h"
#include "runtime/frontend/unicode.h"

namespace tagproof::frontend {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isLetter(char c, char lower) { return (c | 0x20) == lower; }

bool isDigitOf(char c, int base) {
    if (base == 16) return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    return c >= '0' && c < '0' + base;
}

bool isNameByte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || isIdentifierContinue(byte);
}

// Whether `rest` starts with what may follow a number directly, as in `1if x else y`. CPython does
// not look behind the keywords of two letters that start with `i`.
// REQUIRES: `rest` is followed by a NUL byte.
bool startsWithKeywordAfterNumber(std::string_view rest) {
    for (std::string_view keyword : {"if", "in", "is"}) {
        if (rest.starts_with(keyword)) return true;
    }
    for (std::string_view keyword : {"and", "else", "for", "or", "not"}) {
        if (rest.starts_with(keyword)) return !isNameByte(rest.data()[keyword.size()]);
    }
    return false;
}

}  // namespace

bool Tokenizer::tokenizeNumber() {
    const Place start = here();
    if (!scanNumber()) return false;
    emit(TokenKind::kNumber, start);
    return true;
}

bool Tokenizer::scanNumber() {
    if (at() == '0') {
        if (isLetter(at(1), 'x')) return scanRadixNumber("hexadecimal", 16);
        if (isLetter(at(1), 'o')) return scanRadixNumber("octal", 8);
        if (isLetter(at(1), 'b')) return scanRadixNumber("binary", 2);
        return scanZero();
    }
    if (at() != '.' && !scanDecimalDigits()) return false;
    return scanFractionAndExponent();
}

bool Tokenizer::scanRadixNumber(std::string_view kind, int base) {
    auto fail_digit = [&] {
        const std::string message =
            "invalid digit '" + std::string(1, at()) + "' in " + std::string(kind) + " literal";
        ++cursor_;
        return failHere(message);
    };
    cursor_ += 2;
    do {
        if (at() == '_') ++cursor_;
        if (!isDigitOf(at(), base)) {
            if (isDigit(at())) return fail_digit();
            return failHere("invalid " + std::string(kind) + " literal");
        }
        while (isDigitOf(at(), base)) ++cursor_;
    } while (at() == '_');
    if (isDigit(at())) return fail_digit();
    return verifyEndOfNumber(kind);
}

// A number that starts with 0 and has no radix prefix: zeros, or a float with leading zeros.
bool Tokenizer::scanZero() {
    const std::size_t begin = cursor_;
    while (at() == '0' || at() == '_') {
        if (at() == '_' && !isDigit(at(1))) {
            ++cursor_;
            return failHere("invalid decimal literal");
        }
        ++cursor_;
    }
    if (!isDigit(at())) return scanFractionAndExponent();
    if (!scanDecimalDigits()) return false;
    if (at() == '.' || isLetter(at(), 'e') || isLetter(at(), 'j')) return scanFractionAndExponent();
    return fail(
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal "
        "integers",
        columnAt(begin, line_start_) + 1);
}

bool Tokenizer::scanFractionAndExponent() {
    if (at() == '.') {
        ++cursor_;
        if (isDigit(at()) && !scanDecimalDigits()) return false;
    }
    if (isLetter(at(), 'e')) return scanExponent();
    return scanExponentEnd();
}

bool Tokenizer::scanExponent() {
    const bool is_signed = at(1) == '+' || at(1) == '-';
    if (!isDigit(at(is_signed ? 2 : 1))) {
        if (!is_signed) return verifyEndOfNumber("decimal");  // as in `1else`
        cursor_ += 2;
        return failHere("invalid decimal literal");
    }
    cursor_ += is_signed ? 2 : 1;
    return scanDecimalDigits() && scanExponentEnd();
}

bool Tokenizer::scanExponentEnd() {
    if (!isLetter(at(), 'j')) return verifyEndOfNumber("decimal");
    ++cursor_;
    return verifyEndOfNumber("imaginary");
}

bool Tokenizer::scanDecimalDigits() {
    for (;;) {
        while (isDigit(at())) ++cursor_;
        if (at() != '_') return true;
        ++cursor_;
        if (!isDigit(at())) return failHere("invalid decimal literal");
    }
}

bool Tokenizer::verifyEndOfNumber(std::string_view kind) {
    const auto next = static_cast<unsigned char>(at());
    if (next < 0x80 && !isIdentifierContinue(next)) return true;
    if (startsWithKeywordAfterNumber(text_.substr(cursor_))) return true;
    return failHere("invalid " + std::string(kind) + " literal");
}

// The cursor is at the opening quote; `start` is before the prefix.
bool Tokenizer::tokenizeString(Place start) {
    const char quote = at();
    const bool is_triple = at(1) == quote && at(2) == quote;
    cursor_ += is_triple ? 3 : 1;
    for (;; ++cursor_) {
        if (at() == '\\' && at(1) != '\0') {
            ++cursor_;
        } else if (at() == quote && (!is_triple || (at(1) == quote && at(2) == quote))) {
            cursor_ += is_triple ? 3 : 1;
            emit(TokenKind::kString, start);
            return true;
        } else if (atEnd() || (at() == '\n' && !is_triple)) {
            has_run_out_ = atEnd();
            break;
        }
        if (at() == '\n') {
            consumeNewline();
            --cursor_;
        }
    }
    const std::string detected =
        " string literal (detected at line " + std::to_string(lastLine()) + ")";
    line_ = start.line;
    return fail((is_triple ? "unterminated triple-quoted" : "unterminated") + detected,
                columnAt(start.offset, start.line_start) + 1);
}

}  // namespace tagproof::frontend
