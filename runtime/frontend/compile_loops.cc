// If, while, for, and the ways out of them and of functions.
//
//   while           for                     (else: runs when the loop was not left by break)
//   header:           iterable
//     test? -> else   GET_ITER
//     body          header:
//     -> header       FOR_ITER -> else
//   else:             store target
//     orelse          body
//   exit:             -> header
//                   else: orelse
//                   exit:

#include "runtime/frontend/compiler.h"
#include "runtime/frontend/constant_fold.h"

namespace tagproof::frontend {

void Compiler::compileIf(const If& statement) {
    const Label end = code().newLabel();
    const Label next = statement.orelse.empty() ? end : code().newLabel();
    compileJumpIf(*statement.test, next, false);
    compileStatements(statement.body);
    if (!statement.orelse.empty()) {
        code().emitJump(end);
        code().place(next);
        compileStatements(statement.orelse);
    }
    code().place(end);
}

void Compiler::compileWhile(const While& statement) {
    const Label header = code().newLabel();
    const Label otherwise = code().newLabel();
    const Label exit = code().newLabel();
    code().place(header);
    pushBlock({.kind = FrameBlockKind::kWhileLoop, .entry = header, .exit = exit});
    compileJumpIf(*statement.test, otherwise, false);
    compileStatements(statement.body);
    // The way back tests again: it has the place of the test, as tracebacks of Ctrl-C show.
    setLocation(foldConstant(*statement.test) ? statement.location : statement.test->location);
    code().emitJump(header);
    popBlock();
    code().place(otherwise);
    compileStatements(statement.orelse);
    code().place(exit);
}

void Compiler::compileFor(const For& statement) {
    const Label header = code().newLabel();
    const Label otherwise = code().newLabel();
    const Label exit = code().newLabel();
    const int depth = code().depth();
    compile(*statement.iter);
    emit(Opcode::GET_ITER);
    code().place(header);
    pushBlock({.kind = FrameBlockKind::kForLoop, .entry = header, .exit = exit});
    emitJump(Opcode::FOR_ITER, otherwise);
    compile(*statement.target);
    compileStatements(statement.body);
    code().emitJump(header);
    popBlock();
    code().setDepth(depth);
    code().place(otherwise);
    compileStatements(statement.orelse);
    code().place(exit);
}

void Compiler::compileReturn(const Return& statement) {
    if (unit().block.kind != BlockKind::kFunction) {
        return error(statement.location, "'return' outside function");
    }
    const int depth = code().depth();
    const HandlerId handler = code().handler();
    const std::optional<ConstantItem> constant =
        statement.value != nullptr ? foldConstant(*statement.value) : ConstantItem::none();
    if (!constant) compile(*statement.value);
    (void)unwindAll(!constant, false);
    if (constant) code().emitConstant(*constant);
    emit(Opcode::RETURN_VALUE);
    code().setDepth(depth);
    code().setHandler(handler);
}

void Compiler::compileBreak(const Stmt& statement) {
    const int depth = code().depth();
    const HandlerId handler = code().handler();
    const std::optional<FrameBlock> loop = unwindAll(false, true);
    if (!loop) return error(statement.location, "'break' outside loop");
    unwind(*loop, false);
    code().emitJump(loop->exit);
    code().setDepth(depth);
    code().setHandler(handler);
}

void Compiler::compileContinue(const Stmt& statement) {
    const int depth = code().depth();
    const HandlerId handler = code().handler();
    const std::optional<FrameBlock> loop = unwindAll(false, true);
    if (!loop) return error(statement.location, "'continue' not properly in loop");
    code().emitJump(loop->entry);
    code().setDepth(depth);
    code().setHandler(handler);
}

}  // namespace tagproof::frontend
