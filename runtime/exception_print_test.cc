// Where the printing of exceptions meets objects that misbehave.

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "runtime/traceback.h"
#include "runtime/vm_test_support.h"

namespace tagproof {
namespace {

class ExceptionPrintTest : public VmTest {
  protected:
    // What an uncaught exception of the source prints.
    std::string printed(std::string_view source) {
        EXPECT_FALSE(vm().execute(source, "<test>"));
        const Ref exception(takePending(thread()));
        return formatException(thread(), exception.get());
    }
};

TEST_F(ExceptionPrintTest, AFailingStrIsSaid) {
    EXPECT_EQ(printed("class E(Exception):\n    def __str__(self): raise E\nraise E\n"),
              "Traceback (most recent call last):\n  File \"<test>\", line 3, in <module>\n"
              "E: <exception str() failed>\n");
    EXPECT_FALSE(hasPending(thread()));
}

TEST_F(ExceptionPrintTest, AChainThatIsACycleEnds) {
    const std::string text = printed(
        "a = ValueError('a'); b = KeyError('b')\na.__cause__ = b; b.__cause__ = a\nraise a\n");
    EXPECT_NE(text.find("KeyError: 'b'"), std::string::npos);
    EXPECT_EQ(text.rfind("ValueError: a\n"), text.size() - 14);
}

TEST_F(ExceptionPrintTest, LongChainsAreCutAndNotFatal) {
    const std::string text = printed(
        "e = None\nfor i in range(20000):\n    n = ValueError(i)\n    n.__context__ = e\n"
        "    e = n\nraise e\n");
    EXPECT_NE(text.find("ValueError: 19999"), std::string::npos);
}

TEST_F(ExceptionPrintTest, LocalsLiveAsLongAsTheTraceback) {
    run("log = []\nclass T:\n    def __del__(self): log.append('gone')\n"
        "def f():\n    local = T()\n    raise KeyError\n"
        "def g():\n    try: f()\n    except KeyError as e:\n        log.append('caught')\n"
        "    log.append('after')\ng()\n");
    EXPECT_EQ(reprText(global("log")), "['caught', 'gone', 'after']");
}

}  // namespace
}  // namespace tagproof
