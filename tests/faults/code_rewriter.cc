#include "tests/faults/code_rewriter.h"

#include <algorithm>
#include <utility>

namespace tagproof::faults {

using verify::Family;
using verify::Instruction;

namespace {

bool mentions(const Instruction& at, uint8_t reg) {
    const bool is_saving = at.family == Family::kPush || at.family == Family::kPop;
    if (is_saving) return false;
    return at.base == reg || at.index == reg || std::ranges::find(at.reg, reg) != std::end(at.reg);
}

}  // namespace

// --- Editor --------------------------------------------------------------------------------------

void Editor::original() { rewriter_.copy(index_); }

void Editor::fault() {
    if (rewriter_.result_.marked) return;
    rewriter_.result_.fault_offset = a.offset();
    rewriter_.result_.marked = true;
}

asmjit::Label Editor::labelOf(size_t index) const { return rewriter_.labels_[index]; }

asmjit::Label Editor::cold(std::function<void(Editor&)> emit) {
    rewriter_.cold_.push_back({a.newLabel(), std::move(emit)});
    return rewriter_.cold_.back().label;
}

x86::Gp Editor::scratch(size_t which) const { return rewriter_.scratch_.at(which); }

// --- CodeRewriter --------------------------------------------------------------------------------

CodeRewriter::CodeRewriter(std::span<const uint8_t> code) : code_(code) {
    verify::decode(code, reinterpret_cast<uint64_t>(code.data()), program_);
    for (const x86::Gp& reg : {x86::r15, x86::r14, x86::r13, x86::r12, x86::rbp, x86::rbx}) {
        const auto id = static_cast<uint8_t>(reg.id());
        const bool used = std::ranges::any_of(
            program_.instructions, [&](const Instruction& at) { return mentions(at, id); });
        if (!used) scratch_.push_back(reg);
    }
}

// Branches are made anew, everything else is copied: nothing else depends on its place.
void CodeRewriter::copy(size_t index) {
    const Instruction& at = program_.instructions[index];
    if (at.target == verify::kNoTarget) {
        assembler_->embed(code_.data() + at.offset, at.length);
    } else if (at.op == verify::kAlways) {
        assembler_->jmp(labels_[at.target]);
    } else {
        assembler_->j(static_cast<x86::CondCode>(at.op), labels_[at.target]);
    }
}

Rewritten CodeRewriter::rewrite(const std::map<size_t, Replacement>& replacements) {
    asmjit::CodeHolder holder;
    holder.init(asmjit::Environment::host());
    x86::Assembler assembler(&holder);
    assembler_ = &assembler;
    result_ = {};
    cold_.clear();
    labels_.clear();
    const size_t count = program_.instructions.size();
    for (size_t i = 0; i <= count; ++i) labels_.push_back(assembler.newLabel());
    for (size_t i = 0; i < count; ++i) {
        assembler.bind(labels_[i]);
        const auto found = replacements.find(i);
        if (found == replacements.end()) {
            copy(i);
        } else {
            Editor editor(*this, i, assembler);
            found->second(editor);
        }
    }
    assembler.bind(labels_[count]);
    for (size_t i = 0; i < cold_.size(); ++i) {
        assembler.bind(cold_[i].label);
        Editor editor(*this, count, assembler);
        Replacement(cold_[i].emit)(editor);
    }
    holder.flatten();
    holder.resolveUnresolvedLinks();
    result_.bytes.resize(holder.codeSize());
    holder.copyFlattenedData(result_.bytes.data(), result_.bytes.size());
    return std::move(result_);
}

}  // namespace tagproof::faults
