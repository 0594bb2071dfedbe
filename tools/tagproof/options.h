#pragma once
// What the command line said, as plain data: command_line.cc fills these, the commands read them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tagproof::cli {

enum class ProgramKind : uint8_t { kFile, kCode, kModule, kStdin };

// The guest program and what it finds in sys.argv after its own name.
struct Program {
    ProgramKind kind = ProgramKind::kFile;
    std::string text;  // path, source or module name
    std::vector<std::string> arguments;
};

enum class JitMode : uint8_t { kOff, kAuto, kAlways };
enum class HeapCheck : uint8_t { kNever, kExit, kCollection, kAllocations };

// How a guest program runs; common to run, verify and disasm.
struct GuestOptions {
    JitMode jit = JitMode::kAuto;
    std::optional<uint32_t> jit_threshold;  // calls before a function is compiled
    uint32_t deopt_stress = 0;              // each guard's k-th execution fails; 0: none
    HeapCheck check_heap = HeapCheck::kNever;
    uint64_t check_heap_interval = 0;   // kAllocations: every so many
    uint64_t memory_limit = 0;          // bytes, 0: none
    std::optional<uint64_t> heap_base;  // address of the pools
    bool baseline_cpu = false;          // SSE2 only
    bool strict = false;                // a rejected function ends in status 70
    bool stats = false;
    bool explain_deopts = false;
    bool perf_map = false;
    bool jitdump = false;
    std::vector<std::string> dump;  // bytecode, hir, hir-passes, asm
    std::string dump_after;         // name of a pass
};

struct RunOptions {
    Program program;
    GuestOptions guest;
};

struct VerifyOptions {
    Program program;  // unless `raw` is set
    GuestOptions guest;
    std::string raw;       // file of machine code
    bool hex = false;      // `raw` holds hexadecimal text
    std::string manifest;  // of `raw`
    bool explain = false;
    bool json = false;
};

enum class Stage : uint8_t { kBytecode, kHir, kAsm };

struct DisasmOptions {
    Program program;
    GuestOptions guest;
    Stage stage = Stage::kAsm;
    std::string after;              // kHir: as it is after this pass; empty: after the last
    std::string function;           // qualified name; empty: all
    std::vector<std::string> warm;  // expressions evaluated in the program before compiling
    bool hir_input = false;         // the program is HIR text
};

struct StressOptions {
    std::string script;  // bench/programs/repro_stress.py, or a copy
    uint64_t iterations = 5'000'000;
    bool oracle = true;  // measure /usr/bin/python3 too
    bool json = false;
};

}  // namespace tagproof::cli
