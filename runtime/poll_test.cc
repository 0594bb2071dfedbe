#include "runtime/poll.h"

#include <csignal>
#include <thread>

#include "runtime/vm_test_support.h"

namespace tagproof {
namespace {

class PollTest : public VmTest {};

TEST_F(PollTest, AnInterruptEndsALoopAtItsBackEdge) {
    run("def f():\n    while True: pass\n");
    std::thread interrupter([this] { requestPoll(thread(), kPollInterrupt); });
    EXPECT_EQ(callText("f", {}), "KeyboardInterrupt: ");
    interrupter.join();
    EXPECT_EQ(thread().poll, 0u);
}

TEST_F(PollTest, SigintIsDeliveredToTheThreadOfTheScope) {
    run("def f():\n    try:\n        while True: pass\n    except KeyboardInterrupt:\n"
        "        return 'interrupted'\n");
    const InterruptScope scope(thread());
    std::raise(SIGINT);
    EXPECT_EQ(callText("f", {}), "'interrupted'");
}

TEST_F(PollTest, TheCompilerIsPolledWithoutAnInterrupt) {
    run("def f(n):\n    for i in range(n): pass\n    return n\n");
    JitHooks hooks;
    hooks.poll = [](Thread& guest) { guest.args[0] = Value::fixnum(77); };
    vm().setHooks(hooks);
    thread().args[0] = Value::null();
    requestPoll(thread(), kPollCompiler);
    EXPECT_EQ(callText("f", {Value::fixnum(3)}), "3");
    EXPECT_EQ(thread().args[0], Value::fixnum(77));
    vm().setHooks({});
}

}  // namespace
}  // namespace tagproof
