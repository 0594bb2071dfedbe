// The operand stack, constants, locals, cells and module variables.

#include <utility>

#include "jit/hir/bytecode_builder.h"
#include "objmodel/cell.h"
#include "objmodel/core_types.h"
#include "objmodel/dict.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "runtime/function.h"

namespace tagproof::hir {

void BytecodeBuilder::buildNOP(Instruction) {}

void BytecodeBuilder::buildPOP_TOP(Instruction) { release(pop()); }

void BytecodeBuilder::buildCOPY(Instruction instruction) {
    Slot copied = top(instruction.operand);
    // The copy must not outlive the word it borrows from.
    if (copied.own == Own::kOwned) {
        copied.own = Own::kUnstable;
        makeOwned(copied);
    }
    frame_.push_back(copied);
}

void BytecodeBuilder::buildSWAP(Instruction instruction) {
    std::swap(top(1), top(instruction.operand));
}

void BytecodeBuilder::buildPUSH_NULL(Instruction) { push(emit(Op::kNull), Own::kStable); }

void BytecodeBuilder::buildLOAD_CONST(Instruction instruction) {
    push(constant(body_.constants[instruction.operand]), Own::kStable);
}

void BytecodeBuilder::buildLOAD_ASSERTION_ERROR(Instruction) {
    push(constant(Value::of(
             thread_.types->exceptions[static_cast<size_t>(ExceptionKind::kAssertionError)])),
         Own::kStable);
}

void BytecodeBuilder::buildLOAD_BUILD_CLASS(Instruction) {
    push(callHelper(Helper::kLoadBuildClass, {immediate(request_.guest->builtins)}), Own::kOwned);
    guardValid();
}

// --- locals ------------------------------------------------------------------------------------

void BytecodeBuilder::buildLOAD_FAST(Instruction instruction) {
    Instr* value = frame_[instruction.operand].value;
    if (value->type.mayBe(HirType::kNullBit)) {
        value = emitGuard(Op::kGuardNotNull, DeoptReason::kUnboundLocal, {value});
        frame_[instruction.operand].value = value;
    }
    push(value, Own::kStable);
}

void BytecodeBuilder::buildLOAD_FAST_CHECKED(Instruction instruction) {
    buildLOAD_FAST(instruction);
}

void BytecodeBuilder::buildSTORE_FAST(Instruction instruction) {
    storeLocal(instruction.operand, pop());
}

void BytecodeBuilder::buildDELETE_FAST(Instruction instruction) {
    Instr*& value = frame_[instruction.operand].value;
    if (value->type.mayBe(HirType::kNullBit)) {
        value = emitGuard(Op::kGuardNotNull, DeoptReason::kUnboundLocal, {value});
    }
    storeLocal(instruction.operand, {emit(Op::kNull), Own::kOwned});
}

// --- cells -------------------------------------------------------------------------------------

void BytecodeBuilder::buildMAKE_CELL(Instruction instruction) {
    const int32_t parameter = body_.cell_parameters[instruction.operand];
    Slot content{emit(Op::kNull), Own::kStable};
    if (parameter >= 0) content = frame_[static_cast<size_t>(parameter)];
    Instr* cell = callHelper(Helper::kMakeCell, {content.value});
    frame_[body_.local_names.size() + instruction.operand] = {cell, Own::kOwned};
    if (parameter < 0) return;
    // From here on the variable lives in its cell alone.
    Slot& local = frame_[static_cast<size_t>(parameter)];
    const Slot moved = local;
    local = {emit(Op::kNull), Own::kOwned};
    release(moved);
}

Instr* BytecodeBuilder::cellAt(Instruction instruction) {
    return frame_[body_.local_names.size() + instruction.operand].value;
}

void BytecodeBuilder::buildLOAD_CELL(Instruction instruction) {
    Instr* cell = guardType(cellAt(instruction), thread_.types->cell);
    Instr* content = emit(Op::kLoadClosureCell, {cell});
    push(emitGuard(Op::kGuardNotNull, DeoptReason::kUnboundLocal, {content}), Own::kUnstable);
}

void BytecodeBuilder::buildSTORE_CELL(Instruction instruction) {
    countUnstable();
    callVoid(Helper::kStoreCell, {cellAt(instruction), top().value});
    dropOperands(1);
}

void BytecodeBuilder::buildDELETE_CELL(Instruction instruction) {
    callStatus(Helper::kDeleteCell,
               {cellAt(instruction), immediate(code_), immediate(int64_t{instruction.operand})});
    guardValid();
}

void BytecodeBuilder::buildLOAD_CLOSURE(Instruction instruction) {
    push(cellAt(instruction), Own::kStable);
}

void BytecodeBuilder::buildLOAD_CLASS_CELL(Instruction) {
    refuse(CompileErrorKind::kUnsupported, "class body");
}

// --- module variables --------------------------------------------------------------------------

// Cells live as long as their namespace, so the code keeps the namespace alive, or the cell itself.
Instr* BytecodeBuilder::loadCell(Cell* cell) {
    Instr* load = emit(Op::kLoadCell);
    load->immediates[0].cell = cell;
    function_.addReference(Value::of(cell));
    return load;
}

// The namespace cell that holds `name` now, with what must stay true for it to be the right one.
Cell* BytecodeBuilder::globalCell(Str* name) {
    Dict* globals = request_.guest->globals;
    // exec may run code in any dict.
    if (!globals->holds_cells || !request_.guest->builtins->holds_cells) return nullptr;
    function_.addReference(Value::of(globals));
    Cell* cell = dictFindCell(globals, name);
    if (cell != nullptr && !cell->value.isNull()) return cell;
    Cell* builtin = dictFindCell(request_.guest->builtins, name);
    if (builtin == nullptr || builtin->value.isNull()) return nullptr;
    cell = dictEnsureCell(thread_, globals, name);
    if (cell == nullptr) {
        refuse(CompileErrorKind::kOutOfMemory, "no cell for a global");
        return nullptr;
    }
    function_.addReference(Value::of(request_.guest->builtins));
    Instr* absent = emit(Op::kIsNull, {loadCell(cell)});
    emitGuard(Op::kGuardFlag, DeoptReason::kGlobalChanged, {absent})->immediates[0].bits = 1;
    return builtin;
}

void BytecodeBuilder::buildLOAD_GLOBAL(Instruction instruction) {
    Str* name = body_.names[instruction.operand];
    Cell* cell = globalCell(name);
    if (error_) return;
    if (cell == nullptr) {
        Instr* value =
            callHelper(Helper::kLoadGlobal,
                       {immediate(request_.guest->globals), immediate(request_.guest->builtins),
                        immediate(name), immediate(&code_->caches[instruction.site])});
        push(value, Own::kOwned);
        guardValid();
        return;
    }
    push(guardNotNull(loadCell(cell), DeoptReason::kGlobalChanged), Own::kUnstable);
}

void BytecodeBuilder::buildSTORE_GLOBAL(Instruction instruction) {
    Str* name = body_.names[instruction.operand];
    callStatus(Helper::kStoreGlobal, {immediate(request_.guest->globals), immediate(name),
                                      top().value, immediate(&code_->caches[instruction.site])});
    dropOperands(1);
}

void BytecodeBuilder::buildDELETE_GLOBAL(Instruction instruction) {
    callStatus(Helper::kDeleteGlobal,
               {immediate(request_.guest->globals), immediate(body_.names[instruction.operand])});
    guardValid();
}

void BytecodeBuilder::buildLOAD_NAME(Instruction) {
    refuse(CompileErrorKind::kUnsupported, "names looked up at run time");
}

void BytecodeBuilder::buildSTORE_NAME(Instruction) {
    refuse(CompileErrorKind::kUnsupported, "names looked up at run time");
}

void BytecodeBuilder::buildDELETE_NAME(Instruction) {
    refuse(CompileErrorKind::kUnsupported, "names looked up at run time");
}

void BytecodeBuilder::buildSETUP_ANNOTATIONS(Instruction) {
    refuse(CompileErrorKind::kUnsupported, "names looked up at run time");
}

}  // namespace tagproof::hir
