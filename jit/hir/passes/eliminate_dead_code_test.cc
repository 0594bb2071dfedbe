#include <gmock/gmock.h>

#include "jit/hir/hir_test_support.h"
#include "jit/hir/passes/passes.h"

namespace tagproof::hir {
namespace {

using testing::HasSubstr;
using testing::Not;

class EliminateDeadCodeTest : public HirTest {};

TEST_F(EliminateDeadCodeTest, UnusedPureAndReadingInstructionsGo) {
    const std::string text = after(eliminateDeadCode, withArguments(R"(    v2:Fixnum = Const<1>
    v3:Flag = IsSame v2, v1
    v4:Bool = BoolFromFlag v3
    v5:ObjectOrNull = LoadCell<cell0>
    Return v0
)"));
    EXPECT_EQ(text, "fun f (2 arguments)\n  bb0:\n    v0:Object = LoadArg<0>\n    Return v0\n");
}

TEST_F(EliminateDeadCodeTest, GuardsWritesAndCallsStay) {
    const std::string text = after(eliminateDeadCode, withArguments(R"(    Incref v0
    v2:Fixnum = GuardFixnum v1 [pc 0: v0o v1b |]
    v3:ObjectOrNull = CallFunction<g> v1
    Return v0
)"));
    EXPECT_THAT(text, HasSubstr("Incref v0"));
    EXPECT_THAT(text, HasSubstr("GuardFixnum v1"));
    EXPECT_THAT(text, HasSubstr("CallFunction<g> v1"));
}

TEST_F(EliminateDeadCodeTest, FramesKeepValuesAlive) {
    const std::string text = after(eliminateDeadCode, withArguments(R"(    v2:Fixnum = Const<1>
    v3:Fixnum = Const<2>
    Deopt [pc 0: v2 |][g pc 1: v3 |]
)"));
    EXPECT_THAT(text, HasSubstr("Const<1>"));
    EXPECT_THAT(text, HasSubstr("Const<2>"));
}

// Boxing can only fail for want of memory.
TEST_F(EliminateDeadCodeTest, UnusedBoxGoes) {
    const std::string text = after(eliminateDeadCode, withArguments(R"(
    v2:Double = GuardDouble v0 [pc 0: v0b |]
    v3:RawDouble = UnboxDouble v2
    v4:Object = BoxDouble v3 [pc 1: v0b |]
    Return v1
)"));
    EXPECT_THAT(text, Not(HasSubstr("BoxDouble")));
    EXPECT_THAT(text, Not(HasSubstr("UnboxDouble")));
}

TEST_F(EliminateDeadCodeTest, PhisOfEachOtherGo) {
    const std::string text = after(eliminateDeadCode, withArguments(R"(    Jump -> bb1
  bb1 loop from bb0, bb2:
    v2:Object = Phi v0, v3
    v3:Object = Phi v1, v2
    v4:Flag = IsSame v0, v1
    Branch v4 -> bb2, bb3
  bb2:
    Jump -> bb1
  bb3:
    Return v0
)"));
    EXPECT_THAT(text, Not(HasSubstr("Phi")));
}

}  // namespace
}  // namespace tagproof::hir
