// The parameters of functions and lambdas. The errors are those of the rules invalid_parameters,
// invalid_star_etc, invalid_kwds and invalid_default, and of their twins for lambdas.

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

struct Parser::ParameterState {
    TokenKind close = TokenKind::kRightParen;  // `)`, or `:` for a lambda
    std::vector<Arg*> posonlyargs = {};
    std::vector<Arg*> args = {};
    std::vector<Arg*> kwonlyargs = {};
    std::vector<Expr*> kw_defaults = {};
    std::vector<Expr*> defaults = {};
    Arg* vararg = nullptr;
    Arg* kwarg = nullptr;
    bool has_slash = false;
    bool has_star = false;

    [[nodiscard]] bool isLambda() const { return close == TokenKind::kColon; }
};

// Up to, not including, `close`.
Arguments* Parser::parseParameters(TokenKind close) {
    ParameterState state{.close = close};
    while (!at(close)) {
        if (!parseParameter(state)) return nullptr;
    }
    auto* arguments = arena_.make<Arguments>();
    arguments->posonlyargs = arena_.copy(state.posonlyargs);
    arguments->args = arena_.copy(state.args);
    arguments->vararg = state.vararg;
    arguments->kwonlyargs = arena_.copy(state.kwonlyargs);
    arguments->kw_defaults = arena_.copy(state.kw_defaults);
    arguments->kwarg = state.kwarg;
    arguments->defaults = arena_.copy(state.defaults);
    return arguments;
}

// One parameter or marker with the comma behind it.
bool Parser::parseParameter(ParameterState& state) {
    if (at(TokenKind::kName)) return parsePlainParameter(state) && endParameter(state);
    if (at(TokenKind::kSlash)) return parseSlash(state) && endParameter(state);
    if (at(TokenKind::kStar)) return parseStarParameter(state) && endParameter(state);
    if (at(TokenKind::kDoubleStar)) return parseDoubleStarParameter(state);
    if (at(TokenKind::kLeftParen)) diagnoseBracketedParameters(state);
    return false;
}

bool Parser::endParameter(const ParameterState& state) {
    return at(state.close) || accept(TokenKind::kComma);
}

Arg* Parser::parseArg(const ParameterState& state, bool is_star) {
    const Token& start = peek();
    const Identifier name = parseIdentifier();
    if (!isPresent(name)) return nullptr;
    Expr* annotation = nullptr;
    if (!state.isLambda() && accept(TokenKind::kColon)) {
        annotation = is_star ? parseStarExpression() : parseExpression();
        if (annotation == nullptr) return nullptr;
    }
    auto* arg = makeAt<Arg>(start);
    arg->arg = name;
    arg->annotation = annotation;
    return arg;
}

bool Parser::parsePlainParameter(ParameterState& state) {
    Arg* arg = parseArg(state, false);
    if (arg == nullptr) return false;
    Expr* value = nullptr;
    if (at(TokenKind::kEqual)) {
        value = parseDefault();
        if (value == nullptr) return false;
    }
    if (state.has_star) {
        state.kwonlyargs.push_back(arg);
        state.kw_defaults.push_back(value);
        return true;
    }
    if (value != nullptr) {
        state.defaults.push_back(value);
    } else if (!state.defaults.empty()) {
        if (at(TokenKind::kComma) || at(state.close)) {
            failAt(arg->location, "non-default argument follows default argument");
        }
        return false;
    }
    state.args.push_back(arg);
    return true;
}

Expr* Parser::parseDefault() {
    const Token& equal = peek();
    advance();
    if (at(TokenKind::kRightParen) || at(TokenKind::kComma)) {
        return failAt(equal, "expected default value expression");
    }
    return parseExpression();
}

bool Parser::parseSlash(ParameterState& state) {
    const Token& slash = peek();
    const bool is_next_comma = peekAhead(1).kind == TokenKind::kComma;
    if (state.has_star) {
        failAt(slash, "/ must be ahead of *");
    } else if (state.has_slash) {
        failAt(slash, "/ may appear only once");
    } else if (state.args.empty() && is_next_comma) {
        failAt(slash, "at least one argument must precede /");
    }
    if (hasFailed() || state.has_star || state.has_slash || state.args.empty()) return false;
    advance();
    if (at(TokenKind::kStar)) {
        failAt(peek(), "expected comma between / and *");
        return false;
    }
    state.has_slash = true;
    state.posonlyargs.swap(state.args);
    return true;
}

bool Parser::parseStarParameter(ParameterState& state) {
    const Token& star = peek();
    const TokenKind next = peekAhead(1).kind;
    const TokenKind after_next = peekAhead(2).kind;
    const bool is_bare = next == TokenKind::kComma;
    if (state.has_star) {
        if (is_bare || next == TokenKind::kName) failAt(star, "* argument may appear only once");
        return false;
    }
    advance();
    const bool is_last_but_mapping =
        is_bare && (after_next == state.close || after_next == TokenKind::kDoubleStar);
    if (next == state.close || is_last_but_mapping) {
        if (is_bare) advance();
        constexpr const char* kMessage = "named arguments must follow bare *";
        state.isLambda() ? failAtFurthest(kMessage) : failAt(star, kMessage);
        return false;
    }
    state.has_star = true;
    if (is_bare) return true;
    state.vararg = parseArg(state, true);
    if (state.vararg == nullptr) return false;
    if (!at(TokenKind::kEqual)) return true;
    failAt(peek(), "var-positional argument cannot have default value");
    return false;
}

bool Parser::parseDoubleStarParameter(ParameterState& state) {
    advance();
    state.kwarg = parseArg(state, false);
    if (state.kwarg == nullptr) return false;
    if (at(TokenKind::kEqual)) {
        failAt(peek(), "var-keyword argument cannot have default value");
        return false;
    }
    if (!endParameter(state)) return false;
    if (at(state.close)) return true;
    if (at(TokenKind::kName) || at(TokenKind::kStar) || at(TokenKind::kDoubleStar) ||
        at(TokenKind::kSlash)) {
        failAt(peek(), "arguments cannot follow var-keyword argument");
    }
    return false;
}

// Whether the parameters are those of Python 2 that unpack a tuple.
void Parser::diagnoseBracketedParameters(const ParameterState& state) {
    if (state.has_star || state.has_slash || !state.defaults.empty()) return;
    const Token& open = peek();
    Location close;
    {
        const Speculation look_ahead(*this, SpeculationKind::kLookAhead);
        do {
            advance();
            if (at(TokenKind::kRightParen)) break;
            if (parseArg(state, false) == nullptr) return;
        } while (at(TokenKind::kComma));
        if (!at(TokenKind::kRightParen)) return;
        close = locationOf(peek());
    }
    failRange(locationOf(open), close,
              std::string(state.isLambda() ? "Lambda expression" : "Function") +
                  " parameters cannot be parenthesized");
}

}  // namespace tagproof::frontend
