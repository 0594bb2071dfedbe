#pragma once
// Bytecode as text, for --dump=bytecode and `disasm --stage=bytecode`:
//
//   f (a.py:1)
//      2     0 LOAD_FAST                0 (o)
//            1 LOAD_ATTR                0 (x)

#include <string>
#include <string_view>

#include "runtime/code.h"
#include "tools/tagproof/guest.h"

namespace tagproof::cli {

// `code` and, behind it, the code objects among its constants. With a `function` only the code of
// that qualified name.
[[nodiscard]] std::string bytecodeText(Thread& thread, const Code* code, std::string_view function);

// Prints the bytecode of a program to standard output without running it. False when it cannot be
// read or is no program; the reason was printed.
bool dumpBytecode(Guest& guest, const Program& program, std::string_view function);

}  // namespace tagproof::cli
