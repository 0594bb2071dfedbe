// Each fault of HIR is found, and all of them.

#include "jit/hir/checker.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "jit/hir/hir_test_support.h"

namespace tagproof::hir {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class CheckerTest : public HirTest {
  protected:
    [[nodiscard]] std::vector<std::string> faultsOf(std::string_view body) {
        const std::unique_ptr<Function> function = parsed(withArguments(body));
        return function == nullptr ? std::vector<std::string>{} : check(*function);
    }
};

TEST_F(CheckerTest, SoundFunctionHasNoFaults) {
    EXPECT_THAT(faultsOf("    v2:Fixnum = GuardFixnum v0 [pc 0: v0b v1b |]\n    Return v2\n"),
                IsEmpty());
}

TEST_F(CheckerTest, BlockWithoutTerminator) {
    EXPECT_THAT(faultsOf("    v2:Null = Null\n"), Contains("bb0: no terminator"));
}

TEST_F(CheckerTest, TerminatorInTheMiddle) {
    EXPECT_THAT(faultsOf("    Return v0\n    Return v1\n"), Contains(HasSubstr("in the middle")));
}

TEST_F(CheckerTest, WrongNumberOfOperands) {
    EXPECT_THAT(faultsOf("    v2:Flag = IsSame v0\n    Return v0\n"),
                Contains(HasSubstr("wrong number of operands")));
}

TEST_F(CheckerTest, WrongTypeOfOperand) {
    EXPECT_THAT(faultsOf("    v2:Fixnum = FixnumAnd v0, v1\n    Return v0\n"),
                Contains(HasSubstr("v0 is Object")));
}

TEST_F(CheckerTest, NullableWhereAnObjectIsNeeded) {
    EXPECT_THAT(faultsOf("    v2:ObjectOrNull = LoadCell<cell0>\n    Return v2\n"),
                Contains(HasSubstr("v2 is ObjectOrNull")));
}

TEST_F(CheckerTest, UseBeforeDefinition) {
    EXPECT_THAT(faultsOf("    v2:Flag = IsSame v3, v0\n    v3:Null = Null\n    Return v0\n"),
                Contains(HasSubstr("v3 not defined here")));
}

TEST_F(CheckerTest, DefinitionOnOnePathOnly) {
    EXPECT_THAT(faultsOf("    v2:Flag = IsSame v0, v1\n    Branch v2 -> bb1, bb2\n"
                         "  bb1:\n    v3:None = Const<None>\n    Jump -> bb3\n"
                         "  bb2:\n    Jump -> bb3\n  bb3:\n    Return v3\n"),
                Contains(HasSubstr("v3 not defined here")));
}

TEST_F(CheckerTest, PhiOperandFromTheWrongEdge) {
    EXPECT_THAT(faultsOf("    v2:Flag = IsSame v0, v1\n    Branch v2 -> bb1, bb2\n"
                         "  bb1:\n    v3:None = Const<None>\n    Jump -> bb3\n"
                         "  bb2:\n    Jump -> bb3\n"
                         "  bb3 from bb1, bb2:\n    v4:Object = Phi v0, v3\n    Return v4\n"),
                Contains(HasSubstr("v3 does not reach the edge")));
}

TEST_F(CheckerTest, PhiWithTooFewOperands) {
    EXPECT_THAT(faultsOf("    v2:Flag = IsSame v0, v1\n    Branch v2 -> bb1, bb2\n"
                         "  bb1:\n    Jump -> bb3\n  bb2:\n    Jump -> bb3\n"
                         "  bb3 from bb1, bb2:\n    v4:Object = Phi v0\n    Return v4\n"),
                Contains(HasSubstr("differ in number")));
}

TEST_F(CheckerTest, PhiBehindABranch) {
    EXPECT_THAT(faultsOf("    v2:Flag = IsSame v0, v1\n    Branch v2 -> bb1, bb2\n"
                         "  bb1 from bb0:\n    v3:Object = Phi v0\n    Return v3\n"
                         "  bb2:\n    Return v0\n"),
                Contains(HasSubstr("phi behind a branch")));
}

TEST_F(CheckerTest, ExitWithoutFrameState) {
    EXPECT_THAT(faultsOf("    v2:Fixnum = GuardFixnum v0\n    Return v0\n"),
                Contains(HasSubstr("leaves without a frame state")));
}

TEST_F(CheckerTest, FrameStateNamesALaterValue) {
    EXPECT_THAT(faultsOf("    v2:Fixnum = GuardFixnum v0 [pc 0: v3 |]\n    v3:Null = Null\n"
                         "    Return v0\n"),
                Contains(HasSubstr("frame state names a value not defined here")));
}

TEST_F(CheckerTest, PlacedTwice) {
    const std::unique_ptr<Function> function = parsed(withArguments("    Return v0\n"));
    std::vector<Instr*>& instrs = function->entry->instrs;
    instrs.insert(instrs.begin(), instrs.front());
    EXPECT_THAT(check(*function), Contains(HasSubstr("placed twice")));
}

TEST_F(CheckerTest, AllFaultsAreTold) {
    EXPECT_EQ(faultsOf("    v2:Fixnum = FixnumAnd v0, v1\n"
                       "    v3:Fixnum = GuardFixnum v0\n    Return v0\n")
                  .size(),
              3U);
}

}  // namespace
}  // namespace tagproof::hir
