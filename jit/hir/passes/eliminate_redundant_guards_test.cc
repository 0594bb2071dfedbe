// Which facts survive what: between two equal guards stands something that ends the fact, or not.

#include <gmock/gmock.h>

#include <algorithm>

#include "jit/hir/hir_test_support.h"
#include "jit/hir/passes/passes.h"

namespace tagproof::hir {
namespace {

using testing::HasSubstr;
using testing::Not;

size_t count(const std::string& text, std::string_view part) {
    size_t found = 0;
    for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

class EliminateRedundantGuardsTest : public HirTest {
  protected:
    // How many instructions with `op` remain when `between` stands between two equal ones.
    size_t left(std::string_view op,
                const std::string& first,
                const std::string& second,
                const std::string& between = "") {
        const std::string body = first + between + second + "    Return v0\n";
        return count(after(eliminateRedundantGuards, withArguments(body)), op);
    }
    size_t typeGuardsAround(const std::string& between) {
        return left("GuardType", "    v2:Point = GuardType<Point> v0 [pc 0: v0b v1b |]\n",
                    "    v3:Point = GuardType<Point> v0 [pc 1: v0b v1b |]\n", between);
    }
    size_t loadsAround(const std::string& between) {
        return left("LoadCell", "    v2:ObjectOrNull = LoadCell<cell0>\n",
                    "    v3:ObjectOrNull = LoadCell<cell0>\n    Incref v1\n"
                    "    v4:Flag = IsSame v2, v3\n    v5:Bool = BoolFromFlag v4\n",
                    between);
    }
    size_t fixnumGuardsAround(const std::string& between) {
        return left("GuardFixnum", "    v2:Fixnum = GuardFixnum v0 [pc 0: v0b v1b |]\n",
                    "    v3:Fixnum = GuardFixnum v0 [pc 1: v0b v1b |]\n", between);
    }
};

TEST_F(EliminateRedundantGuardsTest, EqualFactsMerge) {
    EXPECT_EQ(typeGuardsAround(""), 1U);
    EXPECT_EQ(loadsAround(""), 1U);
    EXPECT_EQ(fixnumGuardsAround(""), 1U);
}

TEST_F(EliminateRedundantGuardsTest, DifferentImmediatesDoNot) {
    EXPECT_EQ(left("GuardType", "    v2:Point = GuardType<Point> v0 [pc 0: |]\n",
                   "    v3:Slotted = GuardType<Slotted> v0 [pc 0: |]\n"),
              2U);
    EXPECT_EQ(left("LoadCell", "    v2:ObjectOrNull = LoadCell<cell0>\n",
                   "    v3:ObjectOrNull = LoadCell<cell1>\n"),
              2U);
}

TEST_F(EliminateRedundantGuardsTest, CallsEndWhatMemorySays) {
    const std::string call = "    v9:ObjectOrNull = CallFunction<g> v1\n";
    EXPECT_EQ(typeGuardsAround(call), 2U);
    EXPECT_EQ(loadsAround(call), 2U);
    EXPECT_EQ(fixnumGuardsAround(call), 1U);
}

TEST_F(EliminateRedundantGuardsTest, ReleasingEndsWhatMemorySays) {
    const std::string release = "    Decref v1 [pc 3: |]\n";
    EXPECT_EQ(typeGuardsAround(release), 2U);
    EXPECT_EQ(loadsAround(release), 2U);
    EXPECT_EQ(fixnumGuardsAround(release), 1U);
}

TEST_F(EliminateRedundantGuardsTest, StoresEndWhatMemorySays) {
    const std::string store = "    StoreCell<cell1> v1 [pc 3: |]\n";
    EXPECT_EQ(typeGuardsAround(store), 2U);
    EXPECT_EQ(loadsAround(store), 2U);
    EXPECT_EQ(fixnumGuardsAround(store), 1U);
}

TEST_F(EliminateRedundantGuardsTest, CountingUpEndsNothing) {
    EXPECT_EQ(typeGuardsAround("    Incref v1\n"), 1U);
    EXPECT_EQ(loadsAround("    Incref v1\n"), 1U);
}

TEST_F(EliminateRedundantGuardsTest, ValuesBlockDiesWithItsOwnersFacts) {
    const std::string first =
        "    v2:Point = GuardType<Point> v0 [pc 0: |]\n"
        "    v3:Values = GuardValues v2 [pc 0: |]\n";
    const std::string second =
        "    v4:Values = GuardValues v2 [pc 1: |]\n"
        "    v5:ObjectOrNull = LoadValue<0> v4\n"
        "    v6:Object = GuardNotNull v5 [pc 1: |]\n";
    EXPECT_EQ(left("GuardValues", first, second), 1U);
    EXPECT_EQ(left("GuardValues", first, second, "    v9:ObjectOrNull = CallFunction<h>\n"), 2U);
}

TEST_F(EliminateRedundantGuardsTest, TypesTellWhatGuardsTest) {
    const std::string text =
        after(eliminateRedundantGuards, withArguments(R"(    v2:Fixnum = Const<1>
    v3:Fixnum = GuardFixnum v2 [pc 0: |]
    v4:Object = GuardNotNull v0 [pc 0: |]
    v5:Fixnum = FixnumAnd v3, v3
    Return v4
)"));
    EXPECT_THAT(text, Not(HasSubstr("Guard")));
    EXPECT_THAT(text, HasSubstr("FixnumAnd v2, v2"));
    EXPECT_THAT(text, HasSubstr("Return v0"));
}

TEST_F(EliminateRedundantGuardsTest, CountingOfImmediatesGoes) {
    const std::string text = after(eliminateRedundantGuards, withArguments(R"(
    v2:Fixnum = GuardFixnum v0 [pc 0: |]
    Incref v0
    Decref v0 [pc 1: |]
    Incref v1
    Return v2
)"));
    EXPECT_THAT(text, Not(HasSubstr("Incref v0")));
    EXPECT_THAT(text, Not(HasSubstr("Decref")));
    EXPECT_THAT(text, HasSubstr("Incref v1"));
}

// A diamond whose sides are `left` and `right`, with a guard in front of or behind it.
std::string diamond(const std::string& before,
                    const std::string& left,
                    const std::string& right,
                    const std::string& behind) {
    return withArguments(before +
                         "    v20:Flag = IsSame v0, v1\n    Branch v20 -> bb1, bb2\n"
                         "  bb1:\n" +
                         left + "    Jump -> bb3\n  bb2:\n" + right + "    Jump -> bb3\n  bb3:\n" +
                         behind + "    Return v0\n");
}

const char kTypeGuard[] = "    v30:Point = GuardType<Point> v0 [pc 9: |]\n";
const char kEarlier[] = "    v31:Point = GuardType<Point> v0 [pc 1: |]\n";
const char kCall[] = "    v32:ObjectOrNull = CallFunction<h>\n";

TEST_F(EliminateRedundantGuardsTest, FactsOfBothSidesSurviveAJoin) {
    EXPECT_EQ(
        count(after(eliminateRedundantGuards, diamond(kEarlier, "", "", kTypeGuard)), "GuardType"),
        1U);
}

TEST_F(EliminateRedundantGuardsTest, FactEndedOnOneSideIsGoneAtTheJoin) {
    EXPECT_EQ(count(after(eliminateRedundantGuards, diamond(kEarlier, kCall, "", kTypeGuard)),
                    "GuardType"),
              2U);
}

TEST_F(EliminateRedundantGuardsTest, FactMadeOnOneSideIsNoneAtTheJoin) {
    EXPECT_EQ(
        count(after(eliminateRedundantGuards, diamond("", kEarlier, "", kTypeGuard)), "GuardType"),
        2U);
}

std::string loop(const std::string& before, const std::string& inside) {
    return withArguments(before + "    Jump -> bb1\n  bb1 loop:\n" + inside +
                         "    v20:Flag = IsSame v0, v1\n    Branch v20 -> bb2, bb3\n"
                         "  bb2:\n" +
                         std::string(kCall) +
                         "    Jump -> bb1\n"
                         "  bb3:\n    Return v0\n");
}

TEST_F(EliminateRedundantGuardsTest, MemoryFactsDoNotEnterALoop) {
    EXPECT_EQ(count(after(eliminateRedundantGuards, loop(kEarlier, kTypeGuard)), "GuardType"), 2U);
}

TEST_F(EliminateRedundantGuardsTest, FactsAboutTheWordItselfDo) {
    const std::string text =
        after(eliminateRedundantGuards, loop("    v2:Fixnum = GuardFixnum v0 [pc 0: |]\n",
                                             "    v3:Fixnum = GuardFixnum v0 [pc 1: |]\n"));
    EXPECT_EQ(count(text, "GuardFixnum"), 1U);
}

}  // namespace
}  // namespace tagproof::hir
