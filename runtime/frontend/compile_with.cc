// With statements.
//
//     manager
//     BEFORE_WITH                     exit self result
//     store or pop the result         exit self           [final]
//     body                            exit self           [final]
//     WITH_EXIT; POP_TOP
//     -> end
//   final:                            exit self exc
//     PUSH_EXC_INFO                   exit self previous exc
//     WITH_EXCEPT_START; true -> suppress                 [cleanup]
//     RERAISE                                             [cleanup]
//   cleanup:                          exit self previous exc
//     SWAP 2; POP_EXCEPT; RERAISE
//   suppress:
//     POP_TOP; POP_EXCEPT; POP_TOP; POP_TOP
//   end:
// In brackets: the handler of those instructions, where it is not that of the code around. Several
// managers nest.

#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

// Calls __exit__ without an exception and drops its result.
void Compiler::emitExit() {
    emit(Opcode::WITH_EXIT);
    emit(Opcode::POP_TOP);
}

void Compiler::compileWith(const With& statement, std::size_t position) {
    const WithItem& item = *statement.items[position];
    const Label end = code().newLabel();
    const Label suppress = code().newLabel();
    const HandlerId outer = code().handler();
    const int depth = code().depth();

    compile(*item.context_expr);
    emit(Opcode::BEFORE_WITH);
    const HandlerId final = code().newHandler(depth + 2);
    const HandlerId cleanup = code().newHandler(depth + 3);
    code().setHandler(final);
    pushBlock({.kind = FrameBlockKind::kWith, .outer = outer, .location = &statement.location});
    if (item.optional_vars != nullptr) {
        compile(*item.optional_vars);
    } else {
        emit(Opcode::POP_TOP);
    }
    if (position + 1 == statement.items.size()) {
        compileStatements(statement.body);
    } else {
        compileWith(statement, position + 1);
    }
    popBlock();
    code().setHandler(outer);
    setLocation(statement.location);
    emitExit();
    code().emitJump(end);

    code().placeHandler(final);
    emit(Opcode::PUSH_EXC_INFO);
    code().setHandler(cleanup);
    emit(Opcode::WITH_EXCEPT_START);
    emitJump(Opcode::POP_JUMP_IF_TRUE, suppress);
    emit(Opcode::RERAISE);
    code().setHandler(outer);
    emitReraiseCleanup(cleanup);

    code().setDepth(depth + 4);
    code().place(suppress);
    emit(Opcode::POP_TOP);
    emit(Opcode::POP_EXCEPT);
    emit(Opcode::POP_TOP);
    emit(Opcode::POP_TOP);
    code().setDepth(depth);
    code().place(end);
}

}  // namespace tagproof::frontend
