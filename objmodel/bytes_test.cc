// Bytes: layout, singletons, hash, search, and what strings and bytes make of each other.

#include "objmodel/bytes.h"

#include <gtest/gtest.h>

#include <deque>

#include "objmodel/bytes_builder.h"
#include "objmodel/codecs.h"
#include "objmodel/data_test_support.h"

namespace tagproof {
namespace {

class BytesTest : public DataTest {
  protected:
    Ref bytes(std::string_view text) { return Ref(Value::of(makeBytes(thread(), text))); }
    std::string decoded(std::string_view data, const char* encoding, const char* errors) {
        const Ref source = bytes(data);
        return text(decodeBytes(thread(), source.get(), {encoding, errors}));
    }
    std::string encoded(std::string_view utf8, const char* encoding, const char* errors) {
        const Ref source = str(utf8);
        return text(encodeStr(thread(), source.as<Str>(), {encoding, errors}));
    }
};

TEST_F(BytesTest, ShortOnesAreSingletons) {
    EXPECT_EQ(bytes("").get(), bytes("").get());
    EXPECT_EQ(bytes("a").get(), bytes("a").get());
    EXPECT_TRUE(bytes("a").get().asObject()->refcount >= layout::kImmortalRefcount);
    EXPECT_NE(bytes("ab").get(), bytes("ab").get());
    const Ref longer = bytes("xay");
    const Ref slice(Value::of(sliceBytes(thread(), longer.as<Bytes>(), 1, 2)));
    EXPECT_EQ(slice.get(), bytes("a").get());
    const Ref whole(Value::of(sliceBytes(thread(), longer.as<Bytes>(), 0, 3)));
    EXPECT_EQ(whole.get(), longer.get());
}

TEST_F(BytesTest, HashIsThatOfTheSameText) {
    EXPECT_EQ(bytesHash(bytes("").as<Bytes>()), 0);
    EXPECT_EQ(bytesHash(bytes("abc").as<Bytes>()), -4594863902769663758);
    EXPECT_EQ(strHash(str("abc").as<Str>()), bytesHash(bytes("abc").as<Bytes>()));
}

TEST_F(BytesTest, EndWithANulThatIsNoPart) {
    const Ref data = bytes(std::string_view("a\0b", 3));
    EXPECT_EQ(data.as<Bytes>()->length, 3u);
    EXPECT_EQ(data.as<Bytes>()->data()[3], 0);
    EXPECT_EQ(text(data), "b'a\\x00b'");
    EXPECT_EQ(text(bytes("it's")), "b\"it's\"");
    EXPECT_EQ(text(bytes("\t\xff\"'")), "b'\\t\\xff\"\\''");
}

TEST_F(BytesTest, Search) {
    const Ref data = bytes("abracadabra");
    const BufferView view = data.as<Bytes>()->view();
    std::deque<Ref> parts;  // alive while their views are
    const auto part = [&](std::string_view text) {
        parts.push_back(bytes(text));
        return parts.back().as<Bytes>()->view();
    };
    EXPECT_EQ(findBytes(view, part("a"), 1, 11), 3);
    EXPECT_EQ(rfindBytes(view, part("a"), 0, 10), 7);
    EXPECT_EQ(findBytes(view, part(""), 11, 11), 11);
    EXPECT_EQ(findBytes(view, part(""), 12, 11), -1);
    EXPECT_EQ(rfindBytes(view, part("x"), 0, 11), -1);
    EXPECT_EQ(compareBytes(part("a"), part("b")), -1);
    EXPECT_EQ(compareBytes(part("ab"), part("a")), 1);
    EXPECT_EQ(compareBytes(part(""), part("")), 0);
}

TEST_F(BytesTest, Building) {
    BytesBuilder out(thread());
    for (int k = 0; k < 100; ++k) out.append(U'x');
    out.appendAscii("end");
    out.appendRepeated(0, 2);
    EXPECT_EQ(out.length(), 105u);
    const Ref built(Value::of(out.finish()));
    EXPECT_EQ(built.as<Bytes>()->view().text().substr(99), std::string_view("xend\0\0", 6));
    out.appendRepeated(U'x', uint64_t{1} << 62);
    EXPECT_EQ(text(Value::of(out.finish())), "MemoryError: ");
    EXPECT_EQ(text(Value::of(repeatBytes(thread(), built.as<Bytes>(), int64_t{1} << 60))),
              "MemoryError: ");
}

TEST_F(BytesTest, Codecs) {
    EXPECT_EQ(decoded("\xc3\xa9", "utf-8", "strict"), "'\u00e9'");
    EXPECT_EQ(decoded("\xe2\x82", "utf-8", "strict"),
              "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected "
              "end of data");
    EXPECT_EQ(decoded("\xed\xa0\x80", "utf-8", "surrogatepass"), "'\\ud800'");
    EXPECT_EQ(decoded("a\xff", "ascii", "surrogateescape"), "'a\\udcff'");
    EXPECT_EQ(decoded("a", "none", "strict"), "LookupError: unknown encoding: none");
    EXPECT_EQ(encoded("\u20ac", "ascii", "xmlcharrefreplace"), "b'&#8364;'");
    EXPECT_EQ(encoded("\u00e9", "Latin 1", "strict"), "b'\\xe9'");
    EXPECT_EQ(encoded("\u20ac", "latin-1", "strict"),
              "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in position 0: "
              "ordinal not in range(256)");
}

TEST_F(BytesTest, Methods) {
    const Ref data = bytes("a,b,,c");
    EXPECT_EQ(method(data, "split", {bytes(",").get()}), "[b'a', b'b', b'', b'c']");
    EXPECT_EQ(method(data, "find", {Value::fixnum(44)}), "1");
    EXPECT_EQ(method(data, "hex"), "'612c622c2c63'");
    EXPECT_EQ(method(data, "find", {str(",").get()}),
              "TypeError: argument should be integer or bytes-like object, not 'str'");
    EXPECT_EQ(binary(BinaryOp::kAdd, data, str("x")), "TypeError: can't concat str to bytes");
    EXPECT_EQ(binary(BinaryOp::kRemainder, bytes("%s-%d"), tuple({data.get(), Value::fixnum(5)})),
              "b'a,b,,c-5'");
}

}  // namespace
}  // namespace tagproof
