// The functions that stand before the helpers in audited code: one of each helper's own signature,
// which puts its arguments into words and hands them to the audit.

#include <bit>
#include <type_traits>

#include "jit/helper_audit.h"
#include "jit/jit.h"
#include "objmodel/heap.h"
#include "objmodel/thread.h"
#include "runtime/ops.h"

namespace tagproof {

namespace {

PendingRule pendingRuleOf(Helper helper) {
    using enum Helper;
    switch (helper) {
        case kForNext:  // exhausted
        case kSend:     // the iterator has returned
            return PendingRule::kIfNull;
        case kRaise:
        case kReraise:
            return PendingRule::kAlways;
        case kLeaveLoop:  // the interpreter goes on, with what is pending
            return PendingRule::kUnchecked;
        default:
            return PendingRule::kAsResult;
    }
}

// The thread that a call is for: its first argument, or that of an object's heap.
Thread& threadOf(Helper helper, const CallWords& words) {
    auto* const first = std::bit_cast<void*>(words.words[0]);
    const bool has_thread = helperInfo(helper).arguments.starts_with('t');
    return has_thread ? *static_cast<Thread*>(first) : Page::of(first)->heap->thread();
}

template <typename T>
uint64_t wordOf(T argument) {
    if constexpr (std::is_pointer_v<T>) {
        return reinterpret_cast<uint64_t>(argument);
    } else if constexpr (std::is_same_v<T, Value>) {
        return argument.bits;
    } else {
        return static_cast<uint64_t>(argument);
    }
}

template <typename T>
void addWord(CallWords& words, size_t& count, T argument) {
    if constexpr (std::is_same_v<T, double>) {
        words.number = argument;
    } else {
        words.words[count++] = wordOf(argument);
    }
}

template <Helper H, typename Result, typename... Arguments>
Result checked(Arguments... arguments) {
    CallWords words;
    size_t count = 0;
    (addWord(words, count, arguments), ...);
    HelperAudit* audit = Jit::of(threadOf(H, words)).helperAudit();
    const uint64_t result = audit->call(H, words);
    if constexpr (std::is_pointer_v<Result>) {
        return std::bit_cast<Result>(result);
    } else if constexpr (std::is_same_v<Result, Value>) {
        return Value{result};
    } else if constexpr (!std::is_void_v<Result>) {
        return static_cast<Result>(result);
    }
}

template <Helper H, typename Result, typename... Arguments>
uint64_t checkedAddress(Result (*)(Arguments...)) {
    static_assert(sizeof...(Arguments) <= 6);
    return reinterpret_cast<uint64_t>(&checked<H, Result, Arguments...>);
}

}  // namespace

uint64_t HelperAudit::call(Helper helper, const CallWords& words) {
    ++calls_[static_cast<size_t>(helper)];
    return call(AuditRow{helperInfo(helper), pendingRuleOf(helper)}, words);
}

uint64_t helperAddress(Helper helper, HelperCalls calls) {
    if (calls == HelperCalls::kPlain) return helperInfo(helper).address;
    static const uint64_t kChecked[] = {
#define HELPER(name, function, arguments, result, effect) \
    checkedAddress<Helper::k##name>(&(function)),
#include "jit/helpers.def"
#undef HELPER
    };
    return kChecked[static_cast<size_t>(helper)];
}

}  // namespace tagproof
