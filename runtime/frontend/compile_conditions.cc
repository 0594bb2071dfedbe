// Conditions: code that jumps by the truth of an expression, without making a bool where the
// expression is a test itself. As in CPython the place of a comparison stays current behind it: a
// failing `assert a == b` points at the comparison.

#include "runtime/frontend/compiler.h"
#include "runtime/frontend/constant_fold.h"

namespace tagproof::frontend {

void Compiler::compileJumpIf(const Expr& expression, Label target, bool when) {
    if (errors_.failed()) return;
    if (const auto constant = foldConstant(expression)) {
        if (isTrue(*constant) == when) code().emitJump(target);
        return;
    }
    const auto* unary = expression.tryAs<UnaryOp>();
    if (unary != nullptr && unary->op == UnaryOperator::kNot) {
        return compileJumpIf(*unary->operand, target, !when);
    }
    if (const auto* bools = expression.tryAs<BoolOp>()) {
        return compileJumpIfBool(*bools, target, when);
    }
    if (const auto* choice = expression.tryAs<IfExp>()) {
        return compileJumpIfChoice(*choice, target, when);
    }
    if (const auto* compare = expression.tryAs<Compare>()) {
        setLocation(expression.location);
        if (compare->ops.size() > 1) return compileJumpIfChain(*compare, target, when);
        if (compileJumpIfNone(*compare, target, when)) return;
    }
    compile(expression);
    emitJump(when ? Opcode::POP_JUMP_IF_TRUE : Opcode::POP_JUMP_IF_FALSE, target);
}

void Compiler::compileJumpIfBool(const BoolOp& expression, Label target, bool when) {
    const bool deciding = expression.op == BoolOperator::kOr;  // the truth that ends evaluation
    const bool falls_through = deciding != when;
    const Label decided = falls_through ? code().newLabel() : target;
    const std::size_t last = expression.values.size() - 1;
    for (std::size_t i = 0; i < last; ++i) {
        compileJumpIf(*expression.values[i], decided, deciding);
    }
    compileJumpIf(*expression.values[last], target, when);
    if (falls_through) code().place(decided);
}

void Compiler::compileJumpIfChoice(const IfExp& expression, Label target, bool when) {
    const Label otherwise = code().newLabel();
    const Label end = code().newLabel();
    compileJumpIf(*expression.test, otherwise, false);
    compileJumpIf(*expression.body, target, when);
    code().emitJump(end);
    code().place(otherwise);
    compileJumpIf(*expression.orelse, target, when);
    code().place(end);
}

void Compiler::compileJumpIfChain(const Compare& expression, Label target, bool when) {
    const Label cleanup = code().newLabel();
    const Label end = code().newLabel();
    const int depth = code().depth();
    const std::size_t last = expression.ops.size() - 1;
    compile(*expression.left);
    for (std::size_t i = 0; i < last; ++i) {
        compileComparator(expression, i);
        emit(Opcode::SWAP, 2);
        emit(Opcode::COPY, 2);
        emitCompare(expression.ops[i]);
        emitJump(Opcode::POP_JUMP_IF_FALSE, cleanup);
    }
    compileComparator(expression, last);
    emitCompare(expression.ops[last]);
    emitJump(when ? Opcode::POP_JUMP_IF_TRUE : Opcode::POP_JUMP_IF_FALSE, target);
    code().emitJump(end);
    code().setDepth(depth + 1);
    code().place(cleanup);
    emit(Opcode::POP_TOP);
    if (!when) code().emitJump(target);
    code().place(end);
}

// `x is None`, `x is not None`.
bool Compiler::compileJumpIfNone(const Compare& expression, Label target, bool when) {
    const CmpOp op = expression.ops[0];
    if (op != CmpOp::kIs && op != CmpOp::kIsNot) return false;
    const auto* constant = expression.comparators[0]->tryAs<Constant>();
    if (constant == nullptr || constant->value.kind != ConstantValue::Kind::kNone) return false;
    compile(*expression.left);
    const bool jumps_when_none = (op == CmpOp::kIs) == when;
    emitJump(jumps_when_none ? Opcode::POP_JUMP_IF_NONE : Opcode::POP_JUMP_IF_NOT_NONE, target);
    return true;
}

}  // namespace tagproof::frontend
