// The tokenizer's state; internal to tokenizer*.cc. tokenizer.cc has lines, indentation, brackets,
// names and operators; tokenizer_literals.cc has numbers and strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/frontend/token.h"
#include "runtime/frontend/tokenizer.h"

namespace tagproof::frontend {

class Tokenizer {
  public:
    Tokenizer(std::string_view text, TextOrigin origin, TextKind kind);

    [[nodiscard]] TokenList run();

  private:
    struct Indentation {
        std::uint32_t column = 0;      // with tab stops of 8 columns
        std::uint32_t alt_column = 0;  // with tab stops of 1 column
    };
    struct Bracket {
        char open = '(';
        std::uint32_t line = 0;
        std::uint32_t column = 0;
    };
    struct Place {
        std::size_t offset = 0;
        std::uint32_t line = 0;
        std::size_t line_start = 0;  // offset of the line's first byte
    };

    // The byte at the cursor plus `ahead`; 0 at the end of the text.
    // REQUIRES: none of the bytes before it is the end of the text.
    [[nodiscard]] char at(std::size_t ahead = 0) const { return text_.data()[cursor_ + ahead]; }
    [[nodiscard]] bool atEnd() const { return cursor_ == text_.size(); }
    void consumeNewline();
    // The number of the cursor's line; at the end of the text, that of the last line.
    [[nodiscard]] std::uint32_t lastLine() const;
    [[nodiscard]] Place here() const { return {cursor_, line_, line_start_}; }
    [[nodiscard]] std::uint32_t columnAt(std::size_t offset, std::size_t line_start) const;

    // Each returns false when tokenizing stops; then error_ is set.
    bool tokenizeLine();
    bool tokenizeIndentation();
    bool applyIndentation(Indentation measured);
    bool applyDedents(Indentation measured);
    [[nodiscard]] bool isBlankLine() const;
    void endBlocks();
    bool tokenizeToken();
    bool tokenizeContinuation();
    bool tokenizeName();
    bool verifyIdentifier(std::size_t begin);
    bool tokenizeOperator();
    bool openBracket(TokenKind kind);
    bool closeBracket(TokenKind kind);
    bool tokenizeUnknownCharacter();
    bool tokenizeNumber();
    bool scanNumber();
    bool scanRadixNumber(std::string_view kind, int base);
    bool scanZero();
    bool scanFractionAndExponent();
    bool scanExponent();
    bool scanExponentEnd();
    bool scanDecimalDigits();
    bool verifyEndOfNumber(std::string_view kind);
    bool tokenizeString(Place start);
    void finish();
    void noteOpenBracket();

    void emit(TokenKind kind, const Place& start);
    void emitEmpty(TokenKind kind);
    void emitAtEnd(TokenKind kind);

    // The error is on the cursor's line, at the given column counted from 1.
    bool fail(std::string message, std::uint32_t column);
    // The error is at the byte before the cursor, as most of CPython's.
    bool failHere(std::string message);
    bool failIndentation(DiagnosticKind kind, std::string message);

    const std::string_view text_;
    const TextOrigin origin_;
    const TextKind kind_;
    std::size_t cursor_ = 0;
    std::size_t line_start_ = 0;
    std::uint32_t line_;
    std::vector<Indentation> indentations_{{}};
    std::vector<Bracket> brackets_;
    bool has_run_out_ = false;  // the text ends within a literal or behind a backslash
    TokenList list_;
};

}  // namespace tagproof::frontend
