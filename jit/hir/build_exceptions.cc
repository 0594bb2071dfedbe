// Exceptions, with statements, imports and match statements.

#include "jit/hir/bytecode_builder.h"
#include "objmodel/attr.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"
#include "runtime/function.h"

namespace tagproof::hir {

// --- raising and handling ----------------------------------------------------------------------

void BytecodeBuilder::buildRAISE_VARARGS(Instruction instruction) {
    const uint32_t count = instruction.operand;
    Instr* cause = count == 2 ? top(1).value : emit(Op::kNull);
    Instr* exception = count == 0 ? emit(Op::kNull) : top(count).value;
    countUnstable();
    Instr* again = emitCall(Op::kCallStatus, types::kInt, Helper::kRaise, {exception, cause});
    if (count != 0) return raise(true);
    // Without anything to raise again the statement raises an exception of its own, here.
    const Edges edges = splitOn(emit(Op::kIntIsTrue, {again}));
    const AbstractFrame frame = frame_;
    block_ = edges.if_true;
    raise(false);
    block_ = edges.if_false;
    frame_ = frame;
    addTraceback();
    raise(false);
}

void BytecodeBuilder::buildRERAISE(Instruction) {
    countUnstable();
    callVoid(Helper::kReraise, {top().value});
    raise(false);
}

void BytecodeBuilder::callVoid(Helper helper, std::initializer_list<Instr*> operands) {
    emitCall(Op::kCallHelper, types::kNothing, helper, operands);
}

void BytecodeBuilder::buildPUSH_EXC_INFO(Instruction) {
    makeOwned(top());
    Instr* previous =
        emitCall(Op::kCallHelper, types::kObject, Helper::kPushExcInfo, {top().value});
    const Slot exception = pop();
    push(previous, Own::kOwned);
    frame_.push_back(exception);
}

void BytecodeBuilder::buildPOP_EXCEPT(Instruction) {
    countUnstable();
    callVoid(Helper::kPopExcept, {top().value});
    dropOperands(1);
}

void BytecodeBuilder::buildCHECK_EXC_MATCH(Instruction) {
    Instr* status = callStatus(Helper::kCheckExcMatch, {top(2).value, top(1).value});
    const Slot match = pop();
    push(emit(Op::kBoolFromFlag, {emit(Op::kIntIsTrue, {status})}), Own::kStable);
    release(match);
    guardValid();
}

void BytecodeBuilder::buildCHECK_EG_MATCH(Instruction) {
    Instr* matching = callHelper(Helper::kCheckEgMatch, {top(2).value, top(1).value});
    Instr* rest = loadResult(0);
    const Slot match = pop();
    const Slot exception = pop();
    push(rest, Own::kOwned);
    push(matching, Own::kOwned);
    releaseAll({match, exception});
    guardValid();
}

void BytecodeBuilder::buildPREP_RERAISE_STAR(Instruction) {
    Instr* outcome = callHelper(Helper::kPrepReraiseStar, {top(2).value, top(1).value});
    const Slot raised = pop();
    const Slot original = pop();
    push(outcome, Own::kOwned);
    releaseAll({raised, original});
    guardValid();
}

// --- with --------------------------------------------------------------------------------------

// manager -> exit, self, result of __enter__
void BytecodeBuilder::buildBEFORE_WITH(Instruction instruction) {
    if (speculates() && enterKnownManager(instruction)) return;
    Instr* entered =
        callHelper(Helper::kBeforeWith, {top().value, immediate(&code_->caches[instruction.site])});
    Instr* exit = loadResult(0);
    Instr* self = emit(Op::kLoadThreadArg);
    self->immediates[0].bits = 1;
    const Slot manager = pop();
    push(exit, Own::kOwned);
    push(self, Own::kOwned);
    push(entered, Own::kOwned);
    release(manager);
    guardValid();
}

// Both methods looked up at compile time, on the one type that the site has seen.
bool BytecodeBuilder::enterKnownManager(Instruction instruction) {
    const std::optional<AttrEntry> entry = monomorphicEntry(instruction);
    if (!entry) return false;
    Str* const enter_name = thread_.singletons->names.enter;
    Str* const exit_name = thread_.singletons->names.exit;
    tagproof::Function* enter = lookUpMethod(entry->type, enter_name);
    tagproof::Function* exit = lookUpMethod(entry->type, exit_name);
    if (enter == nullptr || exit == nullptr || !hasPlainParameters(enter->code, 1)) return false;
    dependOnLookup(entry->type, enter_name, true);
    dependOnLookup(entry->type, exit_name, true);
    Instr* manager = guardType(top().value, entry->type);
    Instr* entered = callFunction(enter, {manager});
    Slot self = pop();
    self.value = manager;
    push(constant(Value::of(exit)), Own::kStable);
    frame_.push_back(self);
    makeOwned(top());
    push(entered, Own::kOwned);
    guardValid();
    return true;
}

void BytecodeBuilder::buildWITH_EXIT(Instruction) {
    const Instr* exit = top(2).value;
    if (exit->op == Op::kConst && !top(1).value->type.mayBe(HirType::kNullBit)) {
        auto* function = Value{exit->immediates[0].bits}.as<tagproof::Function>();
        if (isFunction(thread_, Value::of(function)) && hasPlainParameters(function->code, 4)) {
            Instr* none = constant(thread_.singletons->none);
            replaceOperands(2, callFunction(function, {top(1).value, none, none, none}));
            return;
        }
    }
    replaceOperands(2, callHelper(Helper::kWithExit, {top(2).value, top(1).value}));
}

void BytecodeBuilder::buildWITH_EXCEPT_START(Instruction) {
    Instr* result =
        callHelper(Helper::kWithExceptStart, {top(4).value, top(3).value, top(1).value});
    push(result, Own::kOwned);
    guardValid();
}

// --- imports -----------------------------------------------------------------------------------

void BytecodeBuilder::buildIMPORT_NAME(Instruction instruction) {
    Instr* module = callHelper(Helper::kImportName, {immediate(request_.guest->globals),
                                                     immediate(body_.names[instruction.operand]),
                                                     top(1).value, top(2).value});
    replaceOperands(2, module);
}

void BytecodeBuilder::buildIMPORT_FROM(Instruction instruction) {
    Instr* value =
        callHelper(Helper::kImportFrom, {top().value, immediate(body_.names[instruction.operand])});
    push(value, Own::kOwned);
    guardValid();
}

void BytecodeBuilder::buildIMPORT_STAR(Instruction) {
    refuse(CompileErrorKind::kUnsupported, "import *");
}

// --- match -------------------------------------------------------------------------------------

void BytecodeBuilder::buildGET_LEN(Instruction) {
    push(callHelper(Helper::kGetLength, {top().value}), Own::kOwned);
    guardValid();
}

void BytecodeBuilder::buildMATCH_MAPPING(Instruction) {
    Instr* status = callStatus(Helper::kMatchMapping, {top().value});
    push(emit(Op::kBoolFromFlag, {emit(Op::kIntIsTrue, {status})}), Own::kStable);
}

void BytecodeBuilder::buildMATCH_SEQUENCE(Instruction) {
    Instr* status = callStatus(Helper::kMatchSequence, {top().value});
    push(emit(Op::kBoolFromFlag, {emit(Op::kIntIsTrue, {status})}), Own::kStable);
}

void BytecodeBuilder::buildMATCH_KEYS(Instruction) {
    push(callHelper(Helper::kMatchKeys, {top(2).value, top(1).value}), Own::kOwned);
    guardValid();
}

void BytecodeBuilder::buildMATCH_CLASS(Instruction instruction) {
    Instr* result = callHelper(Helper::kMatchClass, {top(3).value, top(2).value, top(1).value,
                                                     immediate(int64_t{instruction.operand})});
    replaceOperands(3, result);
}

void BytecodeBuilder::buildPRINT_EXPR(Instruction) {
    refuse(CompileErrorKind::kUnsupported, "interactive statement");
}

}  // namespace tagproof::hir
