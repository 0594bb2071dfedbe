#pragma once
// HIR -> machine code. The bytes are position-independent but for embedded addresses of objects,
// cells and helpers, and contain no data.
//
//   entry:   recursion depth, arguments       body: blocks in order, cold ones last
//   exits:   cold blocks that store the live words to the thread's exit buffer and call jitResume,
//            jitLeaveLoop, jitLeaveGenerator or jitUnwind

#include <cstdint>
#include <string>
#include <vector>

#include "jit/compile_error.h"
#include "jit/helpers.h"
#include "jit/hir/ir.h"

namespace tagproof::x64 {

enum class WordKind : uint8_t { kTagged, kDouble };

// Where a frame word is found at an exit: in the exit buffer, or a constant.
struct ExitSlot {
    static constexpr uint32_t kConstant = 0xFFFFFFFF;

    uint32_t word = kConstant;  // index in thread->deopt_values
    Value constant;             // kConstant: the word itself, borrowed from the code; may be null
    hir::Ownership ownership = hir::Ownership::kImmediate;
};

struct ExitWord {
    WordKind kind = WordKind::kTagged;
    bool is_owned = false;     // some slot owns its reference
    bool is_nullable = false;  // may be the empty word
};

enum class ExitAction : uint8_t { kResume, kLeaveLoop, kUnwind, kLeaveGenerator };

// One exit; its id is `first_exit_id` plus its index.
struct Exit {
    ExitAction action;
    hir::DeoptReason reason;
    const hir::FrameState* frame;  // code, pc, stack bounds; lives as long as the HIR
    uint32_t guard_pc;             // bytecode instruction of the guard
    std::vector<ExitSlot> slots;   // as frame->slots
    std::vector<ExitWord> words;
};

// An instruction of the code and the HIR instruction it serves.
struct LineEntry {
    uint32_t offset;
    const hir::Instr* instr;  // null: entry and return
};

struct MachineCode {
    std::vector<uint8_t> bytes;
    std::vector<Exit> exits;
    std::vector<LineEntry> lines;  // ascending offsets
    std::string listing;           // assembler text, when asked for
};

struct LoweringRequest {
    uint32_t first_exit_id = 0;
    const uint8_t* valid_cell = nullptr;  // cleared when the code is invalidated
    uint32_t* stress_counters = nullptr;  // by instruction id: guards fail when theirs reaches 0
    bool use_avx = false;                 // doubles in AVX forms; else SSE2
    HelperCalls helper_calls = HelperCalls::kPlain;
    bool wants_listing = false;
    Value none, true_value, false_value;  // immortal
};

// True when the CPU and the system have AVX.
[[nodiscard]] bool hostHasAvx();

[[nodiscard]] Result<MachineCode> lower(const hir::Function& function,
                                        const LoweringRequest& request);

}  // namespace tagproof::x64
