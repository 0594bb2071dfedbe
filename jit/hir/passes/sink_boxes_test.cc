#include <gmock/gmock.h>

#include "jit/hir/hir_test_support.h"
#include "jit/hir/passes/passes.h"

namespace tagproof::hir {
namespace {

using testing::HasSubstr;
using testing::Not;

class SinkBoxesTest : public HirTest {};

// A function of two arguments in which v4 is the box of a double, and the rest of its text.
std::string withBox(std::string_view rest) {
    std::string text = R"(    v2:Double = GuardDouble v0 [pc 0: v0b v1b |]
    v3:RawDouble = UnboxDouble v2
    v4:Object = BoxDouble v3 [pc 1: v0b v1b |]
)";
    return withArguments(text.append(rest));
}

TEST_F(SinkBoxesTest, BoxForFramesOnlyBecomesRaw) {
    const std::string text = after(sinkBoxes, withBox(R"(    Incref v4
    v5:Fixnum = GuardFixnum v1 [pc 2: v4o v1b | v4b]
    Decref v4 [pc 3: v1b v1b |]
    Return v5
)"));
    EXPECT_THAT(text, HasSubstr("GuardFixnum v1  [pc 2: v3 v1b | v3]"));
    EXPECT_THAT(text, Not(HasSubstr("Incref")));
    EXPECT_THAT(text, Not(HasSubstr("Decref")));
}

TEST_F(SinkBoxesTest, BoxThatIsUsedStays) {
    const std::string text = after(sinkBoxes, withBox(R"(    Incref v4
    v5:Fixnum = GuardFixnum v1 [pc 2: v4o v1b |]
    Return v4
)"));
    EXPECT_THAT(text, HasSubstr("[pc 2: v4o v1b |]"));
    EXPECT_THAT(text, HasSubstr("Incref v4"));
}

TEST_F(SinkBoxesTest, PhiIsAUse) {
    const std::string text = after(sinkBoxes, withBox(R"(    Jump -> bb1
  bb1 from bb0:
    v5:Object = Phi v4
    Deopt [pc 2: v4o v5b |]
)"));
    EXPECT_THAT(text, HasSubstr("[pc 2: v4o v5b |]"));
}

}  // namespace
}  // namespace tagproof::hir
