#include "runtime/source_carets.h"

#include <gtest/gtest.h>

namespace tagproof {
namespace {

SourceRange columns(int32_t begin, int32_t end) {
    return {.line = 1, .end_line = 1, .column = begin, .end_column = end};
}

TEST(SourceCaretsTest, TheRangeIsUnderlined) {
    EXPECT_EQ(caretLine("x = foo(1)", columns(4, 10)), "        ^^^^^^");
}

TEST(SourceCaretsTest, ARangeThatIsTheWholeLineGetsNothing) {
    EXPECT_EQ(caretLine("    foo(1)", columns(4, 10)), "");
}

TEST(SourceCaretsTest, TheOperatorIsPointedAt) {
    EXPECT_EQ(caretLine("x = a // b", columns(4, 10)), "        ~~^^~~");
    EXPECT_EQ(caretLine("  a + b", columns(2, 7)), "    ~~^~~");
}

TEST(SourceCaretsTest, TheBracketsOfASubscriptArePointedAt) {
    EXPECT_EQ(caretLine("y = data[key] + 1", columns(4, 13)), "        ~~~~^^^^^");
}

TEST(SourceCaretsTest, ColumnsAreBytesAndCaretsCharacters) {
    EXPECT_EQ(caretLine("s = \"\xc3\xa9\" + f(1)", columns(11, 15)), "              ^^^^");
}

TEST(SourceCaretsTest, ARangeOverSeveralLinesGoesToTheEndOfTheFirst) {
    const SourceRange range{.line = 1, .end_line = 2, .column = 4, .end_column = 3};
    EXPECT_EQ(caretLine("x = foo(1,  ", range), "        ^^^^^^");
}

TEST(SourceCaretsTest, ColumnsBeyondTheLineAreHarmless) {
    EXPECT_EQ(caretLine("ab", columns(1, 50)), "     ^");
    EXPECT_EQ(caretLine("", columns(5, 9)), "");
    EXPECT_EQ(caretLine("ab", SourceRange{}), "");
}

}  // namespace
}  // namespace tagproof
