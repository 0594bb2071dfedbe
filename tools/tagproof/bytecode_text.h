#pragma once
// --dump=bytecode and `disasm --stage=bytecode`: the listing of runtime/disassemble.h.

#include <string_view>

#include "tools/tagproof/guest.h"

namespace tagproof::cli {

// Prints the bytecode of a program to standard output without running it. False when it cannot be
// read or is no program; the reason was printed.
bool dumpBytecode(Guest& guest, const Program& program, std::string_view function);

}  // namespace tagproof::cli
