#include "runtime/poll.h"

#include <time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "objmodel/error.h"
#include "objmodel/thread.h"
#include "runtime/garbage_collector.h"
#include "runtime/native_depth.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// The thread that SIGINT interrupts. A signal handler has no argument, so this is the one variable
// with static storage; InterruptScope sets and restores it.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): see above
constinit std::atomic<Thread*> interrupted_thread = nullptr;

int64_t monotonicNanoseconds() {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t{1'000'000'000} * now.tv_sec + now.tv_nsec;
}

// One SIGINT is for the program. Native code that goes on for seconds sees none (a power with 10^9
// digits, sum(itertools.count())): a second one, when the first has waited that long, ends the
// process. Only what a signal handler may call is called.
void handleInterrupt(int number) {
    constexpr int64_t kPatience = 1'000'000'000;
    static int64_t first;  // when the SIGINT came that still waits
    Thread* thread = interrupted_thread.load(std::memory_order_relaxed);
    if (thread == nullptr) return;
    const int64_t now = monotonicNanoseconds();
    if ((__atomic_load_n(&thread->poll, __ATOMIC_SEQ_CST) & kPollInterrupt) == 0) {
        first = now;
    } else if (now - first > kPatience) {
        constexpr char kText[] = "\ntagproof: interrupted twice in native code: ended\n";
        static_cast<void>(!::write(STDERR_FILENO, kText, sizeof(kText) - 1));
        ::signal(number, SIG_DFL);
        ::raise(number);
        return;
    }
    requestPoll(*thread, kPollInterrupt);
}

}  // namespace

struct InterruptScope::State {
    struct sigaction old_action;
    Thread* old_thread;
};

void requestPoll(Thread& thread, PollReason reason) {
    __atomic_fetch_or(&thread.poll, static_cast<uint32_t>(reason), __ATOMIC_SEQ_CST);
    __atomic_store_n(&thread.entry_limit, 0, __ATOMIC_SEQ_CST);
}

int runPoll(Thread& thread) {
    const uint32_t reasons = __atomic_exchange_n(&thread.poll, 0, __ATOMIC_SEQ_CST);
    refreshEntryLimit(thread);
    if ((reasons & kPollCompiler) != 0 && thread.vm->hooks().poll != nullptr) {
        thread.vm->hooks().poll(thread);
    }
    if ((reasons & kPollCheckpoint) != 0) thread.vm->reachCheckpoint();
    if ((reasons & kPollCollect) != 0) thread.vm->collector().collectIfDue();
    if ((reasons & kPollInterrupt) == 0) return 0;
    Type* type = exceptionType(thread, ExceptionKind::kKeyboardInterrupt);
    const Value interrupt = newException(thread, type, nullptr, 0);
    if (interrupt.isNull()) return -1;
    raiseObject(thread, interrupt);
    decref(interrupt);
    return -1;
}

bool takeInterrupt(Thread& thread) {
    const uint32_t reasons =
        __atomic_fetch_and(&thread.poll, ~uint32_t{kPollInterrupt}, __ATOMIC_SEQ_CST);
    return (reasons & kPollInterrupt) != 0;
}

InterruptScope::InterruptScope(Thread& thread) : state_(new State) {
    state_->old_thread = interrupted_thread.exchange(&thread);
    struct sigaction action = {};
    action.sa_handler = handleInterrupt;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &state_->old_action);
    // A program started in the background ignores Ctrl-C, as python3 does.
    if (state_->old_action.sa_handler == SIG_IGN) sigaction(SIGINT, &state_->old_action, nullptr);
}

InterruptScope::~InterruptScope() {
    sigaction(SIGINT, &state_->old_action, nullptr);
    interrupted_thread.store(state_->old_thread);
    delete state_;
}

}  // namespace tagproof
