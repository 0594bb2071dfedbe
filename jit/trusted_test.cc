// The tables that the verifier is told of each unit: sound by what can be seen of them.

#include "jit/trusted.h"

#include <gtest/gtest.h>

#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "jit/helpers.h"
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
    if f.__name__ != 'inner': raise ValueError(f)
    return sum(numbers(10)) + p.x

result = [work(i) for i in range(40)][-1]
)";

// Too many classes for fast paths, and globals without cells: the helpers that look things up.
constexpr const char* kGeneric = R"py(
def make(i):
    class Kind:
        def method(self): return i
        def __enter__(self): return self
        def __exit__(self, kind, error, traceback): return None
    return Kind()

def generic(o):
    o.x = 1
    with o: pass
    return o.method() + o.x

made = [make(i) for i in range(12)]
exec("def empty(): return len([])\nfor i in range(9): empty()", {})
result = [generic(o) for o in made + made][-1]
)py";

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

// The address of each 64-bit immediate that is a handle.
std::vector<size_t> namedIn(std::span<const uint8_t> code, const verify::Handle& handle) {
    std::vector<size_t> places;
    for (size_t at = 2; at + sizeof(uint64_t) <= code.size(); ++at) {
        const bool is_move = (code[at - 2] & 0xfe) == 0x48 && (code[at - 1] & 0xf8) == 0xb8;
        uint64_t word = 0;
        std::memcpy(&word, &code[at], sizeof word);
        if (is_move && word == handle.address) places.push_back(at);
    }
    return places;
}

// Passes each handle where code passes another one; not for types, which guards compare with too.
class HandlesTest : public JitTest {
  protected:
    HandlesTest() : JitTest(eager()) { jit().setCheckedSink(&HandlesTest::look, this); }

    static void look(const CheckedUnit& checked, void* context) {
        auto& self = *static_cast<HandlesTest*>(context);
        for (const verify::Handle& from : checked.trusted.handles) {
            if (from.sort == kTypeHandle) continue;
            for (const size_t at : namedIn(checked.unit.bytes, from)) self.pass(checked, from, at);
        }
    }

    void pass(const CheckedUnit& checked, const verify::Handle& from, size_t at) {
        for (const verify::Handle& to : checked.trusted.handles) {
            EXPECT_EQ(verdictWith(checked, at, to.address), to.sort == from.sort)
                << checked.unit.name << ": " << to.sort << " for " << from.sort;
        }
        EXPECT_FALSE(verdictWith(checked, at, from.address + 8)) << checked.unit.name;
        seen_ += from.sort;
    }

    static bool verdictWith(const CheckedUnit& checked, size_t at, uint64_t address) {
        std::vector<uint8_t> code(checked.unit.bytes.begin(), checked.unit.bytes.end());
        std::memcpy(&code[at], &address, sizeof address);
        return verify::inferAndVerify(code, reinterpret_cast<uint64_t>(checked.unit.bytes.data()),
                                      checked.trusted)
            .ok;
    }

    std::string seen_;  // the sorts
};

TEST_F(TrustedTest, TablesOfUnitsAreSound) {
    run(kProgram);
    EXPECT_EQ(reprOfGlobal("result"), "106.5");
    EXPECT_GE(units_, 8U);
    EXPECT_EQ(jit().statistics().rejected, 0U);
}

TEST_F(HandlesTest, HelpersGetTheSortThatTheyTake) {
    run(kProgram);
    EXPECT_EQ(reprOfGlobal("result"), "106.5");
    run(kGeneric);
    EXPECT_EQ(reprOfGlobal("result"), "12");
    for (const char sort : {kNameHandle, kDictHandle, kCodeHandle, kComputedAttributeHandle,
                            kLoadAttrCacheHandle, kLoadMethodCacheHandle, kStoreAttrCacheHandle,
                            kLoadGlobalCacheHandle, kStoreGlobalCacheHandle, kWithCacheHandle}) {
        EXPECT_NE(seen_.find(sort), std::string::npos) << sort;
    }
}

}  // namespace
}  // namespace tagproof
