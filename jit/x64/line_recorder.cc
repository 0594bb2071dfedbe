#include "jit/x64/line_recorder.h"

#include <charconv>
#include <cstring>

namespace tagproof::x64 {

InstrComment::InstrComment(const hir::Instr* instr) {
    if (instr == nullptr) return;
    *std::to_chars(text_, text_ + sizeof(text_) - 1, instr->id).ptr = '\0';
}

asmjit::Error LineRecorder::_emit(asmjit::InstId id,
                                  const asmjit::Operand_& o0,
                                  const asmjit::Operand_& o1,
                                  const asmjit::Operand_& o2,
                                  const asmjit::Operand_* rest) {
    const char* comment = inlineComment();
    if (comment != nullptr) {
        uint32_t instr_id = kNoInstr;
        std::from_chars(comment, comment + std::strlen(comment), instr_id);
        if (marks_.empty() || marks_.back().instr_id != instr_id) {
            marks_.push_back({static_cast<uint32_t>(offset()), instr_id});
        }
    }
    return asmjit::x86::Assembler::_emit(id, o0, o1, o2, rest);
}

std::vector<LineEntry> LineRecorder::linesOf(const hir::Function& function) const {
    std::vector<const hir::Instr*> by_id(function.instrCount(), nullptr);
    for (const hir::Block* block : function.blocks) {
        for (const hir::Instr* instr : block->instrs) by_id[instr->id] = instr;
    }
    std::vector<LineEntry> lines;
    for (const Mark& mark : marks_) {
        lines.push_back({mark.offset, mark.instr_id == kNoInstr ? nullptr : by_id[mark.instr_id]});
    }
    return lines;
}

}  // namespace tagproof::x64
