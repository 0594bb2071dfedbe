// tagproof run: a program, with the exit status of python3, or an interactive session.

#include <unistd.h>

#include "objmodel/print.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/guest.h"
#include "tools/tagproof/line_editor.h"

namespace tagproof::cli {

namespace {

int runWithSession(const RunOptions& options, Guest& guest) {
    const std::unique_ptr<LineReader> lines = newLineReader(guest.vm());
    const bool has_program = options.program.kind != ProgramKind::kSession;
    if (!options.quiet && !has_program && ::isatty(STDIN_FILENO) != 0) {
        printTo(stderr, "tagproof {} (Python 3.11). exit() or Ctrl-D leaves.\n", TAGPROOF_VERSION);
    }
    return guest.run(options.program, lines.get());
}

}  // namespace

int runCommand(const RunOptions& options) {
    const Program& program = options.program;
    const bool has_session = program.then_session || program.kind == ProgramKind::kSession;
    if (has_session) reserveTerminalSignals();
    return withGuest(options.guest, program.arguments, [&](Guest& guest) {
        return has_session ? runWithSession(options, guest) : guest.run(program);
    });
}

}  // namespace tagproof::cli
