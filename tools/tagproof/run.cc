// tagproof run: a program, with the exit status of python3.

#include "tools/tagproof/commands.h"
#include "tools/tagproof/guest.h"

namespace tagproof::cli {

int runCommand(const RunOptions& options) {
    return withGuest(options.guest, options.program.arguments,
                     [&options](Guest& guest) { return guest.run(options.program); });
}

}  // namespace tagproof::cli
