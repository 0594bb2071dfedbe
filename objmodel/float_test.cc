// Floats: text both ways, arithmetic as Python defines it, hashes.

#include "objmodel/float.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "objmodel/data_test_support.h"
#include "objmodel/float_hex.h"

namespace tagproof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class FloatTest : public DataTest {
  protected:
    double parse(std::string_view source) {
        double number = -1;
        const Ref source_text = str(source);
        return doubleFromStr(thread(), source_text.as<Str>(), &number) ? number : -1;
    }
};

TEST_F(FloatTest, ReprIsShortest) {
    EXPECT_EQ(reprDouble(0.1), "0.1");
    EXPECT_EQ(reprDouble(1e16), "1e+16");
    EXPECT_EQ(reprDouble(1e15), "1000000000000000.0");
    EXPECT_EQ(reprDouble(0.0001), "0.0001");
    EXPECT_EQ(reprDouble(0.00001), "1e-05");
    EXPECT_EQ(reprDouble(-0.0), "-0.0");
    EXPECT_EQ(reprDouble(5e-324), "5e-324");
    EXPECT_EQ(reprDouble(123456789012345680.0), "1.2345678901234568e+17");
    EXPECT_EQ(reprDouble(-kInfinity), "-inf");
    EXPECT_EQ(reprDouble(-std::nan("")), "nan");
}

TEST_F(FloatTest, RareExponentsAreBoxed) {
    for (const double value : {1e100, -1e-100, std::nan(""), 1e-200}) {
        const Ref boxed = real(value);
        EXPECT_TRUE(boxed.get().isObject());
        EXPECT_TRUE(isFloat(boxed.get()));
        EXPECT_TRUE(isExactFloat(thread(), boxed.get()));
    }
    EXPECT_TRUE(real(0.0).get().isImmediateDouble());
    EXPECT_TRUE(real(kInfinity).get().isImmediateDouble());
}

TEST_F(FloatTest, FromText) {
    EXPECT_EQ(parse("  1_000.5e-1 "), 100.05);
    EXPECT_EQ(parse("+.5"), 0.5);
    EXPECT_EQ(parse("-iNf"), -kInfinity);
    EXPECT_EQ(parse("1e400"), kInfinity);
    EXPECT_EQ(parse("1e-400"), 0.0);
    EXPECT_EQ(parse("2.4703282292062328e-324"), 5e-324);
    for (const char* bad : {"1__0", "_1", "1_", ".", "1e", "0x10", "", "1 2", "--1"}) {
        EXPECT_EQ(parse(bad), -1) << bad;
        EXPECT_EQ(takeError(),
                  "ValueError: could not convert string to float: '" + std::string(bad) + "'");
    }
}

TEST_F(FloatTest, HexadecimalText) {
    double number = 0;
    EXPECT_EQ(hexDouble(1.5), "0x1.8000000000000p+0");
    EXPECT_EQ(hexDouble(-5e-324), "-0x0.0000000000001p-1022");
    EXPECT_TRUE(doubleFromHex(thread(), " 0x1.8p3 ", &number));
    EXPECT_EQ(number, 12.0);
    EXPECT_TRUE(doubleFromHex(thread(), "0x1.8p-1075", &number));
    EXPECT_EQ(number, 5e-324);
    EXPECT_FALSE(doubleFromHex(thread(), "0x1p1024", &number));
    EXPECT_EQ(takeError(), "OverflowError: hexadecimal value too large to represent as a float");
    EXPECT_FALSE(doubleFromHex(thread(), "0x", &number));
    EXPECT_EQ(takeError(), "ValueError: invalid hexadecimal floating-point string");
}

TEST_F(FloatTest, DivisionRoundsDown) {
    EXPECT_EQ(floorDivideDoubles(-7.0, 2.0), -4.0);
    EXPECT_EQ(remainderDoubles(-7.0, 2.0), 1.0);
    EXPECT_EQ(remainderDoubles(7.0, -2.0), -1.0);
    EXPECT_EQ(remainderDoubles(5.0, -kInfinity), -kInfinity);
    EXPECT_TRUE(std::signbit(remainderDoubles(4.0, -2.0)));
    EXPECT_EQ(floorDivideDoubles(1.0, 0.1), 9.0);
}

TEST_F(FloatTest, ErrorsOfArithmetic) {
    const Ref one = real(1.0);
    const Ref zero = real(0.0);
    EXPECT_EQ(binary(BinaryOp::kTrueDivide, one, zero),
              "ZeroDivisionError: float division by zero");
    EXPECT_EQ(binary(BinaryOp::kFloorDivide, one, zero),
              "ZeroDivisionError: float floor division by zero");
    EXPECT_EQ(binary(BinaryOp::kRemainder, one, zero), "ZeroDivisionError: float modulo");
    EXPECT_EQ(binary(BinaryOp::kPower, zero, real(-1.0)),
              "ZeroDivisionError: 0.0 cannot be raised to a negative power");
    EXPECT_EQ(binary(BinaryOp::kPower, real(2.0), real(10000.0)),
              "OverflowError: (34, 'Numerical result out of range')");
}

TEST_F(FloatTest, HashesLikeEqualInts) {
    EXPECT_EQ(hashDouble(1.0, Value::null()), 1);
    EXPECT_EQ(hashDouble(-1.0, Value::null()), -2);
    EXPECT_EQ(hashDouble(1.5, Value::null()), 1152921504606846977);
    EXPECT_EQ(hashDouble(1e300, Value::null()),
              intHash(thread(), Ref(intFromDouble(thread(), 1e300)).get()));
    EXPECT_EQ(hashDouble(-kInfinity, Value::null()), -314159);
}

TEST_F(FloatTest, RoundsThroughDecimalDigits) {
    EXPECT_EQ(method(real(2.675), "__round__", {number(2)}), "2.67");
    EXPECT_EQ(method(real(2.5), "__round__"), "2");
    EXPECT_EQ(method(real(1250.0), "__round__", {number(-2)}), "1200.0");
    EXPECT_EQ(method(real(5e-324), "__round__", {number(400)}), "5e-324");
    EXPECT_EQ(method(real(1.7e308), "__round__", {number(-308)}),
              "OverflowError: rounded value too large to represent");
}

}  // namespace
}  // namespace tagproof
