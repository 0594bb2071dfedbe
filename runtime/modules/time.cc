// The time module: clocks and sleep.

#include <cerrno>
#include <cmath>
#include <ctime>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "runtime/builtins.h"
#include "runtime/modules/native_modules.h"
#include "runtime/poll.h"

namespace tagproof {

namespace {

constexpr int64_t kNanoseconds = 1'000'000'000;

int64_t readClock(clockid_t clock) {
    timespec now;
    clock_gettime(clock, &now);
    return int64_t{now.tv_sec} * kNanoseconds + now.tv_nsec;
}

template <clockid_t Clock>
Value seconds(Thread& thread, Value, const Value*, size_t) {
    return makeFloat(thread, static_cast<double>(readClock(Clock)) / 1e9);
}

template <clockid_t Clock>
Value nanoseconds(Thread& thread, Value, const Value*, size_t) {
    return makeInt(thread, readClock(Clock));
}

// Sleeps the whole time, waking for Ctrl-C.
Value sleep(Thread& thread, Value, const Value* args, size_t) {
    double duration;
    if (!toDouble(thread, args[0], &duration)) return Value::null();
    if (std::isnan(duration)) {
        return raise(thread, ExceptionKind::kValueError, "Invalid value NaN (not a number)");
    }
    if (duration < 0) {
        return raise(thread, ExceptionKind::kValueError, "sleep length must be non-negative");
    }
    if (duration > 9e9) {
        return raise(thread, ExceptionKind::kOverflowError,
                     "timestamp too large to convert to C _PyTime_t");
    }
    const int64_t end = readClock(CLOCK_MONOTONIC) + static_cast<int64_t>(duration * 1e9);
    const timespec deadline{end / kNanoseconds, end % kNanoseconds};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr) == EINTR) {
        if (thread.poll != 0 && runPoll(thread) < 0) return Value::null();
    }
    return thread.singletons->none;
}

constexpr FunctionRow kFunctions[] = {
    {"monotonic", seconds<CLOCK_MONOTONIC>, 0, 0},
    {"monotonic_ns", nanoseconds<CLOCK_MONOTONIC>, 0, 0},
    {"perf_counter", seconds<CLOCK_MONOTONIC>, 0, 0},
    {"perf_counter_ns", nanoseconds<CLOCK_MONOTONIC>, 0, 0},
    {"process_time", seconds<CLOCK_PROCESS_CPUTIME_ID>, 0, 0},
    {"process_time_ns", nanoseconds<CLOCK_PROCESS_CPUTIME_ID>, 0, 0},
    {"sleep", sleep, 1, 1},
    {"thread_time", seconds<CLOCK_THREAD_CPUTIME_ID>, 0, 0},
    {"thread_time_ns", nanoseconds<CLOCK_THREAD_CPUTIME_ID>, 0, 0},
    {"time", seconds<CLOCK_REALTIME>, 0, 0},
    {"time_ns", nanoseconds<CLOCK_REALTIME>, 0, 0},
};

}  // namespace

bool initTimeModule(Thread& thread, Value module) {
    return addFunctions(thread, module, kFunctions) && addCalendar(thread, module);
}

}  // namespace tagproof
