// The abstract frame and the edges out of it: ownership, exits, failures.

#include <algorithm>

#include "jit/hir/bytecode_builder.h"
#include "objmodel/check.h"

namespace tagproof::hir {

// --- emission ----------------------------------------------------------------------------------

void BytecodeBuilder::append(Instr* instr) {
    instr->pc = pc_;
    instr->block = block_;
    block_->instrs.push_back(instr);
}

Instr* BytecodeBuilder::emitTyped(Op op, HirType type, std::initializer_list<Instr*> operands) {
    Instr* instr = function_.newInstr(op, type);
    instr->operands = operands;
    append(instr);
    return instr;
}

Instr* BytecodeBuilder::emit(Op op, std::initializer_list<Instr*> operands) {
    return emitTyped(op, opInfo(op).result, operands);
}

Instr* BytecodeBuilder::emitGuard(Op op,
                                  DeoptReason reason,
                                  std::initializer_list<Instr*> operands) {
    Instr* instr = emit(op, operands);
    instr->reason = reason;
    instr->frame = frameBefore();
    return instr;
}

Instr* BytecodeBuilder::constant(Value value) {
    Instr* instr = emitTyped(Op::kConst, typeOfConstant(thread_, value));
    instr->immediates[0].bits = value.bits;
    function_.addReference(value);
    return instr;
}

Instr* BytecodeBuilder::immediate(const void* address) {
    return immediate(std::bit_cast<int64_t>(address));
}

Instr* BytecodeBuilder::immediate(int64_t number) {
    Instr* instr = emit(Op::kImm);
    instr->immediates[0].number = number;
    return instr;
}

FrameState* BytecodeBuilder::frameBefore() { return frameAt(pc_); }

FrameState* BytecodeBuilder::frameAt(uint32_t pc) {
    FrameState* state = function_.newFrameState();
    state->code = code_;
    state->pc = pc;
    state->stack_begin = static_cast<uint32_t>(stack_begin_);
    const auto add = [state](const Slot& slot) {
        const bool uncounted = slot.value->type.isUncounted();
        const Ownership owner = uncounted                 ? Ownership::kImmediate
                                : slot.own == Own::kOwned ? Ownership::kOwned
                                                          : Ownership::kBorrowed;
        state->slots.push_back({slot.value, owner});
    };
    std::ranges::for_each(frame_, add);
    state->stack_end = static_cast<uint32_t>(state->slots.size());
    std::ranges::for_each(releasing_, add);
    return state;
}

void BytecodeBuilder::guardValid() {
    countUnstable();
    Instr* guard = emit(Op::kGuardValid);
    guard->reason = DeoptReason::kInvalidated;
    guard->frame = frameAt(after_pc_);
}

// --- abstract frame ----------------------------------------------------------------------------

void BytecodeBuilder::push(Instr* value, Own own) { frame_.push_back({value, own}); }

Slot BytecodeBuilder::pop() {
    TAGPROOF_CHECK(frame_.size() > stack_begin_, "operand stack underflow");
    const Slot slot = frame_.back();
    frame_.pop_back();
    return slot;
}

Slot& BytecodeBuilder::top(size_t depth) { return frame_[frame_.size() - depth]; }

Instr* BytecodeBuilder::nonNull(Instr* value) {
    if (!value->type.mayBe(HirType::kNullBit)) return value;
    return emitGuard(Op::kGuardNotNull, DeoptReason::kUnboundLocal, {value});
}

void BytecodeBuilder::makeOwned(Slot& slot) {
    if (slot.own == Own::kOwned) return;
    if (!slot.value->type.isUncounted()) {
        const bool nullable = slot.value->type.mayBe(HirType::kNullBit);
        emit(nullable ? Op::kIncrefNullable : Op::kIncref, {slot.value});
    }
    slot.own = Own::kOwned;
}

void BytecodeBuilder::makeStackOwned() {
    for (size_t i = stack_begin_; i < frame_.size(); ++i) makeOwned(frame_[i]);
}

void BytecodeBuilder::countUnstable() {
    for (size_t i = stack_begin_; i < frame_.size(); ++i) {
        if (frame_[i].own == Own::kUnstable) makeOwned(frame_[i]);
    }
}

namespace {

// The word behind the guards that tell more of it.
const Instr* wordOf(const Instr* value) {
    using enum Op;
    for (;;) {
        switch (value->op) {
            case kGuardNotNull:
            case kGuardFixnum:
            case kGuardDouble:
            case kGuardImmediate:
            case kGuardHeap:
            case kGuardType:
            case kAssumeType:
            case kGuardIs:
            case kUnwindIfNull:
            case kAssumeNotNull:
                value = value->operands[0];
                break;
            default:
                return value;
        }
    }
}

}  // namespace

// Before a local gives up `value`: stack words that borrow it from there, under whatever guard,
// need counts of their own.
void BytecodeBuilder::countAliasesOf(const Instr* value) {
    const Instr* word = wordOf(value);
    for (size_t i = stack_begin_; i < frame_.size(); ++i) {
        if (frame_[i].own == Own::kStable && wordOf(frame_[i].value) == word) makeOwned(frame_[i]);
    }
}

void BytecodeBuilder::release(Slot slot) { releaseAll({slot}); }

void BytecodeBuilder::releaseAll(std::vector<Slot> slots) {
    std::erase_if(slots, [](const Slot& slot) {
        return slot.own != Own::kOwned || slot.value->type.isUncounted();
    });
    if (slots.empty()) return;
    countUnstable();
    releasing_ = std::move(slots);
    while (!releasing_.empty()) {
        const Slot slot = releasing_.back();
        releasing_.pop_back();
        const bool nullable = slot.value->type.mayBe(HirType::kNullBit);
        Instr* decref = emit(nullable ? Op::kDecrefNullable : Op::kDecref, {slot.value});
        decref->reason = DeoptReason::kInvalidated;
        decref->frame = frameAt(after_pc_);
    }
}

void BytecodeBuilder::storeLocal(uint32_t index, Slot slot) {
    makeOwned(slot);
    const Slot old = frame_[index];
    countAliasesOf(old.value);
    frame_[index] = slot;
    release(old);
}

// --- helpers and failure edges -----------------------------------------------------------------

// The call alone. Words that an on-stack entry or another helper handed over may be empty by what
// their type says; the helper must not see them so.
Instr* BytecodeBuilder::emitCall(Op op, HirType type, Helper helper, std::vector<Instr*> operands) {
    std::string_view kinds = helperInfo(helper).arguments;
    if (kinds.starts_with('t')) kinds.remove_prefix(1);
    for (size_t i = 0; i < operands.size(); ++i) {
        if (isValueLetter(kinds[i])) operands[i] = nonNull(operands[i]);
    }
    Instr* call = emitTyped(op, type);
    call->operands = std::move(operands);
    call->immediates[0].bits = static_cast<uint64_t>(helper);
    return call;
}

Instr* BytecodeBuilder::callHelper(Helper helper, std::initializer_list<Instr*> operands) {
    countUnstable();
    return requireNotNull(emitCall(Op::kCallHelper, types::kObjectOrNull, helper, operands));
}

Instr* BytecodeBuilder::callStatus(Helper helper, std::initializer_list<Instr*> operands) {
    countUnstable();
    Instr* call = emitCall(Op::kCallStatus, types::kInt, helper, operands);
    requireNotNegative(call);
    return call;
}

Instr* BytecodeBuilder::callWithArgs(Helper helper,
                                     std::vector<Instr*> fixed,
                                     const std::vector<Instr*>& arguments) {
    countUnstable();
    const size_t fixed_count = fixed.size();
    Instr* call = emitCall(Op::kCallWithArgs, types::kObjectOrNull, helper, std::move(fixed));
    call->immediates[1].bits = fixed_count;
    call->operands.insert(call->operands.end(), arguments.begin(), arguments.end());
    return requireNotNull(call);
}

Instr* BytecodeBuilder::requireNotNull(Instr* result) {
    if (cfg_.handlerOf(pc_) == nullptr) {
        Instr* unwind = emit(Op::kUnwindIfNull, {result});
        unwind->frame = frameBefore();
        return unwind;
    }
    Block* next = branchToLandingPad(emit(Op::kIsNull, {result}));
    block_ = next;
    return emit(Op::kAssumeNotNull, {result});
}

// A further result of the slow path just called, in the thread's argument area. It never is null,
// which the machine code cannot show without a test.
Instr* BytecodeBuilder::loadResult(uint32_t index) {
    Instr* word = emit(Op::kLoadThreadArg);
    word->immediates[0].bits = index;
    return assertNotNull(word);
}

Instr* BytecodeBuilder::assertNotNull(Instr* word) {
    Instr* result = emit(Op::kUnwindIfNull, {word});
    result->frame = frameBefore();
    return result;
}

void BytecodeBuilder::requireNotNegative(Instr* status) {
    if (cfg_.handlerOf(pc_) == nullptr) {
        Instr* unwind = emit(Op::kUnwindIfNegative, {status});
        unwind->frame = frameBefore();
        return;
    }
    block_ = branchToLandingPad(emit(Op::kIsNegative, {status}));
}

void BytecodeBuilder::requireNot(Instr* failed) {
    if (cfg_.handlerOf(pc_) == nullptr) {
        emit(Op::kUnwindIfFlag, {failed})->frame = frameBefore();
    } else {
        block_ = branchToLandingPad(failed);
    }
}

// Ends the block: to a landing pad, built here, when `failed`; returns the block to go on in.
Block* BytecodeBuilder::branchToLandingPad(Instr* failed) {
    Block* pad = function_.newBlock(pc_);
    Block* next = function_.newBlock(pc_);
    next->is_cold = block_->is_cold;
    emit(Op::kBranch, {failed});
    link(block_, pad);
    link(block_, next);
    const AbstractFrame saved = frame_;
    buildLandingPad(pad, true);
    frame_ = saved;
    return next;
}

// Before a return: where the traceback of an exception handled here lives, the locals live as long.
// Only a frame can hand them over.
void BytecodeBuilder::leaveForTraceback() {
    countUnstable();
    const int64_t in_loop = entersFrame(request_.entry) ? 1 : 0;
    Instr* lives =
        emitCall(Op::kCallStatus, types::kInt, Helper::kTracebackLives, {immediate(in_loop)});
    Block* exit = function_.newBlock(pc_);
    Block* next = function_.newBlock(pc_);
    exit->is_cold = true;
    next->is_cold = block_->is_cold;
    emit(Op::kBranch, {emit(Op::kIntIsTrue, {lives})});
    link(block_, exit);
    link(block_, next);
    block_ = exit;
    emitGuard(Op::kDeopt, DeoptReason::kTracebackLives, {});
    block_ = next;
}

void BytecodeBuilder::addTraceback() {
    Instr* place = emit(Op::kAddTraceback);
    place->immediates[0].code = code_;
    place->immediates[1].bits = pc_;
}

// Operands and temporaries above the handler's depth are released, the rest becomes owned.
void BytecodeBuilder::buildLandingPad(Block* pad, bool adds_traceback) {
    const ExceptionRange* handler = cfg_.handlerOf(pc_);
    const OpcodeInfo& bytecode = opcodeInfo(body_.instructions[pc_].op());
    TAGPROOF_CHECK((bytecode.flags & kMayRaise) != 0, "raised by a bytecode that does not");
    pad->is_cold = true;
    block_ = pad;
    if (adds_traceback) addTraceback();
    // Taken first: what the releases run must not see it pending.
    Instr* exception = emit(Op::kFetchException);
    std::vector<Slot> temporaries;
    while (stackDepth() > handler->depth) temporaries.push_back(pop());
    releaseInLandingPad(temporaries);
    push(exception, Own::kOwned);
    jumpTo(handler->target);
}

// The interpreter cannot take over in the middle of unwinding: validity is tested behind the pad.
void BytecodeBuilder::releaseInLandingPad(const std::vector<Slot>& slots) {
    for (const Slot& slot : slots) {
        if (slot.own != Own::kOwned || slot.value->type.isUncounted()) continue;
        emit(slot.value->type.mayBe(HirType::kNullBit) ? Op::kDecrefNullable : Op::kDecref,
             {slot.value});
    }
}

// The current bytecode always fails; the exception is pending.
void BytecodeBuilder::raise(bool adds_traceback) {
    if (cfg_.handlerOf(pc_) == nullptr) {
        emit(Op::kUnwind)->frame = frameBefore();
    } else {
        Block* pad = function_.newBlock(pc_);
        emit(Op::kJump);
        link(block_, pad);
        buildLandingPad(pad, adds_traceback);
    }
    block_ = nullptr;
}

void BytecodeBuilder::replaceOperands(size_t count, Instr* result) {
    std::vector<Slot> operands;
    for (size_t i = 0; i < count; ++i) operands.push_back(pop());
    if (result != nullptr) push(result, Own::kOwned);
    releaseAll(std::move(operands));
    guardValid();
}

void BytecodeBuilder::dropOperands(size_t count) { replaceOperands(count, nullptr); }

}  // namespace tagproof::hir
