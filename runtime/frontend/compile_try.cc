// Try statements.
//
//   try-finally                        try-except
//     body            [end]              body            [except]
//     final body                         orelse
//     -> exit                            -> end
//   end:      exc                      except:      exc
//     PUSH_EXC_INFO                      PUSH_EXC_INFO
//     final body      [cleanup]          class; CHECK_EXC_MATCH; false -> next     [cleanup]
//     RERAISE         [cleanup]          store name, or pop
//   cleanup:  previous exc               handler body
//     SWAP 2; POP_EXCEPT; RERAISE        POP_EXCEPT; -> end
//   exit:                              next: ...
//                                        RERAISE
//                                      cleanup: as there
//                                      end:
// In brackets: the handler of those instructions, where it is not that of the code around.

#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

void Compiler::compileTry(const Try& statement) {
    if (statement.finalbody.empty()) return compileTryExcept(statement);
    compileTryFinally(statement.finalbody, statement);
}

void Compiler::compileTryStar(const TryStar& statement) {
    if (statement.finalbody.empty()) return compileTryExceptStar(statement);
    compileTryFinally(statement.finalbody, statement);
}

// Below the exception that escaped a handler lies the exception state from before the statement.
void Compiler::emitReraiseCleanup(HandlerId cleanup) {
    code().placeHandler(cleanup);
    emit(Opcode::SWAP, 2);
    emit(Opcode::POP_EXCEPT);
    emit(Opcode::RERAISE);
}

void Compiler::compileTryFinally(Seq<Stmt> final_body, const Stmt& statement) {
    const Label exit = code().newLabel();
    const HandlerId outer = code().handler();
    const int depth = code().depth();
    const HandlerId end = code().newHandler(depth);
    const HandlerId cleanup = code().newHandler(depth + 1);

    code().setHandler(end);
    pushBlock({.kind = FrameBlockKind::kFinallyTry, .outer = outer, .final_body = final_body});
    const auto* plain = statement.tryAs<Try>();
    if (plain == nullptr) {
        compileTryExceptStar(statement.as<TryStar>());
    } else if (plain->handlers.empty()) {
        compileStatements(plain->body);
    } else {
        compileTryExcept(*plain);
    }
    popBlock();
    code().setHandler(outer);
    compileStatements(final_body);
    code().emitJump(exit);

    code().placeHandler(end);
    emit(Opcode::PUSH_EXC_INFO);
    code().setHandler(cleanup);
    pushBlock({.kind = FrameBlockKind::kFinallyEnd, .outer = outer});
    compileStatements(final_body);
    popBlock();
    emit(Opcode::RERAISE);
    code().setHandler(outer);
    emitReraiseCleanup(cleanup);
    code().setDepth(depth);
    code().place(exit);
}

void Compiler::compileTryExcept(const Try& statement) {
    const Label end = code().newLabel();
    const HandlerId outer = code().handler();
    const int depth = code().depth();
    const HandlerId except = code().newHandler(depth);

    code().setHandler(except);
    pushBlock({.kind = FrameBlockKind::kTryExcept, .outer = outer});
    compileStatements(statement.body);
    popBlock();
    code().setHandler(outer);
    compileStatements(statement.orelse);
    code().emitJump(end);

    code().placeHandler(except);
    emit(Opcode::PUSH_EXC_INFO);
    compileHandlers(statement.handlers, outer, end);
    code().setDepth(depth);
    code().place(end);
}

// Stack at each handler: previous exc.
void Compiler::compileHandlers(Seq<ExceptHandler> handlers, HandlerId outer, Label end) {
    const int depth = code().depth();
    const HandlerId cleanup = code().newHandler(depth - 1);
    pushBlock({.kind = FrameBlockKind::kExceptionHandler, .outer = outer});
    for (std::size_t i = 0; i < handlers.size(); ++i) {
        const ExceptHandler& handler = *handlers[i];
        if (handler.type == nullptr && i + 1 < handlers.size()) {
            error(handler.location, "default 'except:' must be last");
        }
        const Label next = code().newLabel();
        code().setHandler(cleanup);
        compileHandler(handler, outer, next, end);
        code().setDepth(depth);
        code().place(next);
    }
    popBlock();
    code().setHandler(cleanup);
    emit(Opcode::RERAISE);
    code().setHandler(outer);
    emitReraiseCleanup(cleanup);
}

void Compiler::compileHandler(const ExceptHandler& handler,
                              HandlerId outer,
                              Label next,
                              Label end) {
    setLocation(handler.location);
    if (handler.type != nullptr) {
        compile(*handler.type);
        emit(Opcode::CHECK_EXC_MATCH);
        emitJump(Opcode::POP_JUMP_IF_FALSE, next);
    }
    if (isPresent(handler.name)) return compileNamedHandlerBody(handler, outer, end);
    emit(Opcode::POP_TOP);
    pushBlock({.kind = FrameBlockKind::kHandlerCleanup, .outer = outer});
    compileStatements(handler.body);
    popBlock();
    code().setHandler(outer);
    emit(Opcode::POP_EXCEPT);
    code().emitJump(end);
}

// The name is cleared on the way out, whether the body ends or raises.
void Compiler::compileNamedHandlerBody(const ExceptHandler& handler, HandlerId outer, Label end) {
    const HandlerId cleanup = code().handler();
    storeName(handler.name);
    const HandlerId raised = code().newHandler(code().depth());
    code().setHandler(raised);
    pushBlock({.kind = FrameBlockKind::kHandlerCleanup, .outer = outer, .name = handler.name});
    compileStatements(handler.body);
    popBlock();
    code().setHandler(outer);
    emit(Opcode::POP_EXCEPT);
    clearHandlerName(handler.name);
    code().emitJump(end);

    code().setHandler(cleanup);
    code().placeHandler(raised);
    clearHandlerName(handler.name);
    emit(Opcode::RERAISE);
}

}  // namespace tagproof::frontend
