// The counts behind --stats, each against a program in which they can be counted by reading.

#include "runtime/vm_test_support.h"

namespace tagproof {
namespace {

class StatisticsTest : public VmTest {
  protected:
    // What running `source` adds.
    [[nodiscard]] VmStatistics added(std::string_view source) {
        const VmStatistics before = vm().statistics();
        run(source);
        VmStatistics after = vm().statistics();
        after.interpreted_calls -= before.interpreted_calls;
        after.exceptions_raised -= before.exceptions_raised;
        after.cache_misses -= before.cache_misses;
        return after;
    }
    // What the call function(argument) of two globals adds; with nothing between caller and callee
    // that has caches of its own.
    [[nodiscard]] uint64_t missesOf(std::string_view function, std::string_view argument) {
        const uint64_t before = vm().statistics().cache_misses;
        EXPECT_EQ(callText(function, {global(argument)}), "None");
        return vm().statistics().cache_misses - before;
    }
};

TEST_F(StatisticsTest, EveryKindOfCallCounts) {
    run("def f(a, b=2): return a\n"
        "def g(): yield 1; yield 2\n"
        "class C:\n"
        "    def __init__(self): pass\n"
        "    def m(self): return 1\n"
        "    @property\n"
        "    def p(self): return 1\n"
        "    def __add__(self, other): return 1\n"
        "c = C()\n");
    EXPECT_EQ(added("f(1, 2)").interpreted_calls, 1);
    EXPECT_EQ(added("f(1); f(a=1)").interpreted_calls, 2);
    EXPECT_EQ(added("f(*[1])").interpreted_calls, 1);
    EXPECT_EQ(added("list(map(f, [1, 2, 3]))").interpreted_calls, 3);
    EXPECT_EQ(added("C().m()").interpreted_calls, 2);
    EXPECT_EQ(added("c.p; c + c").interpreted_calls, 2);
    EXPECT_EQ(added("list(g())").interpreted_calls, 1);
}

TEST_F(StatisticsTest, BodiesAndRefusedCallsDoNotCount) {
    run("def f(a): return a\n");
    EXPECT_EQ(added("class C:\n    x = len('abc')\n").interpreted_calls, 0);
    EXPECT_EQ(added("try: f()\nexcept TypeError: pass\n").interpreted_calls, 0);
    EXPECT_EQ(added("len('abc'); int('1')\n").interpreted_calls, 0);
}

TEST_F(StatisticsTest, ExceptionsCountOnceEach) {
    EXPECT_EQ(added("try: raise ValueError\nexcept ValueError: pass\n").exceptions_raised, 1);
    EXPECT_EQ(added("try: 1 // 0\nexcept ZeroDivisionError: pass\n").exceptions_raised, 1);
    EXPECT_EQ(added("try:\n"
                    "    try: raise ValueError\n"
                    "    finally: pass\n"
                    "except ValueError: pass\n")
                  .exceptions_raised,
              1);
    EXPECT_EQ(added("try:\n"
                    "    try: raise ValueError\n"
                    "    except ValueError: raise KeyError\n"
                    "except KeyError: pass\n")
                  .exceptions_raised,
              2);
    EXPECT_EQ(added("for i in range(10): pass\n").exceptions_raised, 0);
}

// A site misses once, then answers from its cache: one miss for each class it meets.
TEST_F(StatisticsTest, SitesMissOncePerType) {
    run("class A:\n"
        "    def __init__(self): self.x = 1\n"
        "    def m(self): pass\n"
        "    def __enter__(self): pass\n"
        "    def __exit__(self, *rest): pass\n"
        "class B(A): pass\n"
        "a = A()\n"
        "b = B()\n"
        "def load(objects):\n"
        "    for o in objects: o.x\n"
        "def store(objects):\n"
        "    for o in objects: o.x = 2\n"
        "def method(objects):\n"
        "    for o in objects: o.m()\n"
        "def manage(objects):\n"
        "    for o in objects:\n"
        "        with o: pass\n"
        "def names(objects):\n"
        "    for o in objects: len, load\n"
        "one = [a] * 5\n"
        "two = [a, b] * 5\n");
    EXPECT_EQ(missesOf("load", "one"), 1);
    EXPECT_EQ(missesOf("load", "one"), 0);
    EXPECT_EQ(missesOf("load", "two"), 1);
    EXPECT_EQ(missesOf("store", "two"), 2);
    EXPECT_EQ(missesOf("method", "two"), 2);
    EXPECT_EQ(missesOf("manage", "one"), 1);
    EXPECT_EQ(missesOf("names", "one"), 2);
    EXPECT_EQ(missesOf("names", "one"), 0);
}

}  // namespace
}  // namespace tagproof
