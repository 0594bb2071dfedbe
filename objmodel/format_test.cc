// The format mini-language, %-formatting and str.format. Expected texts are CPython 3.11's.

#include <gtest/gtest.h>

#include "objmodel/data_test_support.h"
#include "objmodel/percent_format.h"

namespace tagproof {
namespace {

class FormatTest : public DataTest {
  protected:
    std::string percent(std::string_view spec, const Ref& args) {
        const Ref source = str(spec);
        return text(percentFormat(thread(), source.as<Str>(), args.get()));
    }
};

TEST_F(FormatTest, Ints) {
    EXPECT_EQ(format(Ref(number(1234)), "010,"), "'00,001,234'");
    EXPECT_EQ(format(Ref(number(255)), "#010_x"), "'0x000_00ff'");
    EXPECT_EQ(format(Ref(number(-255)), "#X"), "'-0XFF'");
    EXPECT_EQ(format(Ref(number(3)), "\u20ac^5"), "'\u20ac\u20ac3\u20ac\u20ac'");
    EXPECT_EQ(format(Ref(number(8364)), "c"), "'\u20ac'");
    EXPECT_EQ(format(Ref(number(5)), "+.1f"), "'+5.0'");
    EXPECT_EQ(format(Ref(thread().singletons->true_), "5"), "'    1'");
}

TEST_F(FormatTest, Floats) {
    EXPECT_EQ(format(real(1234.5678), "012,.2f"), "'0,001,234.57'");
    EXPECT_EQ(format(real(100.0), ".3"), "'1e+02'");
    EXPECT_EQ(format(real(12.0), ".3"), "'12.0'");
    EXPECT_EQ(format(real(1.5), "%"), "'150.000000%'");
    EXPECT_EQ(format(real(-0.0), "z.1f"), "'0.0'");
    EXPECT_EQ(format(real(0.5), ".0f"), "'0'");
    EXPECT_EQ(format(real(1e100), "G"), "'1E+100'");
    EXPECT_EQ(format(real(1.0), "#.0f"), "'1.'");
}

TEST_F(FormatTest, Strings) {
    EXPECT_EQ(format(str("abc"), "*^8.2"), "'***ab***'");
    EXPECT_EQ(format(str("a"), "05"), "'a0000'");
    EXPECT_EQ(format(str("a"), "=5"),
              "ValueError: '=' alignment not allowed in string format specifier");
}

TEST_F(FormatTest, Errors) {
    const Ref one(number(1));
    EXPECT_EQ(format(one, "s"), "ValueError: Unknown format code 's' for object of type 'int'");
    EXPECT_EQ(format(one, "10xx"),
              "ValueError: Invalid format specifier '10xx' for object of type 'int'");
    EXPECT_EQ(format(one, ".3d"), "ValueError: Precision not allowed in integer format specifier");
    EXPECT_EQ(format(one, "."), "ValueError: Format specifier missing precision");
    EXPECT_EQ(format(one, ",_"), "ValueError: Cannot specify both ',' and '_'.");
    EXPECT_EQ(format(one, ",x"), "ValueError: Cannot specify ',' with 'x'.");
    EXPECT_EQ(format(one, "99999999999999999999"),
              "ValueError: Too many decimal digits in format string");
    EXPECT_EQ(format(list({}), "x"),
              "TypeError: unsupported format string passed to list.__format__");
}

TEST_F(FormatTest, Percent) {
    EXPECT_EQ(percent("%05d|%-5d|%+.2e|%#x",
                      tuple({number(-5), number(5), real(0.0).get(), number(255)})),
              "'-0005|5    |+0.00e+00|0xff'");
    EXPECT_EQ(percent("%*.*f", tuple({number(8), number(2), real(1.5).get()})), "'    1.50'");
    EXPECT_EQ(percent("%s", list({number(1)})), "'[1]'");
    EXPECT_EQ(percent("%d", Ref(number(7))), "'7'");
    EXPECT_EQ(percent("%d", str("a")), "TypeError: %d format: a real number is required, not str");
    EXPECT_EQ(percent("%d %d", Ref(number(1))),
              "TypeError: not enough arguments for format string");
    EXPECT_EQ(percent("x", Ref(number(1))),
              "TypeError: not all arguments converted during string formatting");
    EXPECT_EQ(percent("%", tuple({})), "ValueError: incomplete format");
    EXPECT_EQ(percent("%y", Ref(number(1))),
              "ValueError: unsupported format character 'y' (0x79) at index 1");
}

TEST_F(FormatTest, ReplacementFields) {
    EXPECT_EQ(method(str("{{{}:{1}}}"), "format", {number(1), number(2)}),
              "ValueError: cannot switch from automatic field numbering to manual field "
              "specification");
    EXPECT_EQ(method(str("{0[1]}{0[0]!r:>4}"), "format", {list({number(1), number(2)}).get()}),
              "'2   1'");
    EXPECT_EQ(method(str("{:{}}|"), "format", {number(1), number(4)}), "'   1|'");
    EXPECT_EQ(method(str("{}{}"), "format", {number(1)}),
              "IndexError: Replacement index 1 out of range for positional args tuple");
    EXPECT_EQ(method(str("{x}"), "format"), "KeyError: 'x'");
    EXPECT_EQ(method(str("}"), "format"), "ValueError: Single '}' encountered in format string");
    EXPECT_EQ(method(str("{:{:{}}}"), "format", {number(1), number(2), number(3)}),
              "ValueError: Max string recursion exceeded");
}

}  // namespace
}  // namespace tagproof
