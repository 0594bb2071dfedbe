#pragma once
// __reduce__, __reduce_ex__ and __getstate__ of `object`: how an object is taken apart for a copy.

namespace tagproof {

struct Thread;

// Adds them to `object`, whose set-up is finished. False + MemoryError.
[[nodiscard]] bool addObjectReduce(Thread& thread);

}  // namespace tagproof
