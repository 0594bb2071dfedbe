#pragma once
// A cursor over text with line and column, for the HIR parser. Keeps the first error; after it
// every reading function fails.

#include <cstdint>
#include <string>
#include <string_view>

#include "jit/hir/parser.h"

namespace tagproof::hir {

class TextScanner {
  public:
    explicit TextScanner(std::string_view text) : text_(text) {}

    [[nodiscard]] bool failed() const { return !error_.message.empty(); }
    [[nodiscard]] const ParseError& error() const { return error_; }
    // Where the last word or number began, without a message.
    [[nodiscard]] ParseError wordPlace() const { return {word_line_, word_column_, {}}; }
    void note(ParseError error);
    // Notes an error at the cursor, or where the last word began. Always false.
    bool fail(std::string message);
    bool failAtWord(std::string message);

    // Skips spaces within the line.
    void skipSpaces();
    [[nodiscard]] char peek();
    [[nodiscard]] bool isAtEnd() const { return at_ == text_.size(); }
    // Takes `expected` when it comes next.
    bool accept(std::string_view expected);
    bool require(std::string_view expected);
    // The end of a line, with a comment before it and empty lines behind it.
    bool requireLineEnd();
    void skipEmptyLines();

    // Letters, digits and underscores; may be empty.
    [[nodiscard]] std::string_view word();
    // What comes before one of `stops` that is not between angle brackets or quotes; trimmed.
    [[nodiscard]] std::string_view upTo(std::string_view stops);
    bool number(int64_t& result);
    // "v12", "bb3": the number behind `prefix`.
    bool numbered(std::string_view prefix, uint32_t& result);

  private:
    void advance(size_t count);

    std::string_view text_;
    size_t at_ = 0;
    uint32_t line_ = 1;
    uint32_t column_ = 1;
    uint32_t word_line_ = 1;  // where the last word or number began
    uint32_t word_column_ = 1;
    ParseError error_;  // no message = none
};

}  // namespace tagproof::hir
