// Try statements with `except*`.
//
// The handlers share the stack  previous original list rest:  the group as it was raised, the
// exceptions that handlers raised, what no handler has taken yet (or None). A handler gets the
// matching part; whatever leaves it goes to the list. In the end PREP_RERAISE_STAR puts together
// what is to be raised.

#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

void Compiler::compileTryExceptStar(const TryStar& statement) {
    const Label otherwise = code().newLabel();
    const Label end = code().newLabel();
    const HandlerId outer = code().handler();
    const int depth = code().depth();
    const HandlerId except = code().newHandler(depth);

    code().setHandler(except);
    pushBlock({.kind = FrameBlockKind::kTryExcept, .outer = outer});
    compileStatements(statement.body);
    popBlock();
    code().setHandler(outer);
    code().emitJump(otherwise);

    code().placeHandler(except);
    emit(Opcode::PUSH_EXC_INFO);
    compileStarHandlers(statement.handlers, outer, end);
    code().setDepth(depth);
    code().place(otherwise);
    compileStatements(statement.orelse);
    code().place(end);
}

void Compiler::compileStarHandlers(Seq<ExceptHandler> handlers, HandlerId outer, Label end) {
    const int depth = code().depth() - 1;  // of `previous`
    const HandlerId cleanup = code().newHandler(depth);
    code().setHandler(cleanup);
    pushBlock({.kind = FrameBlockKind::kExceptionGroupHandler});
    emit(Opcode::COPY, 1);
    emit(Opcode::BUILD_LIST, 0);
    emit(Opcode::SWAP, 2);
    for (const ExceptHandler* handler : handlers) {
        code().setHandler(cleanup);
        compileStarHandler(*handler);
    }
    popBlock();
    code().setHandler(cleanup);
    const Label reraise = code().newLabel();
    emit(Opcode::LIST_APPEND, 1);
    emit(Opcode::PREP_RERAISE_STAR);
    emit(Opcode::COPY, 1);
    emitJump(Opcode::POP_JUMP_IF_NOT_NONE, reraise);
    emit(Opcode::POP_TOP);
    code().setHandler(outer);
    emit(Opcode::POP_EXCEPT);
    code().emitJump(end);
    code().setDepth(depth + 1);
    code().place(reraise);
    code().setHandler(outer);
    emit(Opcode::SWAP, 2);
    emit(Opcode::POP_EXCEPT);
    emit(Opcode::RERAISE);
    emitReraiseCleanup(cleanup);
}

// Stack before and after: previous original list rest.
void Compiler::compileStarHandler(const ExceptHandler& handler) {
    setLocation(handler.location);
    const HandlerId cleanup = code().handler();
    const Label next = code().newLabel();
    const Label match = code().newLabel();
    compile(*handler.type);
    emit(Opcode::CHECK_EG_MATCH);
    emit(Opcode::COPY, 1);
    emitJump(Opcode::POP_JUMP_IF_NOT_NONE, match);
    emit(Opcode::POP_TOP);
    const int depth = code().depth();
    code().emitJump(next);

    code().setDepth(depth + 1);
    code().place(match);
    if (isPresent(handler.name)) {
        storeName(handler.name);
    } else {
        emit(Opcode::POP_TOP);
    }
    const HandlerId raised = code().newHandler(depth);
    code().setHandler(raised);
    pushBlock({.kind = FrameBlockKind::kHandlerCleanup, .outer = cleanup, .name = handler.name});
    compileStatements(handler.body);
    popBlock();
    code().setHandler(cleanup);
    clearHandlerName(handler.name);
    code().emitJump(next);

    code().placeHandler(raised);  // previous original list rest exc
    clearHandlerName(handler.name);
    emit(Opcode::LIST_APPEND, 2);
    code().place(next);
}

}  // namespace tagproof::frontend
