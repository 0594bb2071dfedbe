// The gc module: control of the collector. What looks at objects is in gc_objects.cc.

#include "objmodel/c_int.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "runtime/builtins.h"
#include "runtime/garbage_collector.h"
#include "runtime/modules/native_modules.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

GarbageCollector& collectorOf(Thread& thread) { return thread.vm->collector(); }

Value collect(Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"generation", nullptr};
    static constexpr ParameterList kParameters = {
        .function = "collect", .names = kNames, .max_positional = 1};
    Value given[1] = {};
    if (!bindNativeArguments(thread, kParameters, args, positional, keyword_names, given)) {
        return Value::null();
    }
    int generation = GarbageCollector::kGenerations - 1;
    if (given[0] && !toCInt(thread, given[0], &generation)) return Value::null();
    if (generation < 0 || generation >= GarbageCollector::kGenerations) {
        return raise(thread, ExceptionKind::kValueError, "invalid generation");
    }
    const uint64_t found = collectorOf(thread).collect(generation);
    return Value::fixnum(static_cast<int64_t>(found));
}

Value enable(Thread& thread, Value, const Value*, size_t) {
    collectorOf(thread).setEnabled(true);
    return thread.singletons->none;
}

Value disable(Thread& thread, Value, const Value*, size_t) {
    collectorOf(thread).setEnabled(false);
    return thread.singletons->none;
}

Value isEnabled(Thread& thread, Value, const Value*, size_t) {
    return boolValue(thread, collectorOf(thread).isEnabled());
}

// --- thresholds, flags, statistics ---------------------------------------------------------------

Value tupleOfThree(Thread& thread, int64_t first, int64_t second, int64_t third) {
    const Value items[] = {Value::fixnum(first), Value::fixnum(second), Value::fixnum(third)};
    return Value::of(makeTuple(thread, items, std::size(items)));
}

Value getThreshold(Thread& thread, Value, const Value*, size_t) {
    const GarbageCollector& collector = collectorOf(thread);
    return tupleOfThree(thread, collector.threshold(0), collector.threshold(1),
                        collector.threshold(2));
}

Value setThreshold(Thread& thread, Value, const Value* args, size_t count) {
    if (count < 1 || count > GarbageCollector::kGenerations) {
        return raise(thread, ExceptionKind::kTypeError,
                     "set_threshold() takes at {} {} argument{} ({} given)",
                     count < 1 ? "least" : "most", count < 1 ? 1 : GarbageCollector::kGenerations,
                     count < 1 ? "" : "s", count);
    }
    int numbers[GarbageCollector::kGenerations];
    for (size_t k = 0; k < count; ++k) {
        if (!toCInt(thread, args[k], &numbers[k])) return Value::null();
    }
    for (size_t k = 0; k < count; ++k) {
        collectorOf(thread).setThreshold(static_cast<int>(k), numbers[k]);
    }
    return thread.singletons->none;
}

// Of the one generation there is: the growth since the last collection.
Value getCount(Thread& thread, Value, const Value*, size_t) {
    return tupleOfThree(thread, std::max<int64_t>(collectorOf(thread).growth(), 0), 0, 0);
}

Value getDebug(Thread& thread, Value, const Value*, size_t) {
    return Value::fixnum(collectorOf(thread).debugFlags());
}

Value setDebug(Thread& thread, Value, const Value* args, size_t) {
    int flags;
    if (!toCInt(thread, args[0], &flags)) return Value::null();
    collectorOf(thread).setDebugFlags(flags);
    return thread.singletons->none;
}

Value statisticsDict(Thread& thread, const CollectorStatistics& statistics) {
    Ref result(Value::of(newDict(thread)));
    const struct {
        const char* name;
        uint64_t number;
    } rows[] = {{"collections", statistics.collections},
                {"collected", statistics.collected},
                {"uncollectable", 0}};
    for (const auto& [name, number] : rows) {
        const Ref key(result ? Value::of(internStr(thread, name)) : Value::null());
        if (!key || dictSetStr(thread, result.as<Dict>(), key.as<Str>(),
                               Value::fixnum(static_cast<int64_t>(number))) < 0) {
            return Value::null();
        }
    }
    return result.release();
}

Value getStatistics(Thread& thread, Value, const Value*, size_t) {
    Ref result(Value::of(makeList(thread)));
    for (int k = 0; result && k < GarbageCollector::kGenerations; ++k) {
        const Ref row(statisticsDict(thread, collectorOf(thread).statistics(k)));
        if (!row || !listAppend(thread, result.as<List>(), row.get())) return Value::null();
    }
    return result.release();
}

constexpr FunctionRow kFunctions[] = {
    {"disable", disable, 0, 0},
    {"enable", enable, 0, 0},
    {"get_count", getCount, 0, 0},
    {"get_debug", getDebug, 0, 0},
    {"get_stats", getStatistics, 0, 0},
    {"get_threshold", getThreshold, 0, 0},
    {"isenabled", isEnabled, 0, 0},
    {"set_debug", setDebug, 1, 1},
    {"set_threshold", setThreshold, 0, kAnyCount},
};

constexpr KeywordFunctionRow kKeywordFunctions[] = {{"collect", collect}};

bool addFlags(Thread& thread, Value module) {
    using Collector = GarbageCollector;
    const struct {
        const char* name;
        int64_t flag;
    } rows[] = {{"DEBUG_STATS", Collector::kDebugStats},
                {"DEBUG_COLLECTABLE", Collector::kDebugCollectable},
                {"DEBUG_UNCOLLECTABLE", Collector::kDebugUncollectable},
                {"DEBUG_SAVEALL", Collector::kDebugSaveAll},
                {"DEBUG_LEAK", Collector::kDebugLeak}};
    for (const auto& [name, flag] : rows) {
        if (!addValue(thread, module, name, Value::fixnum(flag))) return false;
    }
    return true;
}

}  // namespace

bool initGcModule(Thread& thread, Value module) {
    GarbageCollector& collector = collectorOf(thread);
    return collector.makeLists() &&
           addValue(thread, module, "garbage", newRef(Value::of(collector.garbage()))) &&
           addValue(thread, module, "callbacks", newRef(Value::of(collector.callbacks()))) &&
           addFunctions(thread, module, kFunctions) &&
           addFunctions(thread, module, kKeywordFunctions) &&
           addGcObjectFunctions(thread, module) && addFlags(thread, module);
}

}  // namespace tagproof
