#pragma once
// Interruptions: reasons that wait for the guest thread at its next poll (function entry, back
// edge). thread.poll and thread.entry_limit are the only words that a signal handler or another
// thread may touch; compiled entries look at the second alone (runtime/native_depth.h).

#include <cstdint>

namespace tagproof {

struct Thread;

enum PollReason : uint32_t {
    kPollInterrupt = 1,  // SIGINT: raise KeyboardInterrupt
    kPollCollect = 2,    // the cycle collector wants to run
    kPollCompiler = 4,   // a background compile is done, or code was invalidated
    kPollCheckpoint = 8  // as many objects were allocated as Checkpoints asks for
};

// Asks for attention. Safe in a signal handler.
void requestPoll(Thread& thread, PollReason reason);
// Does what waits. 0, or -1 + pending (KeyboardInterrupt).
[[nodiscard]] int runPoll(Thread& thread);

// True when Ctrl-C waits to be noticed; it is forgotten then. For whoever waits for input.
[[nodiscard]] bool takeInterrupt(Thread& thread);

// Makes Ctrl-C interrupt this thread while the object lives; restores the old disposition.
class InterruptScope {
  public:
    explicit InterruptScope(Thread& thread);
    ~InterruptScope();
    InterruptScope(const InterruptScope&) = delete;
    InterruptScope& operator=(const InterruptScope&) = delete;

  private:
    struct State;
    State* state_;  // the saved disposition, owned
};

}  // namespace tagproof
