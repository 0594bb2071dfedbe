#include "runtime/native_depth.h"

namespace tagproof {

void setDepthLimit(Thread& thread, uint32_t limit) {
    thread.depth_limit = limit;
    refreshEntryLimit(thread);
}

// A request that comes between the two writes finds its own 0 overwritten, hence the second look.
// Whoever requests sets poll first (runtime/poll.cc); both orders are total.
void refreshEntryLimit(Thread& thread) {
    __atomic_store_n(&thread.entry_limit, thread.depth_limit, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&thread.poll, __ATOMIC_SEQ_CST) != 0) {
        __atomic_store_n(&thread.entry_limit, 0, __ATOMIC_SEQ_CST);
    }
}

void setRecursionLimit(Thread& thread, uint32_t limit) {
    thread.recursion_limit = limit;
    if (limit < thread.depth_limit) setDepthLimit(thread, limit);
}

}  // namespace tagproof
