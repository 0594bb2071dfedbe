#include "runtime/poll.h"

#include <csignal>
#include <thread>
#include <utility>

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

TEST_F(PollTest, CallsByNativeFunctionsPollToo) {
    run("def f(x): return x\n");
    JitHooks hooks;
    hooks.poll = [](Thread& guest) { ++guest.args[0].bits; };
    vm().setHooks(hooks);
    thread().args[0] = Value::null();
    requestPoll(thread(), kPollCompiler);
    EXPECT_EQ(callText("f", {Value::fixnum(3)}), "3");
    EXPECT_EQ(std::exchange(thread().args[0], Value::null()).bits, 1u);
    vm().setHooks({});
    requestPoll(thread(), kPollInterrupt);
    EXPECT_EQ(callText("f", {Value::fixnum(3)}), "KeyboardInterrupt: ");
}

}  // namespace
}  // namespace tagproof
