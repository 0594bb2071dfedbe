// The lattice: joins lie above both operands, implication is reflexive and transitive, arithmetic
// on abstract words covers arithmetic on words.

#include "jit/verify/domain.h"

#include "jit/verify/join.h"
#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

class Domain : public ::testing::Test {
  protected:
    Abstract randomValue() {
        switch (random_() % 14) {
            case 0:
                return top();
            case 1:
                return constant(static_cast<int64_t>(random_() % 40) - 8);
            case 2: {
                auto a = constant(static_cast<int64_t>(pick({kNone, kTrue, kPoint, kFunction})));
                if (random_() % 2 == 0) a.map = static_cast<uint32_t>(random_());  // of patterns
                return a;
            }
            case 3: {
                const auto lo = static_cast<int64_t>(random_() % 100) - 50;
                return integer(lo, lo + static_cast<int64_t>(random_() % 100));
            }
            case 4:
                return anyInteger(static_cast<uint8_t>(random_() | 2));
            case 5:
            case 6: {
                Abstract a = value(random_() % 2 == 0);
                a.low = static_cast<uint8_t>((random_() | 2) & kValueLow);
                if ((a.low & kPointerLow) == 0) a.flags = 0;
                return a;
            }
            case 7:
            case 8: {
                Abstract a = object(random_() % 2 == 0 ? kNoType : random_() % 3);
                if (random_() % 3 == 0) a.lo = 8;
                if (random_() % 2 == 0) a.flags = Abstract::kManaged;
                a.map = random_() % 3;
                return a;
            }
            case 9: {
                Abstract a{.kind = Kind::kSlot, .low = kSlotLow, .aux = random_() % 2};
                if (random_() % 2 == 0) a.low = kSlotValuesLow;
                if (random_() % 2 == 0) a.flags = Abstract::kNullable;
                return a;
            }
            case 10:
                return pointer(Kind::kVals, static_cast<int64_t>(random_() % 2) * 8, 0);
            case 11:
                return pointer(pickKind(), static_cast<int64_t>(random_() % 2) * 8);
            case 12:
                return pointer(Kind::kSaved, 0, random_() % 3);
            default: {
                Abstract a = integer(0, 50);
                a.flags = random_() % 2 == 0 ? kHalfWord : kNullOnly;
                if (a.flags == kNullOnly) a.low &= static_cast<uint8_t>(~kNeverLow);
                return a;
            }
        }
    }
    uint64_t pick(std::initializer_list<uint64_t> list) {
        return *(list.begin() + random_() % list.size());
    }
    Kind pickKind() {
        constexpr Kind kKinds[] = {Kind::kStack, Kind::kThread, Kind::kBuf, Kind::kDict};
        return kKinds[random_() % 4];
    }

    World world_;
    Tables tables_{world_.trusted};
    Random random_{11};
};

TEST_F(Domain, ImplicationIsReflexive) {
    for (int k = 0; k < 20000; ++k) {
        const Abstract a = randomValue();
        EXPECT_TRUE(implies(a, a, tables_)) << toString(a, tables_);
    }
}

TEST_F(Domain, JoinLiesAboveBoth) {
    for (int k = 0; k < 200000; ++k) {
        const Abstract a = randomValue();
        const Abstract b = randomValue();
        const Abstract joined = join(a, b, tables_);
        ASSERT_TRUE(implies(a, joined, tables_) && implies(b, joined, tables_))
            << toString(a, tables_) << " | " << toString(b, tables_) << " = "
            << toString(joined, tables_);
    }
}

TEST_F(Domain, ImplicationIsTransitive) {
    for (int k = 0; k < 300000; ++k) {
        const Abstract a = randomValue();
        const Abstract b = randomValue();
        const Abstract c = randomValue();
        if (!implies(a, b, tables_) || !implies(b, c, tables_)) continue;
        ASSERT_TRUE(implies(a, c, tables_))
            << toString(a, tables_) << " -> " << toString(b, tables_) << " -> "
            << toString(c, tables_);
    }
}

TEST_F(Domain, PatternMaps) {
    EXPECT_EQ(mapImage(kIdentityMap, 0x5A), 0x5A);
    EXPECT_EQ(mapPreimage(kIdentityMap, 0x5A), 0x5A);
    // p -> (p + 2) & 4: doubles are the patterns that map to 4.
    uint32_t map = 0;
    for (unsigned p = 0; p < 8; ++p) map |= ((p + 2) & 4) << (3 * p);
    EXPECT_EQ(mapPreimage(map, 1U << 4), 0b00111100);
    EXPECT_EQ(mapImage(map, 0xFF), 0b00010001);
    EXPECT_EQ(rangeLow(0, 7), 0xFF);
    EXPECT_EQ(rangeLow(6, 9), 0b11000011);
    EXPECT_EQ(rangeLow(-1, -1), 0x80);
    EXPECT_EQ(rangeLow(kMin, kMax), 0xFF);
}

TEST_F(Domain, WhatMayBeStoredAsAValue) {
    EXPECT_TRUE(isValueWord(constant(9), false, tables_));
    EXPECT_FALSE(isValueWord(constant(0), false, tables_));
    EXPECT_TRUE(isValueWord(constant(0), true, tables_));
    EXPECT_FALSE(isValueWord(constant(16), true, tables_));
    EXPECT_FALSE(isValueWord(constant(15), true, tables_));  // 111
    EXPECT_TRUE(isValueWord(constant(static_cast<int64_t>(kNone)), false, tables_));
    EXPECT_FALSE(isValueWord(constant(static_cast<int64_t>(kNone) + 8), false, tables_));
    EXPECT_FALSE(isValueWord(anyInteger(), true, tables_));
    EXPECT_TRUE(isValueWord(anyInteger(0b00111110), false, tables_));
    EXPECT_FALSE(isValueWord(top(), true, tables_));
    EXPECT_FALSE(isValueWord(pointer(Kind::kVals, 0, 0), true, tables_));
    EXPECT_FALSE(isValueWord(pointer(Kind::kStack, 0), true, tables_));
}

// binary() through the machine: words in, words out, for all operations and widths.
TEST_F(Domain, ArithmeticCoversTheCpu) {
    constexpr uint8_t kOpcodes[] = {0x01, 0x29, 0x21, 0x09, 0x31};  // add sub and or xor r/m, r
    MachineMemory memory;
    for (int k = 0; k < 200000; ++k) {
        const auto span = [&] {
            return static_cast<int64_t>(random_() % 4 == 0 ? 0 : random_() % 64);
        };
        const auto start = [&]() -> int64_t {
            switch (random_() % 6) {
                case 0:
                    return kMin + 3;
                case 1:
                    return kMax - 70;
                case 2:
                    return 0x7FFFFFF0;
                case 3:
                    return 0xFFFFFFF0;
                default:
                    return static_cast<int64_t>(random_() % 200) - 100;
            }
        };
        const int64_t a_lo = start(), b_lo = start();
        const int64_t a_hi = a_lo + span(), b_hi = b_lo + span();
        Machine machine(world_.trusted, memory, nullptr, nullptr);
        machine.enter();
        machine.state.set(1, machine.state.fresh(integer(a_lo, a_hi)));
        machine.state.set(2, machine.state.fresh(integer(b_lo, b_hi)));
        const unsigned op = random_() % 5;
        const bool wide = random_() % 2 == 0;
        Bytes code;
        if (wide) code.push_back(0x48);
        code.push_back(kOpcodes[op]);
        code.push_back(0xD1);  // rcx, rdx
        Program program;
        decode(code, 0, program);
        ASSERT_EQ(machine.step(program.instructions[0]), Flow::kNext);
        const Abstract result = machine.state.at(1);
        for (int round = 0; round < 4; ++round) {
            const auto pickIn = [&](int64_t lo, int64_t hi) {
                return lo + static_cast<int64_t>(random_() % static_cast<uint64_t>(hi - lo + 1));
            };
            const auto x = static_cast<uint64_t>(pickIn(a_lo, a_hi));
            const auto y = static_cast<uint64_t>(pickIn(b_lo, b_hi));
            uint64_t word = op == 0   ? x + y
                            : op == 1 ? x - y
                            : op == 2 ? x & y
                            : op == 3 ? x | y
                                      : x ^ y;
            if (!wide) word &= 0xFFFFFFFF;
            const auto number = static_cast<int64_t>(word);
            ASSERT_TRUE(result.lo <= number && number <= result.hi &&
                        (result.low & lowBit(number)) != 0)
                << op << " " << wide << " " << x << " " << y << " " << toString(result, tables_);
        }
    }
}

}  // namespace
}  // namespace tagproof::verify::testing
