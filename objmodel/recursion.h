#pragma once
// Counts one level of native recursion (repr of nested containers, comparison, calls) against the
// guest's recursion limit and looks at the native stack, so that depth ends in RecursionError and
// never in a stack overflow.
//
//     RecursionScope scope(thread, " while getting the repr of an object");
//     if (!scope.entered()) return Value::null();

#include "objmodel/thread.h"

namespace tagproof {

// Raises "maximum recursion depth exceeded<where>".
void raiseRecursionError(Thread& thread, const char* where);

// For native recursion that the guest's limit does not count, as in CPython (an iterator of an
// iterator, a tuple in a tuple): false with RecursionError pending when the stack is used up.
[[nodiscard]] inline bool hasNativeStack(const Thread& thread) {
    return reinterpret_cast<uint64_t>(__builtin_frame_address(0)) >= thread.stack_limit;
}
[[nodiscard]] inline bool checkNativeStack(Thread& thread) {
    if (hasNativeStack(thread)) [[likely]]
        return true;
    raiseRecursionError(thread, "");
    return false;
}

class RecursionScope {
  public:
    RecursionScope(Thread& thread, const char* where)
        : thread_(thread),
          entered_(thread.recursion_depth < thread.recursion_limit && hasNativeStack(thread)) {
        if (entered_) {
            ++thread_.recursion_depth;
        } else {
            raiseRecursionError(thread_, where);
        }
    }
    RecursionScope(const RecursionScope&) = delete;
    RecursionScope& operator=(const RecursionScope&) = delete;
    ~RecursionScope() {
        if (entered_) --thread_.recursion_depth;
    }
    // False: RecursionError is pending.
    [[nodiscard]] bool entered() const { return entered_; }

  private:
    Thread& thread_;
    bool entered_;  // the level was counted
};

}  // namespace tagproof
