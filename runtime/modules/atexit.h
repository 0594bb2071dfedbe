#pragma once
// The atexit module's end: what a program registered is called when it has run.

namespace tagproof {

struct Thread;

// Calls the functions registered with atexit, last first, and forgets them with what they
// registered meanwhile. What they raise is printed. Nothing happens when atexit was never imported.
void runExitCallbacks(Thread& thread);

}  // namespace tagproof
