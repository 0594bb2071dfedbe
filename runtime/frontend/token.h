// Tokens of Python 3.11 and the list that the tokenizer makes of a source text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/frontend/diagnostic.h"

namespace tagproof::frontend {

// V(enumerator, text)
#define TAGPROOF_FOR_EACH_OPERATOR(V) \
    V(kLeftParen, "(")                \
    V(kRightParen, ")")               \
    V(kLeftBracket, "[")              \
    V(kRightBracket, "]")             \
    V(kLeftBrace, "{")                \
    V(kRightBrace, "}")               \
    V(kColon, ":")                    \
    V(kComma, ",")                    \
    V(kSemicolon, ";")                \
    V(kPlus, "+")                     \
    V(kMinus, "-")                    \
    V(kStar, "*")                     \
    V(kSlash, "/")                    \
    V(kVerticalBar, "|")              \
    V(kAmpersand, "&")                \
    V(kLess, "<")                     \
    V(kGreater, ">")                  \
    V(kEqual, "=")                    \
    V(kDot, ".")                      \
    V(kPercent, "%")                  \
    V(kEqualEqual, "==")              \
    V(kNotEqual, "!=")                \
    V(kLessEqual, "<=")               \
    V(kGreaterEqual, ">=")            \
    V(kTilde, "~")                    \
    V(kCircumflex, "^")               \
    V(kLeftShift, "<<")               \
    V(kRightShift, ">>")              \
    V(kDoubleStar, "**")              \
    V(kPlusEqual, "+=")               \
    V(kMinusEqual, "-=")              \
    V(kStarEqual, "*=")               \
    V(kSlashEqual, "/=")              \
    V(kPercentEqual, "%=")            \
    V(kAmpersandEqual, "&=")          \
    V(kVerticalBarEqual, "|=")        \
    V(kCircumflexEqual, "^=")         \
    V(kLeftShiftEqual, "<<=")         \
    V(kRightShiftEqual, ">>=")        \
    V(kDoubleStarEqual, "**=")        \
    V(kDoubleSlash, "//")             \
    V(kDoubleSlashEqual, "//=")       \
    V(kAt, "@")                       \
    V(kAtEqual, "@=")                 \
    V(kArrow, "->")                   \
    V(kEllipsis, "...")               \
    V(kColonEqual, ":=")

// V(enumerator, text), sorted by text. `match`, `case` and `_` are names.
#define TAGPROOF_FOR_EACH_KEYWORD(V) \
    V(kFalse, "False")               \
    V(kNone, "None")                 \
    V(kTrue, "True")                 \
    V(kAnd, "and")                   \
    V(kAs, "as")                     \
    V(kAssert, "assert")             \
    V(kAsync, "async")               \
    V(kAwait, "await")               \
    V(kBreak, "break")               \
    V(kClass, "class")               \
    V(kContinue, "continue")         \
    V(kDef, "def")                   \
    V(kDel, "del")                   \
    V(kElif, "elif")                 \
    V(kElse, "else")                 \
    V(kExcept, "except")             \
    V(kFinally, "finally")           \
    V(kFor, "for")                   \
    V(kFrom, "from")                 \
    V(kGlobal, "global")             \
    V(kIf, "if")                     \
    V(kImport, "import")             \
    V(kIn, "in")                     \
    V(kIs, "is")                     \
    V(kLambda, "lambda")             \
    V(kNonlocal, "nonlocal")         \
    V(kNot, "not")                   \
    V(kOr, "or")                     \
    V(kPass, "pass")                 \
    V(kRaise, "raise")               \
    V(kReturn, "return")             \
    V(kTry, "try")                   \
    V(kWhile, "while")               \
    V(kWith, "with")                 \
    V(kYield, "yield")

enum class TokenKind : std::uint8_t {
    kEndMarker,
    kError,    // the last token of a text that cannot be tokenized further
    kUnknown,  // a character that no token begins with, as `$`
    kMore,     // the end of the lines of an entry so far, to which more may be added
    kNewline,
    kIndent,
    kDedent,
    kName,
    kNumber,
    kString,  // one literal with its prefix and quotes
#define TAGPROOF_ENUMERATOR(name, text) name,
    TAGPROOF_FOR_EACH_OPERATOR(TAGPROOF_ENUMERATOR) TAGPROOF_FOR_EACH_KEYWORD(TAGPROOF_ENUMERATOR)
#undef TAGPROOF_ENUMERATOR
};

// The text of an operator or keyword; empty for the other kinds.
[[nodiscard]] std::string_view tokenText(TokenKind kind);

struct Token {
    TokenKind kind = TokenKind::kEndMarker;
    std::uint8_t bracket_depth = 0;  // open brackets after this token
    std::uint32_t begin = 0;         // range of bytes in the source text
    std::uint32_t end = 0;
    std::uint32_t line = 0;  // as in Location
    std::uint32_t column = 0;
    std::uint32_t end_line = 0;
    std::uint32_t end_column = 0;
};

// Why tokenizing stopped.
struct LexicalError {
    DiagnosticKind kind = DiagnosticKind::kSyntaxError;
    std::string message = {};
    // As in Diagnostic.
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    // Whether it is reported instead of a syntax error before it. CPython tokenizes the rest of the
    // file when the parser has failed, but takes notice of some errors only.
    bool has_priority = true;
    // The innermost bracket that was open; '\0': none. A syntax error on a later line than the
    // bracket is reported as the bracket's.
    char open_bracket = '\0';
    std::uint32_t bracket_line = 0;
    std::uint32_t bracket_column = 0;
};

// The message for a bracket that the text does not close.
[[nodiscard]] std::string unclosedBracketMessage(char bracket);

// The tokens end with kEndMarker, or, when `error` is set, with kError; those of an entry that may
// go on with kMore.
struct TokenList {
    std::vector<Token> tokens;
    std::optional<LexicalError> error;
};

}  // namespace tagproof::frontend
