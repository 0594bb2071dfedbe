#pragma once
// A compiled unit: one published function, loop entry or resumption of a generator, with everything
// that must live as long as its bytes do: exit metadata, the objects its code names, and what it
// relies on.

#include <array>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "jit/helpers.h"
#include "jit/hir/ir.h"
#include "jit/verify/infer/infer.h"
#include "jit/verify/verify.h"
#include "jit/x64/lowering.h"
#include "objmodel/value.h"

namespace tagproof {

struct Code;
struct Function;
struct Instruction;

// How to rebuild the interpreter's frame at one exit.
struct ExitRecord {
    x64::ExitAction action;
    hir::DeoptReason reason;
    uint32_t guard_pc;             // bytecode instruction whose guard failed
    const Instruction* resume_at;  // where the interpreter goes on
    uint32_t stack_begin;          // index of the first stack slot
    uint32_t stack_end;            // slots from here on are only released
    std::vector<x64::ExitSlot> slots;
    std::vector<x64::ExitWord> words;
    uint64_t taken = 0;  // times this exit was taken
};

// Source of a range of machine code.
struct CodeLine {
    uint32_t offset;
    uint32_t line;    // 0: entry and return sequences
    std::string hir;  // text of the HIR instruction, for listings and observers only
};

struct CompiledUnit {
    Code* code = nullptr;          // compiled; kept alive by `references`
    Function* function = nullptr;  // stands for the compiled one in frames that exits rebuild: same
                                   // code and globals, no closure, so that it keeps no guest data
                                   // alive; kept alive by `references`
    hir::EntryKind entry_kind = hir::EntryKind::kNormal;
    uint32_t osr_target = 0;         // entersFrame(): bytecode instruction it begins with
    std::string name;                // qualified name, with the line for others than normal entries
    std::span<const uint8_t> bytes;  // published, executable
    uint64_t proven_hash = 0;        // codeHash(bytes) when the verifier looked at them
    std::unique_ptr<uint8_t> valid;  // the cell that the code tests; 0 once invalidated
    std::unique_ptr<uint32_t[]> stress_counters;  // --deopt-stress: one per guard, else null
    HelperCalls helper_calls = HelperCalls::kPlain;
    uint32_t first_exit_id = 0;
    std::vector<ExitRecord> exits;
    std::vector<Value> references;  // owned
    std::vector<hir::Dependency> dependencies;
    struct FunctionRelied {
        Function* function;
        uint32_t version;
    };
    std::vector<FunctionRelied>
        functions_relied;  // called with their code and defaults of that time
    std::vector<CodeLine> lines;
    verify::Statistics proof;
    uint64_t compile_nanoseconds = 0;
    uint64_t verify_nanoseconds = 0;
    std::string hir_text;  // kept with options.keep_listings
    std::string listing;   // machine code as text; kept with options.keep_listings

    [[nodiscard]] bool isValid() const { return *valid != 0; }
    [[nodiscard]] void* entry() const { return const_cast<uint8_t*>(bytes.data()); }
};

// A unit that the verifier has just judged, before it is published or given up, and what it judged
// by: none of it outlives the call that is shown it.
struct CheckedUnit {
    const CompiledUnit& unit;  // its exits and references are not yet there
    const verify::Trusted& trusted;
    const verify::Verdict& verdict;
    const verify::VerifyTimes& times;
};

// The units of one code that take over a frame, by kind of entry and bytecode instruction. Asked at
// every back edge and resumption.
class FrameEntries {
  public:
    [[nodiscard]] CompiledUnit* find(hir::EntryKind kind, uint32_t target) const {
        const std::vector<CompiledUnit*>& units = units_[static_cast<size_t>(kind)];
        return target < units.size() ? units[target] : nullptr;
    }
    void add(CompiledUnit& unit);
    // Nothing happens when another unit has taken its place.
    void remove(const CompiledUnit& unit);
    [[nodiscard]] bool isEmpty() const { return count_ == 0; }

  private:
    std::array<std::vector<CompiledUnit*>, hir::kEntryKindCount> units_;  // by target, with gaps
    size_t count_ = 0;
};

// What the compiler keeps for one code object (Code::compiled).
struct CompiledState {
    CompiledUnit* normal = nullptr;  // published for the normal entry, or null
    FrameEntries frame_entries;
    std::unordered_map<uint32_t, uint32_t> failures;  // guard failures by bytecode instruction
    std::vector<uint32_t> failed_sites;               // instructions no longer speculated on
    std::set<std::pair<hir::EntryKind, uint32_t>> refused;  // frame entries that cannot be compiled
    std::set<std::pair<hir::EntryKind, uint32_t>> published;  // entries compiled once
};

}  // namespace tagproof
