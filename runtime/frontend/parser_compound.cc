// Compound statements other than definitions and `match`.

#include <string>

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

namespace {

constexpr std::size_t kMaxElifBranches = 3000;

}  // namespace

bool Parser::atCompoundStatement() const {
    using enum TokenKind;
    const TokenKind kind = peek().kind;
    return kind == kIf || kind == kDef || kind == kFor || kind == kClass || kind == kWith ||
           kind == kTry || kind == kWhile || kind == kAt || kind == kAsync;
}

Stmt* Parser::parseCompoundStatement() {
    const Token& start = peek();
    if (at(TokenKind::kIf)) return parseIf();
    if (at(TokenKind::kDef)) return parseFunction<FunctionDef>(start, {});
    if (at(TokenKind::kFor)) return parseFor<For>(start);
    if (at(TokenKind::kClass)) return parseClass({});
    if (at(TokenKind::kWith)) return parseWith<With>(start);
    if (at(TokenKind::kTry)) return parseTry();
    if (at(TokenKind::kWhile)) return parseWhile();
    if (at(TokenKind::kAt)) return parseDecorated();
    return parseAsync();
}

// The body of a compound statement; the cursor is behind the colon.
bool Parser::parseBlock(Seq<Stmt>& body, std::string_view construct, const Token& keyword) {
    SeqBuilder<Stmt> statements(*this);
    if (!at(TokenKind::kNewline)) {
        if (!parseSimpleStatements(statements)) return false;
        body = statements.finish();
        return true;
    }
    advance();
    if (!accept(TokenKind::kIndent)) {
        failNoBlock(construct, keyword);
        return false;
    }
    while (!accept(TokenKind::kDedent)) {
        if (!parseStatement(statements)) return false;
    }
    body = statements.finish();
    return true;
}

// An `else` block, if there is one.
bool Parser::parseElse(Seq<Stmt>& body) {
    const Token& keyword = peek();
    if (!accept(TokenKind::kElse)) return true;
    return expectForced(TokenKind::kColon) && parseBlock(body, "'else' statement", keyword);
}

// The `elif` branches are parsed one after the other and then nested from the last to the first.
Stmt* Parser::parseIf() {
    std::vector<If*> branches;
    do {
        const Token& keyword = peek();
        const std::string construct = "'" + std::string(tokenText(keyword.kind)) + "' statement";
        advance();
        Expr* test = parseNamedExpression();
        if (test == nullptr || !expectColon()) return nullptr;
        Seq<Stmt> body;
        if (!parseBlock(body, construct, keyword)) return nullptr;
        auto* branch = makeAt<If>(keyword);
        branch->test = test;
        branch->body = body;
        branches.push_back(branch);
        if (branches.size() > kMaxElifBranches) return failTooComplex();
    } while (at(TokenKind::kElif));
    if (!parseElse(branches.back()->orelse)) return nullptr;
    for (std::size_t i = branches.size(); i-- > 0;) {
        If* branch = branches[i];
        branch->location = locationFrom(branch->location);
        if (i + 1 < branches.size()) {
            branch->orelse =
                arena_.makeSeq<Stmt>(1, [&](std::size_t) -> Stmt* { return branches[i + 1]; });
        }
    }
    return branches.front();
}

Stmt* Parser::parseWhile() {
    const Token& start = peek();
    advance();
    Expr* test = parseNamedExpression();
    if (test == nullptr || !expectColon()) return nullptr;
    Seq<Stmt> body;
    Seq<Stmt> orelse;
    if (!parseBlock(body, "'while' statement", start) || !parseElse(orelse)) return nullptr;
    auto* statement = makeAt<While>(start);
    statement->test = test;
    statement->body = body;
    statement->orelse = orelse;
    return statement;
}

// The cursor is at `for`; `start` is there or at `async`.
template <class T>
Stmt* Parser::parseFor(const Token& start) {
    const Token& keyword = peek();
    advance();
    Expr* target = parseStarTargets();
    if (target == nullptr || !expect(TokenKind::kIn)) return nullptr;
    Expr* iter = parseStarExpressions();
    if (iter == nullptr || !expectColon()) return nullptr;
    Seq<Stmt> body;
    Seq<Stmt> orelse;
    if (!parseBlock(body, "'for' statement", keyword) || !parseElse(orelse)) return nullptr;
    auto* statement = makeAt<T>(start);
    statement->target = target;
    statement->iter = iter;
    statement->body = body;
    statement->orelse = orelse;
    return statement;
}

Stmt* Parser::parseTry() {
    const Token& start = peek();
    advance();
    Seq<Stmt> body;
    if (!expectForced(TokenKind::kColon) || !parseBlock(body, "'try' statement", start)) {
        return nullptr;
    }
    if (!at(TokenKind::kExcept) && !at(TokenKind::kFinally)) {
        return failAtFurthest("expected 'except' or 'finally' block");
    }
    const bool is_star = at(TokenKind::kExcept) && peekAhead(1).kind == TokenKind::kStar;
    return is_star ? parseHandlers<TryStar>(start, body) : parseHandlers<Try>(start, body);
}

// The rest of a `try` statement, whose body has been parsed.
template <class T>
Stmt* Parser::parseHandlers(const Token& start, Seq<Stmt> body) {
    constexpr bool kIsStar = T::kKind == StmtKind::kTryStar;
    SeqBuilder<ExceptHandler> handlers(*this);
    while (at(TokenKind::kExcept)) {
        const bool is_star = peekAhead(1).kind == TokenKind::kStar;
        if (is_star != kIsStar) return failMixedHandler(is_star);
        const ExceptHandler* handler = parseHandler(is_star);
        if (handler == nullptr) return nullptr;
        handlers.add(handler);
    }
    auto* statement = arena_.make<T>();
    statement->body = body;
    statement->handlers = handlers.finish();
    if (handlers.size() > 0 && !parseElse(statement->orelse)) return nullptr;
    const Token& keyword = peek();
    if (accept(TokenKind::kFinally)) {
        if (!expectForced(TokenKind::kColon) ||
            !parseBlock(statement->finalbody, "'finally' statement", keyword)) {
            return nullptr;
        }
    }
    statement->location = locationFrom(start);
    return statement;
}

ExceptHandler* Parser::parseHandler(bool is_star) {
    const Token& keyword = peek();
    advance();
    if (is_star) advance();
    auto* handler = arena_.make<ExceptHandler>();
    if (!parseHandlerType(*handler, is_star)) return nullptr;
    const std::string_view construct = is_star ? "'except*' statement" : "'except' statement";
    if (!expectColon() || !parseBlock(handler->body, construct, keyword)) return nullptr;
    handler->location = locationFrom(keyword);
    return handler;
}

// The cursor is at a handler of the other kind than those before it.
std::nullptr_t Parser::failMixedHandler(bool is_star) {
    const Token& keyword = peek();
    advance();
    if (is_star) advance();
    ExceptHandler unused;
    if (!parseHandlerType(unused, is_star) || !at(TokenKind::kColon)) return nullptr;
    return failRange(locationOf(keyword), locationOf(is_star ? *(&keyword + 1) : keyword),
                     "cannot have both 'except' and 'except*' on the same 'try'");
}

// What stands between `except` or `except*` and the colon.
bool Parser::parseHandlerType(ExceptHandler& handler, bool is_star) {
    if (at(TokenKind::kColon) || at(TokenKind::kNewline)) {
        if (is_star) failAtFurthest("expected one or more exception types");
        return !is_star;
    }
    handler.type = parseExpression();
    if (handler.type == nullptr) return false;
    if (at(TokenKind::kComma)) {
        diagnoseHandlerTypes(*handler.type);
        return false;
    }
    if (!accept(TokenKind::kAs)) return true;
    handler.name = parseIdentifier();
    return isPresent(handler.name);
}

// Exception types without parentheses, as in Python 2. The cursor is behind the first one.
void Parser::diagnoseHandlerTypes(const Expr& first) {
    if (speculations_ > 0) return;
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    while (accept(TokenKind::kComma)) {
        if (at(TokenKind::kColon) || at(TokenKind::kAs)) break;
        if (parseExpression() == nullptr) return;
    }
    if (accept(TokenKind::kAs) && !accept(TokenKind::kName)) return;
    if (!at(TokenKind::kColon)) return;
    failFrom(first.location, "multiple exception types must be parenthesized");
}

Stmt* Parser::parseAsync() {
    const Token& start = peek();
    advance();
    if (at(TokenKind::kDef)) return parseFunction<AsyncFunctionDef>(start, {});
    if (at(TokenKind::kFor)) return parseFor<AsyncFor>(start);
    if (at(TokenKind::kWith)) return parseWith<AsyncWith>(start);
    return nullptr;
}

// The cursor is at `with`; `start` is there or at `async`.
template <class T>
Stmt* Parser::parseWith(const Token& start) {
    const Token& keyword = peek();
    advance();
    SeqBuilder<WithItem> items(*this);
    if (!parseWithItems(items) || !expectColon()) return nullptr;
    Seq<Stmt> body;
    if (!parseBlock(body, "'with' statement", keyword)) return nullptr;
    auto* statement = makeAt<T>(start);
    statement->items = items.finish();
    statement->body = body;
    return statement;
}

// Items in parentheses are tried first; they are items only when a colon follows.
bool Parser::parseWithItems(SeqBuilder<WithItem>& items) {
    if (!at(TokenKind::kLeftParen)) return parseWithItemList(items, false);
    bool is_bracketed = false;
    {
        const Speculation attempt(*this, SpeculationKind::kAlternative);
        SeqBuilder<WithItem> unused(*this);
        is_bracketed = parseBracketedWithItems(unused) && at(TokenKind::kColon);
    }
    if (is_bracketed) return parseBracketedWithItems(items);
    bool is_list = false;
    {
        const Speculation attempt(*this, SpeculationKind::kAlternative);
        SeqBuilder<WithItem> unused(*this);
        is_list = parseWithItemList(unused, false) && at(TokenKind::kColon);
    }
    if (!is_list && diagnoseBracketedWithItems()) return false;
    return parseWithItemList(items, false);
}

bool Parser::parseBracketedWithItems(SeqBuilder<WithItem>& items) {
    return accept(TokenKind::kLeftParen) && parseWithItemList(items, true) &&
           accept(TokenKind::kRightParen);
}

// True when an error was recorded.
bool Parser::diagnoseBracketedWithItems() {
    if (speculations_ > 0) return false;
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    SeqBuilder<WithItem> items(*this);
    if (parseBracketedWithItems(items) && at(TokenKind::kNewline)) {
        failAtFurthest("expected ':'");
    }
    return hasFailed();
}

bool Parser::parseWithItemList(SeqBuilder<WithItem>& items, bool is_bracketed) {
    do {
        if (is_bracketed && items.size() > 0 && at(TokenKind::kRightParen)) break;
        const WithItem* item = parseWithItem();
        if (item == nullptr) return false;
        items.add(item);
    } while (accept(TokenKind::kComma));
    return true;
}

WithItem* Parser::parseWithItem() {
    Expr* context_expr = parseExpression();
    if (context_expr == nullptr) return nullptr;
    Expr* optional_vars = nullptr;
    if (at(TokenKind::kAs)) {
        optional_vars = parseWithTarget();
        if (optional_vars == nullptr) return nullptr;
    }
    auto* item = arena_.make<WithItem>();
    item->context_expr = context_expr;
    item->optional_vars = optional_vars;
    return item;
}

// The target behind `as`.
Expr* Parser::parseWithTarget() {
    const std::size_t as_cursor = cursor_;
    auto at_item_end = [this] {
        return at(TokenKind::kComma) || at(TokenKind::kRightParen) || at(TokenKind::kColon);
    };
    advance();
    Expr* target = parseStarTarget();
    if (target != nullptr && findInvalidTarget(*target, TargetUse::kAssign) == nullptr &&
        (at_item_end() || at(TokenKind::kNewline))) {
        setContext(*target, ExprContext::kStore);
        return target;
    }
    if (speculations_ > 0 || hasFailed()) return nullptr;
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    rewind(as_cursor);
    advance();
    const Expr* meant = parseExpression();
    if (meant != nullptr && at_item_end()) failInvalidTarget(meant, TargetUse::kAssign);
    return nullptr;
}

}  // namespace tagproof::frontend
