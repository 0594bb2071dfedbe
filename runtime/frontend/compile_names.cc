// Loads, stores and deletions of names, by the scope that the symbol table found.

#include "objmodel/check.h"
#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

struct Compiler::NameOpcodes {
    Opcode fast;
    Opcode global;
    Opcode name;
    Opcode cell;
    Opcode class_cell;  // free variable in a class body
};

void Compiler::emitNameAccess(const NameOpcodes& opcodes, Identifier name) {
    const Block& block = unit().block;
    const bool is_function = block.kind == BlockKind::kFunction;
    // A module's names are its globals, unless it runs in a namespace of its own.
    const bool is_global_module = block.kind == BlockKind::kModule && mode_ == CompileMode::kModule;
    switch (block.scopeOf(name)) {
        case Scope::kFree:
            return emit(block.kind == BlockKind::kClass ? opcodes.class_cell : opcodes.cell,
                        code().cellIndex(name));
        case Scope::kCell:
            return emit(opcodes.cell, code().cellIndex(name));
        case Scope::kLocal:
            if (is_function) return emit(opcodes.fast, code().localIndex(name));
            break;
        case Scope::kGlobalExplicit:
            return code().emitName(opcodes.global, name);
        case Scope::kGlobalImplicit:
            if (is_function) return code().emitName(opcodes.global, name);
            break;
        case Scope::kNone:
            break;
    }
    code().emitName(is_global_module ? opcodes.global : opcodes.name, name);
}

void Compiler::loadName(Identifier name) {
    emitNameAccess({.fast = Opcode::LOAD_FAST,
                    .global = Opcode::LOAD_GLOBAL,
                    .name = Opcode::LOAD_NAME,
                    .cell = Opcode::LOAD_CELL,
                    .class_cell = Opcode::LOAD_CLASS_CELL},
                   mangled(name));
}

void Compiler::storeName(Identifier name) {
    if (rejectDebug(name, ExprContext::kStore)) return;
    emitNameAccess({.fast = Opcode::STORE_FAST,
                    .global = Opcode::STORE_GLOBAL,
                    .name = Opcode::STORE_NAME,
                    .cell = Opcode::STORE_CELL,
                    .class_cell = Opcode::STORE_CELL},
                   mangled(name));
}

void Compiler::deleteName(Identifier name) {
    if (rejectDebug(name, ExprContext::kDel)) return;
    emitNameAccess({.fast = Opcode::DELETE_FAST,
                    .global = Opcode::DELETE_GLOBAL,
                    .name = Opcode::DELETE_NAME,
                    .cell = Opcode::DELETE_CELL,
                    .class_cell = Opcode::DELETE_CELL},
                   mangled(name));
}

bool Compiler::rejectDebug(Identifier name, ExprContext context) {
    if (name != "__debug__" || context == ExprContext::kLoad) return false;
    errorHere(context == ExprContext::kStore ? "cannot assign to __debug__"
                                             : "cannot delete __debug__");
    return true;
}

// The cell of a variable that an inner function or class uses.
void Compiler::loadClosure(Identifier name) { emit(Opcode::LOAD_CLOSURE, code().cellIndex(name)); }

}  // namespace tagproof::frontend
