// What each abstract word may be used as, and which words imply which: tables, kind by kind.

#include "jit/verify/domain.h"
#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

constexpr Kind kKinds[] = {Kind::kTop,   Kind::kInt,    Kind::kValue, Kind::kObj, Kind::kSlot,
                           Kind::kVals,  Kind::kDict,   Kind::kBuf,   Kind::kLen, Kind::kType,
                           Kind::kStack, Kind::kThread, Kind::kSaved};

class DomainWords : public ::testing::Test {
  protected:
    // A word of that kind with pattern 000, offset 0 and nothing else known.
    static Abstract plain(Kind kind) {
        Abstract a{.kind = kind, .low = kPointerLow};
        if (kind == Kind::kObj) a.aux = kNoType;
        if (kind == Kind::kInt) a.hi = 800;
        return a;
    }
    bool below(const Abstract& a, const Abstract& hint) const { return implies(a, hint, tables_); }
    // a implies b, and not the other way round.
    void expectBelow(const Abstract& a, const Abstract& b) const {
        EXPECT_TRUE(below(a, b)) << toString(a, tables_) << " / " << toString(b, tables_);
        EXPECT_FALSE(below(b, a)) << toString(a, tables_) << " / " << toString(b, tables_);
    }
    void expectApart(const Abstract& a, const Abstract& b) const {
        EXPECT_FALSE(below(a, b)) << toString(a, tables_) << " / " << toString(b, tables_);
        EXPECT_FALSE(below(b, a)) << toString(a, tables_) << " / " << toString(b, tables_);
    }
    bool wellFormed(const Abstract& a) const { return isWellFormed(a, 4, tables_); }

    World world_;
    Tables tables_{world_.trusted};
};

Abstract with(Abstract a, const std::function<void(Abstract&)>& change) {
    change(a);
    return a;
}

// By kind, in the order of kKinds: the word has pattern 000 and may be 0 only as a number.
TEST_F(DomainWords, UsesByKind) {
    //                          T I V O S V D B L T S T S
    const std::string value = "0011000001000";
    const std::string object = "0001000001000";
    const std::string number = "0111000011000";
    for (size_t k = 0; k < std::size(kKinds); ++k) {
        const Abstract a = plain(kKinds[k]);
        SCOPED_TRACE(toString(a, tables_));
        EXPECT_EQ(isValueWord(a, false, tables_), value[k] == '1');
        EXPECT_EQ(isValueWord(a, true, tables_), value[k] == '1');
        EXPECT_EQ(isResultWord(a, true, tables_), value[k] == '1');
        EXPECT_EQ(isObjectWord(a, tables_), object[k] == '1');
        EXPECT_EQ(asInteger(a).kind == Kind::kInt, number[k] == '1');
        if (number[k] == '0') {
            EXPECT_EQ(asInteger(with(a, [](auto& x) { x.lo = 8; })), top());
        }
        EXPECT_FALSE(isImmediateWord(a));
        Abstract tagged = a;
        tagged.low = 1U << layout::kTagFixnum;
        const bool is_word = kKinds[k] == Kind::kInt || kKinds[k] == Kind::kValue;
        EXPECT_EQ(isImmediateWord(tagged), is_word);
    }
}

TEST_F(DomainWords, PatternsByKind) {
    // I: what the word says, P: those of its offset, 0: pointers, A: any.
    const std::string source = "AIIPIA0AA0AAA";
    for (size_t k = 0; k < std::size(kKinds); ++k) {
        Abstract a = plain(kKinds[k]);
        a.low = 1U << 5;
        a.lo = 3;
        const uint8_t expected = source[k] == 'I'   ? 1U << 5
                                 : source[k] == 'P' ? 1U << 3
                                 : source[k] == '0' ? kPointerLow
                                                    : kAnyLow;
        EXPECT_EQ(lowOf(a), expected) << toString(a, tables_);
    }
    EXPECT_EQ(asInteger(pointer(Kind::kType, 0, 1)).low, kPointerLow);
    EXPECT_EQ(asInteger(with(object(kNoType), [](auto& x) { x.lo = 3; })).low, 1U << 3);
    EXPECT_EQ(asInteger(with(plain(Kind::kLen), [](auto& x) { x.lo = 3; })),
              integer(3, kMaxLength));
}

// A number read from a value remembers which word its patterns are those of.
TEST_F(DomainWords, NumbersOfNamedValuesAreDerived) {
    Abstract a = value(false);
    EXPECT_EQ(asInteger(a).flags, 0);
    a.sym = 7;
    const Abstract number = asInteger(a);
    EXPECT_TRUE(has(number, Abstract::kDerived));
    EXPECT_EQ(number.aux, 7U);
    EXPECT_EQ(number.map, kIdentityMap);
    EXPECT_EQ(number.low, kValueLow);
    Abstract mapped = anyInteger();
    mapped.flags = Abstract::kDerived;
    mapped.aux = 9;
    mapped.map = 01234567;
    mapped.sym = 3;
    EXPECT_EQ(truncate(mapped, 4).aux, 9U);
    EXPECT_EQ(truncate(mapped, 4).map, 01234567U);
    EXPECT_EQ(truncate(a, 4).aux, 7U);
    EXPECT_EQ(truncate(a, 4).map, kIdentityMap);
    Abstract half = integer(0, 5);
    half.flags = kHalfWord;
    EXPECT_EQ(truncate(half, 4).flags, 0);
}

TEST_F(DomainWords, ValuesAndNull) {
    const auto isValue = [this](const Abstract& a) { return isValueWord(a, false, tables_); };
    const auto isNullable = [this](const Abstract& a) { return isValueWord(a, true, tables_); };
    EXPECT_TRUE(isValue(value(false)));
    EXPECT_FALSE(isValue(value(true)));
    EXPECT_TRUE(isNullable(value(true)));
    EXPECT_FALSE(isNullable(with(value(true), [](auto& a) { a.low = kAnyLow; })));
    EXPECT_FALSE(isValue(with(value(false), [](auto& a) { a.low = kResultLow; })));
    EXPECT_TRUE(isNullable(constant(0)));
    EXPECT_FALSE(isValue(constant(0)));
    EXPECT_TRUE(isValue(constant(1)));
    EXPECT_FALSE(isNullable(constant(8)));
    EXPECT_FALSE(isNullable(integer(0, 8, kPointerLow)));
    EXPECT_TRUE(isValue(constant(static_cast<int64_t>(kNone))));
    EXPECT_FALSE(isValue(
        integer(static_cast<int64_t>(kNone), static_cast<int64_t>(kNone) + 8, kPointerLow)));
    EXPECT_TRUE(isNullable(with(anyInteger(kValueLow), [](auto& a) { a.flags = kNullOnly; })));
    EXPECT_FALSE(isNullable(anyInteger(kValueLow)));
    EXPECT_FALSE(isNullable(with(anyInteger(kAnyLow), [](auto& a) { a.flags = kNullOnly; })));
    EXPECT_TRUE(isNullable(anyInteger(2)));
    for (const uint8_t low : {uint8_t{2}, uint8_t{3}}) {
        Abstract half = integer(1, 1);
        half.low = low;
        half.flags = kHalfWord;
        EXPECT_FALSE(isNullable(half));
        EXPECT_FALSE(isImmediateWord(half));
        EXPECT_FALSE(isResultWord(half, true, tables_));
        EXPECT_FALSE(isConstant(half));
        EXPECT_EQ(asInteger(half), top());
    }
    EXPECT_FALSE(zeroIsNull(with(integer(0, 8), [](auto& a) { a.lo = 0; })));
    EXPECT_TRUE(zeroIsNull(integer(1, 7)));
    EXPECT_TRUE(zeroIsNull(constant(0)));
    EXPECT_FALSE(zeroIsNull(constant(8)));
    EXPECT_FALSE(zeroIsNull(value(true)));
    EXPECT_FALSE(isObjectWord(with(object(0), [](auto& a) { a.lo = 8; }), tables_));
    EXPECT_FALSE(isValue(with(object(0), [](auto& a) { a.lo = 8; })));
}

TEST_F(DomainWords, ResultsMayBeSentinels) {
    const auto isResult = [this](const Abstract& a) { return isResultWord(a, false, tables_); };
    EXPECT_TRUE(isResult(anyInteger(kSentinelLow)));
    EXPECT_TRUE(isResult(anyInteger(kSentinelLow | 2)));
    EXPECT_FALSE(isResult(anyInteger(kSentinelLow | kPointerLow)));
    EXPECT_FALSE(isResult(anyInteger(kNeverLow)));
    EXPECT_TRUE(isResult(with(value(false), [](auto& a) { a.low = kResultLow; })));
    EXPECT_FALSE(isResult(value(true)));
    EXPECT_TRUE(isResult(object(kNoType)));
    EXPECT_FALSE(isResult(pointer(Kind::kStack, 0)));
    Abstract slot{.kind = Kind::kSlot, .low = kSentinelLow};
    EXPECT_FALSE(isResult(slot));
    EXPECT_FALSE(isResult(with(anyInteger(kSentinelLow), [](auto& a) { a.flags = kHalfWord; })));
    EXPECT_TRUE(isResult(with(value(true), [](auto& a) { a.low = kSentinelLow; })));
}

TEST_F(DomainWords, TypesOfWords) {
    const auto none = constant(static_cast<int64_t>(kNone));
    const auto point = constant(static_cast<int64_t>(kPoint));
    EXPECT_EQ(typeRowOf(none, tables_), kNoType);
    EXPECT_EQ(typeRowOf(point, tables_), 0U);
    EXPECT_EQ(typeRowOf(object(2), tables_), 2U);
    EXPECT_EQ(typeRowOf(value(false), tables_), kNoType);
    EXPECT_TRUE(isManaged(object(0), tables_));
    EXPECT_FALSE(isManaged(object(2), tables_));
    EXPECT_TRUE(isManaged(point, tables_));
    EXPECT_TRUE(
        isManaged(with(object(kNoType), [](auto& a) { a.flags = Abstract::kManaged; }), tables_));
    EXPECT_FALSE(
        isManaged(with(value(false), [](auto& a) { a.flags = Abstract::kManaged; }), tables_));
}

// Rows imply columns: T I V O S v D B L t K H R
TEST_F(DomainWords, ImplicationByKind) {
    const char* const matrix[] = {
        "1000000000000",  // top
        "1100000000000",  // number
        "1010000000000",  // value: its range as a number is not [0, 800]
        "1011000000000",  // object
        "1000100000000",  // slot word
        "1000010000000",  // values
        "1000001000000",  // dict
        "1000000100000",  // items
        "1000000010000",  // length
        "1011000001000",  // type
        "1000000000100",  // stack
        "1000000000010",  // thread
        "1000000000001",  // saved
    };
    for (size_t i = 0; i < std::size(kKinds); ++i) {
        for (size_t j = 0; j < std::size(kKinds); ++j) {
            EXPECT_EQ(below(plain(kKinds[i]), plain(kKinds[j])), matrix[i][j] == '1')
                << toString(plain(kKinds[i]), tables_) << " / "
                << toString(plain(kKinds[j]), tables_);
        }
    }
}

TEST_F(DomainWords, ImplicationOfNumbers) {
    expectBelow(integer(2, 5), integer(2, 6));
    expectBelow(integer(2, 5), integer(1, 5));
    expectBelow(anyInteger(3), anyInteger(7));
    expectBelow(value(false), anyInteger());
    expectBelow(object(kNoType), anyInteger());
    expectBelow(pointer(Kind::kLen, 3, 1), integer(3, kMaxLength));
    expectBelow(pointer(Kind::kType, 0, 1), anyInteger());
    expectApart(integer(0, 5), integer(3, 9));
    expectBelow(integer(10, 50), integer(0, 50));
    expectBelow(integer(0, 40), integer(0, 50));
    for (const Kind kind : {Kind::kTop, Kind::kSlot, Kind::kVals, Kind::kDict, Kind::kBuf,
                            Kind::kStack, Kind::kThread, Kind::kSaved}) {
        EXPECT_FALSE(below(plain(kind), anyInteger())) << toString(plain(kind), tables_);
    }
    const auto flagged = [](Abstract a, uint8_t flags) {
        a.flags = flags;
        a.aux = 1;
        a.map = kIdentityMap;
        return a;
    };
    expectBelow(flagged(integer(0, 5), Abstract::kDerived), integer(0, 5));
    expectBelow(flagged(integer(0, 5), Abstract::kBounded), integer(0, 5));
    expectApart(flagged(integer(0, 5), Abstract::kBounded),
                flagged(integer(0, 5), Abstract::kDerived));
    expectApart(flagged(integer(0, 5), Abstract::kDerived),
                with(flagged(integer(0, 5), Abstract::kDerived), [](auto& a) { a.map = 0; }));
    EXPECT_TRUE(
        below(flagged(integer(0, 5), Abstract::kBounded),
              with(flagged(integer(0, 5), Abstract::kBounded), [](auto& a) { a.map = 0; })));
    EXPECT_FALSE(below(flagged(value(false), Abstract::kDerived),
                       flagged(anyInteger(), Abstract::kDerived)));
    EXPECT_TRUE(below(flagged(integer(1, 4), Abstract::kDerived),
                      flagged(integer(0, 5), Abstract::kDerived)));
}

TEST_F(DomainWords, ImplicationOfHalfWordsAndNulls) {
    const auto flagged = [](Abstract a, uint8_t flags) {
        a.flags = flags;
        return a;
    };
    const Abstract half = flagged(integer(0, 0xFFFFFFFF), kHalfWord);
    EXPECT_TRUE(below(half, half));
    EXPECT_FALSE(below(half, integer(0, 0xFFFFFFFF)));
    EXPECT_TRUE(below(integer(0, 0xFFFFFFFF), half));
    EXPECT_TRUE(below(integer(0, 5), half));
    EXPECT_FALSE(below(integer(-1, 5), flagged(anyInteger(), kHalfWord)));
    EXPECT_FALSE(below(integer(0, int64_t{1} << 32), flagged(anyInteger(), kHalfWord)));
    EXPECT_FALSE(below(value(false), flagged(anyInteger(), kHalfWord)));
    EXPECT_FALSE(below(with(plain(Kind::kLen), [](auto& a) { a.hi = 5; }),
                       flagged(anyInteger(), kHalfWord)));
    const Abstract null_only = flagged(anyInteger(kValueLow), kNullOnly);
    EXPECT_TRUE(below(constant(0), null_only));
    EXPECT_TRUE(below(anyInteger(2), null_only));
    EXPECT_TRUE(below(null_only, anyInteger(kValueLow)));
    EXPECT_FALSE(below(anyInteger(kValueLow), null_only));
    EXPECT_FALSE(below(value(true), null_only));
}

TEST_F(DomainWords, ImplicationOfValuesAndObjects) {
    expectBelow(value(false), value(true));
    expectBelow(with(value(false), [](auto& a) { a.low = 3; }), value(false));
    expectBelow(object(kNoType), value(false));
    expectBelow(constant(1), value(false));
    EXPECT_FALSE(below(constant(1), with(value(false), [](auto& a) { a.low = 1; })));
    EXPECT_TRUE(below(constant(0), value(true)));
    EXPECT_FALSE(below(constant(0), value(false)));
    EXPECT_FALSE(below(constant(8), value(true)));
    EXPECT_FALSE(below(anyInteger(), with(value(true), [](auto& a) { a.low = kAnyLow; })));
    expectBelow(object(0), object(kNoType));
    expectApart(object(0), object(1));
    const auto at = [](Abstract a, int64_t offset) {
        a.lo = offset;
        return a;
    };
    EXPECT_TRUE(below(at(object(0), 8), at(object(0), 8)));
    expectApart(at(object(0), 8), object(0));
    EXPECT_FALSE(below(at(object(0), 8), value(true)));
    EXPECT_FALSE(below(plain(Kind::kType), at(object(kNoType), 8)));
    EXPECT_TRUE(below(constant(static_cast<int64_t>(kNone)), object(kNoType)));
    EXPECT_TRUE(below(constant(static_cast<int64_t>(kPoint)), object(0)));
    EXPECT_FALSE(below(constant(static_cast<int64_t>(kPoint)), object(1)));
    EXPECT_FALSE(below(constant(0), object(kNoType)));
    EXPECT_FALSE(below(constant(1), object(kNoType)));
    const auto managed = [](Abstract a) {
        a.flags = Abstract::kManaged;
        return a;
    };
    expectBelow(managed(object(kNoType)), object(kNoType));
    EXPECT_TRUE(below(object(0), managed(object(0))));
    EXPECT_FALSE(below(object(2), managed(object(2))));
    const auto items = [](Abstract a, uint32_t count) {
        a.map = count;
        return a;
    };
    expectBelow(items(object(4), 3), items(object(4), 2));
    EXPECT_TRUE(below(items(object(4), 3), items(object(4), 3)));
    EXPECT_FALSE(below(constant(static_cast<int64_t>(kPoint)), items(object(0), 1)));
}

TEST_F(DomainWords, ImplicationOfRegions) {
    const Abstract slot{.kind = Kind::kSlot, .low = kSlotLow, .flags = Abstract::kNullable};
    expectBelow(with(slot, [](auto& a) { a.low = kSlotValuesLow; }), slot);
    expectBelow(with(slot, [](auto& a) { a.flags = 0; }), slot);
    EXPECT_TRUE(
        below(with(slot, [](auto& a) { a.flags = 0; }), with(slot, [](auto& a) { a.flags = 0; })));
    expectApart(slot, with(slot, [](auto& a) { a.aux = 1; }));
    expectBelow(slot, with(slot, [](auto& a) { a.aux = kNoType; }));
    expectBelow(with(plain(Kind::kBuf), [](auto& a) { a.map = 3; }), plain(Kind::kBuf));
    expectBelow(with(plain(Kind::kLen), [](auto& a) { a.lo = 3; }), plain(Kind::kLen));
    for (const Kind kind : {Kind::kVals, Kind::kSaved}) {
        expectApart(plain(kind), with(plain(kind), [](auto& a) { a.aux = 1; }));
    }
    for (const Kind kind : {Kind::kVals, Kind::kSaved, Kind::kDict, Kind::kType, Kind::kStack,
                            Kind::kThread, Kind::kBuf, Kind::kObj}) {
        expectApart(plain(kind), with(plain(kind), [](auto& a) { a.lo = 8; }));
    }
    for (const Kind kind : {Kind::kDict, Kind::kType, Kind::kStack, Kind::kThread, Kind::kBuf}) {
        EXPECT_TRUE(below(plain(kind), with(plain(kind), [](auto& a) { a.aux = 1; })));
    }
}

TEST_F(DomainWords, WellFormedHints) {
    constexpr int64_t kFar = int64_t{1} << 41;
    for (const Kind kind : kKinds) {
        Abstract a = plain(kind);
        if (auxIsSymbol(a)) a.aux = 1;
        EXPECT_TRUE(wellFormed(a)) << toString(a, tables_);
        a.sym = 4;
        EXPECT_TRUE(wellFormed(a));
        a.sym = 5;
        EXPECT_FALSE(wellFormed(a));
        a.sym = 0;
        if (auxIsSymbol(a)) {
            EXPECT_FALSE(wellFormed(with(a, [](auto& x) { x.aux = 0; })));
            EXPECT_TRUE(wellFormed(with(a, [](auto& x) { x.aux = 4; })));
            EXPECT_FALSE(wellFormed(with(a, [](auto& x) { x.aux = 5; })));
        }
        const bool far = kind == Kind::kInt || kind == Kind::kValue || kind == Kind::kSlot ||
                         kind == Kind::kSaved;
        a.hi = kMax;
        for (const int64_t offset : {kFar, -kFar}) {
            a.lo = offset;
            EXPECT_EQ(wellFormed(a), kind != Kind::kLen || offset > 0) << toString(a, tables_);
            a.lo = offset > 0 ? offset + 1 : offset - 1;
            EXPECT_EQ(wellFormed(a), far || (kind == Kind::kLen && offset > 0));
        }
        // Neither bounds nor patterns mean anything but for these.
        a = plain(kind);
        if (auxIsSymbol(a)) a.aux = 1;
        a.low = 0;
        EXPECT_EQ(wellFormed(a), kind != Kind::kInt && kind != Kind::kValue && kind != Kind::kSlot);
        a.low = kAnyLow;
        EXPECT_EQ(wellFormed(a), kind != Kind::kValue && kind != Kind::kSlot);
        a.low = kPointerLow;
        a.hi = -1;
        EXPECT_EQ(wellFormed(a), kind != Kind::kInt);
    }
    EXPECT_FALSE(wellFormed(with(top(), [](auto& a) { a.kind = static_cast<Kind>(13); })));
    EXPECT_TRUE(wellFormed(object(0)));
    EXPECT_FALSE(wellFormed(object(77)));
    EXPECT_FALSE(wellFormed(pointer(Kind::kVals, 0, 77)));
    EXPECT_TRUE(wellFormed(pointer(Kind::kVals, 0, kNoType)));
    EXPECT_TRUE(wellFormed(pointer(Kind::kSaved, 0, 15)));
    EXPECT_FALSE(wellFormed(pointer(Kind::kSaved, 0, 16)));
    EXPECT_TRUE(wellFormed(pointer(Kind::kLen, kMaxLength, 1)));
    EXPECT_FALSE(wellFormed(pointer(Kind::kLen, kMaxLength + 1, 1)));
    EXPECT_FALSE(wellFormed(pointer(Kind::kLen, -1, 1)));
    EXPECT_TRUE(wellFormed(with(plain(Kind::kSlot), [](auto& a) { a.aux = kNoType; })));
    EXPECT_FALSE(wellFormed(with(plain(Kind::kSlot), [](auto& a) { a.aux = 77; })));
    EXPECT_TRUE(wellFormed(with(value(true), [](auto& a) { a.low = kResultLow; })));
}

TEST_F(DomainWords, NamesAndSymbols) {
    for (size_t k = 0; k < std::size(kKinds); ++k) {
        EXPECT_EQ(isNameable(kKinds[k]), std::string("0111101011000")[k] == '1') << k;
        Abstract a = plain(kKinds[k]);
        EXPECT_EQ(auxIsSymbol(a), std::string("0000000111000")[k] == '1') << k;
        a.flags = Abstract::kDerived;
        EXPECT_EQ(auxIsSymbol(a), std::string("0100000111000")[k] == '1') << k;
        a.flags = Abstract::kBounded;
        EXPECT_EQ(auxIsSymbol(a), std::string("0100000111000")[k] == '1') << k;
    }
}

TEST_F(DomainWords, Normalising) {
    Abstract empty = anyInteger();
    empty.lo = 3;
    empty.hi = 2;
    EXPECT_FALSE(normalise(empty));
    Abstract none = anyInteger(2);
    none.lo = 2;
    none.hi = 3;
    EXPECT_FALSE(normalise(none));
    Abstract one = anyInteger();
    one.lo = one.hi = 9;
    EXPECT_TRUE(normalise(one));
    EXPECT_EQ(one.low, 2);
}

}  // namespace
}  // namespace tagproof::verify::testing
