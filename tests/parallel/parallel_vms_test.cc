// Several Vms in one process, each with its compiler on a thread of its own: they share nothing, so
// ThreadSanitizer must find nothing, and all must compute the same.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "jit/jit.h"
#include "objmodel/dict.h"
#include "objmodel/heap_check.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/module.h"
#include "runtime/vm.h"

namespace tagproof {
namespace {

constexpr const char* kProgram = R"(
import sys
sys.path.insert(0, 'bench/programs')
import gc, jit, math, time, weakref
from repro_stress import bench_pytorch_cm

def hidden(depth):
    return 0 if depth == 0 else 1 + hidden(depth - 1)

class Point:
    def __init__(self, x):
        self.x = x

    def __getattr__(self, name):
        return name + str(self.x)

def churn(rounds):
    kept = []
    for i in range(rounds):
        point = Point(i)
        setattr(point, 'a%d' % (i % 40), i * 0.5)
        kept.append(f'{point.missing}{point.__dict__}')
        if i % 50 == 0:
            Point.__repr__ = lambda self: 'Point'
            del Point.__repr__
        kept = kept[-3:]
    return kept

def cycles(rounds):
    dead = []
    for i in range(rounds):
        point = Point(i)
        point.self = point
        weakref.finalize(point, dead.append, i)
        if i % 40 == 39:
            gc.collect()
    del point
    gc.collect()
    return len(dead)

first = bench_pytorch_cm(700)
jit.force_compile(bench_pytorch_cm)
second = bench_pytorch_cm(700)
result = (first == second, first, hidden(300), churn(500), cycles(200), 3 ** 200, '%.6f' % math.sin(0.5))
)";

struct Outcome {
    std::string text;
    size_t units = 0;
    uint64_t rejected = 0;
    std::vector<std::string> findings;
};

void runProgram(Vm& vm, const Jit& jit, Outcome& outcome) {
    if (!vm.execute(kProgram, "<parallel>")) {
        vm.printPending();
        outcome.text = "exception";
        return;
    }
    const Ref key(Value::of(internStr(vm.thread(), "result")));
    const Value result = dictGetStr(moduleDict(vm.mainModule()), key.as<Str>());
    const Ref text(reprOf(vm.thread(), result));
    outcome.text = toUtf8(text.as<Str>());
    outcome.units = jit.units().size();
    outcome.rejected = jit.statistics().rejected;
    for (const HeapViolation& violation : checkHeap(vm.heap())) {
        outcome.findings.push_back(violation.text);
    }
}

void runVm(const JitOptions& jit_options, Outcome& outcome) {
    VmOptions options;
    options.interrupts = false;
    const std::unique_ptr<Vm> vm = Vm::create(options);
    ASSERT_NE(vm, nullptr);
    const std::unique_ptr<Jit> jit = Jit::attach(*vm, jit_options);
    ASSERT_NE(jit, nullptr);
    runProgram(*vm, *jit, outcome);
}

JitOptions withMode(JitMode mode, bool deopt_stress = false) {
    JitOptions options;
    options.mode = mode;
    options.deopt_stress = deopt_stress;
    return options;
}

// The parameter: how many Vms run at once, in the four modes by turns.
class ParallelVmsTest : public testing::TestWithParam<size_t> {};

TEST_P(ParallelVmsTest, ComputeTheSameAndShareNothing) {
    const std::array<JitOptions, 4> modes = {withMode(JitMode::kAlways), withMode(JitMode::kOff),
                                             withMode(JitMode::kAuto),
                                             withMode(JitMode::kAlways, true)};
    std::vector<Outcome> outcomes(GetParam());
    std::vector<std::thread> threads;
    for (size_t k = 0; k < outcomes.size(); ++k) {
        threads.emplace_back([&, k] { runVm(modes[k % modes.size()], outcomes[k]); });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(outcomes[0].text, testing::StartsWith("(True, "));
    for (size_t k = 0; k < outcomes.size(); ++k) {
        const bool compiles = modes[k % modes.size()].mode != JitMode::kOff;
        EXPECT_EQ(outcomes[k].text, outcomes[0].text) << "Vm " << k;
        EXPECT_EQ(outcomes[k].units != 0, compiles) << "Vm " << k;
        EXPECT_EQ(outcomes[k].rejected, 0U) << "Vm " << k;
        EXPECT_THAT(outcomes[k].findings, testing::IsEmpty()) << "Vm " << k;
    }
}

INSTANTIATE_TEST_SUITE_P(Vms, ParallelVmsTest, testing::Values(2, 4, 8));

// A Vm comes and goes while others run: nothing of it is left behind in the process.
TEST(ParallelVmsLifeTest, ComeAndGo) {
    constexpr size_t kThreads = 3;
    constexpr int kRounds = 3;
    std::array<std::vector<std::string>, kThreads> texts;
    std::vector<std::thread> threads;
    for (std::vector<std::string>& mine : texts) {
        threads.emplace_back([&mine] {
            for (int round = 0; round < kRounds; ++round) {
                Outcome outcome;
                runVm(withMode(JitMode::kAuto), outcome);
                mine.push_back(outcome.text);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::vector<std::string>& mine : texts) {
        EXPECT_THAT(mine, testing::Each(texts[0][0]));
    }
    EXPECT_THAT(texts[0][0], testing::StartsWith("(True, "));
}

}  // namespace
}  // namespace tagproof
