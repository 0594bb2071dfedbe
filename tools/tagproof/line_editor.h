#pragma once
// Where the lines of an interactive session come from: a terminal, edited and remembered by
// libedit, or anything else, as it is.

#include <memory>

#include "runtime/session.h"

namespace tagproof {
class Vm;
}

namespace tagproof::cli {

// Leaves the signals of terminals to the thread that will read from it. Call before that thread is
// made.
void reserveTerminalSignals();

// A reader of standard input for the Vm's thread, which must be the caller. The terminal is in the
// mode that it was found in whenever the reader is not waiting, and after every way out.
[[nodiscard]] std::unique_ptr<LineReader> newLineReader(Vm& vm);

}  // namespace tagproof::cli
