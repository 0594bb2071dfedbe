// When the collector runs, and the containers of the runtime in cycles: functions, generators,
// tracebacks, modules.

#include "runtime/garbage_collector.h"

#include "objmodel/heap_check.h"
#include "runtime/poll.h"
#include "runtime/vm_test_support.h"

namespace tagproof {
namespace {

class GarbageCollectorTest : public VmTest {
  protected:
    GarbageCollectorTest() {
        run("import gc\n"
            "class Node:\n"
            "    pass\n"
            "def leak(n):\n"
            "    for i in range(n):\n"
            "        a = Node()\n"
            "        a.me = a\n"
            "def balanced(n):\n"
            "    for i in range(n):\n"
            "        a = [Node(), {}, (i, i)]\n");
    }
    [[nodiscard]] uint64_t live() { return vm().heap().statistics().live_objects; }
    uint64_t collect() { return vm().collector().collect(GarbageCollector::kGenerations - 1); }
    [[nodiscard]] const CollectorStatistics& counts() { return vm().collector().statistics(); }

    // `body`, run as a function, leaves nothing that a collection does not free.
    void expectCollected(const std::string& body) {
        run("def f():\n" + body);
        for (int round = 0; round < 3; ++round) {
            run("f()\n");
            collect();
        }
        const uint64_t before = live();
        run("f()\n");
        collect();
        EXPECT_EQ(live(), before) << body;
        for (const HeapViolation& violation : checkHeap(vm().heap())) {
            ADD_FAILURE() << body << ": " << violation.rule << ": " << violation.text;
        }
    }
};

// --- when ----------------------------------------------------------------------------------------

TEST_F(GarbageCollectorTest, ProgramsWhoseCountsFreeEverythingAreLeftAlone) {
    run("balanced(100000)\n");
    EXPECT_EQ(counts().collections, 0U);
}

TEST_F(GarbageCollectorTest, GarbageIsCollectedAsItComes) {
    run("leak(20000)\n");
    const uint64_t after_few = vm().heap().statistics().peak_bytes;
    run("leak(1000000)\n");
    EXPECT_GE(counts().automatic, 50U);
    EXPECT_GE(counts().collected, 900000U);
    EXPECT_LT(vm().heap().statistics().peak_bytes, after_few + (size_t{1} << 20));
}

TEST_F(GarbageCollectorTest, NotWhileDisabledOrWithoutThreshold) {
    run("gc.disable()\nleak(50000)\n");
    EXPECT_EQ(counts().collections, 0U);
    run("gc.set_threshold(0)\ngc.enable()\nleak(50000)\n");
    EXPECT_EQ(counts().collections, 0U);
    run("gc.set_threshold(700)\nleak(1000)\n");
    EXPECT_GE(counts().collections, 1U);
}

TEST_F(GarbageCollectorTest, SmallThresholdsCollectOften) {
    run("gc.set_threshold(10, 1, 0)\nleak(1000)\n");
    EXPECT_GE(counts().collections, 50U);
}

TEST_F(GarbageCollectorTest, WhatIsKeptIsLookedAtEverMoreSeldom) {
    run("keep = []\nfor i in range(200000): keep.append([])\n");
    EXPECT_GE(counts().collections, 3U);
    EXPECT_LE(counts().collections, 12U);
    EXPECT_EQ(counts().collected, 0U);
}

TEST_F(GarbageCollectorTest, TheCollectionsOfAProgramAreTheSameInEveryRun) {
    const auto numbers = [] {
        VmOptions options;
        options.interrupts = false;
        const std::unique_ptr<Vm> vm = Vm::create(options);
        EXPECT_TRUE(
            vm->execute("class C: pass\n"
                        "def f(n):\n"
                        "    for i in range(n):\n"
                        "        a = C(); a.b = [a] * (i % 7)\n"
                        "f(100000)\n",
                        "<test>"));
        const CollectorStatistics& counts = vm->collector().statistics();
        return std::tuple(counts.collections, counts.examined, counts.collected);
    };
    EXPECT_EQ(numbers(), numbers());
}

TEST_F(GarbageCollectorTest, AFinalizerThatCollectsDoesNotNest) {
    run("seen = []\n"
        "class D:\n"
        "    def __del__(self): seen.append(gc.collect())\n"
        "d = D(); d.d = d; del d\n");
    EXPECT_EQ(collect(), 1U);
    EXPECT_EQ(reprText(global("seen")), "[0]");
}

// Arguments behind the fifth wait in the thread while a callee's poll is served.
TEST_F(GarbageCollectorTest, ACollectionAtAPollKeepsTheArgumentArea) {
    run("class D:\n"
        "    def __del__(self): self.f(1, 2, 3, 4, 5, 6, 7, 8)\n"
        "    def f(self, *args): return sum(args)\n"
        "d = D(); d.d = d; del d\n");
    for (int64_t k = 0; k < 10; ++k) thread().args[k] = Value::fixnum(k);
    requestPoll(thread(), kPollCollect);
    EXPECT_EQ(runPoll(thread()), 0);
    EXPECT_EQ(counts().automatic, 1U);
    for (int64_t k = 0; k < 10; ++k) EXPECT_EQ(thread().args[k], Value::fixnum(k));
}

// --- containers of the runtime -------------------------------------------------------------------

TEST_F(GarbageCollectorTest, Functions) {
    expectCollected(
        "    x = Node()\n"
        "    def g(a=x, *, b=x) -> x:\n"
        "        return x, g\n"
        "    g.x = x\n"
        "    x.g = lambda: g\n"
        "    x.bound = [g.__get__(x), x.__init__]\n"
        "    g()\n");
    expectCollected(
        "    def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
        "    fib(10)\n");
}

TEST_F(GarbageCollectorTest, ClassesWithMethods) {
    expectCollected(
        "    class A:\n"
        "        x = 1\n"
        "        def f(self): return super().__repr__()\n"
        "        @property\n"
        "        def p(self): return self\n"
        "        @classmethod\n"
        "        def c(cls): return cls()\n"
        "    class B(A): pass\n"
        "    A.b = B()\n"
        "    A.b.f(); A.b.p; B.c()\n");
}

TEST_F(GarbageCollectorTest, Generators) {
    expectCollected(
        "    def g():\n"
        "        me = yield\n"
        "        try: yield me\n"
        "        except GeneratorExit: Node().x = me\n"
        "    for started in (0, 1, 2):\n"
        "        it = g()\n"
        "        if started > 0: next(it)\n"
        "        if started > 1: it.send(it)\n"
        "        x = Node()\n"
        "        x.it = [it, x]\n");
    expectCollected(
        "    def inner(x): yield x\n"
        "    def outer(x):\n"
        "        try: 1 // 0\n"
        "        except ZeroDivisionError as e: yield from inner((x, e))\n"
        "    x = Node()\n"
        "    x.it = outer(x)\n"
        "    next(x.it)\n"
        "    x.g = (y for y in [x, x])\n");
}

TEST_F(GarbageCollectorTest, TracebacksAndTheirFrames) {
    expectCollected(
        "    def g(x):\n"
        "        try: raise KeyError(x)\n"
        "        except KeyError as e:\n"
        "            x.e = e\n"
        "            t = e.__traceback__\n"
        "            raise ValueError(x) from e\n"
        "    x = Node()\n"
        "    try: g(x)\n"
        "    except ValueError as e: x.f = [e, e.__traceback__]\n");
}

TEST_F(GarbageCollectorTest, ModulesAndTheirFunctions) {
    run("import time\n");
    expectCollected(
        "    module = type(gc)('m')\n"
        "    exec('def f():\\n    return g\\ng = f\\nf()()', module.__dict__)\n"
        "    for i in range(3): module.f()\n");
}

}  // namespace
}  // namespace tagproof
