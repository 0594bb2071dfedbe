// Generators. A call of a generator function makes the generator (buildGeneratorCreation). Each
// place where its body goes on is a unit of its own: the start, behind a yield, and at a yield into
// which an exception is thrown and which has a handler. It takes over the words of the generator's
// frame and gives them back at the next yield or the end.

#include "jit/hir/bytecode_builder.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"

namespace tagproof::hir {

// Never reached: normal entries make the generator instead, all others begin behind it.
void BytecodeBuilder::buildRETURN_GENERATOR(Instruction) {
    refuse(CompileErrorKind::kUnsupported, "a second start of a generator");
}

// Gives everything but the top word, which is the result, back to the frame of the generator: at a
// yield it needs it, and at a return the generator must be finished before what it held dies.
void BytecodeBuilder::leaveGenerator() {
    countUnstable();
    const Slot result = pop();
    releasing_ = {result};
    emit(Op::kLeaveGenerator)->frame = frameBefore();
    releasing_.clear();
    block_ = nullptr;
}

void BytecodeBuilder::buildYIELD_VALUE(Instruction) { leaveGenerator(); }

void BytecodeBuilder::buildGET_YIELD_FROM_ITER(Instruction) {
    replaceOperands(1, callHelper(Helper::kGetYieldFromIter, {top().value}));
}

// iterator, sent -> iterator, item; or, where the iterator has returned, iterator, result and jump
void BytecodeBuilder::buildSEND(Instruction instruction) {
    makeStackOwned();
    Instr* item = emitCall(Op::kCallHelper, types::kObjectOrNull, Helper::kSend,
                           {top(2).value, top(1).value});
    // Null is either the end or an exception.
    requireNot(emit(Op::kHasPending));
    const Edges edges = splitOn(emit(Op::kIsNull, {item}));
    const AbstractFrame before = frame_;

    block_ = edges.if_true;
    Instr* result = loadResult(0);
    const Slot sent = pop();
    push(result, Own::kOwned);
    const AbstractFrame finished = frame_;
    finishEdge(block_, instruction.operand, finished, sent, true);

    block_ = edges.if_false;
    frame_ = before;
    frame_.pop_back();
    push(emitTyped(Op::kAssumeNotNull, types::kObject, {item}), Own::kOwned);
    const AbstractFrame yielding = frame_;
    finishEdge(block_, pc_ + 1, yielding, sent, true);
}

void BytecodeBuilder::buildEND_SEND(Instruction) {
    const Slot result = pop();
    const Slot iterator = pop();
    frame_.push_back(result);
    release(iterator);
    guardValid();
}

}  // namespace tagproof::hir
