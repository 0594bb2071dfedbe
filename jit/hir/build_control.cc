// Jumps, conditions and loops.

#include "jit/hir/bytecode_builder.h"
#include "objmodel/check.h"
#include "objmodel/core_types.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"

namespace tagproof::hir {

// Hands the frame over to the bytecode block at `target` and ends the HIR block.
void BytecodeBuilder::jumpTo(uint32_t target) {
    makeStackOwned();
    BlockPlan& plan = planAt(target);
    emit(Op::kJump);
    link(block_, plan.block);
    if (!plan.is_built) {
        plan.incoming.push_back({block_, frame_});
        block_ = nullptr;
        return;
    }
    const std::vector<bool>& assigned = cfg_.blockAt(target).assigned_in_loop;
    for (size_t slot = 0; slot < frame_.size(); ++slot) {
        Instr* phi = plan.header_phis[slot];
        // The same word still, perhaps with more known of it.
        const bool unchanged = slot < stack_begin_ && !assigned[slot];
        Instr* value = unchanged ? plan.header_frame[slot].value : frame_[slot].value;
        if (phi != nullptr) {
            phi->operands.push_back(value);
        } else if (value != plan.header_frame[slot].value) {
            refuse(CompileErrorKind::kUnsupported, "loop changes its operand stack");
        }
    }
    block_ = nullptr;
}

// Ends the block on `flag`; each side gets an edge block of its own with the present frame.
BytecodeBuilder::Edges BytecodeBuilder::splitOn(Instr* flag) {
    Edges edges{function_.newBlock(pc_), function_.newBlock(pc_)};
    edges.if_true->is_cold = block_->is_cold;
    edges.if_false->is_cold = block_->is_cold;
    emit(Op::kBranch, {flag});
    link(block_, edges.if_true);
    link(block_, edges.if_false);
    block_ = nullptr;
    return edges;
}

// Whether the present bytecode has called guest code to find the flag.
bool BytecodeBuilder::ranGuest(const Instr* flag) const {
    return flag->op == Op::kIntIsTrue && flag->pc == pc_;
}

// Goes on from an edge block to a bytecode block, releasing what the bytecode popped on that side.
void BytecodeBuilder::finishEdge(
    Block* edge, uint32_t target, const AbstractFrame& frame, Slot drop, bool ran_guest) {
    block_ = edge;
    frame_ = frame;
    after_pc_ = target;
    if (drop.value != nullptr) release(drop);
    if (ran_guest) guardValid();
    jumpTo(target);
}

Instr* BytecodeBuilder::truthFlag(Instr* value) {
    if (value->op == Op::kBoolFromFlag) return value->operands[0];
    const Value true_value = thread_.singletons->true_;
    if (value->type.isWithin(types::kBool)) return emit(Op::kIsSame, {value, constant(true_value)});
    if (value->type.isWithin(types::kFixnum)) {
        Instr* zero = constant(Value::fixnum(0));
        return emit(Op::kNotFlag, {emit(Op::kIsSame, {value, zero})});
    }
    return emit(Op::kIntIsTrue, {callStatus(Helper::kIsTrue, {value})});
}

void BytecodeBuilder::buildConditionalJump(Instruction instruction, bool jump_if) {
    Instr* flag = truthFlag(top().value);
    const Slot condition = pop();
    countUnstable();
    const Edges edges = splitOn(flag);
    const AbstractFrame frame = frame_;
    const uint32_t next = pc_ + 1;
    const bool ran_guest = ranGuest(flag);
    finishEdge(edges.if_true, jump_if ? instruction.operand : next, frame, condition, ran_guest);
    finishEdge(edges.if_false, jump_if ? next : instruction.operand, frame, condition, ran_guest);
}

// The value stays when the jump is taken.
void BytecodeBuilder::buildJumpOrPop(Instruction instruction, bool jump_if) {
    Instr* flag = truthFlag(top().value);
    makeStackOwned();
    const Edges edges = splitOn(flag);
    const AbstractFrame kept = frame_;
    const Slot value = pop();
    const AbstractFrame popped = frame_;
    const uint32_t next = pc_ + 1;
    const bool ran_guest = ranGuest(flag);
    Block* const jumps = jump_if ? edges.if_true : edges.if_false;
    Block* const falls = jump_if ? edges.if_false : edges.if_true;
    finishEdge(jumps, instruction.operand, kept, {}, ran_guest);
    finishEdge(falls, next, popped, value, ran_guest);
}

void BytecodeBuilder::buildNoneJump(Instruction instruction, bool jump_if_none) {
    Instr* none = constant(thread_.singletons->none);
    const Slot value = pop();
    Instr* flag = emit(Op::kIsSame, {value.value, none});
    countUnstable();
    const Edges edges = splitOn(flag);
    const AbstractFrame frame = frame_;
    const uint32_t next = pc_ + 1;
    finishEdge(edges.if_true, jump_if_none ? instruction.operand : next, frame, value, false);
    finishEdge(edges.if_false, jump_if_none ? next : instruction.operand, frame, value, false);
}

void BytecodeBuilder::buildJUMP(Instruction instruction) { jumpTo(instruction.operand); }

// Stacks are owned at a loop header, so polling there sees the frame of the next iteration.
void BytecodeBuilder::buildJUMP_BACKWARD(Instruction instruction) {
    makeStackOwned();
    Instr* poll = emit(Op::kCheckPoll);
    poll->reason = DeoptReason::kPoll;
    poll->frame = frameAt(pc_);
    jumpTo(instruction.operand);
}

void BytecodeBuilder::buildPOP_JUMP_IF_FALSE(Instruction instruction) {
    buildConditionalJump(instruction, false);
}

void BytecodeBuilder::buildPOP_JUMP_IF_TRUE(Instruction instruction) {
    buildConditionalJump(instruction, true);
}

void BytecodeBuilder::buildPOP_JUMP_IF_NONE(Instruction instruction) {
    buildNoneJump(instruction, true);
}

void BytecodeBuilder::buildPOP_JUMP_IF_NOT_NONE(Instruction instruction) {
    buildNoneJump(instruction, false);
}

void BytecodeBuilder::buildJUMP_IF_FALSE_OR_POP(Instruction instruction) {
    buildJumpOrPop(instruction, false);
}

void BytecodeBuilder::buildJUMP_IF_TRUE_OR_POP(Instruction instruction) {
    buildJumpOrPop(instruction, true);
}

void BytecodeBuilder::buildGET_ITER(Instruction) {
    replaceOperands(1, callHelper(Helper::kGetIter, {top().value}));
}

// Both ways out of FOR_ITER: the iterator is popped where it is exhausted, the item pushed where
// not. `source`: the range iterator, or the item that the slow path gave.
void BytecodeBuilder::finishForIter(Edges edges,
                                    uint32_t exhausted,
                                    Instr* source,
                                    bool ran_guest) {
    const AbstractFrame with_iterator = frame_;
    const Slot iterator = pop();
    const AbstractFrame without = frame_;
    finishEdge(edges.if_true, exhausted, without, iterator, ran_guest);

    block_ = edges.if_false;
    frame_ = with_iterator;
    after_pc_ = pc_ + 1;
    const bool is_range = source->op == Op::kGuardType;
    push(is_range ? emit(Op::kRangeIterNext, {source})
                  : emitTyped(Op::kAssumeNotNull, types::kObject, {source}),
         Own::kOwned);
    if (ran_guest) guardValid();
    jumpTo(pc_ + 1);
}

void BytecodeBuilder::buildFOR_ITER(Instruction instruction) {
    makeStackOwned();
    if (code_->feedback[instruction.site].left == kSeenRange && speculates()) {
        Instr* iterator = guardType(top().value, thread_.types->range_iterator);
        const Edges edges = splitOn(emit(Op::kIsRangeExhausted, {iterator}));
        finishForIter(edges, instruction.operand, iterator, false);
        return;
    }
    countUnstable();
    Instr* item = emitCall(Op::kCallHelper, types::kObjectOrNull, Helper::kForNext, {top().value});
    // Null is either the end or an exception.
    requireNot(emit(Op::kHasPending));
    finishForIter(splitOn(emit(Op::kIsNull, {item})), instruction.operand, item, true);
}

}  // namespace tagproof::hir
