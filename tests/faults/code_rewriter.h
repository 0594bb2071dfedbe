#pragma once
// Takes finished machine code apart and puts it together again with a few instructions changed: the
// registers, spills, exits and branches of what the compiler emitted stay, and one fault is added.

#include <asmjit/x86.h>

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "jit/verify/decode.h"

namespace tagproof::faults {

namespace x86 = asmjit::x86;

class CodeRewriter;

// What one replacement writes with.
class Editor {
  public:
    Editor(CodeRewriter& rewriter, size_t index, x86::Assembler& assembler)
        : a(assembler), rewriter_(rewriter), index_(index) {}

    // The instruction that is being replaced, as it was.
    void original();
    // The next instruction is the faulty one; the first mark counts.
    void fault();
    // Where the flow of the original goes on.
    [[nodiscard]] asmjit::Label next() const { return labelOf(index_ + 1); }
    // Of an instruction of the original.
    [[nodiscard]] asmjit::Label labelOf(size_t index) const;
    // Code behind the function's end.
    asmjit::Label cold(std::function<void(Editor&)> emit);
    // A callee-saved register that the original saves and never uses.
    [[nodiscard]] x86::Gp scratch(size_t which = 0) const;

    x86::Assembler& a;

  private:
    CodeRewriter& rewriter_;
    size_t index_;
};

using Replacement = std::function<void(Editor&)>;

struct Rewritten {
    std::vector<uint8_t> bytes;
    size_t fault_offset = 0;  // of the marked instruction
    bool marked = false;
};

class CodeRewriter {
  public:
    explicit CodeRewriter(std::span<const uint8_t> code);

    [[nodiscard]] const std::vector<verify::Instruction>& instructions() const {
        return program_.instructions;
    }
    // The code with each instruction that has a replacement left to it.
    [[nodiscard]] Rewritten rewrite(const std::map<size_t, Replacement>& replacements);

  private:
    friend class Editor;
    void copy(size_t index);

    std::span<const uint8_t> code_;
    verify::Program program_;
    std::vector<x86::Gp> scratch_;
    // --- of the rewriting under way
    x86::Assembler* assembler_ = nullptr;
    std::vector<asmjit::Label> labels_;
    struct Cold {
        asmjit::Label label;
        Replacement emit;
    };
    std::vector<Cold> cold_;
    Rewritten result_;
};

}  // namespace tagproof::faults
