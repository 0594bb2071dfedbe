#pragma once
// What keeps compiled code on the native stack. Interpreted calls of interpreted functions take no
// native stack; C++ functions that recurse look at it (objmodel/recursion.h, interpret()); compiled
// functions only compare their depth with thread.entry_limit. Their frames are no larger than
// layout::kCompiledFrameBytes (the verifier sees to it), so where C++ enters compiled code it knows
// how many activations of compiled code, each calling the next, have room below it, and sets the
// limit to that many, or to the guest's own limit where that is lower:
//
//   C++ frames            ... thread.recursion_depth = d
//   NativeDepthScope      entry_limit = min(recursion_limit, d + bytes left / kCompiledFrameBytes)
//     compiled, compiled, compiled, ...   each: depth < entry_limit, or opEnterSlow
//       opEnterSlow       RecursionError at the guest's limit; otherwise this one activation is
//                         interpreted. Frames are mostly smaller than assumed: compiled functions
//                         that it calls are entered through a new scope, with what is really left.
//   ... lowest kInterpreterReserve bytes: no compiled code is entered; the interpreter goes on
//   alone
//   thread.stack_limit    RecursionError from whatever recurses in C++
//
// A limit holds for the activations below its scope only, since those above it know nothing of how
// large the frames are that have returned since; therefore each scope restores the one before.
//
// entry_limit is 0 while something waits in thread.poll, so that compiled entries need no test of
// their own to be interrupted.

#include <algorithm>

#include "objmodel/thread.h"

namespace tagproof {

// Stack that compiled code leaves to the interpreter, so that a guest that has used up the native
// stack can still recurse in interpreted frames.
inline constexpr uint64_t kInterpreterReserve = uint64_t{128} * 1024;

// Activations of compiled code that have room on the stack below the caller.
[[nodiscard]] inline uint64_t compiledFramesLeft(const Thread& thread) {
    const auto here = reinterpret_cast<uint64_t>(__builtin_frame_address(0));
    const uint64_t floor = thread.stack_limit + kInterpreterReserve;
    return here > floor ? (here - floor) / layout::kCompiledFrameBytes : 0;
}

// False: call the function interpreted.
[[nodiscard]] inline bool hasRoomForCompiled(const Thread& thread) {
    return compiledFramesLeft(thread) != 0;
}

// Sets the limit of compiled code entered from here on.
void setDepthLimit(Thread& thread, uint32_t limit);
// entry_limit as depth_limit and poll say.
void refreshEntryLimit(Thread& thread);
// sys.setrecursionlimit: takes effect at once when lower, for compiled code that runs already only
// through the slow path when higher.
void setRecursionLimit(Thread& thread, uint32_t limit);

// Stands around every entry of compiled code from C++.
class NativeDepthScope {
  public:
    explicit NativeDepthScope(Thread& thread) : thread_(thread), outer_limit_(thread.depth_limit) {
        const auto limit = static_cast<uint32_t>(std::min<uint64_t>(
            thread.recursion_limit, thread.recursion_depth + compiledFramesLeft(thread)));
        changed_ = limit != outer_limit_;
        if (changed_) [[unlikely]]
            setDepthLimit(thread, limit);
    }
    ~NativeDepthScope() {
        // The guest may have lowered its limit meanwhile.
        if (changed_) [[unlikely]]
            setDepthLimit(thread_, std::min(outer_limit_, thread_.recursion_limit));
    }
    NativeDepthScope(const NativeDepthScope&) = delete;
    NativeDepthScope& operator=(const NativeDepthScope&) = delete;

  private:
    Thread& thread_;
    uint32_t outer_limit_;  // depth_limit before
    bool changed_;          // the scope set another one
};

}  // namespace tagproof
