// The heap by itself: what an instance costs to make and release, with and without an
// AllocationObserver, and what the heap checker costs a live cell.

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "objmodel/allocation_observer.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/heap_check.h"
#include "objmodel/managed_dict.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/values_block.h"
#include "runtime/module.h"
#include "runtime/vm.h"

namespace tagproof {
namespace {

std::unique_ptr<Vm> newVm(const std::string& source) {
    VmOptions options;
    options.interrupts = false;
    std::unique_ptr<Vm> vm = Vm::create(options);
    if (vm == nullptr || !vm->execute(source, "<bench>")) std::abort();
    return vm;
}

Value global(Vm& vm, std::string_view name) {
    const Ref key(Value::of(internStr(vm.thread(), name)));
    return dictGetStr(moduleDict(vm.mainModule()), key.as<Str>());
}

constexpr const char* kClass =
    "class C:\n"
    "    pass\n"
    "warm = [C() for i in range(100)]\n"
    "for c in warm: c.a = 1; c.b = 2; c.c = 3\n"
    "del warm, c\n";

// An instance and its values block, three values set; taken, released, and taken again.
void makeAndRelease(benchmark::State& state, bool observed) {
    const std::unique_ptr<Vm> vm = newVm(kClass);
    Thread& thread = vm->thread();
    auto* const type = global(*vm, "C").as<Type>();
    Str* const names[] = {internStr(thread, "a"), internStr(thread, "b"), internStr(thread, "c")};
    const AllocationObserver observer;
    if (observed) vm->heap().setAllocationObserver(&observer);
    for ([[maybe_unused]] const auto iteration : state) {
        Object* const object = newInstance(thread, type);
        for (Str* const name : names) {
            benchmark::DoNotOptimize(managedSet(thread, object, name, Value::fixnum(1)));
        }
        decref(object);
    }
    vm->heap().setAllocationObserver(nullptr);
}
BENCHMARK_CAPTURE(makeAndRelease, plain, false);
BENCHMARK_CAPTURE(makeAndRelease, observed, true);

// Cells alone: the head of an object without attributes.
void takeAndFree(benchmark::State& state, bool observed) {
    const std::unique_ptr<Vm> vm = newVm("pass\n");
    Thread& thread = vm->thread();
    const AllocationObserver observer;
    if (observed) vm->heap().setAllocationObserver(&observer);
    for ([[maybe_unused]] const auto iteration : state) {
        Object* const object = allocateObject(thread, thread.types->object);
        benchmark::DoNotOptimize(object);
        decref(object);
    }
    vm->heap().setAllocationObserver(nullptr);
}
BENCHMARK_CAPTURE(takeAndFree, plain, false);
BENCHMARK_CAPTURE(takeAndFree, observed, true);

// Time a live cell (objects and values blocks) of a heap full of instances with three
// attributes, of which one refers to another instance and one to a list.
void checkCells(benchmark::State& state, bool with_counts) {
    const std::unique_ptr<Vm> vm =
        newVm(std::string(kClass) +
              "kept = []\n"
              "for i in range(100000):\n"
              "    c = C(); c.a = i; c.b = c if i == 0 else kept[-1]; c.c = [c, i]\n"
              "    kept.append(c)\n");
    const HeapStatistics statistics = vm->heap().statistics();
    const uint64_t cells = statistics.live_objects + statistics.live_values_blocks;
    size_t findings = 0;
    for ([[maybe_unused]] const auto iteration : state) {
        findings += (with_counts ? vm->checkHeap(true) : checkHeap(vm->heap())).size();
    }
    if (findings != 0) state.SkipWithError("the heap is damaged");
    state.counters["cells"] = static_cast<double>(cells);
    state.counters["time_per_cell"] = benchmark::Counter(
        static_cast<double>(cells),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK_CAPTURE(checkCells, invariants, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(checkCells, with_counts, true)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tagproof
