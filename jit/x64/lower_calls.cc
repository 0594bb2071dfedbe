// Calls and control flow.

#include <algorithm>

#include "jit/x64/lowering_context.h"
#include "objmodel/layout.h"
#include "runtime/code.h"
#include "runtime/function.h"

namespace tagproof::x64 {

using hir::HirType;

void Lowering::passArguments(asmjit::InvokeNode* node,
                             const std::vector<asmjit::Operand>& arguments) {
    for (size_t i = 0; i < arguments.size(); ++i) {
        const bool is_xmm = x86::Reg::isXmm(arguments[i]);
        if (is_xmm) {
            node->setArg(i, arguments[i].as<x86::Xmm>());
        } else {
            node->setArg(i, arguments[i].as<x86::Gp>());
        }
    }
}

// The first `fixed` operands in registers behind the thread, the rest in the argument area.
void Lowering::lowerHelperCall(const hir::Instr& instr, size_t fixed) {
    const auto helper = static_cast<Helper>(instr.immediates[0].bits);
    const HelperInfo& info = helperInfo(helper);
    for (size_t i = fixed; i < instr.operands.size(); ++i) {
        const auto index = static_cast<int32_t>(i - fixed);
        cc_->mov(thread(layout::kThreadArgs + 8 * index), reg(instr.operands[i]));
    }
    std::vector<asmjit::Operand> arguments;
    if (info.arguments.starts_with('t')) arguments.push_back(thread_);
    for (size_t i = 0; i < fixed; ++i) arguments.push_back(reg(instr.operands[i]));
    asmjit::FuncSignatureBuilder signature(asmjit::CallConvId::kHost);
    const bool returns = info.result != HelperResult::kNone;
    const bool is_int = info.result == HelperResult::kInt;
    if (returns) signature.setRet(is_int ? asmjit::TypeId::kInt32 : asmjit::TypeId::kUInt64);
    for (size_t i = 0; i < arguments.size(); ++i) signature.addArg(asmjit::TypeId::kUInt64);
    const x86::Gp target = temp();
    cc_->mov(target, helperAddress(helper, request_.helper_calls));
    asmjit::InvokeNode* node = nullptr;
    cc_->invoke(&node, target, signature);
    passArguments(node, arguments);
    if (!returns) return;
    if (instr.hasResult()) {
        node->setRet(0, is_int ? define(instr).r32() : define(instr));
    } else {
        node->setRet(0, is_int ? temp().r32() : temp());
    }
}

void Lowering::lowerCallHelper(const hir::Instr& instr) {
    lowerHelperCall(instr, instr.operands.size());
}

void Lowering::lowerCallStatus(const hir::Instr& instr) {
    lowerHelperCall(instr, instr.operands.size());
}

void Lowering::lowerCallWithArgs(const hir::Instr& instr) {
    lowerHelperCall(instr, instr.immediates[1].bits);
}

// mov [thread+callee], function; mov rsi.. , arguments; mov r, &code->entry; call [r]
void Lowering::lowerCallFunction(const hir::Instr& instr) {
    const tagproof::Function* callee = instr.immediates[0].function;
    cc_->mov(thread(layout::kThreadCallee), address(callee));
    asmjit::FuncSignatureBuilder signature(asmjit::CallConvId::kHost);
    signature.setRet(asmjit::TypeId::kUInt64);
    std::vector<asmjit::Operand> arguments{thread_};
    for (size_t i = 0; i < instr.operands.size(); ++i) {
        if (i < 5) {
            arguments.push_back(reg(instr.operands[i]));
        } else {
            cc_->mov(thread(layout::kThreadArgs + 8 * static_cast<int32_t>(i)),
                     reg(instr.operands[i]));
        }
    }
    for (size_t i = 0; i < arguments.size(); ++i) signature.addArg(asmjit::TypeId::kUInt64);
    const x86::Gp entry = address(&callee->code->entry);
    asmjit::InvokeNode* node = nullptr;
    cc_->invoke(&node, x86::qword_ptr(entry), signature);
    passArguments(node, arguments);
    node->setRet(0, define(instr));
}

void Lowering::lowerLoadThreadArg(const hir::Instr& instr) {
    const auto index = static_cast<int32_t>(instr.immediates[0].bits);
    cc_->mov(define(instr), thread(layout::kThreadArgs + 8 * index));
}

void Lowering::lowerAddTraceback(const hir::Instr& instr) {
    const x86::Gp code = address(instr.immediates[0].code);
    const x86::Gp pc = temp();
    cc_->mov(pc, instr.immediates[1].bits);
    const x86::Gp in_loop = temp();
    cc_->mov(in_loop, hir::entersFrame(function_.entry_kind) ? 1 : 0);
    call(Helper::kAddTraceback, {thread_, code, pc, in_loop}, nullptr);
}

void Lowering::lowerFetchException(const hir::Instr& instr) {
    x86::Gp exception = define(instr);
    call(Helper::kTakePending, {thread_}, &exception);
}

// --- control -----------------------------------------------------------------------------------

// Moves the operands of the successor's phis. Where one phi is the operand of another, all go
// through temporaries.
void Lowering::moveToPhis(const hir::Block& from, const hir::Block& to) {
    std::vector<const hir::Instr*> phis;
    for (const hir::Instr* instr : to.instrs) {
        if (instr->op != hir::Op::kPhi) break;
        phis.push_back(instr);
        define(*instr);
    }
    if (phis.empty()) return;
    const auto edge =
        static_cast<size_t>(std::ranges::find(to.predecessors, &from) - to.predecessors.begin());
    const bool overlaps = std::ranges::any_of(phis, [&](const hir::Instr* phi) {
        const hir::Instr* operand = phi->operands[edge];
        return operand != phi && std::ranges::any_of(phis, [&](const hir::Instr* other) {
                   return reg(operand) == reg(other);
               });
    });
    std::vector<x86::Gp> sources;
    sources.reserve(phis.size());
    for (const hir::Instr* phi : phis) {
        sources.push_back(overlaps ? copyOf(phi->operands[edge]) : reg(phi->operands[edge]));
    }
    for (size_t i = 0; i < phis.size(); ++i) {
        const x86::Gp target = define(*phis[i]);
        if (sources[i] != target) cc_->mov(target, sources[i]);
    }
}

void Lowering::lowerJump(const hir::Instr& instr) {
    const hir::Block* target = instr.block->successors[0];
    moveToPhis(*instr.block, *target);
    if (target != nextBlock()) cc_->jmp(label(target));
}

void Lowering::lowerBranch(const hir::Instr& instr) {
    const hir::Block* if_true = instr.block->successors[0];
    const hir::Block* if_false = instr.block->successors[1];
    const x86::CondCode holds = condition(instr.operands[0]);
    if (if_true == nextBlock()) {
        jumpIf(x86::negateCond(holds), label(if_false));
        return;
    }
    jumpIf(holds, label(if_true));
    if (if_false != nextBlock()) cc_->jmp(label(if_false));
}

void Lowering::lowerReturn(const hir::Instr& instr) {
    cc_->mov(result_, reg(instr.operands[0]));
    cc_->jmp(return_);
}

void Lowering::lowerDeopt(const hir::Instr& instr) { cc_->jmp(exitOf(instr)); }

void Lowering::lowerLeaveGenerator(const hir::Instr& instr) { cc_->jmp(exitOf(instr)); }

void Lowering::lowerUnwind(const hir::Instr& instr) { cc_->jmp(exitOf(instr)); }

}  // namespace tagproof::x64
