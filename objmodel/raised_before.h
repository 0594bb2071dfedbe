#pragma once
// An instruction may stand for two of CPython's: `super().name` makes no super object. What fails
// in the first of them belongs, in tracebacks, to the instruction in front, which has its place in
// the source. The exception is marked so until its next traceback entry is made.

#include "objmodel/error.h"

namespace tagproof {

inline constexpr uint32_t kRaisedBefore = 1u << 8;  // in an exception's flags

inline void markRaisedBefore(Thread& thread) { thread.pending.asObject()->flags |= kRaisedBefore; }

// Whether the exception is marked; it is no longer.
[[nodiscard]] inline bool takeRaisedBefore(ExceptionObject* exception) {
    const bool marked = (exception->head.flags & kRaisedBefore) != 0;
    exception->head.flags &= ~kRaisedBefore;
    return marked;
}

}  // namespace tagproof
