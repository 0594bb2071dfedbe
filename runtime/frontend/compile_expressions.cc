// Expressions: dispatch, operators, comparisons, attributes, items, yield.

#include "runtime/frontend/compiler.h"
#include "runtime/frontend/constant_fold.h"
#include "runtime/frontend/operators.h"

namespace tagproof::frontend {

void Compiler::compile(const Expr& expression) {
    if (errors_.failed()) return;
    const LocationScope place(*this, expression.location);
    if (expression.is<BinOp>() || expression.is<UnaryOp>() || expression.is<Tuple>() ||
        expression.is<Subscript>()) {
        if (const auto constant = foldConstant(expression)) {
            return code().emitConstant(*constant);
        }
    }
    compileKind(expression);
}

void Compiler::compileKind(const Expr& expression) {
    switch (expression.kind) {
        case ExprKind::kBoolOp:
            return compileBoolOp(expression.as<BoolOp>());
        case ExprKind::kNamedExpr:
            return compileNamedExpr(expression.as<NamedExpr>());
        case ExprKind::kBinOp:
            return compileBinOp(expression.as<BinOp>());
        case ExprKind::kUnaryOp:
            return compileUnaryOp(expression.as<UnaryOp>());
        case ExprKind::kLambda:
            return compileLambda(expression.as<Lambda>());
        case ExprKind::kIfExp:
            return compileIfExp(expression.as<IfExp>());
        case ExprKind::kDict:
            return compileDict(expression.as<Dict>());
        case ExprKind::kSet:
            return compileSet(expression.as<Set>());
        case ExprKind::kListComp:
        case ExprKind::kSetComp:
        case ExprKind::kDictComp:
        case ExprKind::kGeneratorExp:
            return compileComprehension(expression);
        case ExprKind::kAwait:
            return asyncOutside(expression.location, "'await'");
        case ExprKind::kYield:
            return compileYield(expression.as<Yield>());
        case ExprKind::kYieldFrom:
            return compileYieldFrom(expression.as<YieldFrom>());
        case ExprKind::kCompare:
            return compileCompare(expression.as<Compare>());
        case ExprKind::kCall:
            return compileCall(expression.as<Call>());
        case ExprKind::kFormattedValue:
            return compileFormattedValue(expression.as<FormattedValue>());
        case ExprKind::kJoinedStr:
            return compileJoinedStr(expression.as<JoinedStr>());
        case ExprKind::kConstant:
            return compileConstant(expression.as<Constant>());
        case ExprKind::kAttribute:
            return compileAttribute(expression.as<Attribute>());
        case ExprKind::kSubscript:
            return compileSubscript(expression.as<Subscript>());
        case ExprKind::kStarred:
            return error(expression.location,
                         expression.as<Starred>().ctx == ExprContext::kStore
                             ? "starred assignment target must be in a list or tuple"
                             : "can't use starred expression here");
        case ExprKind::kName:
            return compileName(expression.as<Name>());
        case ExprKind::kList:
            return compileList(expression.as<List>());
        case ExprKind::kTuple:
            return compileTuple(expression.as<Tuple>());
        case ExprKind::kSlice:
            return compileSlice(expression.as<Slice>());
    }
}

void Compiler::compileConstant(const Constant& constant) {
    if (constant.value.kind == ConstantValue::Kind::kComplex) {
        return unsupported(constant.location, "complex literals are");
    }
    code().emitConstant(ConstantItem::of(constant.value));
}

// --- operators ---------------------------------------------------------------------------------

void Compiler::compileBoolOp(const BoolOp& expression) {
    const Opcode jump = expression.op == BoolOperator::kAnd ? Opcode::JUMP_IF_FALSE_OR_POP
                                                            : Opcode::JUMP_IF_TRUE_OR_POP;
    const Label end = code().newLabel();
    const std::size_t last = expression.values.size() - 1;
    for (std::size_t i = 0; i < last; ++i) {
        compile(*expression.values[i]);
        emitJump(jump, end);
    }
    compile(*expression.values[last]);
    code().place(end);
}

void Compiler::compileBinOp(const BinOp& expression) {
    if (compilePercentFormat(expression)) return;
    compile(*expression.left);
    compile(*expression.right);
    emit(Opcode::BINARY_OP, static_cast<std::size_t>(toBinaryOp(expression.op)));
}

void Compiler::compileUnaryOp(const UnaryOp& expression) {
    compile(*expression.operand);
    const auto emit_unary = [this](tagproof::UnaryOp op) {
        emit(Opcode::UNARY_OP, static_cast<std::size_t>(op));
    };
    switch (expression.op) {
        case UnaryOperator::kNot:
            return emit(Opcode::UNARY_NOT);
        case UnaryOperator::kInvert:
            return emit_unary(tagproof::UnaryOp::kInvert);
        case UnaryOperator::kUAdd:
            return emit_unary(tagproof::UnaryOp::kPositive);
        case UnaryOperator::kUSub:
            return emit_unary(tagproof::UnaryOp::kNegative);
    }
}

void Compiler::compileIfExp(const IfExp& expression) {
    const Label next = code().newLabel();
    const Label end = code().newLabel();
    const int depth = code().depth();
    compileJumpIf(*expression.test, next, false);
    compile(*expression.body);
    code().emitJump(end);
    code().setDepth(depth);
    code().place(next);
    compile(*expression.orelse);
    code().place(end);
}

void Compiler::compileNamedExpr(const NamedExpr& expression) {
    compile(*expression.value);
    emit(Opcode::COPY, 1);
    compile(*expression.target);
}

// --- comparisons -------------------------------------------------------------------------------

void Compiler::emitCompare(CmpOp op) {
    const auto compare = [this](CompareOp how) {
        emit(Opcode::COMPARE_OP, static_cast<std::size_t>(how));
    };
    switch (op) {
        case CmpOp::kEq:
            return compare(CompareOp::kEq);
        case CmpOp::kNotEq:
            return compare(CompareOp::kNe);
        case CmpOp::kLt:
            return compare(CompareOp::kLt);
        case CmpOp::kLtE:
            return compare(CompareOp::kLe);
        case CmpOp::kGt:
            return compare(CompareOp::kGt);
        case CmpOp::kGtE:
            return compare(CompareOp::kGe);
        case CmpOp::kIs:
            return emit(Opcode::IS_OP, 0);
        case CmpOp::kIsNot:
            return emit(Opcode::IS_OP, 1);
        case CmpOp::kIn:
            return emit(Opcode::CONTAINS_OP, 0);
        case CmpOp::kNotIn:
            return emit(Opcode::CONTAINS_OP, 1);
    }
}

// What `in` looks through may be a constant even where the source makes a list or set.
void Compiler::compileComparator(const Compare& expression, std::size_t index) {
    const Expr& comparator = *expression.comparators[index];
    const bool is_search =
        expression.ops[index] == CmpOp::kIn || expression.ops[index] == CmpOp::kNotIn;
    const auto* list = comparator.tryAs<List>();
    const auto* set = comparator.tryAs<Set>();
    std::optional<ConstantItem> constant;
    if (is_search && list != nullptr) {
        constant = foldSequence(list->elts, ConstantItem::Kind::kTuple);
    } else if (is_search && set != nullptr) {
        constant = foldSequence(set->elts, ConstantItem::Kind::kFrozenSet);
    }
    if (!constant) return compile(comparator);
    const LocationScope place(*this, comparator.location);
    code().emitConstant(*constant);
}

// A chain keeps its middle operands: `a < b < c` evaluates b once.
void Compiler::compileCompare(const Compare& expression) {
    compile(*expression.left);
    const std::size_t last = expression.ops.size() - 1;
    if (last == 0) {
        compileComparator(expression, 0);
        return emitCompare(expression.ops[0]);
    }
    const Label cleanup = code().newLabel();
    const Label end = code().newLabel();
    for (std::size_t i = 0; i < last; ++i) {
        compileComparator(expression, i);
        emit(Opcode::SWAP, 2);
        emit(Opcode::COPY, 2);
        emitCompare(expression.ops[i]);
        emitJump(Opcode::JUMP_IF_FALSE_OR_POP, cleanup);
    }
    compileComparator(expression, last);
    emitCompare(expression.ops[last]);
    code().emitJump(end);
    code().place(cleanup);
    emit(Opcode::SWAP, 2);
    emit(Opcode::POP_TOP);
    code().place(end);
}

// --- yield -------------------------------------------------------------------------------------

void Compiler::compileYield(const Yield& expression) {
    if (unit().block.kind != BlockKind::kFunction) {
        return error(expression.location, "'yield' outside function");
    }
    if (expression.value != nullptr) {
        compile(*expression.value);
    } else {
        emitNone();
    }
    emit(Opcode::YIELD_VALUE);
}

void Compiler::compileYieldFrom(const YieldFrom& expression) {
    if (unit().block.kind != BlockKind::kFunction) {
        return error(expression.location, "'yield' outside function");
    }
    compile(*expression.value);
    emit(Opcode::GET_YIELD_FROM_ITER);
    emitNone();
    const Label send = code().newLabel();
    const Label done = code().newLabel();
    code().place(send);
    emitJump(Opcode::SEND, done);
    emit(Opcode::YIELD_VALUE);
    emitJump(Opcode::JUMP, send);
    code().place(done);
    emit(Opcode::END_SEND);
}

// --- names, attributes, items ------------------------------------------------------------------

void Compiler::compileName(const Name& expression) {
    switch (expression.ctx) {
        case ExprContext::kLoad:
            if (expression.id == "__debug__") {
                return code().emitConstant(ConstantItem::boolean(true));
            }
            return loadName(expression.id);
        case ExprContext::kStore:
            return storeName(expression.id);
        case ExprContext::kDel:
            return deleteName(expression.id);
    }
}

// The place of an attribute access that spans lines is that of the name after the dot.
void Compiler::setAttributeLocation(const Attribute& attribute) {
    SourceRange range = code().location();
    if (range.line == attribute.location.end_lineno) return;
    const auto length = static_cast<std::int32_t>(attribute.attr.size());
    const auto end = static_cast<std::int32_t>(attribute.location.end_col_offset);
    range.line = attribute.location.end_lineno;
    range.column = end - length;
    if (range.end_line < range.line) {
        range.end_line = range.line;
        range.end_column = end;
    }
    code().setLocation(range);
}

void Compiler::compileAttribute(const Attribute& expression) {
    if (expression.ctx == ExprContext::kLoad && compileSuperAttribute(expression)) return;
    compile(*expression.value);
    setAttributeLocation(expression);
    const bool is_store = expression.ctx == ExprContext::kStore;
    if (is_store && rejectDebug(expression.attr, ExprContext::kStore)) return;
    const Identifier name = mangled(expression.attr);
    switch (expression.ctx) {
        case ExprContext::kLoad:
            return code().emitName(Opcode::LOAD_ATTR, name);
        case ExprContext::kStore:
            return code().emitName(Opcode::STORE_ATTR, name);
        case ExprContext::kDel:
            return code().emitName(Opcode::DELETE_ATTR, name);
    }
}

void Compiler::compileSubscript(const Subscript& expression) {
    compile(*expression.value);
    compile(*expression.slice);
    switch (expression.ctx) {
        case ExprContext::kLoad:
            return emit(Opcode::BINARY_SUBSCR);
        case ExprContext::kStore:
            return emit(Opcode::STORE_SUBSCR);
        case ExprContext::kDel:
            return emit(Opcode::DELETE_SUBSCR);
    }
}

void Compiler::compileSlice(const Slice& expression) {
    const auto part = [this](const Expr* bound) {
        if (bound != nullptr) {
            compile(*bound);
        } else {
            emitNone();
        }
    };
    part(expression.lower);
    part(expression.upper);
    if (expression.step != nullptr) compile(*expression.step);
    emit(Opcode::BUILD_SLICE, expression.step != nullptr ? 3 : 2);
}

}  // namespace tagproof::frontend
