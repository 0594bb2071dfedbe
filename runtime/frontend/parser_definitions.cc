// Functions, classes, decorators and `async`.

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

// The cursor is at `def`; `start` is there or at `async`.
template <class T>
Stmt* Parser::parseFunction(const Token& start, Seq<Expr> decorators) {
    const Token& keyword = peek();
    advance();
    const Identifier name = parseIdentifier();
    if (!isPresent(name) || !expectForced(TokenKind::kLeftParen)) return nullptr;
    Arguments* args = parseParameters(TokenKind::kRightParen);
    if (args == nullptr || !expect(TokenKind::kRightParen)) return nullptr;
    Expr* returns = nullptr;
    if (at(TokenKind::kArrow) && !parseReturnAnnotation(returns)) return nullptr;
    Seq<Stmt> body;
    if (!expectForced(TokenKind::kColon) || !parseBlock(body, "function definition", keyword)) {
        return nullptr;
    }
    auto* function = makeAt<T>(start);
    function->name = name;
    function->args = args;
    function->body = body;
    function->decorator_list = decorators;
    function->returns = returns;
    return function;
}

// CPython wants the colon at once where the annotation is wrong, so that the error is at the arrow.
bool Parser::parseReturnAnnotation(Expr*& returns) {
    const Token& arrow = peek();
    {
        const Speculation attempt(*this, SpeculationKind::kAlternative);
        advance();
        returns = parseExpression();
    }
    if (returns == nullptr) {
        failAt(arrow, "expected ':'");
        return false;
    }
    advance();
    returns = parseExpression();
    return returns != nullptr;
}

template Stmt* Parser::parseFunction<FunctionDef>(const Token& start, Seq<Expr> decorators);
template Stmt* Parser::parseFunction<AsyncFunctionDef>(const Token& start, Seq<Expr> decorators);

Stmt* Parser::parseClass(Seq<Expr> decorators) {
    const Token& start = peek();
    advance();
    const Identifier name = parseIdentifier();
    if (!isPresent(name)) return nullptr;
    Seq<Expr> bases;
    Seq<Keyword> keywords;
    if (accept(TokenKind::kLeftParen)) {
        if (!parseArguments(bases, keywords, false) || !expect(TokenKind::kRightParen)) {
            return nullptr;
        }
    }
    if (!expectColon()) return nullptr;
    Seq<Stmt> body;
    if (!parseBlock(body, "class definition", start)) return nullptr;
    auto* definition = makeAt<ClassDef>(start);
    definition->name = name;
    definition->bases = bases;
    definition->keywords = keywords;
    definition->body = body;
    definition->decorator_list = decorators;
    return definition;
}

Stmt* Parser::parseDecorated() {
    SeqBuilder<Expr> decorators(*this);
    while (accept(TokenKind::kAt)) {
        const Expr* decorator = parseNamedExpression();
        if (decorator == nullptr || !expect(TokenKind::kNewline)) return nullptr;
        decorators.add(decorator);
    }
    const Seq<Expr> finished = decorators.finish();
    const Token& start = peek();
    if (at(TokenKind::kClass)) return parseClass(finished);
    if (at(TokenKind::kDef)) return parseFunction<FunctionDef>(start, finished);
    if (!accept(TokenKind::kAsync) || !at(TokenKind::kDef)) return nullptr;
    return parseFunction<AsyncFunctionDef>(start, finished);
}

}  // namespace tagproof::frontend
