#pragma once
// An assembler that notes, for each instruction it writes, the offset and the HIR instruction whose
// lowering emitted it. asmjit's Compiler copies the comment of an instruction, unless it is empty,
// and passes it along when it serialises; the number of the HIR instruction travels in it.
// Instructions without a comment, those of the register allocator among them, count to the one
// before.

#include <asmjit/x86.h>

#include <cstdint>
#include <vector>

#include "jit/x64/lowering.h"

namespace tagproof::x64 {

// The text that stands for a HIR instruction, or with null for none; the emitter copies it with the
// next instruction.
class InstrComment {
  public:
    explicit InstrComment(const hir::Instr* instr);
    [[nodiscard]] const char* text() const { return text_; }

  private:
    char text_[12] = "-";  // decimal number
};

class LineRecorder : public asmjit::x86::Assembler {
  public:
    explicit LineRecorder(asmjit::CodeHolder* code) : asmjit::x86::Assembler(code) {}

    asmjit::Error _emit(asmjit::InstId id,
                        const asmjit::Operand_& o0,
                        const asmjit::Operand_& o1,
                        const asmjit::Operand_& o2,
                        const asmjit::Operand_* rest) override;

    [[nodiscard]] std::vector<LineEntry> linesOf(const hir::Function& function) const;

  private:
    static constexpr uint32_t kNoInstr = 0xFFFFFFFF;

    struct Mark {
        uint32_t offset;
        uint32_t instr_id;  // or kNoInstr
    };
    std::vector<Mark> marks_;  // where the HIR instruction changes, ascending
};

}  // namespace tagproof::x64
