// Phi placement by the builder is generous: one for each local that differs on some edge or that a
// loop might assign.

#include <algorithm>

#include "jit/hir/passes/passes.h"
#include "jit/hir/passes/replacement.h"

namespace tagproof::hir {

namespace {

// The one value a phi stands for, or null.
Instr* onlyValue(const Instr& phi, const Replacement& replaced) {
    Instr* only = nullptr;
    for (Instr* operand : phi.operands) {
        Instr* value = replaced.resolve(operand);
        if (value == &phi || value == only) continue;
        if (only != nullptr) return nullptr;
        only = value;
    }
    return only;
}

void removeTrivialPhis(Function& function) {
    Replacement replaced(function);
    for (bool changed = true; changed;) {
        changed = false;
        for (Block* block : function.blocks) {
            for (Instr* instr : block->instrs) {
                if (instr->op != Op::kPhi) break;
                if (replaced.isReplaced(instr)) continue;
                Instr* only = onlyValue(*instr, replaced);
                if (only == nullptr) continue;
                replaced.replace(instr, only);
                changed = true;
            }
        }
    }
    replaced.apply(function);
    removeInstrs(function, [&](const Instr& instr) { return replaced.isReplaced(&instr); });
}

// Ops whose result is their operand with the empty word ruled out.
bool excludesNull(Op op) {
    return op == Op::kGuardNotNull || op == Op::kAssumeNotNull || op == Op::kUnwindIfNull;
}

HirType inferred(const Instr& instr) {
    HirType type;
    for (const Instr* operand : instr.operands) type = type.unionWith(operand->type);
    return excludesNull(instr.op) ? type.withoutNull() : type;
}

bool isInferred(const Instr& instr) { return instr.op == Op::kPhi || excludesNull(instr.op); }

// From "nothing" upwards to the least fixpoint.
void inferTypes(Function& function) {
    for (Block* block : function.blocks) {
        for (Instr* instr : block->instrs) {
            if (isInferred(*instr)) instr->type = types::kNothing;
        }
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (Block* block : function.blocks) {
            for (Instr* instr : block->instrs) {
                if (!isInferred(*instr)) continue;
                const HirType type = inferred(*instr);
                changed |= !(type == instr->type);
                instr->type = type;
            }
        }
    }
}

// A test for null of what can only be null ends the path; its result still needs a type.
void typeImpossibleValues(Function& function) {
    for (Block* block : function.blocks) {
        for (Instr* instr : block->instrs) {
            if (isInferred(*instr) && instr->type.isNothing()) instr->type = types::kObject;
        }
    }
}

}  // namespace

void simplifyPhis(Function& function) {
    removeTrivialPhis(function);
    inferTypes(function);
    typeImpossibleValues(function);
}

}  // namespace tagproof::hir
