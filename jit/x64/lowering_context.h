#pragma once
// The lowering's class: one function per HIR op, grouped by family in lower_*.cc. Internal to
// jit/x64.

#include <asmjit/x86.h>

#include <optional>
#include <string>
#include <vector>

#include "jit/helpers.h"
#include "jit/hir/ir.h"
#include "jit/x64/line_recorder.h"
#include "jit/x64/lowering.h"

namespace tagproof::x64 {

namespace x86 = asmjit::x86;

// Keeps the first error of the assembler.
class FirstError : public asmjit::ErrorHandler {
  public:
    void handleError(asmjit::Error error, const char* message, asmjit::BaseEmitter*) override {
        if (text_.empty() && error != asmjit::kErrorOk) text_ = message;
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;  // empty = none
};

// A condition not yet in a register: the flags hold it, or two tests must both say so.
struct Condition {
    x86::CondCode code;
};

class Lowering {
  public:
    Lowering(const hir::Function& function, const LoweringRequest& request);

    [[nodiscard]] Result<MachineCode> run();

  private:
#define HIR_OP(name, operands, result, immediates, effects, exit, text) \
    void lower##name(const hir::Instr& instr);
#include "jit/hir/hir.def"
#undef HIR_OP

    // --- walk (lowering.cc)
    void lowerEntry();
    void lowerBlock(const hir::Block& block, const hir::Block* next);
    void lowerInstr(const hir::Instr& instr);
    void lowerReturnSequence();
    void serve(const hir::Instr* instr);
    void runCold();
    [[nodiscard]] Result<MachineCode> finish();
    [[nodiscard]] static std::vector<const hir::Block*> layout(const hir::Function& function);

    // --- registers (lowering.cc)
    [[nodiscard]] x86::Gp reg(const hir::Instr* instr);
    [[nodiscard]] x86::Xmm xmm(const hir::Instr* instr);
    x86::Gp define(const hir::Instr& instr);
    x86::Xmm defineXmm(const hir::Instr& instr);
    void alias(const hir::Instr& instr, const hir::Instr* same);
    [[nodiscard]] x86::Gp temp();
    [[nodiscard]] x86::Gp address(const void* pointer);
    [[nodiscard]] x86::Mem thread(int32_t offset, uint32_t size = 8);
    [[nodiscard]] asmjit::Label label(const hir::Block* block);
    [[nodiscard]] const hir::Block* nextBlock() const { return next_; }

    // --- exits (exits.cc)
    [[nodiscard]] ExitAction actionOf(hir::ExitKind kind) const;
    asmjit::Label exitOf(const hir::Instr& instr);
    void lowerExit(size_t index);
    void storeExitWords(const Exit& exit, const hir::FrameState& frame);
    void describe(Exit& exit, const hir::FrameState& frame);
    void call(Helper helper, std::initializer_list<asmjit::Operand> arguments, x86::Gp* result);

    // --- references (lower_references.cc)
    // Jumps to `not_counted` when `value`, by what its type says, may be no heap object.
    void skipUncounted(const hir::Instr* value,
                       const x86::Gp& word,
                       const asmjit::Label& not_counted);
    void increment(const x86::Gp& object);
    void decrement(const x86::Gp& object, const asmjit::Label& done, const hir::Instr& instr);
    void releaseWord(const x86::Gp& word, const asmjit::Label& done, const hir::Instr& instr);
    void exitIfInvalid(const hir::Instr& instr);

    // --- conditions (lower_conditions.cc)
    [[nodiscard]] x86::CondCode condition(const hir::Instr* flag);
    [[nodiscard]] x86::CondCode doubleCondition(const hir::Instr* compare);
    void jumpIf(x86::CondCode code, const asmjit::Label& target);

    // --- arithmetic (lower_arithmetic.cc)
    x86::Gp copyOf(const hir::Instr* value);
    x86::Gp untagged(const hir::Instr* fixnum);
    void lowerDivision(const hir::Instr& instr, bool wants_remainder);
    void lowerConstantShift(const hir::Instr& instr, uint32_t count);
    void lowerDouble(const hir::Instr& instr, asmjit::InstId id, asmjit::InstId avx_id);
    void moveBits(const x86::Gp& to, const x86::Xmm& from);
    void moveBits(const x86::Xmm& to, const x86::Gp& from);
    void compareDoubles(const x86::Xmm& left, const x86::Xmm& right);

    // --- calls (lower_calls.cc)
    void passArguments(asmjit::InvokeNode* node, const std::vector<asmjit::Operand>& arguments);
    void lowerHelperCall(const hir::Instr& instr, size_t fixed);
    void moveToPhis(const hir::Block& from, const hir::Block& to);

    const hir::Function& function_;
    const LoweringRequest& request_;
    FirstError errors_;
    asmjit::CodeHolder code_;
    asmjit::StringLogger logger_;
    std::optional<x86::Compiler> compiler_;
    x86::Compiler* cc_ = nullptr;              // the compiler above
    asmjit::FuncNode* func_ = nullptr;         // the one function
    x86::Gp thread_;                           // Thread*
    x86::Gp result_;                           // what the function returns
    asmjit::Label return_;                     // common return sequence
    std::vector<x86::Gp> registers_;           // by instruction id
    std::vector<x86::Xmm> xmm_registers_;      // by instruction id
    std::vector<x86::Gp> argument_registers_;  // kNormal: register arguments
    std::vector<asmjit::Label> labels_;        // by block id
    std::vector<Exit> exits_;
    std::vector<asmjit::Label> exit_labels_;      // by exit index
    std::vector<const hir::Instr*> exit_instrs_;  // by exit index: who leaves there
    struct ColdPath {
        asmjit::Label entry;
        const hir::Instr* instr;
        void (Lowering::*emit)(const ColdPath& path);
        x86::Gp word;
        x86::Xmm number;
        asmjit::Label back;
    };
    std::vector<ColdPath> cold_paths_;  // emitted behind the blocks
    void addColdPath(const ColdPath& path);
    void emitDealloc(const ColdPath& path);
    void emitFirstStore(const ColdPath& path);
    void emitBoxSlowly(const ColdPath& path);
    void emitSlowEntry(const ColdPath& path);

    const hir::Block* next_ = nullptr;     // block laid out behind the current one
    const hir::Instr* current_ = nullptr;  // being lowered
    InstrComment comment_{nullptr};        // of the next machine instruction
};

}  // namespace tagproof::x64
