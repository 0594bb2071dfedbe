// Expressions, from the loosest to the tightest binding. Binary operators use precedence climbing.

#include <array>
#include <optional>

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

namespace {

struct BinaryOperator {
    TokenKind token;
    Operator op;
    int precedence;
};

constexpr std::array kBinaryOperators = {
    BinaryOperator{TokenKind::kVerticalBar, Operator::kBitOr, 0},
    BinaryOperator{TokenKind::kCircumflex, Operator::kBitXor, 1},
    BinaryOperator{TokenKind::kAmpersand, Operator::kBitAnd, 2},
    BinaryOperator{TokenKind::kLeftShift, Operator::kLShift, 3},
    BinaryOperator{TokenKind::kRightShift, Operator::kRShift, 3},
    BinaryOperator{TokenKind::kPlus, Operator::kAdd, 4},
    BinaryOperator{TokenKind::kMinus, Operator::kSub, 4},
    BinaryOperator{TokenKind::kStar, Operator::kMult, 5},
    BinaryOperator{TokenKind::kSlash, Operator::kDiv, 5},
    BinaryOperator{TokenKind::kDoubleSlash, Operator::kFloorDiv, 5},
    BinaryOperator{TokenKind::kPercent, Operator::kMod, 5},
    BinaryOperator{TokenKind::kAt, Operator::kMatMult, 5},
};

constexpr std::size_t kTokenKinds = 256;

// The rows of kBinaryOperators by token.
struct BinaryOperatorIndex {
    std::array<const BinaryOperator*, kTokenKinds> rows{};

    consteval BinaryOperatorIndex() {
        for (const BinaryOperator& row : kBinaryOperators) {
            rows[static_cast<std::size_t>(row.token)] = &row;
        }
    }
};
constexpr BinaryOperatorIndex kBinaryOperatorIndex;

// The comparison operators of one token, by token.
struct ComparisonIndex {
    std::array<std::optional<CmpOp>, kTokenKinds> rows{};

    consteval ComparisonIndex() {
        auto set = [this](TokenKind token, CmpOp op) {
            rows[static_cast<std::size_t>(token)] = op;
        };
        set(TokenKind::kEqualEqual, CmpOp::kEq);
        set(TokenKind::kNotEqual, CmpOp::kNotEq);
        set(TokenKind::kLess, CmpOp::kLt);
        set(TokenKind::kLessEqual, CmpOp::kLtE);
        set(TokenKind::kGreater, CmpOp::kGt);
        set(TokenKind::kGreaterEqual, CmpOp::kGtE);
        set(TokenKind::kIn, CmpOp::kIn);
    }
};
constexpr ComparisonIndex kComparisonIndex;

}  // namespace

Expr* Parser::parseStarExpressions() {
    const Token& start = peek();
    Expr* first = parseStarExpression();
    if (first == nullptr || !at(TokenKind::kComma)) return first;
    SeqBuilder<Expr> elts(*this);
    elts.add(first);
    while (accept(TokenKind::kComma)) {
        if (!at(TokenKind::kStar) && !atExpressionStart()) break;
        Expr* elt = parseStarExpression();
        if (elt == nullptr) return nullptr;
        elts.add(elt);
    }
    auto* tuple = makeAt<Tuple>(start);
    tuple->elts = elts.finish();
    return tuple;
}

Expr* Parser::parseStarred(Expr* (Parser::*parse_value)()) {
    const Token& start = peek();
    advance();
    Expr* value = (this->*parse_value)();
    if (value == nullptr) return nullptr;
    auto* starred = makeAt<Starred>(start);
    starred->value = value;
    return starred;
}

Expr* Parser::parseStarExpression() {
    if (!at(TokenKind::kStar)) return parseExpression();
    return parseStarred(&Parser::parseBitwiseOr);
}

Expr* Parser::parseStarNamedExpression() {
    if (!at(TokenKind::kStar)) return parseNamedExpression();
    return parseStarred(&Parser::parseBitwiseOr);
}

Expr* Parser::parseNamedExpression() {
    const std::size_t start = cursor_;
    const bool is_assignment = atAssignmentExpression();
    Expr* expr = parseAssignmentExpression();
    if (expr == nullptr || is_assignment) return expr;
    if (at(TokenKind::kColonEqual) || at(TokenKind::kEqual)) {
        diagnoseNamedExpression(start, *expr);
        if (at(TokenKind::kColonEqual) || hasFailed()) return nullptr;
    }
    return expr;
}

bool Parser::atAssignmentExpression() const {
    return at(TokenKind::kName) && peekAhead(1).kind == TokenKind::kColonEqual;
}

// `name := value`, or another expression.
Expr* Parser::parseAssignmentExpression() {
    if (!atAssignmentExpression()) return parseExpression();
    const Token& start = peek();
    Expr* target = parseName();
    setContext(*target, ExprContext::kStore);
    advance();
    Expr* value = parseExpression();
    if (value == nullptr) return nullptr;
    auto* named = makeAt<NamedExpr>(start);
    named->target = target;
    named->value = value;
    return named;
}

Expr* Parser::parseExpression() {
    const std::size_t start = cursor_;
    Expr* expr = parseUndiagnosedExpression();
    if (expr != nullptr && atExpressionStart()) {
        diagnoseAdjacentExpressions(start, *expr);
        if (hasFailed()) return nullptr;
    }
    return expr;
}

// Leaves it to the caller to explain an expression that follows.
Expr* Parser::parseUndiagnosedExpression() {
    const Nesting nesting(*this);
    if (!nesting.ok()) return nullptr;
    if (at(TokenKind::kLambda)) return parseLambda();
    const Token& start = peek();
    Expr* expr = parseDisjunction();
    if (expr == nullptr || !at(TokenKind::kIf)) return expr;
    return parseConditionTail(start, expr);
}

// The `if` and what follows of a conditional expression.
Expr* Parser::parseConditionTail(const Token& start, Expr* body) {
    const std::size_t if_cursor = cursor_;
    advance();
    Expr* test = parseDisjunction();
    if (test == nullptr) return nullptr;
    if (!accept(TokenKind::kElse)) {
        if (!at(TokenKind::kColon)) {
            failRange(body->location, test->location, "expected 'else' after 'if' expression");
        }
        rewind(if_cursor);
        return hasFailed() ? nullptr : body;
    }
    Expr* orelse = parseExpression();
    if (orelse == nullptr) return nullptr;
    auto* condition = makeAt<IfExp>(start);
    condition->test = test;
    condition->body = body;
    condition->orelse = orelse;
    return condition;
}

Expr* Parser::parseYield() {
    const Token& start = peek();
    advance();
    if (accept(TokenKind::kFrom)) {
        Expr* value = parseExpression();
        if (value == nullptr) return nullptr;
        auto* yield_from = makeAt<YieldFrom>(start);
        yield_from->value = value;
        return yield_from;
    }
    Expr* value = nullptr;
    if (at(TokenKind::kStar) || atExpressionStart()) {
        value = parseStarExpressions();
        if (value == nullptr) return nullptr;
    }
    auto* yield = makeAt<Yield>(start);
    yield->value = value;
    return yield;
}

Expr* Parser::parseLambda() {
    const Token& start = peek();
    advance();
    Arguments* args = parseParameters(TokenKind::kColon);
    if (args == nullptr || !expect(TokenKind::kColon)) return nullptr;
    Expr* body = parseExpression();
    if (body == nullptr) return nullptr;
    auto* lambda = makeAt<Lambda>(start);
    lambda->args = args;
    lambda->body = body;
    return lambda;
}

Expr* Parser::parseDisjunction() {
    const Token& start = peek();
    Expr* first = parseConjunction();
    if (first == nullptr || !at(TokenKind::kOr)) return first;
    SeqBuilder<Expr> values(*this);
    values.add(first);
    while (accept(TokenKind::kOr)) {
        Expr* value = parseConjunction();
        if (value == nullptr) return nullptr;
        values.add(value);
    }
    auto* bool_op = makeAt<BoolOp>(start);
    bool_op->op = BoolOperator::kOr;
    bool_op->values = values.finish();
    return bool_op;
}

Expr* Parser::parseConjunction() {
    const Token& start = peek();
    Expr* first = parseInversion();
    if (first == nullptr || !at(TokenKind::kAnd)) return first;
    SeqBuilder<Expr> values(*this);
    values.add(first);
    while (accept(TokenKind::kAnd)) {
        Expr* value = parseInversion();
        if (value == nullptr) return nullptr;
        values.add(value);
    }
    auto* bool_op = makeAt<BoolOp>(start);
    bool_op->op = BoolOperator::kAnd;
    bool_op->values = values.finish();
    return bool_op;
}

Expr* Parser::parseInversion() {
    if (!at(TokenKind::kNot)) return parseComparison();
    const Nesting nesting(*this);
    if (!nesting.ok()) return nullptr;
    const Token& start = peek();
    advance();
    Expr* operand = parseInversion();
    if (operand == nullptr) return nullptr;
    auto* inversion = makeAt<UnaryOp>(start);
    inversion->op = UnaryOperator::kNot;
    inversion->operand = operand;
    return inversion;
}

std::optional<CmpOp> Parser::acceptComparisonOperator() {
    const std::optional<CmpOp> op = kComparisonIndex.rows[static_cast<std::size_t>(peek().kind)];
    if (op) {
        advance();
        return op;
    }
    if (at(TokenKind::kNot)) {
        const std::size_t start = cursor_;
        advance();
        if (accept(TokenKind::kIn)) return CmpOp::kNotIn;
        rewind(start);
        return std::nullopt;
    }
    if (accept(TokenKind::kIs)) return accept(TokenKind::kNot) ? CmpOp::kIsNot : CmpOp::kIs;
    return std::nullopt;
}

Expr* Parser::parseComparison() {
    const Token& start = peek();
    Expr* left = parseBitwiseOr();
    if (left == nullptr) return nullptr;
    std::optional<CmpOp> op = acceptComparisonOperator();
    if (!op) return left;
    std::vector<CmpOp> ops;
    SeqBuilder<Expr> comparators(*this);
    for (; op; op = acceptComparisonOperator()) {
        Expr* right = parseBitwiseOr();
        if (right == nullptr) return nullptr;
        ops.push_back(*op);
        comparators.add(right);
    }
    auto* compare = makeAt<Compare>(start);
    compare->left = left;
    compare->ops = arena_.copy(ops);
    compare->comparators = comparators.finish();
    return compare;
}

// The operators of at least the given precedence.
Expr* Parser::parseBinary(int min_precedence) {
    const ChainHeight height(*this);
    const Token& start = peek();
    Expr* left = parseFactor();
    while (left != nullptr) {
        const BinaryOperator* row =
            kBinaryOperatorIndex.rows[static_cast<std::size_t>(peek().kind)];
        if (row == nullptr || row->precedence < min_precedence) return left;
        advance();
        Expr* right = parseBinary(row->precedence + 1);
        if (right == nullptr || !growChain()) return nullptr;
        auto* binary = makeAt<BinOp>(start);
        binary->left = left;
        binary->op = row->op;
        binary->right = right;
        left = binary;
    }
    return nullptr;
}

Expr* Parser::parseFactor() {
    UnaryOperator op{};
    if (at(TokenKind::kMinus)) {
        op = UnaryOperator::kUSub;
    } else if (at(TokenKind::kPlus)) {
        op = UnaryOperator::kUAdd;
    } else if (at(TokenKind::kTilde)) {
        op = UnaryOperator::kInvert;
    } else {
        return parsePower();
    }
    const Nesting nesting(*this);
    if (!nesting.ok()) return nullptr;
    const Token& start = peek();
    advance();
    Expr* operand = parseFactor();
    if (operand == nullptr) return nullptr;
    auto* unary = makeAt<UnaryOp>(start);
    unary->op = op;
    unary->operand = operand;
    return unary;
}

Expr* Parser::parsePower() {
    const Token& start = peek();
    const bool is_await = accept(TokenKind::kAwait);
    Expr* base = parsePrimary();
    if (base == nullptr) return nullptr;
    if (is_await) {
        auto* await = makeAt<Await>(start);
        await->value = base;
        base = await;
    }
    if (!at(TokenKind::kDoubleStar)) return base;
    const Nesting nesting(*this);
    if (!nesting.ok()) return nullptr;
    advance();
    Expr* exponent = parseFactor();
    if (exponent == nullptr) return nullptr;
    auto* power = makeAt<BinOp>(start);
    power->left = base;
    power->op = Operator::kPow;
    power->right = exponent;
    return power;
}

Expr* Parser::parsePrimary() {
    const ChainHeight height(*this);
    const Token& start = peek();
    Expr* primary = parseAtom();
    while (primary != nullptr) {
        if (at(TokenKind::kDot)) {
            advance();
            const Identifier attr = parseIdentifier();
            if (!isPresent(attr)) return nullptr;
            auto* attribute = makeAt<Attribute>(start);
            attribute->value = primary;
            attribute->attr = attr;
            primary = attribute;
        } else if (at(TokenKind::kLeftParen)) {
            primary = parseCall(start, primary);
        } else if (at(TokenKind::kLeftBracket)) {
            primary = parseSubscript(start, primary);
        } else {
            return primary;
        }
        if (!growChain()) return nullptr;
    }
    return nullptr;
}

Expr* Parser::parseCall(const Token& start, Expr* func) {
    advance();
    Seq<Expr> args;
    Seq<Keyword> keywords;
    if (!parseArguments(args, keywords, true) || !expect(TokenKind::kRightParen)) return nullptr;
    auto* call = makeAt<Call>(start);
    call->func = func;
    call->args = args;
    call->keywords = keywords;
    return call;
}

Expr* Parser::parseSubscript(const Token& start, Expr* value) {
    advance();
    Expr* slice = parseSlices();
    if (slice == nullptr || !expect(TokenKind::kRightBracket)) return nullptr;
    auto* subscript = makeAt<Subscript>(start);
    subscript->value = value;
    subscript->slice = slice;
    return subscript;
}

Expr* Parser::parseSlices() {
    const Token& start = peek();
    const bool is_starred = at(TokenKind::kStar);
    Expr* first = parseSlice();
    if (first == nullptr || (!is_starred && !at(TokenKind::kComma))) return first;
    SeqBuilder<Expr> elts(*this);
    elts.add(first);
    while (accept(TokenKind::kComma) && !at(TokenKind::kRightBracket)) {
        Expr* elt = parseSlice();
        if (elt == nullptr) return nullptr;
        elts.add(elt);
    }
    auto* tuple = makeAt<Tuple>(start);
    tuple->elts = elts.finish();
    return tuple;
}

// One element between the brackets of a subscript.
Expr* Parser::parseSlice() {
    if (at(TokenKind::kStar)) return parseStarred(&Parser::parseExpression);
    const Token& start = peek();
    Expr* lower = nullptr;
    if (!at(TokenKind::kColon)) {
        const bool is_assignment = atAssignmentExpression();
        lower = parseNamedExpression();
        if (lower == nullptr || !at(TokenKind::kColon) || is_assignment) return lower;
    }
    advance();
    Expr* upper = nullptr;
    if (atExpressionStart()) {
        upper = parseExpression();
        if (upper == nullptr) return nullptr;
    }
    Expr* step = nullptr;
    if (accept(TokenKind::kColon) && atExpressionStart()) {
        step = parseExpression();
        if (step == nullptr) return nullptr;
    }
    auto* slice = makeAt<Slice>(start);
    slice->lower = lower;
    slice->upper = upper;
    slice->step = step;
    return slice;
}

}  // namespace tagproof::frontend
