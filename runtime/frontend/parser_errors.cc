// Errors: recording them, choosing between those of the tokenizer and the parser, and finding the
// special messages. The conditions and the order are those of the `invalid_` rules of
// CPython 3.11's grammar, which each function names.

#include <array>
#include <utility>

#include "runtime/frontend/parser.h"
#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

namespace {

constexpr int kMaxNesting = 1000;
constexpr int kMaxChainHeight = 3000;
static_assert(4 * kMaxNesting + kMaxChainHeight < kMaxTreeDepth);

struct ExpressionStarts {
    std::array<bool, 256> is_start{};

    consteval ExpressionStarts() {
        using enum TokenKind;
        for (TokenKind kind :
             {kName, kNumber, kString, kLeftParen, kLeftBracket, kLeftBrace, kMinus, kPlus, kTilde,
              kNot, kLambda, kAwait, kTrue, kFalse, kNone, kEllipsis}) {
            is_start[static_cast<std::size_t>(kind)] = true;
        }
    }
};
constexpr ExpressionStarts kExpressionStarts;

std::string_view describeConstant(const ConstantValue& value) {
    switch (value.kind) {
        case ConstantValue::Kind::kNone:
            return "None";
        case ConstantValue::Kind::kTrue:
            return "True";
        case ConstantValue::Kind::kFalse:
            return "False";
        case ConstantValue::Kind::kEllipsis:
            return "ellipsis";
        case ConstantValue::Kind::kInt:
        case ConstantValue::Kind::kFloat:
        case ConstantValue::Kind::kComplex:
        case ConstantValue::Kind::kStr:
        case ConstantValue::Kind::kBytes:
            return "literal";
    }
    return {};
}

}  // namespace

std::string_view describeExpr(const Expr& expr) {
    switch (expr.kind) {
        case ExprKind::kAttribute:
            return "attribute";
        case ExprKind::kSubscript:
            return "subscript";
        case ExprKind::kStarred:
            return "starred";
        case ExprKind::kName:
            return "name";
        case ExprKind::kList:
            return "list";
        case ExprKind::kTuple:
            return "tuple";
        case ExprKind::kLambda:
            return "lambda";
        case ExprKind::kCall:
            return "function call";
        case ExprKind::kBoolOp:
        case ExprKind::kBinOp:
        case ExprKind::kUnaryOp:
            return "expression";
        case ExprKind::kGeneratorExp:
            return "generator expression";
        case ExprKind::kYield:
        case ExprKind::kYieldFrom:
            return "yield expression";
        case ExprKind::kAwait:
            return "await expression";
        case ExprKind::kListComp:
            return "list comprehension";
        case ExprKind::kSetComp:
            return "set comprehension";
        case ExprKind::kDictComp:
            return "dict comprehension";
        case ExprKind::kDict:
            return "dict literal";
        case ExprKind::kSet:
            return "set display";
        case ExprKind::kJoinedStr:
        case ExprKind::kFormattedValue:
            return "f-string expression";
        case ExprKind::kConstant:
            return describeConstant(expr.as<Constant>().value);
        case ExprKind::kCompare:
            return "comparison";
        case ExprKind::kIfExp:
            return "conditional expression";
        case ExprKind::kNamedExpr:
            return "named expression";
        case ExprKind::kSlice:
            return "slice";
    }
    return {};
}

std::nullptr_t Parser::failTooComplex() {
    // Not subject to speculation: every other way to parse is as deep.
    if (!error_) {
        const Token& token = peek();
        error_ =
            Diagnostic{.kind = DiagnosticKind::kMemoryError,
                       .message = "Parser stack overflowed - Python source too complex to parse",
                       .line = token.line,
                       .column = token.column + 1};
    }
    return nullptr;
}

bool Parser::enterNesting() {
    if (++nesting_ <= kMaxNesting) return true;
    failTooComplex();
    return false;
}

bool Parser::growChain() {
    if (++chain_height_ <= kMaxChainHeight) return true;
    failTooComplex();
    return false;
}

std::nullptr_t Parser::failAt(const Location& range, const std::string& message) {
    if (speculations_ > 0 || error_) return nullptr;
    error_ = Diagnostic{.message = std::string(error_prefix_) + message,
                        .line = range.lineno,
                        .column = range.col_offset + 1,
                        .end_line = range.end_lineno,
                        .end_column = range.end_col_offset + 1};
    return nullptr;
}

std::nullptr_t Parser::failAt(const Token& token, const std::string& message) {
    return failAt(locationOf(token), message);
}

std::nullptr_t Parser::failRange(const Location& first,
                                 const Location& last,
                                 const std::string& message) {
    return failAt({first.lineno, first.col_offset, last.end_lineno, last.end_col_offset}, message);
}

std::nullptr_t Parser::failFrom(const Location& start, const std::string& message) {
    const Token& furthest = tokens_[fetched_];
    return failAt({start.lineno, start.col_offset, furthest.line, furthest.column}, message);
}

std::nullptr_t Parser::failAtFurthest(const std::string& message, DiagnosticKind kind) {
    const bool is_first = !error_;
    failAt(tokens_[fetched_], message);
    if (is_first && error_) error_->kind = kind;
    return nullptr;
}

std::nullptr_t Parser::failNoBlock(std::string_view construct, const Token& keyword) {
    return failAtFurthest("expected an indented block after " + std::string(construct) +
                              " on line " + std::to_string(keyword.line),
                          DiagnosticKind::kIndentationError);
}

std::nullptr_t Parser::failInvalidTarget(const Expr* expr, TargetUse use) {
    const Expr* invalid = findInvalidTarget(*expr, use);
    if (invalid == nullptr) return nullptr;
    const std::string action = use == TargetUse::kDelete ? "cannot delete " : "cannot assign to ";
    return failAt(invalid->location, action + std::string(describeExpr(*invalid)));
}

// Decides which error a failed parse reports: the tokenizer's, if the parser has reached it or if
// it has priority; otherwise the parser's, or that of a bracket that the text does not close.
void Parser::settleError() {
    if (error_ && error_->kind == DiagnosticKind::kMemoryError) return;
    const bool has_reached_error = tokens_[fetched_].kind == TokenKind::kError;
    const TokenKind furthest = tokens_[furthest_].kind;
    const bool is_indentation = furthest == TokenKind::kIndent || furthest == TokenKind::kDedent;
    if (!error_ && is_indentation && !has_reached_error) {
        failAt(tokens_[furthest_],
               furthest == TokenKind::kIndent ? "unexpected indent" : "unexpected unindent");
        error_->kind = DiagnosticKind::kIndentationError;
        error_->column = 0;
        return;
    }
    if (!error_) failAt(tokens_[furthest_], "invalid syntax");
    if (!lexical_error_) return;
    const LexicalError& lexical = *lexical_error_;
    if (has_reached_error || lexical.has_priority) {
        error_ = Diagnostic{.kind = lexical.kind,
                            .message = lexical.message,
                            .line = lexical.line,
                            .column = lexical.column};
    } else if (lexical.open_bracket != '\0' && tokens_[fetched_].line > lexical.bracket_line) {
        error_ = Diagnostic{.message = unclosedBracketMessage(lexical.open_bracket),
                            .line = lexical.bracket_line,
                            .column = lexical.bracket_column};
    }
}

bool Parser::atExpressionStart() const {
    return kExpressionStarts.is_start[static_cast<std::size_t>(peek().kind)];
}

// Whether `expr` is the name of a statement of Python 2.
bool Parser::isLegacyStatement(const Expr& expr) const {
    const auto* name = expr.tryAs<Name>();
    return name != nullptr && (name->id == "print" || name->id == "exec");
}

// invalid_expression, invalid_legacy_expression. The cursor is behind `expr`, at the start of
// another expression.
void Parser::diagnoseAdjacentExpressions(std::size_t start, const Expr& expr) {
    const Nesting nesting(*this);  // `print print print ...` comes back here for each word
    if (speculations_ > 0 || !nesting.ok()) return;
    const Token& first = tokens_[start];
    const std::string_view text = textOf(first);
    const bool is_soft_keyword = text == "match" || text == "case" || text == "_";
    const bool is_bad_prefix =
        first.kind == TokenKind::kName && tokens_[start + 1].kind == TokenKind::kString;
    const bool is_legacy = isLegacyStatement(expr);
    if (!is_soft_keyword && !is_bad_prefix && !is_legacy) {
        const Expr* next = nullptr;
        bool is_bracketed = false;
        {
            const Speculation look_ahead(*this, SpeculationKind::kLookAhead);
            next = parseExpression();
            is_bracketed = next != nullptr && tokens_[cursor_ - 1].bracket_depth != 0;
        }
        if (is_bracketed) {
            failRange(expr.location, next->location, "invalid syntax. Perhaps you forgot a comma?");
        }
    }
    const bool is_legacy_start =
        first.kind == TokenKind::kName && (text == "print" || text == "exec");
    if (is_legacy_start && tokens_[start + 1].kind != TokenKind::kLeftParen && !hasFailed()) {
        const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
        rewind(start + 1);
        const Expr* argument = parseStarExpressions();
        if (argument == nullptr) return;
        const std::string name(text);
        failRange(locationOf(first), argument->location,
                  "Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?");
    }
}

// invalid_named_expression. The cursor is behind `expr`, at `:=` or `=`.
void Parser::diagnoseNamedExpression(std::size_t start, const Expr& expr) {
    if (speculations_ > 0) return;
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    const bool is_bare_name = expr.is<Name>() && cursor_ == start + 1;
    if (accept(TokenKind::kColonEqual)) {
        if (parseExpression() == nullptr) return;
        failAt(expr.location,
               "cannot use assignment expressions with " + std::string(describeExpr(expr)));
        return;
    }
    if (!is_bare_name && !isComparedByMistake(start, expr)) return;
    advance();
    const Expr* value = parseBitwiseOr();
    if (value == nullptr || at(TokenKind::kEqual) || at(TokenKind::kColonEqual)) return;
    if (is_bare_name) {
        failRange(expr.location, value->location,
                  "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        return;
    }
    failAt(expr.location, "cannot assign to " + std::string(describeExpr(expr)) +
                              " here. Maybe you meant '==' instead of '='?");
}

// Whether `expr`, which starts at the token `start` and is followed by `=`, is a `bitwise_or` and
// does not start with a list, tuple, generator expression, True, False or None.
bool Parser::isComparedByMistake(std::size_t start, const Expr& expr) {
    const Token& first = tokens_[start];
    const bool is_group =
        expr.location.lineno != first.line || expr.location.col_offset != first.column;
    const bool is_looser = expr.is<Compare>() || expr.is<BoolOp>() || expr.is<IfExp>() ||
                           expr.is<Lambda>() || expr.is<NamedExpr>() || expr.is<Starred>() ||
                           (expr.is<UnaryOp>() && expr.as<UnaryOp>().op == UnaryOperator::kNot);
    if (is_looser && !is_group) return false;
    if (first.kind == TokenKind::kTrue || first.kind == TokenKind::kFalse ||
        first.kind == TokenKind::kNone) {
        return false;
    }
    const Speculation look_ahead(*this, SpeculationKind::kLookAhead);
    rewind(start);
    if (at(TokenKind::kLeftBracket)) return !parseAtom()->is<List>();
    if (!at(TokenKind::kLeftParen)) return true;
    const Expr* atom = parseAtom();
    const bool is_inner =
        atom->location.col_offset != first.column || atom->location.lineno != first.line;
    return is_inner || !(atom->is<Tuple>() || atom->is<GeneratorExp>());
}

// invalid_assignment. A statement that starts at `start` is no assignment.
void Parser::diagnoseAssignment(std::size_t start) {
    if (speculations_ > 0) return;
    diagnoseAnnotation(start);
    if (hasFailed()) return;
    diagnoseAssignedTargets(start);
    if (hasFailed()) return;
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    rewind(start);
    const Expr* target = parseStarExpressions();
    if (target == nullptr || !isAugmentedAssignment(peek().kind)) return;
    advance();
    if (parseAssignedValue() == nullptr) return;
    failAt(target->location, "'" + std::string(describeExpr(*target)) +
                                 "' is an illegal expression for augmented assignment");
}

// The first three alternatives of invalid_assignment.
void Parser::diagnoseAnnotation(std::size_t start) {
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    diagnoseAnnotatedAtom(start);
    if (hasFailed()) return;
    diagnoseAnnotatedTuple(start);
    if (hasFailed()) return;
    rewind(start);
    const Expr* target = parseExpression();
    if (target != nullptr && parseAnnotation()) {
        failAt(target->location, "illegal target for annotation");
    }
}

// `(a, b): annotation` and `[a, b]: annotation`.
void Parser::diagnoseAnnotatedAtom(std::size_t start) {
    rewind(start);
    if (!at(TokenKind::kLeftParen) && !at(TokenKind::kLeftBracket)) return;
    const Expr* target = parseAtom();
    if (target == nullptr || !(target->is<List>() || target->is<Tuple>())) return;
    if (!parseAnnotation()) return;
    failAt(target->location,
           "only single target (not " + std::string(describeExpr(*target)) + ") can be annotated");
}

// `a, b: annotation`.
void Parser::diagnoseAnnotatedTuple(std::size_t start) {
    rewind(start);
    const Expr* first = parseStarNamedExpression();
    if (first == nullptr || !accept(TokenKind::kComma)) return;
    while (!at(TokenKind::kColon) && parseStarNamedExpression() != nullptr) {
        if (!accept(TokenKind::kComma)) break;
    }
    if (parseAnnotation()) {
        failAt(first->location, "only single target (not tuple) can be annotated");
    }
}

// The colon and the annotation behind a target; false when there are none.
bool Parser::parseAnnotation() {
    return accept(TokenKind::kColon) && parseExpression() != nullptr && !hasFailed();
}

// The fourth and fifth alternative of invalid_assignment.
void Parser::diagnoseAssignedTargets(std::size_t start) {
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    rewind(start);
    while (!hasFailed()) {
        if (at(TokenKind::kYield)) {
            const Expr* yield = parseYield();
            if (yield == nullptr || !at(TokenKind::kEqual)) return;
            failAt(yield->location, "assignment to yield expression not possible");
            return;
        }
        const Expr* target = parseStarExpressions();
        if (target == nullptr || !accept(TokenKind::kEqual)) return;
        failInvalidTarget(target, TargetUse::kAssign);
    }
}

// invalid_for_target, invalid_del_stmt. What starts at `start` is not, or not only, targets.
void Parser::diagnoseTargets(std::size_t start, TargetUse use) {
    if (speculations_ > 0) return;
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    rewind(start);
    const Expr* targets = parseStarExpressions();
    if (targets != nullptr && !hasFailed()) failInvalidTarget(targets, use);
}

}  // namespace tagproof::frontend
