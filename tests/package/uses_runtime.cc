// Runs a program with the installed runtime, without a JIT.

#include "runtime/vm.h"

namespace {

int runProgram(void* /*argument*/) {
    const std::unique_ptr<tagproof::Vm> vm = tagproof::Vm::create({});
    if (vm == nullptr) return 1;
    return vm->runString(
        "class Point:\n"
        "    def __init__(self, x):\n"
        "        self.x = x\n"
        "points = [Point(i) for i in range(10)]\n"
        "assert sum(p.x for p in points) == 45\n");
}

}  // namespace

int main() { return tagproof::runOnGuestStack(runProgram, nullptr); }
