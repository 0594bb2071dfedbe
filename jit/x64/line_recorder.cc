#include "jit/x64/line_recorder.h"

#include <bit>

namespace tagproof::x64 {

namespace {

// Comments are never read as text without a logger, and with one only their first byte is: a run of
// zero bytes gives each number an address of its own that reads as the empty string.
constexpr size_t kNumbers = size_t{1} << 16;
constexpr char kEmptyTexts[kNumbers] = {};

}  // namespace

const char* commentFor(uint32_t instr_id) { return &kEmptyTexts[instr_id % kNumbers]; }

asmjit::Error LineRecorder::_emit(asmjit::InstId id,
                                  const asmjit::Operand_& o0,
                                  const asmjit::Operand_& o1,
                                  const asmjit::Operand_& o2,
                                  const asmjit::Operand_* rest) {
    const char* comment = inlineComment();
    const bool is_ours = comment >= kEmptyTexts && comment < kEmptyTexts + kNumbers;
    if (is_ours) {
        const auto instr_id = static_cast<uint32_t>(comment - kEmptyTexts);
        if (marks_.empty() || marks_.back().instr_id != instr_id) {
            marks_.push_back({static_cast<uint32_t>(offset()), instr_id});
        }
    }
    return asmjit::x86::Assembler::_emit(id, o0, o1, o2, rest);
}

std::vector<LineEntry> LineRecorder::linesOf(const hir::Function& function) const {
    std::vector<const hir::Instr*> by_number(kNumbers, nullptr);
    for (const hir::Block* block : function.blocks) {
        for (const hir::Instr* instr : block->instrs) by_number[instr->id % kNumbers] = instr;
    }
    std::vector<LineEntry> lines;
    for (const Mark& mark : marks_) lines.push_back({mark.offset, by_number[mark.instr_id]});
    return lines;
}

}  // namespace tagproof::x64
