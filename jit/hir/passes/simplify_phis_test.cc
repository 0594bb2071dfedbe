#include <gmock/gmock.h>

#include "jit/hir/hir_test_support.h"
#include "jit/hir/passes/passes.h"

namespace tagproof::hir {
namespace {

using testing::HasSubstr;
using testing::Not;

class SimplifyPhisTest : public HirTest {};

// v0 on all paths, also around the loop.
TEST_F(SimplifyPhisTest, PhiOfOneValueGoes) {
    const std::string text = after(simplifyPhis, withArguments(R"(    Jump -> bb1
  bb1 loop from bb0, bb2:
    v2:ObjectOrNull = Phi v0, v2
    v3:Flag = IsSame v2, v1
    Branch v3 -> bb2, bb3
  bb2:
    CheckPoll [pc 5: v2o |]
    Jump -> bb1
  bb3:
    v4:Object = GuardNotNull v2 [pc 6: v2o |]
    Return v4
)"));
    EXPECT_THAT(text, Not(HasSubstr("Phi")));
    EXPECT_THAT(text, HasSubstr("v3:Flag = IsSame v0, v1"));
    EXPECT_THAT(text, HasSubstr("CheckPoll  [pc 5: v0o |]"));
}

// Two phis that stand for each other and for v0.
TEST_F(SimplifyPhisTest, PhisOfEachOtherGo) {
    const std::string text = after(simplifyPhis, withArguments(R"(    Jump -> bb1
  bb1 loop from bb0, bb4:
    v2:Object = Phi v0, v3
    v5:Flag = IsSame v2, v1
    Branch v5 -> bb2, bb3
  bb2:
    Jump -> bb4
  bb3:
    Jump -> bb4
  bb4 from bb2, bb3:
    v3:Object = Phi v2, v2
    Jump -> bb1
)"));
    EXPECT_THAT(text, Not(HasSubstr("Phi")));
}

constexpr std::string_view kCounter = R"(    v2:Fixnum = Const<0>
    Jump -> bb1
  bb1 loop from bb0, bb2:
    v3:ObjectOrNull = Phi v2, v6
    v4:Object = GuardNotNull v3 [pc 1: v3o |]
    v5:Flag = IsSame v4, v1
    Branch v5 -> bb2, bb3
  bb2:
    v7:Fixnum = GuardFixnum v4 [pc 2: v4o |]
    v6:{} = {}
    Jump -> bb1
  bb3:
    Return v4
)";

std::string counter(const std::string& type, const std::string& step) {
    std::string text(kCounter);
    text.replace(text.find("{}"), 2, type);
    text.replace(text.find("{}"), 2, step);
    return withArguments(text);
}

TEST_F(SimplifyPhisTest, CounterStaysAFixnum) {
    const std::string text =
        after(simplifyPhis, counter("Fixnum", "FixnumAdd v7, v7 [pc 3: v7 |]"));
    EXPECT_THAT(text, HasSubstr("v3:Fixnum = Phi v2, v6"));
    EXPECT_THAT(text, HasSubstr("v4:Fixnum = GuardNotNull v3"));
}

TEST_F(SimplifyPhisTest, OtherOperandWidensTheType) {
    const std::string text = after(simplifyPhis, counter("ObjectOrNull", "LoadCell<cell0>"));
    EXPECT_THAT(text, HasSubstr("v3:ObjectOrNull = Phi v2, v6"));
    EXPECT_THAT(text, HasSubstr("v4:Object = GuardNotNull v3"));
}

// Carried around the loop by nothing but its own test for null.
TEST_F(SimplifyPhisTest, ValueThatCanOnlyBeNullKeepsAType) {
    const std::string text = after(simplifyPhis, withArguments(R"(    v2:Null = Null
    v3:Object = GuardNotNull v2 [pc 0: v2 |]
    Return v3
)"));
    EXPECT_THAT(text, HasSubstr("v3:Object = GuardNotNull v2"));
}

}  // namespace
}  // namespace tagproof::hir
