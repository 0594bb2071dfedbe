// The `match` statement. `match` and `case` are names elsewhere, so that the statement is
// recognized by its whole first line.

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

// REQUIRES: the cursor is at the name `match`.
bool Parser::atMatchStatement() {
    const Speculation attempt(*this, SpeculationKind::kAlternative);
    advance();
    return (at(TokenKind::kStar) || atExpressionStart()) && parseMatchSubject() != nullptr &&
           accept(TokenKind::kColon) && at(TokenKind::kNewline);
}

// invalid_match_stmt. The statement that starts with the name `match` at `start` is no other
// statement either.
void Parser::diagnoseMatch(std::size_t start) {
    if (hasFailed() || speculations_ > 0) return;
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    rewind(start);
    advance();
    if (parseMatchSubject() != nullptr && at(TokenKind::kNewline)) failAtFurthest("expected ':'");
}

// REQUIRES: atMatchStatement().
Stmt* Parser::parseMatch() {
    const Token& start = peek();
    advance();
    Expr* subject = parseMatchSubject();
    if (subject == nullptr || !expect(TokenKind::kColon) || !expect(TokenKind::kNewline)) {
        return nullptr;
    }
    if (!accept(TokenKind::kIndent)) return failNoBlock("'match' statement", start);
    SeqBuilder<MatchCase> cases(*this);
    do {
        const MatchCase* match_case = parseCase();
        if (match_case == nullptr) return nullptr;
        cases.add(match_case);
    } while (!accept(TokenKind::kDedent));
    auto* match = makeAt<Match>(start);
    match->subject = subject;
    match->cases = cases.finish();
    return match;
}

Expr* Parser::parseMatchSubject() {
    const Token& start = peek();
    Expr* first = parseStarNamedExpression();
    if (first == nullptr || (first->is<Starred>() && !at(TokenKind::kComma))) return nullptr;
    if (!at(TokenKind::kComma)) return first;
    SeqBuilder<Expr> elts(*this);
    elts.add(first);
    while (accept(TokenKind::kComma) && !at(TokenKind::kColon)) {
        const Expr* elt = parseStarNamedExpression();
        if (elt == nullptr) return nullptr;
        elts.add(elt);
    }
    auto* tuple = makeAt<Tuple>(start);
    tuple->elts = elts.finish();
    return tuple;
}

MatchCase* Parser::parseCase() {
    const Token& keyword = peek();
    if (!atSoftKeyword("case")) return nullptr;
    advance();
    Pattern* pattern = parseOpenPattern();
    if (pattern == nullptr) return nullptr;
    Expr* guard = nullptr;
    if (accept(TokenKind::kIf)) {
        guard = parseNamedExpression();
        if (guard == nullptr) return nullptr;
    }
    Seq<Stmt> body;
    if (!expectColon() || !parseBlock(body, "'case' statement", keyword)) return nullptr;
    auto* match_case = arena_.make<MatchCase>();
    match_case->pattern = pattern;
    match_case->guard = guard;
    match_case->body = body;
    return match_case;
}

}  // namespace tagproof::frontend
