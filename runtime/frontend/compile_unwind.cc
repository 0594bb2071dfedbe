// Frame blocks: what `return`, `break` and `continue` undo on their way out of loops, try and with
// statements. A finally body is compiled again on each such way.

#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

namespace {

constexpr std::size_t kMaxFrameBlocks = 20;  // as in CPython: nested finally bodies multiply

}  // namespace

void Compiler::pushBlock(const FrameBlock& block) {
    if (unit().frame_blocks.size() >= kMaxFrameBlocks) {
        errorHere("too many statically nested blocks");
    }
    unit().frame_blocks.push_back(block);
}

// `as name` is gone at the end of the handler.
void Compiler::clearHandlerName(Identifier name) {
    if (!isPresent(name)) return;
    emitNone();
    storeName(name);
    deleteName(name);
}

// Undoes one statement; `preserve_top`: the value on top is kept.
void Compiler::unwind(const FrameBlock& block, bool preserve_top) {
    switch (block.kind) {
        case FrameBlockKind::kWhileLoop:
        case FrameBlockKind::kExceptionHandler:
        case FrameBlockKind::kExceptionGroupHandler:
            return;
        case FrameBlockKind::kTryExcept:
            return code().setHandler(block.outer);
        case FrameBlockKind::kFinallyTry:
            return unwindFinally(block, preserve_top);
        case FrameBlockKind::kForLoop:
        case FrameBlockKind::kPopValue:
            if (preserve_top) emit(Opcode::SWAP, 2);
            return emit(Opcode::POP_TOP);
        case FrameBlockKind::kFinallyEnd:
            if (preserve_top) emit(Opcode::SWAP, 2);
            emit(Opcode::POP_TOP);
            if (preserve_top) emit(Opcode::SWAP, 2);
            code().setHandler(block.outer);
            return emit(Opcode::POP_EXCEPT);
        case FrameBlockKind::kWith:
            code().setHandler(block.outer);
            setLocation(*block.location);
            if (preserve_top) {
                // exit self value -> value exit self
                emit(Opcode::SWAP, 3);
                emit(Opcode::SWAP, 2);
            }
            return emitExit();
        case FrameBlockKind::kHandlerCleanup:
            code().setHandler(block.outer);
            if (preserve_top) emit(Opcode::SWAP, 2);
            emit(Opcode::POP_EXCEPT);
            return clearHandlerName(block.name);
    }
}

void Compiler::unwindFinally(const FrameBlock& block, bool preserve_top) {
    code().setHandler(block.outer);
    if (preserve_top) pushBlock({.kind = FrameBlockKind::kPopValue});
    const SourceRange place = code().location();
    compileStatements(block.final_body);
    code().setLocation(place);
    if (preserve_top) popBlock();
}

std::optional<Compiler::FrameBlock> Compiler::unwindAll(bool preserve_top, bool to_loop) {
    if (errors_.failed() || unit().frame_blocks.empty()) return std::nullopt;
    const FrameBlock top = unit().frame_blocks.back();
    const bool is_loop =
        top.kind == FrameBlockKind::kForLoop || top.kind == FrameBlockKind::kWhileLoop;
    if (top.kind == FrameBlockKind::kExceptionGroupHandler) {
        errorHere("'break', 'continue' and 'return' cannot appear in an except* block");
        return std::nullopt;
    }
    if (to_loop && is_loop) return top;
    popBlock();
    unwind(top, preserve_top);
    const std::optional<FrameBlock> loop = unwindAll(preserve_top, to_loop);
    unit().frame_blocks.push_back(top);
    return loop;
}

}  // namespace tagproof::frontend
