#include "tools/tagproof/printable.h"

#include <gtest/gtest.h>

namespace tagproof::cli {
namespace {

TEST(Printable, TextStays) {
    EXPECT_EQ(printable(""), "");
    EXPECT_EQ(printable("Point \\ \u00e9 \u20ac \U0001F600"), "Point \\ \u00e9 \u20ac \U0001F600");
}

TEST(Printable, ControlCharactersAreEscaped) {
    EXPECT_EQ(printable("a\x1b[31m\n\x7f"), "a\\x1b[31m\\x0a\\x7f");
    EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
    EXPECT_EQ(printable("\u009b31m\u00a0"), "\\xc2\\x9b31m\u00a0");
}

TEST(Printable, WhatIsNoTextIsEscaped) {
    EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");
    EXPECT_EQ(printable("\xe2\x82z"), "\\xe2\\x82z");  // cut
    EXPECT_EQ(printable("\xc0\x80"), "\\xc0\\x80");    // overlong
    EXPECT_EQ(printable("\xe0\x80\x80"), "\\xe0\\x80\\x80");
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(Shortened, EndsBetweenCharacters) {
    EXPECT_EQ(shortened("Point", 5), "Point");
    EXPECT_EQ(shortened("Points", 5), "Po...");
    EXPECT_EQ(shortened("\u20ac\u20ac\u20ac", 8), "\u20ac...");
    EXPECT_EQ(shortened("\u20ac\u20ac\u20ac", 9), "\u20ac\u20ac\u20ac");
}

}  // namespace
}  // namespace tagproof::cli
