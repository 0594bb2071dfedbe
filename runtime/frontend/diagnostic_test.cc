#include "runtime/frontend/diagnostic.h"

#include <gtest/gtest.h>

namespace tagproof::frontend {
namespace {

TEST(DiagnosticTest, MarksTheRange) {
    const Diagnostic error{.message = "invalid syntax. Perhaps you forgot a comma?",
                           .filename = "f.py",
                           .line = 2,
                           .column = 7,
                           .end_line = 2,
                           .end_column = 10};
    EXPECT_EQ(formatDiagnostic(error, "x = 1\n    f(a b)\n"),
              "  File \"f.py\", line 2\n"
              "    f(a b)\n"
              "      ^^^\n"
              "SyntaxError: invalid syntax. Perhaps you forgot a comma?\n");
}

TEST(DiagnosticTest, CountsCharacters) {
    const Diagnostic error{.message = "invalid syntax", .filename = "f.py", .line = 1, .column = 8};
    EXPECT_EQ(formatDiagnostic(error, "é = ü ?\n"),
              "  File \"f.py\", line 1\n"
              "    é = ü ?\n"
              "         ^\n"
              "SyntaxError: invalid syntax\n");
}

TEST(DiagnosticTest, MarksTheRestOfTheFirstLineOfALongRange) {
    const Diagnostic error{
        .message = "m", .filename = "f.py", .line = 1, .column = 3, .end_line = 2, .end_column = 2};
    EXPECT_EQ(formatDiagnostic(error, "f(abc,\nd)\n"),
              "  File \"f.py\", line 1\n"
              "    f(abc,\n"
              "      ^^^^\n"
              "SyntaxError: m\n");
}

TEST(DiagnosticTest, LineEnds) {
    const Diagnostic error{
        .kind = DiagnosticKind::kTabError, .message = "m", .filename = "f", .line = 3, .column = 1};
    EXPECT_EQ(formatDiagnostic(error, "a\r\nb\rc\n"),
              "  File \"f\", line 3\n    c\n    ^\nTabError: m\n");
}

TEST(DiagnosticTest, WithoutPlaceOrSource) {
    const Diagnostic no_place{
        .kind = DiagnosticKind::kMemoryError, .message = "m", .filename = "f"};
    EXPECT_EQ(formatDiagnostic(no_place, "a\n"), "MemoryError: m\n");
    const Diagnostic no_column{.message = "m", .filename = "f", .line = 1};
    EXPECT_EQ(formatDiagnostic(no_column, " a\n"), "  File \"f\", line 1\n    a\nSyntaxError: m\n");
    const Diagnostic beyond{.message = "m", .filename = "f", .line = 9, .column = 4};
    EXPECT_EQ(formatDiagnostic(beyond, "a\n"), "  File \"f\", line 9\nSyntaxError: m\n");
}

}  // namespace
}  // namespace tagproof::frontend
