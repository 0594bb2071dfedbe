#pragma once
// The pipeline from a guest function to a published, proven unit:
//
//   build HIR -> optimize -> lower -> copy to executable pages -> verify there -> unit
//
// A step that fails gives a CompileError and leaves nothing behind.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "jit/code_cache.h"
#include "jit/compile_error.h"
#include "jit/compiled_unit.h"
#include "jit/options.h"
#include "jit/statistics.h"

namespace tagproof {

struct Thread;
namespace verify {
struct InferenceWorkspace;
}

struct CompileRequest {
    Function* function;  // borrowed
    hir::EntryKind entry = hir::EntryKind::kNormal;
    uint32_t osr_target = 0;  // entersFrame(): bytecode instruction to begin with
    uint32_t osr_depth = 0;   // entersFrame(): operand stack words there
    const std::vector<uint32_t>* failed_sites = nullptr;
    uint32_t first_exit_id = 0;
};

// Where texts of the intermediate stages and verdicts go; a null function is not called.
struct CompileObserver {
    void (*dump)(const char* what, const std::string& text, void* context) = nullptr;
    void* dump_context = nullptr;
    void (*checked)(const CheckedUnit& unit, void* context) = nullptr;
    void* checked_context = nullptr;
};

// What a compile leaves behind beside its unit, a failed one too.
struct CompileRecord {
    uint64_t total_nanoseconds = 0;  // without the observer's
    uint64_t verify_nanoseconds = 0;
    verify::VerifyTimes verify_times;  // of its steps; the rest is filling the trusted tables
    uint64_t publish_nanoseconds = 0;
};

// `workspace` holds the verifier's buffers, for the next compile to reuse.
[[nodiscard]] Result<std::unique_ptr<CompiledUnit>> compile(Thread& thread,
                                                            const CompileRequest& request,
                                                            const JitOptions& options,
                                                            CodeCache& cache,
                                                            verify::InferenceWorkspace& workspace,
                                                            const CompileObserver& observer,
                                                            CompileRecord& record);

// "f", "f (loop at line 12)", "f (resumed at line 12)": for people.
[[nodiscard]] std::string unitName(const CompileRequest& request);

// Gives up the references a unit holds. Its bytes are the cache's.
void releaseReferences(CompiledUnit& unit);

}  // namespace tagproof
