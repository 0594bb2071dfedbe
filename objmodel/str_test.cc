// Strings: kinds, hashes, search, case mappings, methods with corner cases.

#include "objmodel/str.h"

#include <gtest/gtest.h>

#include <utility>

#include "objmodel/data_test_support.h"
#include "objmodel/str_builder.h"

namespace tagproof {
namespace {

class StrTest : public DataTest {};

TEST_F(StrTest, KindIsTheNarrowest) {
    const auto kindOf = [&](std::string_view utf8) { return str(utf8).as<Str>()->kind; };
    EXPECT_EQ(kindOf("abc"), 1u);
    EXPECT_EQ(kindOf("\u00e9"), 1u);
    EXPECT_EQ(kindOf("\u4e2d"), 2u);
    EXPECT_EQ(kindOf("\U0001f600"), 4u);
    EXPECT_FALSE(str("\u00e9").as<Str>()->ascii);
    const Ref wide = str("ab\U0001f600");
    const Ref slice(Value::of(sliceStr(thread(), wide.as<Str>(), 0, 2)));
    EXPECT_EQ(slice.as<Str>()->kind, 1u);
    EXPECT_TRUE(slice.as<Str>()->ascii);
}

TEST_F(StrTest, HashIsCPythonsWithoutSeed) {
    EXPECT_EQ(strHash(str("").as<Str>()), 0);
    EXPECT_EQ(strHash(str("abc").as<Str>()), -4594863902769663758);
    EXPECT_EQ(strHash(str("\u00e9").as<Str>()), 6047309291227476195);
    EXPECT_EQ(strHash(str("\u65e5\u672c").as<Str>()), 6243316497235261705);
}

TEST_F(StrTest, Utf8RoundTrip) {
    for (const char* source : {"", "abc", "\u00e9\u4e2d\U0001f600", "\xed\xa0\x80"}) {
        EXPECT_EQ(toUtf8(str(source).as<Str>()), source);
    }
    EXPECT_EQ(toUtf8(str("a\xff"
                         "b\xc3")
                         .as<Str>()),
              "a\ufffdb\ufffd");
    EXPECT_EQ(str("\xf4\x90\x80\x80").as<Str>()->at(0), char32_t{0xfffd});
}

TEST_F(StrTest, TextsThatNoSizeHoldsAreRefused) {
    StrBuilder out(thread());
    out.append(U'\U0001f600');
    out.appendRepeated(U'\U0001f600', uint64_t{1} << 62);  // 2^64 bytes and a few
    EXPECT_EQ(text(Value::of(out.finish())), "MemoryError: ");
}

TEST_F(StrTest, InterningKeepsOnePerText) {
    Str* const first = internStr(thread(), "some text");
    EXPECT_EQ(internStr(thread(), "some text"), first);
    EXPECT_TRUE(isImmortal(&first->head));
    EXPECT_EQ(makeCharStr(thread(), U'x'), makeCharStr(thread(), U'x'));
}

TEST_F(StrTest, SearchAcrossKinds) {
    const Ref wide = str("x\u4e2d\U0001f600xa");
    const auto find = [&](std::string_view needle) {
        return findStr(wide.as<Str>(), str(needle).as<Str>(), 0, wide.as<Str>()->length);
    };
    EXPECT_EQ(find("xa"), 3);
    EXPECT_EQ(find("\u4e2d\U0001f600"), 1);
    EXPECT_EQ(find("\u00e9"), -1);
    EXPECT_EQ(find(""), 0);
    // Bytes that match across a code point boundary are no hit.
    const Ref text = str("\u0141\u4141\u4100");
    EXPECT_EQ(findStr(text.as<Str>(), str("\u4141").as<Str>(), 0, 3), 1);
    EXPECT_EQ(findStr(text.as<Str>(), str("\u0041\u4141").as<Str>(), 0, 3), -1);
}

TEST_F(StrTest, CaseMappingsInFull) {
    EXPECT_EQ(method(str("stra\u00dfe \ufb01"), "upper"), "'STRASSE FI'");
    EXPECT_EQ(method(str("\u039f\u03a3 \u03a3\u0391\u03a3."), "lower"),
              "'\u03bf\u03c2 \u03c3\u03b1\u03c2.'");
    EXPECT_EQ(method(str("\u01c6x they're"), "title"), "\"\u01c5x They'Re\"");
    EXPECT_EQ(method(str("\u00df\u0130"), "casefold"), "'ssi\u0307'");
    EXPECT_EQ(method(str("\u00dfA"), "swapcase"), "'SSa'");
}

TEST_F(StrTest, SplitKeepsTheRest) {
    EXPECT_EQ(method(str(" a  b c "), "split", {thread().singletons->none, number(1)}),
              "['a', 'b c ']");
    EXPECT_EQ(method(str(" a  b c "), "rsplit", {thread().singletons->none, number(1)}),
              "[' a  b', 'c']");
    EXPECT_EQ(method(str("a,,b"), "split", {str(",").get()}), "['a', '', 'b']");
    EXPECT_EQ(method(str("a\r\nb\x0b\u2028"), "splitlines"), "['a', 'b', '']");
    EXPECT_EQ(method(str("a"), "split", {str("").get()}), "ValueError: empty separator");
}

TEST_F(StrTest, ReplaceOfNothing) {
    EXPECT_EQ(method(str("ab"), "replace", {str("").get(), str("-").get()}), "'-a-b-'");
    EXPECT_EQ(method(str("ab"), "replace", {str("").get(), str("-").get(), number(2)}), "'-a-b'");
    EXPECT_EQ(method(str("aaa"), "replace", {str("aa").get(), str("\u4e2d").get()}), "'\u4e2da'");
}

TEST_F(StrTest, Repr) {
    EXPECT_EQ(reprText(str("it's").get()), "\"it's\"");
    EXPECT_EQ(reprText(str("'\"\n\x7f\u00a0\u00e9").get()), "'\\'\"\\n\\x7f\\xa0\u00e9'");
    EXPECT_EQ(text(asciiOf(thread(), str("\u00e9\U0001f600").get())), "\"'\\\\xe9\\\\U0001f600'\"");
}

TEST_F(StrTest, IndexErrors) {
    const Ref source = str("abc");
    EXPECT_EQ(text(getItem(thread(), source.get(), number(-3))), "'a'");
    EXPECT_EQ(text(getItem(thread(), source.get(), number(3))),
              "IndexError: string index out of range");
    EXPECT_EQ(text(getItem(thread(), source.get(), str("x").get())),
              "TypeError: string indices must be integers, not 'str'");
}

TEST_F(StrTest, BuilderWidens) {
    StrBuilder builder(thread());
    builder.appendAscii("a");
    builder.append(U'\u00e9');
    builder.append(U'\u4e2d');
    builder.appendRepeated(U'\U0001f600', 2);
    builder.append(str("xyz").as<Str>(), 1, 2);
    const Ref result(Value::of(builder.finish()));
    EXPECT_EQ(toUtf8(result.as<Str>()), "a\u00e9\u4e2d\U0001f600\U0001f600y");
    EXPECT_EQ(builder.length(), 0u);
}

TEST_F(StrTest, AppendingToAnOwnedTextGrowsIt) {
    Ref text_so_far = str("start");
    int moves = 0;
    for (int k = 0; k < 3000; ++k) {
        const Ref piece = str(k % 1000 == 999 ? "\u4e2d" : "x");
        Str* const old = text_so_far.as<Str>();
        Ref longer(Value::of(appendToOwnedStr(thread(), old, piece.as<Str>(), 1)));
        ASSERT_TRUE(longer);
        moves += longer.as<Str>() != old ? 1 : 0;
        text_so_far = std::move(longer);
    }
    EXPECT_LT(moves, 40);
    EXPECT_EQ(text_so_far.as<Str>()->length, 3005u);
    EXPECT_EQ(text_so_far.as<Str>()->kind, 2u);
    EXPECT_EQ(findStr(text_so_far.as<Str>(), str("\u4e2d").as<Str>(), 0, 3005), 1004);
    const Ref shared = Ref::borrow(text_so_far.get());
    EXPECT_EQ(appendToOwnedStr(thread(), shared.as<Str>(), shared.as<Str>(), 1), nullptr);
}

TEST_F(StrTest, HugeResultsAreRefused) {
    EXPECT_EQ(binary(BinaryOp::kMultiply, str("ab"), integer("1000000000000000")), "MemoryError: ");
    EXPECT_EQ(binary(BinaryOp::kMultiply, str("ab"), integer("100000000000000000000")),
              "OverflowError: cannot fit 'int' into an index-sized integer");
}

}  // namespace
}  // namespace tagproof
