// Statements: dispatch, assignments, expression statements, raise and assert.

#include "runtime/frontend/compiler.h"
#include "runtime/frontend/constant_fold.h"
#include "runtime/frontend/operators.h"

namespace tagproof::frontend {

void Compiler::compile(const Stmt& statement) {
    if (errors_.failed()) return;
    setLocation(statement.location);
    compileKind(statement);
}

void Compiler::compileKind(const Stmt& statement) {
    switch (statement.kind) {
        case StmtKind::kFunctionDef:
            return compileFunction(statement.as<FunctionDef>());
        case StmtKind::kClassDef:
            return compileClass(statement.as<ClassDef>());
        case StmtKind::kAsyncFunctionDef:
            return unsupported(statement.location, "'async def' is");
        case StmtKind::kAsyncFor:
            return asyncOutside(statement.location, "'async for'");
        case StmtKind::kAsyncWith:
            return asyncOutside(statement.location, "'async with'");
        case StmtKind::kReturn:
            return compileReturn(statement.as<Return>());
        case StmtKind::kDelete:
            return compileAll(statement.as<Delete>().targets);
        case StmtKind::kAssign:
            return compileAssign(statement.as<Assign>());
        case StmtKind::kAugAssign:
            return compileAugAssign(statement.as<AugAssign>());
        case StmtKind::kAnnAssign:
            return compileAnnAssign(statement.as<AnnAssign>());
        case StmtKind::kFor:
            return compileFor(statement.as<For>());
        case StmtKind::kWhile:
            return compileWhile(statement.as<While>());
        case StmtKind::kIf:
            return compileIf(statement.as<If>());
        case StmtKind::kWith:
            return compileWith(statement.as<With>(), 0);
        case StmtKind::kMatch:
            return compileMatch(statement.as<Match>());
        case StmtKind::kRaise:
            return compileRaise(statement.as<Raise>());
        case StmtKind::kTry:
            return compileTry(statement.as<Try>());
        case StmtKind::kTryStar:
            return compileTryStar(statement.as<TryStar>());
        case StmtKind::kAssert:
            return compileAssert(statement.as<Assert>());
        case StmtKind::kImport:
            return compileImport(statement.as<Import>());
        case StmtKind::kImportFrom:
            return compileImportFrom(statement.as<ImportFrom>());
        case StmtKind::kExprStmt:
            return compileExpressionStatement(statement.as<ExprStmt>());
        case StmtKind::kBreak:
            return compileBreak(statement);
        case StmtKind::kContinue:
            return compileContinue(statement);
        case StmtKind::kGlobal:
        case StmtKind::kNonlocal:
        case StmtKind::kPass:
            return;
    }
}

void Compiler::compileExpressionStatement(const ExprStmt& statement) {
    if (mode_ == CompileMode::kInteractive && unit().kind == UnitKind::kModule) {
        compile(*statement.value);
        return emit(Opcode::PRINT_EXPR);
    }
    if (foldConstant(*statement.value)) return;
    compile(*statement.value);
    emit(Opcode::POP_TOP);
}

// --- assignments -------------------------------------------------------------------------------

void Compiler::compileAssign(const Assign& statement) {
    if (compileSwap(statement)) return;
    compile(*statement.value);
    for (std::size_t i = 0; i < statement.targets.size(); ++i) {
        if (i + 1 < statement.targets.size()) emit(Opcode::COPY, 1);
        compile(*statement.targets[i]);
    }
}

// `a, b = x, y`, also with three: no tuple is made, the values are stored in the same order.
bool Compiler::compileSwap(const Assign& statement) {
    if (statement.targets.size() != 1) return false;
    const auto* targets = statement.targets.front()->tryAs<Tuple>();
    const auto* values = statement.value->tryAs<Tuple>();
    if (targets == nullptr || values == nullptr) return false;
    const std::size_t count = values->elts.size();
    if (count != targets->elts.size() || count < 2 || count > 3) return false;
    for (std::size_t i = 0; i < count; ++i) {
        if (values->elts[i]->is<Starred>() || targets->elts[i]->is<Starred>()) return false;
    }
    compileAll(values->elts);
    emit(Opcode::SWAP, count);
    compileAll(targets->elts);
    return true;
}

void Compiler::compileAugAssign(const AugAssign& statement) {
    const Expr& target = *statement.target;
    const auto* attribute = target.tryAs<Attribute>();
    const auto* subscript = target.tryAs<Subscript>();
    const auto* name = target.tryAs<Name>();
    setLocation(target.location);
    if (attribute != nullptr) {
        compile(*attribute->value);
        emit(Opcode::COPY, 1);
        setAttributeLocation(*attribute);
        code().emitName(Opcode::LOAD_ATTR, mangled(attribute->attr));
    } else if (subscript != nullptr) {
        compile(*subscript->value);
        compile(*subscript->slice);
        emit(Opcode::COPY, 2);
        emit(Opcode::COPY, 2);
        emit(Opcode::BINARY_SUBSCR);
    } else {
        loadName(name->id);
    }
    setLocation(statement.location);
    compile(*statement.value);
    emit(Opcode::INPLACE_OP, static_cast<std::size_t>(toBinaryOp(statement.op)));
    setLocation(target.location);
    if (attribute != nullptr) {
        setAttributeLocation(*attribute);
        emit(Opcode::SWAP, 2);
        code().emitName(Opcode::STORE_ATTR, mangled(attribute->attr));
    } else if (subscript != nullptr) {
        emit(Opcode::SWAP, 3);
        emit(Opcode::SWAP, 2);
        emit(Opcode::STORE_SUBSCR);
    } else {
        storeName(name->id);
    }
}

void Compiler::compileAnnAssign(const AnnAssign& statement) {
    if (statement.value != nullptr) {
        compile(*statement.value);
        compile(*statement.target);
    }
    // Annotations are evaluated in modules and classes only.
    const bool is_body = unit().kind == UnitKind::kModule || unit().kind == UnitKind::kClass;
    if (const auto* name = statement.target->tryAs<Name>()) {
        if (rejectDebug(name->id, ExprContext::kStore)) return;
        if (statement.simple && is_body) {
            emitAnnotation(*statement.annotation);
            loadName(intern("__annotations__"));
            emitStr(mangled(name->id));
            emit(Opcode::STORE_SUBSCR);
            return;
        }
    } else if (statement.value == nullptr) {
        compileUnassignedTarget(statement);
    }
    if (is_body && !features_.annotations) compileAnnotationOnly(*statement.annotation);
}

void Compiler::compileAnnotationOnly(const Expr& annotation) {
    compile(annotation);
    emit(Opcode::POP_TOP);
}

// `o.x: T` and `o[i]: T` evaluate what they would assign to.
void Compiler::compileUnassignedTarget(const AnnAssign& statement) {
    if (const auto* attribute = statement.target->tryAs<Attribute>()) {
        if (rejectDebug(attribute->attr, ExprContext::kStore)) return;
        compileAnnotationOnly(*attribute->value);
    } else if (const auto* subscript = statement.target->tryAs<Subscript>()) {
        compileAnnotationOnly(*subscript->value);
        compileAnnotationOnly(*subscript->slice);
    }
}

// --- raise and assert --------------------------------------------------------------------------

void Compiler::compileRaise(const Raise& statement) {
    std::size_t count = 0;
    if (statement.exc != nullptr) {
        compile(*statement.exc);
        ++count;
        if (statement.cause != nullptr) {
            compile(*statement.cause);
            ++count;
        }
    }
    emit(Opcode::RAISE_VARARGS, count);
}

void Compiler::compileAssert(const Assert& statement) {
    const Label end = code().newLabel();
    compileJumpIf(*statement.test, end, true);
    emit(Opcode::LOAD_ASSERTION_ERROR);
    if (statement.msg != nullptr) {
        emit(Opcode::PUSH_NULL);
        compile(*statement.msg);
        emit(Opcode::CALL, 1);
    }
    emit(Opcode::RAISE_VARARGS, 1);
    code().place(end);
}

}  // namespace tagproof::frontend
