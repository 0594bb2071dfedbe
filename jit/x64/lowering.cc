// The walk over blocks, registers, and the function's frame:
//
//   entry  (kNormal)  mov eax, [thread+depth]; cmp eax, [thread+entry limit]; jae slow
//                     inc dword [thread+depth]
//   slow              mov rax, opEnterSlow; call rax (arguments as they came); ret
//   return (kNormal)  dec dword [thread+depth]; ret

#include "jit/x64/lowering.h"

#include <algorithm>

#include "jit/x64/line_recorder.h"
#include "jit/x64/lowering_context.h"
#include "objmodel/layout.h"

#ifdef NDEBUG
// Debian builds asmjit with its assertions, and one of them goes through all virtual registers at
// each end of a block: a third to a half of the time that a compilation took. It is a weak symbol
// of libasmjit.a, so this one takes its place; what the allocator made is proven by the verifier
// from the bytes. Debug builds keep the assertion, and so does an asmjit that has no such symbol.
ASMJIT_BEGIN_NAMESPACE
class RAAssignment {
  public:
    bool verify() noexcept;
};
bool RAAssignment::verify() noexcept { return true; }
ASMJIT_END_NAMESPACE
#endif

namespace tagproof::x64 {

using hir::Op;

// What the verifier accepts, less the saved registers.
constexpr uint32_t kMaxFrameBytes = 4096 - 64;

bool hostHasAvx() { return asmjit::CpuInfo::host().features().x86().hasAVX(); }

Result<MachineCode> lower(const hir::Function& function, const LoweringRequest& request) {
    return Lowering(function, request).run();
}

Lowering::Lowering(const hir::Function& function, const LoweringRequest& request)
    : function_(function),
      request_(request),
      registers_(function.instrCount()),
      xmm_registers_(function.instrCount()) {
    code_.init(asmjit::Environment::host());
    code_.setErrorHandler(&errors_);
    cc_ = &compiler_.emplace(&code_);
    uint32_t block_ids = 0;
    for (const hir::Block* block : function.blocks) block_ids = std::max(block_ids, block->id + 1);
    labels_.resize(block_ids);
}

Result<MachineCode> Lowering::run() {
    lowerEntry();
    const std::vector<const hir::Block*> blocks = layout(function_);
    for (size_t i = 0; i < blocks.size(); ++i) {
        lowerBlock(*blocks[i], i + 1 < blocks.size() ? blocks[i + 1] : nullptr);
    }
    lowerReturnSequence();
    runCold();
    cc_->endFunc();
    return finish();
}

// Reverse postorder, cold blocks behind the others.
std::vector<const hir::Block*> Lowering::layout(const hir::Function& function) {
    std::vector<const hir::Block*> blocks(function.blocks.begin(), function.blocks.end());
    std::stable_partition(blocks.begin(), blocks.end(), [&](const hir::Block* block) {
        return !block->is_cold || block == function.entry;
    });
    return blocks;
}

void Lowering::lowerEntry() {
    asmjit::FuncSignatureBuilder signature(asmjit::CallConvId::kHost);
    signature.setRet(asmjit::TypeId::kUInt64);
    signature.addArg(asmjit::TypeId::kUInt64);
    const uint32_t in_registers = std::min<uint32_t>(function_.argument_count, 5);
    for (uint32_t i = 0; i < in_registers; ++i) signature.addArg(asmjit::TypeId::kUInt64);
    func_ = cc_->addFunc(signature);
    if (request_.use_avx) func_->frame().setAvxEnabled();
    // asmjit 1.9 may move a value to a callee-saved register between blocks without saving that
    // register in the prologue; named dirty, all of them are saved.
    func_->frame().addDirtyRegs(x86::rbx, x86::rbp, x86::r12, x86::r13, x86::r14, x86::r15);
    thread_ = cc_->newUInt64("thread");
    func_->setArg(0, thread_);
    for (uint32_t i = 0; i < in_registers; ++i) {
        argument_registers_.push_back(cc_->newUInt64());
        func_->setArg(i + 1, argument_registers_.back());
    }
    result_ = cc_->newUInt64("result");
    return_ = cc_->newLabel();
    if (hir::entersFrame(function_.entry_kind)) return;
    const x86::Gp depth = cc_->newUInt32();
    cc_->mov(depth, thread(layout::kThreadRecursionDepth, 4));
    cc_->cmp(depth, thread(layout::kThreadEntryLimit, 4));
    const asmjit::Label slow = cc_->newLabel();
    cc_->jae(slow);
    cc_->inc(thread(layout::kThreadRecursionDepth, 4));
    addColdPath({slow, nullptr, &Lowering::emitSlowEntry, {}, {}, {}});
}

// Too deep, or something waits: the runtime decides, and may run this activation itself.
void Lowering::emitSlowEntry(const ColdPath&) {
    const auto argument = [this](size_t index) {
        if (index < argument_registers_.size()) return argument_registers_[index];
        const x86::Gp zero = temp();
        cc_->xor_(zero.r32(), zero.r32());
        return zero;
    };
    x86::Gp outcome = temp();
    call(Helper::kEnterSlow,
         {thread_, argument(0), argument(1), argument(2), argument(3), argument(4)}, &outcome);
    cc_->ret(outcome);
}

void Lowering::lowerReturnSequence() {
    cc_->bind(return_);
    serve(nullptr);
    if (function_.entry_kind == hir::EntryKind::kNormal) {
        cc_->dec(thread(layout::kThreadRecursionDepth, 4));
    }
    cc_->ret(result_);
}

void Lowering::lowerBlock(const hir::Block& block, const hir::Block* next) {
    next_ = next;
    cc_->bind(label(&block));
    for (const hir::Instr* instr : block.instrs) lowerInstr(*instr);
}

void Lowering::lowerInstr(const hir::Instr& instr) {
    using Lower = void (Lowering::*)(const hir::Instr&);
    static constexpr Lower kLower[] = {
#define HIR_OP(name, operands, result, immediates, effects, exit, text) &Lowering::lower##name,
#include "jit/hir/hir.def"
#undef HIR_OP
    };
    current_ = &instr;
    serve(&instr);
    if (request_.stress_counters != nullptr && instr.info().exit == hir::ExitKind::kGuard) {
        cc_->dec(x86::dword_ptr(address(&request_.stress_counters[instr.id])));
        cc_->jz(exitOf(instr));
    }
    (this->*kLower[static_cast<size_t>(instr.op)])(instr);
}

// What is emitted from here on serves `instr`; null: entry and return.
void Lowering::serve(const hir::Instr* instr) {
    comment_ = InstrComment(instr);
    cc_->setInlineComment(comment_.text());
}

// Cold paths may add exits; exits add nothing.
void Lowering::runCold() {
    current_ = nullptr;
    for (size_t i = 0; i < cold_paths_.size(); ++i) {
        const ColdPath path = cold_paths_[i];
        cc_->bind(path.entry);
        serve(path.instr);
        (this->*path.emit)(path);
    }
    for (size_t i = 0; i < exits_.size(); ++i) lowerExit(i);
}

void Lowering::addColdPath(const ColdPath& path) { cold_paths_.push_back(path); }

Result<MachineCode> Lowering::finish() {
    MachineCode result;
    asmjit::Error error = cc_->runPasses();
    if (func_->frame().finalStackSize() > kMaxFrameBytes) {
        return CompileError{CompileErrorKind::kLimit, "the machine frame is larger than 4 KiB"};
    }
    LineRecorder recorder(&code_);
    if (request_.wants_listing) {
        code_.setLogger(&logger_);
        logger_.addFlags(asmjit::FormatFlags::kHexImms);
    }
    if (error == asmjit::kErrorOk) error = cc_->serializeTo(&recorder);
    if (error == asmjit::kErrorOk) error = code_.flatten();
    if (error == asmjit::kErrorOk) error = code_.resolveUnresolvedLinks();
    if (error != asmjit::kErrorOk || !errors_.text().empty()) {
        return CompileError{
            CompileErrorKind::kAssembler,
            errors_.text().empty() ? asmjit::DebugUtils::errorAsString(error) : errors_.text()};
    }
    result.bytes.resize(code_.codeSize());
    code_.copyFlattenedData(result.bytes.data(), result.bytes.size());
    result.exits = std::move(exits_);
    result.lines = recorder.linesOf(function_);
    result.listing = logger_.data();
    return result;
}

// --- registers ---------------------------------------------------------------------------------

// A block may be laid out before the one that defines a value it uses, so the first mention of
// either kind makes the register.
x86::Gp Lowering::reg(const hir::Instr* instr) { return define(*instr); }

x86::Xmm Lowering::xmm(const hir::Instr* instr) { return defineXmm(*instr); }

x86::Gp Lowering::define(const hir::Instr& instr) {
    x86::Gp& slot = registers_[instr.id];
    if (!slot.isValid()) slot = cc_->newUInt64();
    return slot;
}

x86::Xmm Lowering::defineXmm(const hir::Instr& instr) {
    x86::Xmm& slot = xmm_registers_[instr.id];
    if (!slot.isValid()) slot = cc_->newXmmSd();
    return slot;
}

// `instr` is the same word as `same`, with more known of it.
void Lowering::alias(const hir::Instr& instr, const hir::Instr* same) {
    x86::Gp& slot = registers_[instr.id];
    if (slot.isValid()) {
        cc_->mov(slot, reg(same));
    } else {
        slot = reg(same);
    }
}

x86::Gp Lowering::temp() { return cc_->newUInt64(); }

x86::Gp Lowering::address(const void* pointer) {
    const x86::Gp result = temp();
    cc_->mov(result, reinterpret_cast<uint64_t>(pointer));
    return result;
}

x86::Mem Lowering::thread(int32_t offset, uint32_t size) { return x86::Mem(thread_, offset, size); }

asmjit::Label Lowering::label(const hir::Block* block) {
    asmjit::Label& slot = labels_[block->id];
    if (!slot.isValid()) slot = cc_->newLabel();
    return slot;
}

}  // namespace tagproof::x64
