#include "runtime/frontend/tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tagproof::frontend {
namespace {

std::string kindName(const Token& token) {
    switch (token.kind) {
        case TokenKind::kEndMarker:
            return "END";
        case TokenKind::kError:
            return "ERROR";
        case TokenKind::kUnknown:
            return "UNKNOWN";
        case TokenKind::kNewline:
            return "NEWLINE";
        case TokenKind::kIndent:
            return "INDENT";
        case TokenKind::kDedent:
            return "DEDENT";
        case TokenKind::kName:
            return "NAME";
        case TokenKind::kNumber:
            return "NUMBER";
        case TokenKind::kString:
            return "STRING";
        default:
            return std::string(tokenText(token.kind));
    }
}

// The kinds of the tokens, separated by blanks.
std::string kindsOf(const std::string& text) {
    std::string result;
    for (const Token& token : tokenize(text, {}).tokens) {
        if (!result.empty()) result += ' ';
        result += kindName(token);
    }
    return result;
}

// `line:column message` of the error; empty without one.
std::string errorOf(const std::string& text) {
    const TokenList list = tokenize(text, {});
    if (!list.error) return {};
    return std::to_string(list.error->line) + ":" + std::to_string(list.error->column) + " " +
           list.error->message;
}

std::string placeOf(const Token& token) {
    return std::to_string(token.line) + ":" + std::to_string(token.column) + "-" +
           std::to_string(token.end_line) + ":" + std::to_string(token.end_column);
}

TEST(TokenizerTest, DividesALine) {
    EXPECT_EQ(kindsOf("x = y1 + 0x1f  # comment\n"), "NAME = NAME + NUMBER NEWLINE END");
    EXPECT_EQ(kindsOf("if not None: pass\n"), "if not None : pass NEWLINE END");
    EXPECT_EQ(kindsOf("match case _\n"), "NAME NAME NAME NEWLINE END");
    EXPECT_EQ(kindsOf(""), "END");
    EXPECT_EQ(kindsOf("\n  \n# comment\n"), "END");
}

TEST(TokenizerTest, TakesTheLongestOperator) {
    EXPECT_EQ(kindsOf("a **= b // c >>= d -> e ... f := g != h\n"),
              "NAME **= NAME // NAME >>= NAME -> NAME ... NAME := NAME != NAME NEWLINE END");
    EXPECT_EQ(kindsOf("a<>b\n"), "NAME UNKNOWN NAME NEWLINE END");
    EXPECT_EQ(kindsOf("a ? $\n"), "NAME UNKNOWN UNKNOWN NEWLINE END");
    EXPECT_EQ(kindsOf("..1.\n"), ". NUMBER . NEWLINE END");
}

TEST(TokenizerTest, RecordsPlaces) {
    const TokenList list = tokenize("é = '''a\nb''' + (\n  1)\n", {});
    ASSERT_EQ(list.tokens.size(), 9U);
    EXPECT_EQ(placeOf(list.tokens[0]), "1:0-1:2");
    EXPECT_EQ(placeOf(list.tokens[2]), "1:5-2:4");
    EXPECT_EQ(placeOf(list.tokens[5]), "3:2-3:3");
    EXPECT_EQ(list.tokens[5].bracket_depth, 1);
    EXPECT_EQ(list.tokens[6].bracket_depth, 0);
    EXPECT_EQ(list.tokens[8].line, 3U);
}

TEST(TokenizerTest, MovesTheFirstLineOfAPart) {
    const TokenList list = tokenize("(a\nb)", {.first_line = 7, .first_column = 10});
    EXPECT_EQ(placeOf(list.tokens[1]), "7:11-7:12");
    EXPECT_EQ(placeOf(list.tokens[2]), "8:0-8:1");
}

TEST(TokenizerTest, Indentation) {
    EXPECT_EQ(kindsOf("if a:\n  b\n  if c:\n      d\ne\n"),
              "if NAME : NEWLINE INDENT NAME NEWLINE if NAME : NEWLINE INDENT NAME NEWLINE DEDENT "
              "DEDENT NAME NEWLINE END");
    EXPECT_EQ(kindsOf("if a:\n  b\n\n # comment\n  c\n"),
              "if NAME : NEWLINE INDENT NAME NEWLINE NAME NEWLINE DEDENT END");
    EXPECT_EQ(kindsOf("if a:\n  b\n"), "if NAME : NEWLINE INDENT NAME NEWLINE DEDENT END");
    EXPECT_EQ(errorOf("if a:\n    b\n  c\n"),
              "3:4 unindent does not match any outer indentation level");
}

TEST(TokenizerTest, TabsMustAgreeWithSpaces) {
    EXPECT_EQ(kindsOf("if a:\n\tb\n\tc\n"),
              "if NAME : NEWLINE INDENT NAME NEWLINE NAME NEWLINE DEDENT END");
    EXPECT_EQ(errorOf("if a:\n        b\n\tc\n"),
              "3:3 inconsistent use of tabs and spaces in indentation");
    EXPECT_EQ(kindsOf("if a:\n \fb\n\fc\n"), "if NAME : NEWLINE NAME NEWLINE NAME NEWLINE END");
}

TEST(TokenizerTest, JoinsLines) {
    EXPECT_EQ(kindsOf("a + \\\n  b\n"), "NAME + NAME NEWLINE END");
    EXPECT_EQ(kindsOf("f(a,\n\n  # comment\n b)\n"), "NAME ( NAME , NAME ) NEWLINE END");
    EXPECT_EQ(errorOf("a \\ b\n"), "1:4 unexpected character after line continuation character");
    EXPECT_EQ(errorOf("a \\\n"), "1:4 unexpected EOF while parsing");
}

TEST(TokenizerTest, Strings) {
    for (const char* text : {"'a'", "\"a'\"", "rb'\\'x'", "Br\"\"", "u'a'", "f'{a}'",
                             "Rf'''a\n'b''c'''", "'a\\\nb'", "''", "''''''"}) {
        EXPECT_EQ(kindsOf(std::string(text) + "\n"), "STRING NEWLINE END") << text;
    }
    EXPECT_EQ(kindsOf("ur'a'\n"), "NAME STRING NEWLINE END");
    EXPECT_EQ(errorOf("x = 'a\n"), "1:5 unterminated string literal (detected at line 1)");
    EXPECT_EQ(errorOf("\nx = '''a\n\n"),
              "2:5 unterminated triple-quoted string literal (detected at line 3)");
}

TEST(TokenizerTest, Numbers) {
    for (const char* text : {"0", "00", "0_0", "1_000", "0xFf_f", "0o17", "0b1_0", "1.", ".5",
                             "1e5", "1_0.0_1E-1_0", "1j", "0J", "00.5", "09e1", "1.e3j"}) {
        EXPECT_EQ(kindsOf(std::string(text) + "\n"), "NUMBER NEWLINE END") << text;
    }
    EXPECT_EQ(kindsOf("1if x else 2or 1\n"), "NUMBER if NAME else NUMBER or NUMBER NEWLINE END");
    EXPECT_EQ(kindsOf("1else\n"), "NUMBER else NEWLINE END");
    EXPECT_EQ(errorOf("1__0\n"), "1:2 invalid decimal literal");
    EXPECT_EQ(errorOf("0xg\n"), "1:2 invalid hexadecimal literal");
    EXPECT_EQ(errorOf("0o8\n"), "1:3 invalid digit '8' in octal literal");
    EXPECT_EQ(errorOf("0b12\n"), "1:4 invalid digit '2' in binary literal");
    EXPECT_EQ(errorOf("1abc\n"), "1:1 invalid decimal literal");
    EXPECT_EQ(errorOf("1jx\n"), "1:2 invalid imaginary literal");
    EXPECT_EQ(errorOf("1e+\n"), "1:3 invalid decimal literal");
    EXPECT_EQ(errorOf("0777\n"),
              "1:1 leading zeros in decimal integer literals are not permitted; use an 0o prefix "
              "for octal integers");
}

TEST(TokenizerTest, Brackets) {
    EXPECT_EQ(errorOf(")\n"), "1:1 unmatched ')'");
    EXPECT_EQ(errorOf("(]\n"),
              "1:2 closing parenthesis ']' does not match opening parenthesis '('");
    EXPECT_EQ(errorOf("{\n)\n"),
              "2:1 closing parenthesis ')' does not match opening parenthesis '{' on line 1");
    EXPECT_EQ(errorOf("x = [\n1\n"), "1:5 '[' was never closed");
    EXPECT_EQ(errorOf(std::string(201, '(')), "1:201 too many nested parentheses");
}

TEST(TokenizerTest, Identifiers) {
    EXPECT_EQ(kindsOf("ünï_1 变量 ℌ\n"), "NAME NAME NAME NEWLINE END");
    EXPECT_EQ(errorOf("a “b”\n"), "1:3 invalid character '“' (U+201C)");
    EXPECT_EQ(errorOf("a\xC2\xA0 b\n"), "1:2 invalid non-printable character U+00A0");
    EXPECT_EQ(errorOf("a \x01\n"), "1:3 invalid non-printable character U+0001");
}

}  // namespace
}  // namespace tagproof::frontend
