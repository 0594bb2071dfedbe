// Ints: the border between fixnums and big integers, rounding, messages. Expected values are
// CPython 3.11's.

#include "objmodel/int.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "objmodel/data_test_support.h"
#include "objmodel/int_operand.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

class IntTest : public DataTest {};

TEST_F(IntTest, ResultsGoBackToFixnums) {
    const Ref big = integer("1152921504606846976");  // 2**60
    ASSERT_FALSE(big.get().isFixnum());
    const Ref less(intBinary(thread(), BinaryOp::kSubtract, big.get(), number(1)));
    EXPECT_EQ(less.get(), Value::fixnum(Value::kMaxFixnum));
    const Ref least(intNegate(thread(), big.get()));
    EXPECT_EQ(least.get(), Value::fixnum(Value::kMinFixnum));
    EXPECT_EQ(text(intNegate(thread(), least.get())), "1152921504606846976");
    EXPECT_EQ(text(intAbsolute(thread(), least.get())), "1152921504606846976");
}

TEST_F(IntTest, DivisionRoundsDown) {
    const Ref seven(number(7));
    const Ref minus_two(number(-2));
    EXPECT_EQ(binary(BinaryOp::kFloorDivide, seven, minus_two), "-4");
    EXPECT_EQ(binary(BinaryOp::kRemainder, seven, minus_two), "-1");
    const Ref big = integer("-100000000000000000000001");
    EXPECT_EQ(binary(BinaryOp::kFloorDivide, big, seven), "-14285714285714285714286");
    EXPECT_EQ(binary(BinaryOp::kRemainder, big, seven), "1");
    const Ref least(Value::fixnum(Value::kMinFixnum));
    EXPECT_EQ(binary(BinaryOp::kFloorDivide, least, Ref(number(-1))), "1152921504606846976");
}

TEST_F(IntTest, DivisionByZero) {
    const Ref one(number(1));
    const Ref zero(number(0));
    EXPECT_EQ(binary(BinaryOp::kTrueDivide, one, zero), "ZeroDivisionError: division by zero");
    EXPECT_EQ(binary(BinaryOp::kFloorDivide, one, zero),
              "ZeroDivisionError: integer division or modulo by zero");
    EXPECT_EQ(binary(BinaryOp::kRemainder, one, zero), "ZeroDivisionError: integer modulo by zero");
}

TEST_F(IntTest, TrueDivisionIsCorrectlyRounded) {
    EXPECT_EQ(binary(BinaryOp::kTrueDivide, integer("9007199254740993"), Ref(number(1))),
              "9007199254740992.0");
    EXPECT_EQ(binary(BinaryOp::kTrueDivide, integer("123456789012345678901234567890"),
                     integer("-987654321098765432109876543")),
              "-124.9999988609375");
    EXPECT_EQ(binary(BinaryOp::kTrueDivide, Ref(number(0)), integer("-99999999999999999999")),
              "-0.0");
    const Ref huge(intPower(thread(), number(10), number(400), Value::null()));
    EXPECT_EQ(binary(BinaryOp::kTrueDivide, huge, Ref(number(1))),
              "OverflowError: integer division result too large for a float");
    EXPECT_EQ(binary(BinaryOp::kTrueDivide, Ref(number(1)), huge), "0.0");
}

TEST_F(IntTest, ScaledNumbersRoundTiesToEven) {
    constexpr uint64_t kTop = uint64_t{1} << 53;
    EXPECT_EQ(roundScaled(kTop + 1, false, 0), static_cast<double>(kTop));
    EXPECT_EQ(roundScaled(kTop + 1, true, 0), static_cast<double>(kTop + 2));
    EXPECT_EQ(roundScaled(kTop + 3, false, 0), static_cast<double>(kTop + 4));
    EXPECT_EQ(roundScaled(1, false, -1075), 0.0);
    EXPECT_EQ(roundScaled(3, false, -1075), 0x1p-1073);
    EXPECT_TRUE(std::isinf(roundScaled(1, false, 1024)));
}

TEST_F(IntTest, ShiftsAndBits) {
    EXPECT_EQ(binary(BinaryOp::kLeftShift, Ref(number(-3)), Ref(number(70))),
              "-3541774862152233910272");
    EXPECT_EQ(binary(BinaryOp::kRightShift, integer("-3541774862152233910273"), Ref(number(70))),
              "-4");
    EXPECT_EQ(binary(BinaryOp::kRightShift, Ref(number(-1)), integer("99999999999999999999")),
              "-1");
    EXPECT_EQ(binary(BinaryOp::kLeftShift, Ref(number(1)), Ref(number(-1))),
              "ValueError: negative shift count");
    EXPECT_EQ(binary(BinaryOp::kAnd, integer("-99999999999999999999"), Ref(number(255))), "1");
}

TEST_F(IntTest, HugeResultsAreRefused) {
    EXPECT_EQ(binary(BinaryOp::kLeftShift, Ref(number(1)), integer("100000000000000")),
              "MemoryError: ");
    EXPECT_EQ(binary(BinaryOp::kLeftShift, Ref(number(1)), integer("1180591620717411303424")),
              "OverflowError: too many digits in integer");
    EXPECT_EQ(binary(BinaryOp::kPower, Ref(number(2)), integer("1000000000000000000")),
              "MemoryError: ");
    EXPECT_EQ(binary(BinaryOp::kLeftShift, Ref(number(0)), integer("1180591620717411303424")), "0");
}

TEST_F(IntTest, Power) {
    EXPECT_EQ(text(powerOf(thread(), number(3), number(-1), number(7))), "5");
    EXPECT_EQ(text(powerOf(thread(), number(2), number(-1), number(4))),
              "ValueError: base is not invertible for the given modulus");
    EXPECT_EQ(text(powerOf(thread(), number(2), number(5), number(-7))), "-3");
    EXPECT_EQ(text(powerOf(thread(), number(2), number(5), number(0))),
              "ValueError: pow() 3rd argument cannot be 0");
    EXPECT_EQ(binary(BinaryOp::kPower, Ref(number(2)), Ref(number(-2))), "0.25");
    EXPECT_EQ(binary(BinaryOp::kPower, Ref(number(-1)), integer("100000000000000000001")), "-1");
}

TEST_F(IntTest, HashIsModuloTheMersennePrime) {
    EXPECT_EQ(intHash(thread(), number(-1)), -2);
    EXPECT_EQ(intHash(thread(), integer("2305843009213693951").get()), 0);  // 2**61 - 1
    EXPECT_EQ(intHash(thread(), integer("1000000000000000000000000000000").get()),
              465258685558744706);
    EXPECT_EQ(intHash(thread(), thread().singletons->true_), 1);
}

TEST_F(IntTest, FromText) {
    const auto parse = [&](std::string_view source, int base) {
        const Ref source_text = str(source);
        return text(intFromStr(thread(), source_text.as<Str>(), base));
    };
    EXPECT_EQ(parse("  -0x_fF ", 0), "-255");
    EXPECT_EQ(parse("\u0661\u0662", 10), "12");
    EXPECT_EQ(parse("010", 0), "ValueError: invalid literal for int() with base 0: '010'");
    EXPECT_EQ(parse("1__0", 10), "ValueError: invalid literal for int() with base 10: '1__0'");
    EXPECT_EQ(parse("z", 36), "35");
    EXPECT_EQ(parse("1", 1), "ValueError: int() base must be >= 2 and <= 36, or 0");
    EXPECT_EQ(parse(std::string(4301, '1'), 10),
              "ValueError: Exceeds the limit (4300 digits) for integer string conversion: value "
              "has 4301 digits; use sys.set_int_max_str_digits() to increase the limit");
}

TEST_F(IntTest, LongDecimalTextIsRefused) {
    const Ref huge(intPower(thread(), number(10), number(4300), Value::null()));
    EXPECT_EQ(text(strOf(thread(), huge.get())),
              "ValueError: Exceeds the limit (4300 digits) for integer string conversion; use "
              "sys.set_int_max_str_digits() to increase the limit");
    std::string hex;
    EXPECT_TRUE(intToString(thread(), huge.get(), 16, &hex));
    EXPECT_EQ(hex.size(), 3572u);
}

TEST_F(IntTest, ComparesExactlyWithDoubles) {
    const Ref above = integer("9007199254740993");
    EXPECT_EQ(compareIntDouble(thread(), above.get(), 9007199254740992.0), 1);
    EXPECT_EQ(compareIntDouble(thread(), number(-5), -std::numeric_limits<double>::infinity()), 1);
}

TEST_F(IntTest, DoublesTruncate) {
    EXPECT_EQ(text(intFromDouble(thread(), -2.9)), "-2");
    EXPECT_EQ(text(intFromDouble(thread(), 1e25)), "10000000000000000905969664");
    EXPECT_EQ(text(intFromDouble(thread(), std::nan(""))),
              "ValueError: cannot convert float NaN to integer");
}

TEST_F(IntTest, SubclassesKeepTheirNumber) {
    Type* const type = makeClass("Number", {thread().types->int_});
    const Ref argument = str("12345678901234567890123");
    const Value args[] = {argument.get()};
    const Ref instance(callType(thread(), Value::of(type), args, 1, Value::null()));
    ASSERT_TRUE(instance);
    EXPECT_EQ(instance.get().asObject()->type, type);
    EXPECT_EQ(binary(BinaryOp::kAdd, instance, Ref(number(1))), "12345678901234567890124");
    EXPECT_EQ(compareBool(thread(), instance.get(), integer("12345678901234567890123").get(),
                          CompareOp::kEq),
              1);
}

}  // namespace
}  // namespace tagproof
