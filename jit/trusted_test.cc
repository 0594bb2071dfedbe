// The tables that the verifier is told of each unit: sound by what can be seen of them.

#include "jit/trusted.h"

#include <gtest/gtest.h>

#include "jit/jit_test_support.h"
#include "jit/verify/check_tables.h"

namespace tagproof {
namespace {

constexpr const char* kProgram = R"(
class Point:
    def __init__(self, x): self.x = x
    def moved(self, by): return Point(self.x + by)

class Slots:
    __slots__ = ('a', 'b')

class Manager:
    def __enter__(self): return self
    def __exit__(self, kind, error, traceback): return True

total = 0

def add(n):
    global total
    total += n
    return total

def closure(n):
    def inner(by):
        nonlocal n
        n += by
        return n
    return inner

def numbers(count):
    for i in range(count): yield i * 1.5

def work(n):
    p, s, f = Point(n), Slots(), closure(n)
    s.a, s.b = [1, 2, 3], (4, 5)
    for i in range(30):
        with Manager() as m:
            m.seen = p.moved(i).x + s.a[i % 3] + s.b[1] + f(i) + add(i)
            if i == 20: raise ValueError(i)
    return sum(numbers(10)) + p.x

result = [work(i) for i in range(40)][-1]
)";

JitOptions eager() {
    JitOptions options;
    options.call_threshold = 3;
    options.loop_threshold = 10;
    return options;
}

class TrustedTest : public JitTest {
  protected:
    TrustedTest() : JitTest(eager()) { jit().setCheckedSink(&TrustedTest::look, this); }

    static void look(const CheckedUnit& checked, void* context) {
        ++static_cast<TrustedTest*>(context)->units_;
        const auto address = reinterpret_cast<uint64_t>(checked.unit.bytes.data());
        for (const verify::TableFault& fault :
             verify::checkTables(checked.trusted, address, checked.unit.bytes.size())) {
            ADD_FAILURE() << checked.unit.name << ": " << fault.place << ": " << fault.what;
        }
    }

    size_t units_ = 0;
};

TEST_F(TrustedTest, TablesOfUnitsAreSound) {
    run(kProgram);
    EXPECT_EQ(reprOfGlobal("result"), "106.5");
    EXPECT_GE(units_, 8U);
    EXPECT_EQ(jit().statistics().rejected, 0U);
}

}  // namespace
}  // namespace tagproof
