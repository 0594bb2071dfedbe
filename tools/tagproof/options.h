#pragma once
// What the command line said, as plain data: command_line.cc fills these, the commands read them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jit/options.h"

namespace tagproof::cli {

enum class ProgramKind : uint8_t { kFile, kCode, kModule, kStdin, kSession };

// The guest program and what it finds in sys.argv after its own name.
struct Program {
    ProgramKind kind = ProgramKind::kFile;
    std::string text;  // path, source or module name
    std::vector<std::string> arguments;
    bool then_session = false;  // an interactive session in the program's __main__ follows
};

// When all invariants of the heap are checked.
struct HeapCheck {
    bool at_exit = false;         // when the program has ended; the others do that too
    bool at_collections = false;  // after each of them
    uint64_t allocations = 0;     // at the first poll after every so many objects; 0: never
};

// How a guest program runs; common to run, verify and disasm.
struct GuestOptions {
    JitOptions jit;
    HeapCheck check_heap;
    std::string helper_counts;          // file for those of jit.check_helpers
    uint64_t memory_limit = 0;          // bytes, 0: none
    std::optional<uint64_t> heap_base;  // address of the pools
    bool dump_bytecode = false;
    bool stats = false;
    bool stats_json = false;
    std::vector<std::string> path;  // put before the rest of sys.path
};

struct RunOptions {
    Program program;
    GuestOptions guest;
    bool quiet = false;  // a session says nothing of itself
};

struct VerifyOptions {
    Program program;  // unless `raw` is set
    GuestOptions guest;
    std::string raw;       // file of machine code
    bool hex = false;      // `raw` holds hexadecimal text
    std::string manifest;  // of `raw`
    std::string function;  // only this qualified name and its loops; empty: all
    bool explain = false;  // machine code with what is known at each line
    bool json = false;
    std::string html;       // file to write a page to; empty: none
    std::string export_to;  // folder for bytes and manifests; empty: none
};

enum class Stage : uint8_t { kBytecode, kHir, kAsm };

struct DisasmOptions {
    Program program;
    GuestOptions guest;
    Stage stage = Stage::kAsm;
    std::string after;     // kHir: as it is after this pass; empty: after the last
    std::string function;  // qualified name; empty: all
    bool json = false;
    std::vector<std::string> warm;  // expressions evaluated in the program before compiling
};

struct StressOptions {
    std::string script;  // repro_stress.py; empty: looked for beside the program and here
    uint64_t iterations = 5'000'000;
    bool oracle = true;  // measure /usr/bin/python3 too
    bool json = false;
};

}  // namespace tagproof::cli
