// Checkpoints: reached where the options ask for them and nowhere else, with a heap that is whole.

#include <gtest/gtest.h>

#include <memory>

#include "objmodel/heap_check.h"
#include "runtime/vm.h"

namespace tagproof {
namespace {

struct Seen {
    int checkpoints = 0;
    int findings = 0;
};

std::unique_ptr<Vm> newVm(bool at_collections, uint64_t allocations, Seen* seen) {
    VmOptions options;
    options.checkpoints.at_collections = at_collections;
    options.checkpoints.allocations = allocations;
    options.checkpoints.context = seen;
    options.checkpoints.reached = [](Vm& vm, void* context) {
        auto* counts = static_cast<Seen*>(context);
        ++counts->checkpoints;
        counts->findings += static_cast<int>(checkHeap(vm.heap()).size());
    };
    return Vm::create(options);
}

TEST(Checkpoint, NoneUnlessAskedFor) {
    Seen seen;
    const std::unique_ptr<Vm> vm = newVm(false, 0, &seen);
    EXPECT_TRUE(vm->execute("import gc\ngc.collect()\nx = [object() for i in range(999)]\n", ""));
    EXPECT_EQ(seen.checkpoints, 0);
}

TEST(Checkpoint, BeforeAndAfterEachCollection) {
    Seen seen;
    const std::unique_ptr<Vm> vm = newVm(true, 0, &seen);
    EXPECT_TRUE(vm->execute("import gc\nfor i in range(7): gc.collect()\n", ""));
    EXPECT_EQ(seen.checkpoints, 14);
    EXPECT_EQ(seen.findings, 0);
}

// One object a round, and a poll at the end of each.
TEST(Checkpoint, AfterEverySoManyAllocations) {
    Seen seen;
    const std::unique_ptr<Vm> vm = newVm(false, 50, &seen);
    seen = {};
    EXPECT_TRUE(
        vm->execute("def f(n):\n"
                    "    for i in range(n): object()\n"
                    "f(1000)\n",
                    ""));
    EXPECT_GE(seen.checkpoints, 1000 / 50);
    EXPECT_LE(seen.checkpoints, 1000 / 50 + 10);  // what compiling the text allocates comes on top
    EXPECT_EQ(seen.findings, 0);
}

// A list comprehension and sort in the middle of which keys are computed by guest code.
TEST(Checkpoint, InTheMiddleOfNativeOperations) {
    Seen seen;
    const std::unique_ptr<Vm> vm = newVm(false, 1, &seen);
    EXPECT_TRUE(
        vm->execute("class Key:\n"
                    "    def __init__(self, x): self.x = x; self.y = str(x)\n"
                    "    def __lt__(self, other): return self.y < other.y\n"
                    "    def __hash__(self): return len(self.y)\n"
                    "    def __eq__(self, other): return [self.x] == [other.x]\n"
                    "d = {Key(i % 7): tuple(map(Key, range(i))) for i in range(30)}\n"
                    "s = sorted(d, key=lambda k: Key(k.x))\n"
                    "t = set(s) | {Key(3)}\n",
                    ""));
    EXPECT_GT(seen.checkpoints, 500);
    EXPECT_EQ(seen.findings, 0);
}

}  // namespace
}  // namespace tagproof
