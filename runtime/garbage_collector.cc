#include "runtime/garbage_collector.h"

#include <algorithm>
#include <chrono>

#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/print.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/output.h"
#include "runtime/poll.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

using Clock = std::chrono::steady_clock;

uint64_t nanosecondsSince(Clock::time_point start) {
    return static_cast<uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count());
}

void add(CollectorStatistics& sum, const CollectionResult& result, uint64_t nanoseconds) {
    ++sum.collections;
    sum.examined += result.examined;
    sum.collected += result.collected;
    sum.nanoseconds += nanoseconds;
}

void printCollectable(Thread& thread, Object* object) {
    static_cast<void>(thread.vm->standardError().write(
        fmt::format("gc: collectable <{} {:#x}>\n", typeName(object->type),
                    reinterpret_cast<uintptr_t>(object))));
}

// What the callee may leave behind, and who calls has not read yet: a poll can come between a call
// by compiled code and its callee.
class SavedArguments {
  public:
    explicit SavedArguments(Thread& thread) : thread_(thread), callee_(thread.callee) {
        std::copy_n(thread.args, layout::kThreadArgCount, args_);
    }
    ~SavedArguments() {
        thread_.callee = callee_;
        std::copy_n(args_, layout::kThreadArgCount, thread_.args);
    }
    SavedArguments(const SavedArguments&) = delete;
    SavedArguments& operator=(const SavedArguments&) = delete;

  private:
    Thread& thread_;
    Value callee_;
    Value args_[layout::kThreadArgCount];
};

}  // namespace

// --- when ----------------------------------------------------------------------------------------

void GarbageCollector::start() {
    started_ = true;
    live_after_ = vm_.heap().statistics().live_objects;
    await();
}

void GarbageCollector::stop() {
    started_ = false;
    await();
    decref(Value::of(std::exchange(garbage_, nullptr)));
    decref(Value::of(std::exchange(callbacks_, nullptr)));
}

void GarbageCollector::collectAtEnd() {
    stop();
    program_is_over_ = true;
    debug_flags_ = 0;
    static_cast<void>(collect(kGenerations - 1));
}

int64_t GarbageCollector::growth() const {
    return static_cast<int64_t>(vm_.heap().statistics().live_objects - live_after_);
}

int64_t GarbageCollector::allowance() const {
    constexpr int64_t kMost = int64_t{1} << 62;
    const int64_t factor = std::max<int64_t>(thresholds_[1], 1);
    const int64_t least = thresholds_[0] > kMost / factor ? kMost : thresholds_[0] * factor;
    const uint64_t worth = std::max(live_after_ / 2, cells_walked_ / 8);
    return thresholds_[2] == 0 ? least : std::max(least, static_cast<int64_t>(worth));
}

// Has the heap call when a collection may be due.
void GarbageCollector::await() {
    const bool wanted = started_ && enabled_ && thresholds_[0] > 0;
    const int64_t missing = wanted ? std::max<int64_t>(allowance() - growth(), 1) : 0;
    vm_.heap().setAllocationHook(AllocationBudget::kCollector, wanted ? spent : nullptr,
                                 static_cast<uint64_t>(missing));
}

void GarbageCollector::spent(Thread& thread) {
    GarbageCollector& self = thread.vm->collector();
    if (self.collecting_) return;
    if (self.growth() < self.allowance()) {
        self.await();
    } else {
        requestPoll(thread, kPollCollect);
    }
}

void GarbageCollector::setEnabled(bool enabled) {
    enabled_ = enabled;
    await();
}

void GarbageCollector::setThreshold(int generation, int64_t threshold) {
    thresholds_[generation] = threshold;
    await();
}

void GarbageCollector::collectIfDue() {
    if (!enabled_ || collecting_) return;
    const SavedArguments saved(vm_.thread());
    ++statistics_.automatic;
    static_cast<void>(collect(kGenerations - 1));
}

// --- collecting ----------------------------------------------------------------------------------

uint64_t GarbageCollector::collect(int generation) {
    if (collecting_) return 0;
    Thread& thread = vm_.thread();
    collecting_ = true;
    vm_.noteCollection();
    const Value pending = takePending(thread);
    callBack("start", generation, 0);
    if ((debug_flags_ & kDebugStats) != 0) printStart();
    CollectionRequest request;
    request.weak_owners = vm_.hooks().weak_owners;
    if ((debug_flags_ & kDebugSaveAll) != 0) request.saved = garbage_;
    if ((debug_flags_ & kDebugCollectable) != 0) request.collectable = printCollectable;
    const Clock::time_point start = Clock::now();
    const CollectionResult result = collectGarbage(thread, request);
    const uint64_t nanoseconds = nanosecondsSince(start);
    add(statistics_, result, nanoseconds);
    add(by_generation_[generation], result, nanoseconds);
    if ((debug_flags_ & kDebugStats) != 0) printEnd(result.collected, nanoseconds);
    callBack("stop", generation, result.collected);
    restorePending(thread, pending);
    live_after_ = vm_.heap().statistics().live_objects;
    cells_walked_ = result.cells;
    collecting_ = false;
    await();
    vm_.noteCollection();
    return result.collected;
}

bool GarbageCollector::makeLists() {
    Thread& thread = vm_.thread();
    if (garbage_ == nullptr) garbage_ = makeList(thread);
    if (callbacks_ == nullptr) callbacks_ = makeList(thread);
    return garbage_ != nullptr && callbacks_ != nullptr;
}

// Calls each of gc.callbacks with the phase and what is known.
void GarbageCollector::callBack(const char* phase, int generation, uint64_t collected) {
    if (callbacks_ == nullptr || callbacks_->size == 0) return;
    Thread& thread = vm_.thread();
    const Ref info(Value::of(newDict(thread)));
    const Ref phase_text(Value::of(makeStr(thread, phase)));
    const struct {
        const char* name;
        uint64_t number;
    } rows[] = {{"generation", static_cast<uint64_t>(generation)},
                {"collected", collected},
                {"uncollectable", 0}};
    bool made = info && phase_text;
    for (const auto& [name, number] : rows) {
        const Ref key(made ? Value::of(internStr(thread, name)) : Value::null());
        made = key && dictSetStr(thread, info.as<Dict>(), key.as<Str>(),
                                 Value::fixnum(static_cast<int64_t>(number))) == 0;
    }
    if (!made) {
        clearPending(thread);
        return;
    }
    for (uint64_t k = 0; k < callbacks_->size; ++k) {
        const Ref callback = Ref::borrow(callbacks_->items[k]);
        const Ref done(call(thread, callback.get(), {phase_text.get(), info.get()}));
        if (!done) reportUnraisable(thread, callback.get());
    }
}

void GarbageCollector::printStart() const {
    static_cast<void>(vm_.standardError().write(
        fmt::format("gc: collecting generation {}...\ngc: objects in each generation: 0 0 {}\n"
                    "gc: objects in permanent generation: 0\n",
                    kGenerations - 1, vm_.heap().statistics().live_objects)));
}

void GarbageCollector::printEnd(uint64_t collected, uint64_t nanoseconds) const {
    constexpr double kSecond = 1e9;
    static_cast<void>(vm_.standardError().write(
        fmt::format("gc: done, {} unreachable, 0 uncollectable, {:.4f}s elapsed\n", collected,
                    static_cast<double>(nanoseconds) / kSecond)));
}

}  // namespace tagproof
