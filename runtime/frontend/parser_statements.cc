// Statement lists and simple statements.

#include <array>

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

namespace {

struct AugmentedOperator {
    TokenKind token;
    Operator op;
};

constexpr std::array kAugmentedOperators = {
    AugmentedOperator{TokenKind::kPlusEqual, Operator::kAdd},
    AugmentedOperator{TokenKind::kMinusEqual, Operator::kSub},
    AugmentedOperator{TokenKind::kStarEqual, Operator::kMult},
    AugmentedOperator{TokenKind::kAtEqual, Operator::kMatMult},
    AugmentedOperator{TokenKind::kSlashEqual, Operator::kDiv},
    AugmentedOperator{TokenKind::kPercentEqual, Operator::kMod},
    AugmentedOperator{TokenKind::kAmpersandEqual, Operator::kBitAnd},
    AugmentedOperator{TokenKind::kVerticalBarEqual, Operator::kBitOr},
    AugmentedOperator{TokenKind::kCircumflexEqual, Operator::kBitXor},
    AugmentedOperator{TokenKind::kLeftShiftEqual, Operator::kLShift},
    AugmentedOperator{TokenKind::kRightShiftEqual, Operator::kRShift},
    AugmentedOperator{TokenKind::kDoubleStarEqual, Operator::kPow},
    AugmentedOperator{TokenKind::kDoubleSlashEqual, Operator::kFloorDiv},
};

const AugmentedOperator* findAugmentedOperator(TokenKind token) {
    for (const AugmentedOperator& row : kAugmentedOperators) {
        if (row.token == token) return &row;
    }
    return nullptr;
}

}  // namespace

bool isAugmentedAssignment(TokenKind token) { return findAugmentedOperator(token) != nullptr; }

// Appends one compound statement or one line of simple statements.
bool Parser::parseStatement(SeqBuilder<Stmt>& body) {
    const Nesting nesting(*this);
    if (!nesting.ok()) return false;
    if (atCompoundStatement()) {
        const Stmt* statement = parseCompoundStatement();
        if (statement == nullptr) return false;
        body.add(statement);
        return true;
    }
    if (!atSoftKeyword("match")) return parseSimpleStatements(body);
    if (atMatchStatement()) {
        const Stmt* statement = parseMatch();
        if (statement == nullptr) return false;
        body.add(statement);
        return true;
    }
    const std::size_t start = cursor_;
    if (parseSimpleStatements(body)) return true;
    diagnoseMatch(start);
    return false;
}

bool Parser::parseSimpleStatements(SeqBuilder<Stmt>& body) {
    do {
        const Stmt* statement = parseSimpleStatement();
        if (statement == nullptr) return false;
        body.add(statement);
    } while (accept(TokenKind::kSemicolon) && !at(TokenKind::kNewline));
    return expect(TokenKind::kNewline);
}

Stmt* Parser::parseSimpleStatement() {
    using enum TokenKind;
    const Token& start = peek();
    const TokenKind kind = start.kind;
    if (kind == kName) return parseExpressionStatement();
    if (kind == kReturn) return parseReturn();
    if (kind == kPass || kind == kBreak || kind == kContinue) {
        advance();
        if (kind == kPass) return makeAt<Pass>(start);
        if (kind == kBreak) return makeAt<Break>(start);
        return makeAt<Continue>(start);
    }
    if (kind == kImport) return parseImport();
    if (kind == kFrom) return parseImportFrom();
    if (kind == kRaise) return parseRaise();
    if (kind == kAssert) return parseAssert();
    if (kind == kDel) return parseDelete();
    if (kind == kGlobal) return parseNameList<Global>();
    if (kind == kNonlocal) return parseNameList<Nonlocal>();
    return parseExpressionStatement();
}

// An expression, or an assignment of any kind.
Stmt* Parser::parseExpressionStatement() {
    const std::size_t start_cursor = cursor_;
    const Token& start = peek();
    Expr* first = parseAssignedValue();
    if (first == nullptr) return nullptr;

    if (at(TokenKind::kEqual)) return parseAssignment(start_cursor, first);
    if (at(TokenKind::kColon) && isSingleTarget(*first)) {
        return parseAnnotatedAssignment(start, first);
    }
    const bool is_augmented = isAugmentedAssignment(peek().kind);
    if (is_augmented && isSingleTarget(*first)) return parseAugmentedAssignment(start, first);
    if (is_augmented || at(TokenKind::kColon) || at(TokenKind::kColonEqual)) {
        diagnoseAssignment(start_cursor);
        return nullptr;
    }
    auto* statement = makeAt<ExprStmt>(start);
    statement->value = first;
    return statement;
}

// `yield` or expressions: the right side of an assignment.
Expr* Parser::parseAssignedValue() {
    return at(TokenKind::kYield) ? parseYield() : parseStarExpressions();
}

// The cursor is behind the first target, at `=`.
Stmt* Parser::parseAssignment(std::size_t start, Expr* first_target) {
    SeqBuilder<Expr> targets(*this);
    Expr* value = first_target;
    while (at(TokenKind::kEqual)) {
        if (findInvalidTarget(*value, TargetUse::kAssign) != nullptr) {
            diagnoseAssignment(start);
            return nullptr;
        }
        setContext(*value, ExprContext::kStore);
        targets.add(value);
        advance();
        value = parseAssignedValue();
        if (value == nullptr) return nullptr;
    }
    auto* assign = makeAt<Assign>(tokens_[start]);
    assign->targets = targets.finish();
    assign->value = value;
    return assign;
}

// The cursor is behind the target, at the operator.
Stmt* Parser::parseAugmentedAssignment(const Token& start, Expr* target) {
    const Operator op = findAugmentedOperator(peek().kind)->op;
    advance();
    setContext(*target, ExprContext::kStore);
    Expr* value = parseAssignedValue();
    if (value == nullptr) return nullptr;
    auto* assign = makeAt<AugAssign>(start);
    assign->target = target;
    assign->op = op;
    assign->value = value;
    return assign;
}

// The cursor is behind the target, at `:`.
Stmt* Parser::parseAnnotatedAssignment(const Token& start, Expr* target) {
    advance();
    setContext(*target, ExprContext::kStore);
    Expr* annotation = parseExpression();
    if (annotation == nullptr) return nullptr;
    Expr* value = nullptr;
    if (accept(TokenKind::kEqual)) {
        value = parseAssignedValue();
        if (value == nullptr) return nullptr;
    }
    auto* assign = makeAt<AnnAssign>(start);
    assign->target = target;
    assign->annotation = annotation;
    assign->value = value;
    assign->simple = target->is<Name>() && start.kind == TokenKind::kName;
    return assign;
}

Stmt* Parser::parseReturn() {
    const Token& start = peek();
    advance();
    Expr* value = nullptr;
    if (at(TokenKind::kStar) || atExpressionStart()) {
        value = parseStarExpressions();
        if (value == nullptr) return nullptr;
    }
    auto* statement = makeAt<Return>(start);
    statement->value = value;
    return statement;
}

Stmt* Parser::parseRaise() {
    const Token& start = peek();
    advance();
    Expr* exc = nullptr;
    Expr* cause = nullptr;
    if (atExpressionStart()) {
        exc = parseExpression();
        if (exc == nullptr) return nullptr;
        if (accept(TokenKind::kFrom)) {
            cause = parseExpression();
            if (cause == nullptr) return nullptr;
        }
    }
    auto* statement = makeAt<Raise>(start);
    statement->exc = exc;
    statement->cause = cause;
    return statement;
}

Stmt* Parser::parseAssert() {
    const Token& start = peek();
    advance();
    Expr* test = parseExpression();
    if (test == nullptr) return nullptr;
    Expr* msg = nullptr;
    if (accept(TokenKind::kComma)) {
        msg = parseExpression();
        if (msg == nullptr) return nullptr;
    }
    auto* statement = makeAt<Assert>(start);
    statement->test = test;
    statement->msg = msg;
    return statement;
}

Stmt* Parser::parseDelete() {
    const Token& start = peek();
    advance();
    const std::size_t targets_start = cursor_;
    SeqBuilder<Expr> targets(*this);
    bool is_valid = true;
    do {
        Expr* target = parsePrimary();
        is_valid = target != nullptr && findInvalidTarget(*target, TargetUse::kDelete) == nullptr;
        if (!is_valid) break;
        setContext(*target, ExprContext::kDel);
        targets.add(target);
    } while (accept(TokenKind::kComma) && !at(TokenKind::kNewline) && !at(TokenKind::kSemicolon));
    if (!is_valid || !(at(TokenKind::kNewline) || at(TokenKind::kSemicolon))) {
        if (!hasFailed()) diagnoseTargets(targets_start, TargetUse::kDelete);
        return nullptr;
    }
    auto* statement = makeAt<Delete>(start);
    statement->targets = targets.finish();
    return statement;
}

// `global` and `nonlocal`.
template <class T>
Stmt* Parser::parseNameList() {
    const Token& start = peek();
    std::vector<Identifier> names;
    do {
        advance();
        const Identifier name = parseIdentifier();
        if (!isPresent(name)) return nullptr;
        names.push_back(name);
    } while (at(TokenKind::kComma));
    auto* statement = makeAt<T>(start);
    statement->names = arena_.copy(names);
    return statement;
}

Stmt* Parser::parseImport() {
    const Token& start = peek();
    SeqBuilder<Alias> names(*this);
    do {
        advance();
        const Alias* alias = parseAlias(true);
        if (alias == nullptr) return nullptr;
        names.add(alias);
    } while (at(TokenKind::kComma));
    auto* statement = makeAt<Import>(start);
    statement->names = names.finish();
    return statement;
}

// `name` or `name as asname`.
Alias* Parser::parseAlias(bool is_dotted) {
    const Token& start = peek();
    const Identifier name = is_dotted ? parseDottedName() : parseIdentifier();
    if (!isPresent(name)) return nullptr;
    Identifier asname;
    if (accept(TokenKind::kAs)) {
        asname = parseIdentifier();
        if (!isPresent(asname)) return nullptr;
    }
    auto* alias = makeAt<Alias>(start);
    alias->name = name;
    alias->asname = asname;
    return alias;
}

Identifier Parser::parseDottedName() {
    Identifier name = parseIdentifier();
    if (!isPresent(name) || !at(TokenKind::kDot)) return name;
    std::string dotted(name);
    while (accept(TokenKind::kDot)) {
        name = parseIdentifier();
        if (!isPresent(name)) return {};
        dotted += '.';
        dotted += name;
    }
    return arena_.intern(dotted);
}

Stmt* Parser::parseImportFrom() {
    const Token& start = peek();
    advance();
    std::uint32_t level = 0;
    while (at(TokenKind::kDot) || at(TokenKind::kEllipsis)) {
        level += at(TokenKind::kDot) ? 1 : 3;
        advance();
    }
    Identifier module;
    if (level == 0 || !at(TokenKind::kImport)) {
        module = parseDottedName();
        if (!isPresent(module)) return nullptr;
    }
    if (!expect(TokenKind::kImport)) return nullptr;
    SeqBuilder<Alias> names(*this);
    if (!parseImportedNames(names)) return nullptr;
    auto* statement = makeAt<ImportFrom>(start);
    statement->module = module;
    statement->names = names.finish();
    statement->level = level;
    return statement;
}

bool Parser::parseImportedNames(SeqBuilder<Alias>& names) {
    if (at(TokenKind::kStar)) {
        const Token& star = peek();
        advance();
        auto* alias = makeAt<Alias>(star);
        alias->name = arena_.intern("*");
        names.add(alias);
        return true;
    }
    const bool is_bracketed = accept(TokenKind::kLeftParen);
    do {
        if (is_bracketed && names.size() > 0 && at(TokenKind::kRightParen)) break;
        if (names.size() > 0 && at(TokenKind::kNewline)) {
            if (!is_bracketed) {
                failAtFurthest("trailing comma not allowed without surrounding parentheses");
            }
            return false;
        }
        const Alias* alias = parseAlias(false);
        if (alias == nullptr) return false;
        names.add(alias);
    } while (accept(TokenKind::kComma));
    return !is_bracketed || expect(TokenKind::kRightParen);
}

}  // namespace tagproof::frontend
