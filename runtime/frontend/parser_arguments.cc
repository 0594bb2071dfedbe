// The arguments of calls and class definitions.

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

struct Parser::ArgumentState {
    ArgumentState(Parser& parser, bool generator_is_allowed)
        : args(parser),
          open(parser.tokens_[parser.cursor_ - 1]),
          start(parser.cursor_),
          allows_generator(generator_is_allowed) {}

    SeqBuilder<Expr> args;
    std::vector<Keyword*> keywords;
    const Token& open;  // the left parenthesis
    const std::size_t start;
    const bool allows_generator;      // without parentheses of its own
    bool has_mapping = false;         // a `**mapping` has been seen
    bool has_bare_generator = false;  // the only argument is a generator expression
};

bool Parser::parseArguments(Seq<Expr>& args, Seq<Keyword>& keywords, bool allows_generator) {
    ArgumentState state(*this, allows_generator);
    while (!at(TokenKind::kRightParen)) {
        if (!parseArgument(state)) return false;
        if (state.has_bare_generator || !accept(TokenKind::kComma)) break;
    }
    args = state.args.finish();
    keywords = arena_.copy(state.keywords);
    return true;
}

bool Parser::parseArgument(ArgumentState& state) {
    const TokenKind kind = peek().kind;
    if (kind == TokenKind::kStar || kind == TokenKind::kDoubleStar) return parseUnpacking(state);
    if (peekAhead(1).kind == TokenKind::kEqual) {
        if (kind == TokenKind::kName) return parseKeyword(state);
        if (kind == TokenKind::kTrue || kind == TokenKind::kFalse || kind == TokenKind::kNone) {
            failRange(locationOf(peek()), locationOf(peekAhead(1)),
                      "cannot assign to " + std::string(tokenText(kind)));
            return false;
        }
    }
    return parsePositional(state);
}

bool Parser::parseUnpacking(ArgumentState& state) {
    const std::size_t start = cursor_;
    const bool is_mapping = at(TokenKind::kDoubleStar);
    advance();
    Expr* value = is_mapping || !state.has_mapping ? parseExpression() : nullptr;
    if (value == nullptr) {
        if (!is_mapping && start != state.start) {
            failRange(locationOf(tokens_[state.start]), locationOf(tokens_[start - 2]),
                      "iterable argument unpacking follows keyword argument unpacking");
        }
        return false;
    }
    if (is_mapping) {
        auto* keyword = makeAt<Keyword>(tokens_[start]);
        keyword->value = value;
        state.keywords.push_back(keyword);
        state.has_mapping = true;
        return true;
    }
    auto* starred = makeAt<Starred>(tokens_[start]);
    starred->value = value;
    state.args.add(starred);
    return true;
}

bool Parser::parseKeyword(ArgumentState& state) {
    const Token& start = peek();
    const Identifier name = parseIdentifier();
    const Token& equal = peek();
    advance();
    Expr* value = parseExpression();
    if (value == nullptr) return false;
    if (atComprehension()) {
        Seq<Comprehension> generators;
        if (parseClauses(generators)) {
            failRange(locationOf(start), locationOf(equal),
                      "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
        return false;
    }
    auto* keyword = makeAt<Keyword>(start);
    keyword->arg = name;
    keyword->value = value;
    state.keywords.push_back(keyword);
    return true;
}

bool Parser::parsePositional(ArgumentState& state) {
    const std::size_t start = cursor_;
    Expr* value = parseAssignmentExpression();
    if (value == nullptr || at(TokenKind::kColonEqual)) return false;
    if (at(TokenKind::kEqual)) {
        failRange(value->location, locationOf(peek()),
                  "expression cannot contain assignment, perhaps you meant \"==\"?");
        return false;
    }
    if (atComprehension()) return parseBareGenerator(state, value);
    if (state.keywords.empty()) {
        state.args.add(value);
        return true;
    }
    if (speculations_ > 0) return false;
    {
        const Speculation look_ahead(*this, SpeculationKind::kLookAhead);
        rewind(start);
        ArgumentState rest(*this, false);
        while (parseArgument(rest) && accept(TokenKind::kComma)) {
        }
    }
    failAtFurthest(state.has_mapping ? "positional argument follows keyword argument unpacking"
                                     : "positional argument follows keyword argument");
    return false;
}

// A generator expression without parentheses of its own: right only when it is the one argument.
bool Parser::parseBareGenerator(ArgumentState& state, Expr* elt) {
    Seq<Comprehension> generators;
    if (!parseClauses(generators)) return false;
    const bool is_first = state.args.size() == 0 && state.keywords.empty();
    if (is_first && state.allows_generator && at(TokenKind::kRightParen)) {
        auto* generator = makeAt<GeneratorExp>(state.open);
        generator->location.end_lineno = peek().end_line;
        generator->location.end_col_offset = peek().end_column;
        generator->elt = elt;
        generator->generators = generators;
        state.args.add(generator);
        state.has_bare_generator = true;
        return true;
    }
    if (!is_first || at(TokenKind::kComma)) {
        const Comprehension& last = *generators.back();
        const Expr* last_expr = last.ifs.empty() ? last.iter : last.ifs.back();
        failRange(elt->location, last_expr->location, "Generator expression must be parenthesized");
    }
    return false;
}

}  // namespace tagproof::frontend
