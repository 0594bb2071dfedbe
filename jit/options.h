#pragma once
// What a user can choose about the compiler. Passed down as const; nothing reads global state.

#include <cstdint>
#include <string>

namespace tagproof {

enum class JitMode : uint8_t {
    kOff,     // never compile, force_compile included
    kAuto,    // hot functions and loops
    kAlways,  // every function before its first call
};

enum class CpuLevel : uint8_t {
    kNative,    // AVX for doubles, where the CPU has it
    kBaseline,  // what every x86-64 CPU runs: SSE2
};

struct JitOptions {
    JitMode mode = JitMode::kAuto;
    uint32_t call_threshold = 1000;  // kAuto: calls before a function is compiled
    uint32_t loop_threshold = 2000;  // kAuto: back edges before a running loop is entered compiled
    bool check_helpers = false;      // calls of helpers and of entries are audited
    bool deopt_stress = false;       // each guard's k-th execution is forced to fail
    uint32_t stress_interval = 3;    // that k
    CpuLevel cpu = CpuLevel::kNative;
    bool strict = false;          // callers exit with 70 when a function was rejected
    bool perf_map = false;        // write /tmp/perf-<pid>.map
    bool jit_dump = false;        // write jit-<pid>.dump in the current directory
    std::string dump;             // comma-separated: hir, hir-passes, asm; empty = nothing
    std::string dump_after;       // one pass by name; empty = none
    bool explain_deopts = false;  // one line on standard error per exit taken
    bool keep_listings = false;   // keep assembler text and HIR text of every unit (disasm)
};

}  // namespace tagproof
