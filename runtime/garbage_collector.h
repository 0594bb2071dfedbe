#pragma once
// When the cycle collector runs, and what the gc module says about it. One per Vm, which owns it.
//
// A collection is due when there are `allowance` more live objects than the last one left:
// threshold0 * threshold1, or when that is more half of what was left, or an eighth of the cells
// that had to be walked, so that a heap that was large once is not walked for little (a threshold2
// of 0 takes this part away). The heap counts allocations; only when as many objects have been
// allocated as are missing to the allowance are the live ones counted, and only when the collection
// is due does the thread leave its code at the next poll. A program whose counts free all it makes
// never gets there. Nothing depends on time or addresses: the collections of a program are the same
// in every run. There is one generation.

#include <cstdint>

#include "objmodel/collector.h"
#include "objmodel/value.h"

namespace tagproof {

class Vm;

struct CollectorStatistics {
    uint64_t collections = 0;
    uint64_t automatic = 0;    // of them not asked for by the program
    uint64_t examined = 0;     // containers looked at, all collections together
    uint64_t collected = 0;    // unreachable ones
    uint64_t nanoseconds = 0;  // finalizers and callbacks included
};

class GarbageCollector {
  public:
    static constexpr int kGenerations = 3;  // that programs may name; they are one
    enum DebugFlag : int64_t {
        kDebugStats = 1,
        kDebugCollectable = 2,
        kDebugUncollectable = 4,
        kDebugSaveAll = 32,
        kDebugLeak = kDebugCollectable | kDebugUncollectable | kDebugSaveAll,
    };

    explicit GarbageCollector(Vm& vm) : vm_(vm) {}
    GarbageCollector(const GarbageCollector&) = delete;
    GarbageCollector& operator=(const GarbageCollector&) = delete;

    // From now on what is allocated counts. After the Vm is set up.
    void start();
    // Gives up gc.garbage and gc.callbacks. Nothing counts any more.
    void stop();
    // The program is over: the last collection, enabled or not, without callbacks.
    void collectAtEnd();

    // Collects, with callbacks. What is pending stays. Returns what gc.collect() returns; 0 while
    // another collection runs.
    uint64_t collect(int generation);
    // At a poll, for kPollCollect.
    void collectIfDue();

    // What goes from then on goes because everything does.
    [[nodiscard]] bool programIsOver() const { return program_is_over_; }

    [[nodiscard]] bool isEnabled() const { return enabled_; }
    void setEnabled(bool enabled);
    [[nodiscard]] int64_t threshold(int generation) const { return thresholds_[generation]; }
    void setThreshold(int generation, int64_t threshold);
    // Live objects that came since the last collection; negative when there are fewer.
    [[nodiscard]] int64_t growth() const;

    [[nodiscard]] int64_t debugFlags() const { return debug_flags_; }
    void setDebugFlags(int64_t flags) { debug_flags_ = flags; }

    // gc.garbage and gc.callbacks. Borrowed; null until the gc module is imported.
    [[nodiscard]] List* garbage() const { return garbage_; }
    [[nodiscard]] List* callbacks() const { return callbacks_; }
    // False + MemoryError.
    [[nodiscard]] bool makeLists();

    [[nodiscard]] const CollectorStatistics& statistics() const { return statistics_; }
    [[nodiscard]] const CollectorStatistics& statistics(int generation) const {
        return by_generation_[generation];
    }

  private:
    static void spent(Thread& thread);
    [[nodiscard]] int64_t allowance() const;
    void await();
    void callBack(const char* phase, int generation, uint64_t collected);
    void printStart() const;
    void printEnd(uint64_t collected, uint64_t nanoseconds) const;

    Vm& vm_;
    bool started_ = false;
    bool enabled_ = true;
    bool collecting_ = false;
    bool program_is_over_ = false;
    int64_t thresholds_[kGenerations] = {700, 10, 10};
    int64_t debug_flags_ = 0;
    uint64_t live_after_ = 0;    // objects that the last collection left
    uint64_t cells_walked_ = 0;  // by the last collection
    List* garbage_ = nullptr;    // owned
    List* callbacks_ = nullptr;  // owned
    CollectorStatistics statistics_;
    CollectorStatistics by_generation_[kGenerations];
};

}  // namespace tagproof
