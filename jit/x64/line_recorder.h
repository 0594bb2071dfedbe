#pragma once
// An assembler that notes, for each instruction it writes, the offset and the HIR instruction whose
// lowering emitted it. asmjit's Compiler passes the comment of a node along when it serialises; the
// number of the HIR instruction travels in it. Instructions that the register allocator inserts
// have none and count to the one before.

#include <asmjit/x86.h>

#include <cstdint>
#include <vector>

#include "jit/x64/lowering.h"

namespace tagproof::x64 {

// The comment that stands for an instruction. The assembler copies the pointer, never the text.
[[nodiscard]] const char* commentFor(uint32_t instr_id);

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
    struct Mark {
        uint32_t offset;
        uint32_t instr_id;
    };
    std::vector<Mark> marks_;  // where the HIR instruction changes, ascending
};

}  // namespace tagproof::x64
