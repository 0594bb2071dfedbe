// What lowered code computes, by running it: arithmetic against the same in C++, and moves into
// phis.

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "jit/x64/lowering_test_support.h"
#include "objmodel/error.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"

namespace tagproof::x64 {
namespace {

using Binary = uint64_t (*)(Thread*, uint64_t, uint64_t);

class LoweringRunTest : public LoweredTest {
  protected:
    // Code of (a, b) -> result of `body`, whose last value is v9.
    Binary compiled(const std::string& body) {
        functions_.push_back(parsed(sampleText(body + "    Return v9\n")));
        return reinterpret_cast<Binary>(const_cast<uint8_t*>(accepted(*functions_.back())));
    }
    Binary fixnumCode(const std::string& last) {
        return compiled("    v2:Fixnum = GuardFixnum v0 $\n    v3:Fixnum = GuardFixnum v1 $\n" +
                        last);
    }
    int64_t run(Binary function, int64_t a, int64_t b) {
        const uint64_t word = function(&thread(), Value::fixnum(a).bits, Value::fixnum(b).bits);
        EXPECT_TRUE(Value{word}.isFixnum());
        return Value{word}.asFixnum();
    }
    bool test(Binary function, Value a, Value b) {
        return function(&thread(), a.bits, b.bits) == thread().singletons->true_.bits;
    }

  private:
    std::vector<std::unique_ptr<hir::Function>> functions_;  // named by the units
};

constexpr int64_t kNumbers[] = {0,  1,  -1,  2,   -2,  3,    -3,    7,    -7,        8,         59,
                                60, 61, 100, -64, 255, 1000, -1001, 4097, 123456789, -987654321};

int64_t floorDivide(int64_t a, int64_t b) {
    const int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

TEST_F(LoweringRunTest, FixnumArithmetic) {
    const Binary add = fixnumCode("    v9:Fixnum = FixnumAdd v2, v3 $\n");
    const Binary subtract = fixnumCode("    v9:Fixnum = FixnumSubtract v2, v3 $\n");
    const Binary multiply = fixnumCode("    v9:Fixnum = FixnumMultiply v2, v3 $\n");
    const Binary negate = fixnumCode("    v9:Fixnum = FixnumNegate v2 $\n");
    const Binary invert = fixnumCode("    v9:Fixnum = FixnumInvert v2\n");
    for (const int64_t a : kNumbers) {
        EXPECT_EQ(run(negate, a, 0), -a);
        EXPECT_EQ(run(invert, a, 0), ~a);
        for (const int64_t b : kNumbers) {
            EXPECT_EQ(run(add, a, b), a + b);
            EXPECT_EQ(run(subtract, a, b), a - b);
            EXPECT_EQ(run(multiply, a, b), a * b);
        }
    }
    EXPECT_EQ(run(add, Value::kMaxFixnum, Value::kMinFixnum), -1);
    EXPECT_EQ(run(subtract, Value::kMinFixnum, -1), Value::kMinFixnum + 1);
}

TEST_F(LoweringRunTest, FixnumDivision) {
    const Binary divide = fixnumCode("    v9:Fixnum = FixnumFloorDivide v2, v3 $\n");
    const Binary remainder = fixnumCode("    v9:Fixnum = FixnumRemainder v2, v3 $\n");
    for (const int64_t a : kNumbers) {
        for (const int64_t b : kNumbers) {
            if (b == 0 || b == -1) continue;
            EXPECT_EQ(run(divide, a, b), floorDivide(a, b)) << a << " // " << b;
            EXPECT_EQ(run(remainder, a, b), a - b * floorDivide(a, b)) << a << " % " << b;
        }
    }
    EXPECT_EQ(run(divide, Value::kMinFixnum, 1), Value::kMinFixnum);
}

TEST_F(LoweringRunTest, FixnumBits) {
    const Binary bit_and = fixnumCode("    v9:Fixnum = FixnumAnd v2, v3\n");
    const Binary bit_or = fixnumCode("    v9:Fixnum = FixnumOr v2, v3\n");
    const Binary bit_xor = fixnumCode("    v9:Fixnum = FixnumXor v2, v3\n");
    for (const int64_t a : kNumbers) {
        for (const int64_t b : kNumbers) {
            EXPECT_EQ(run(bit_and, a, b), a & b);
            EXPECT_EQ(run(bit_or, a, b), a | b);
            EXPECT_EQ(run(bit_xor, a, b), a ^ b);
        }
    }
}

TEST_F(LoweringRunTest, FixnumShifts) {
    const Binary left = fixnumCode("    v9:Fixnum = FixnumShiftLeft v2, v3 $\n");
    const Binary right = fixnumCode("    v9:Fixnum = FixnumShiftRight v2, v3 $\n");
    for (const int64_t a : kNumbers) {
        for (const int64_t b : {0, 1, 2, 3, 7, 20}) {
            EXPECT_EQ(run(left, a, b), a * (int64_t{1} << b));
            EXPECT_EQ(run(right, a, b), a >> b);
        }
        EXPECT_EQ(run(right, a, 60), a < 0 ? -1 : 0);
    }
    EXPECT_EQ(run(left, 1, 59), int64_t{1} << 59);
    EXPECT_EQ(run(left, -1, 59), -(int64_t{1} << 59));
}

TEST_F(LoweringRunTest, ConstantShifts) {
    for (const int64_t count : {0, 1, 3, 30}) {
        const std::string operand = "    v4:Fixnum = Const<" + std::to_string(count) + ">\n";
        const Binary left = fixnumCode(operand + "    v9:Fixnum = FixnumShiftLeft v2, v4 $\n");
        const Binary right = fixnumCode(operand + "    v9:Fixnum = FixnumShiftRight v2, v4 $\n");
        for (const int64_t a : kNumbers) {
            EXPECT_EQ(run(left, a, 0), a * (int64_t{1} << count)) << a << " << " << count;
            EXPECT_EQ(run(right, a, 0), a >> count) << a << " >> " << count;
        }
    }
}

struct Comparison {
    const char* op;
    bool (*fixnums)(int64_t, int64_t);
    bool (*doubles)(double, double);
};

constexpr Comparison kComparisons[] = {
    {"<", [](int64_t a, int64_t b) { return a < b; }, [](double a, double b) { return a < b; }},
    {"<=", [](int64_t a, int64_t b) { return a <= b; }, [](double a, double b) { return a <= b; }},
    {"==", [](int64_t a, int64_t b) { return a == b; }, [](double a, double b) { return a == b; }},
    {"!=", [](int64_t a, int64_t b) { return a != b; }, [](double a, double b) { return a != b; }},
    {">", [](int64_t a, int64_t b) { return a > b; }, [](double a, double b) { return a > b; }},
    {">=", [](int64_t a, int64_t b) { return a >= b; }, [](double a, double b) { return a >= b; }},
};

TEST_F(LoweringRunTest, FixnumCompares) {
    for (const Comparison& comparison : kComparisons) {
        const Binary compare =
            fixnumCode("    v4:Flag = FixnumCompare<" + std::string(comparison.op) +
                       "> v2, v3\n    v9:Bool = BoolFromFlag v4\n");
        for (const int64_t a : kNumbers) {
            for (const int64_t b : kNumbers) {
                EXPECT_EQ(test(compare, Value::fixnum(a), Value::fixnum(b)),
                          comparison.fixnums(a, b))
                    << a << comparison.op << b;
            }
        }
    }
}

// In each form of instructions that this CPU has.
class LoweringDoubleTest : public LoweringRunTest, public testing::WithParamInterface<bool> {
  protected:
    LoweringDoubleTest() { use_avx_ = GetParam(); }
};

INSTANTIATE_TEST_SUITE_P(Forms,
                         LoweringDoubleTest,
                         testing::ValuesIn(hostHasAvx() ? std::vector<bool>{false, true}
                                                        : std::vector<bool>{false}),
                         [](const auto& avx) { return avx.param ? "avx" : "sse2"; });

// inf - inf is NaN, made inside: NaN has no immediate word.
TEST_P(LoweringDoubleTest, DoubleComparesAndNan) {
    constexpr double kInf = __builtin_inf();
    constexpr double kDoubles[] = {0.0, -0.0, 1.0, -1.5, 1e20, kInf, -kInf};
    for (const Comparison& comparison : kComparisons) {
        const Binary compare = compiled(
            "    v2:Double = GuardDouble v0 $\n    v3:Double = GuardDouble v1 $\n"
            "    v4:RawDouble = UnboxDouble v2\n    v5:RawDouble = UnboxDouble v3\n"
            "    v6:RawDouble = DoubleSubtract v4, v5\n    v7:RawDouble = DoubleSubtract v5, v4\n"
            "    v8:Flag = DoubleCompare<" +
            std::string(comparison.op) + "> v6, v7\n    v9:Bool = BoolFromFlag v8\n");
        for (const double a : kDoubles) {
            for (const double b : kDoubles) {
                EXPECT_EQ(test(compare, Value::immediateDouble(a), Value::immediateDouble(b)),
                          comparison.doubles(a - b, b - a))
                    << a << comparison.op << b;
            }
        }
    }
}

TEST_P(LoweringDoubleTest, DoubleArithmetic) {
    const Binary compute = compiled(
        "    v2:Double = GuardDouble v0 $\n    v3:Fixnum = GuardFixnum v1 $\n"
        "    v4:RawDouble = UnboxDouble v2\n    v5:Fixnum = GuardSmallFixnum v3 $\n"
        "    v6:RawDouble = FixnumToDouble v5\n    v7:RawDouble = DoubleMultiply v4, v6\n"
        "    v8:RawDouble = DoubleNegate v7\n    v10:RawDouble = DoubleAdd v8, v6\n"
        "    v11:RawDouble = DoubleDivide v10, v4 $\n    v9:Object = BoxDouble v11 $\n");
    for (const double a : {0.5, -3.25, 1e10, 1e-10}) {
        for (const int64_t b : kNumbers) {
            const uint64_t word =
                compute(&thread(), Value::immediateDouble(a).bits, Value::fixnum(b).bits);
            const auto number = static_cast<double>(b);
            EXPECT_EQ(Value{word}.asImmediateDouble(), (-(a * number) + number) / a);
        }
    }
}

TEST_P(LoweringDoubleTest, DoublesTruncateToFixnums) {
    const Binary compute = compiled(
        "    v2:Double = GuardDouble v0 $\n    v3:RawDouble = UnboxDouble v2\n"
        "    v9:Fixnum = DoubleToFixnum v3 $\n");
    const auto lowest = static_cast<double>(Value::kMinFixnum);
    for (const double a : {0.0, -0.0, 0.5, -0.5, 2.75, -2.75, 1e15, -1e15, 1e18, lowest}) {
        const uint64_t word = compute(&thread(), Value::immediateDouble(a).bits, 0);
        EXPECT_EQ(word, Value::fixnum(static_cast<int64_t>(a)).bits) << a;
    }
}

// Phis that change places at each turn: a, b = b, a until b is the fixnum 0.
TEST_F(LoweringRunTest, PhisMoveInParallel) {
    const Binary swap = compiled(R"(    v8:Fixnum = Const<0>
    Jump -> bb1
  bb1 loop from bb0, bb2:
    v2:Object = Phi v0, v3
    v3:Object = Phi v1, v2
    v4:Flag = IsSame v2, v8
    Branch v4 -> bb3, bb2
  bb2:
    Jump -> bb1
  bb3:
    v9:Fixnum = GuardFixnum v3 [pc 0: v2b v3b |]
)");
    EXPECT_EQ(run(swap, 0, 5), 5);
    EXPECT_EQ(run(swap, 5, 0), 5);
}

TEST_F(LoweringRunTest, DepthIsGivenBack) {
    const uint32_t before = thread().recursion_depth;
    EXPECT_EQ(run(fixnumCode("    v9:Fixnum = FixnumAnd v2, v2\n"), 3, 0), 3);
    EXPECT_EQ(thread().recursion_depth, before);
}

TEST_F(LoweringRunTest, DepthBeyondTheLimitRaises) {
    const Binary function = fixnumCode("    v9:Fixnum = FixnumAnd v2, v2\n");
    const uint32_t depth = std::exchange(thread().recursion_depth, thread().recursion_limit);
    EXPECT_EQ(function(&thread(), Value::fixnum(1).bits, Value::fixnum(1).bits), 0U);
    EXPECT_TRUE(hasPending(thread()));
    EXPECT_EQ(thread().recursion_depth, thread().recursion_limit);
    thread().recursion_depth = depth;
    clearPending(thread());
}

}  // namespace
}  // namespace tagproof::x64
