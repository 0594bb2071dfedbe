// Atoms: names, constants, brackets, displays and comprehensions.

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

Expr* Parser::parseAtom() {
    using enum TokenKind;
    const TokenKind kind = peek().kind;
    if (kind == kName) return parseName();
    if (kind == kNumber) return parseNumber();
    if (kind == kString) return parseStrings();
    if (kind == kLeftParen) return parseParenthesized();
    if (kind == kLeftBracket) return parseListDisplay();
    if (kind == kLeftBrace) return parseBraceDisplay();
    if (kind == kTrue) return makeConstant(ConstantValue::Kind::kTrue);
    if (kind == kFalse) return makeConstant(ConstantValue::Kind::kFalse);
    if (kind == kNone) return makeConstant(ConstantValue::Kind::kNone);
    if (kind == kEllipsis) return makeConstant(ConstantValue::Kind::kEllipsis);
    return nullptr;
}

Expr* Parser::parseName() {
    const Token& token = peek();
    const Identifier id = parseIdentifier();
    auto* name = makeAt<Name>(token);
    name->id = id;
    return name;
}

Expr* Parser::makeConstant(ConstantValue::Kind kind) {
    const Token& token = peek();
    advance();
    auto* constant = makeAt<Constant>(token);
    constant->value.kind = kind;
    return constant;
}

// A tuple, a group or a generator expression.
Expr* Parser::parseParenthesized() {
    const Token& start = peek();
    advance();
    if (at(TokenKind::kYield)) return parseGroupedYield();
    if (at(TokenKind::kRightParen)) return parseTupleTail(start, nullptr);
    if (at(TokenKind::kDoubleStar)) return failDoubleStarredGroup();
    Expr* first = parseStarNamedExpression();
    if (first == nullptr) return nullptr;
    if (atComprehension()) {
        return parseComprehension<GeneratorExp>(start, first, TokenKind::kRightParen);
    }
    if (at(TokenKind::kComma)) return parseTupleTail(start, first);
    if (at(TokenKind::kRightParen) && first->is<Starred>()) {
        return failAt(first->location, "cannot use starred expression here");
    }
    return expect(TokenKind::kRightParen) ? first : nullptr;
}

std::nullptr_t Parser::failDoubleStarredGroup() {
    bool is_group = false;
    {
        const Speculation look_ahead(*this, SpeculationKind::kLookAhead);
        advance();
        is_group = parseExpression() != nullptr && at(TokenKind::kRightParen);
    }
    return is_group ? failAt(peek(), "cannot use double starred expression here") : nullptr;
}

Expr* Parser::parseGroupedYield() {
    Expr* yield = parseYield();
    return yield != nullptr && expect(TokenKind::kRightParen) ? yield : nullptr;
}

// The rest of a tuple in parentheses. `first` is null when it is empty.
Expr* Parser::parseTupleTail(const Token& start, Expr* first) {
    SeqBuilder<Expr> elts(*this);
    if (first != nullptr) {
        elts.add(first);
        advance();
        if (!parseElements(elts, TokenKind::kRightParen)) return nullptr;
    }
    if (!expect(TokenKind::kRightParen)) return nullptr;
    auto* tuple = makeAt<Tuple>(start);
    tuple->elts = elts.finish();
    return tuple;
}

// Elements separated by commas, perhaps none, up to `close`.
bool Parser::parseElements(SeqBuilder<Expr>& elements, TokenKind close) {
    while (!at(close) && !atComprehension()) {
        Expr* element = parseStarNamedExpression();
        if (element == nullptr) return false;
        elements.add(element);
        if (!accept(TokenKind::kComma)) break;
    }
    if (at(close)) return true;
    if (!atComprehension() || close == TokenKind::kRightParen) return false;
    const Location last = tokens_[cursor_ - 1].kind == TokenKind::kComma
                              ? locationOf(tokens_[cursor_ - 1])
                              : elements.last()->location;
    Seq<Comprehension> generators;
    if (parseClauses(generators)) {
        failRange(elements[0]->location, last,
                  "did you forget parentheses around the comprehension target?");
    }
    return false;
}

Expr* Parser::parseListDisplay() {
    const Token& start = peek();
    advance();
    SeqBuilder<Expr> elts(*this);
    if (!at(TokenKind::kRightBracket)) {
        Expr* first = parseStarNamedExpression();
        if (first == nullptr) return nullptr;
        if (atComprehension()) {
            return parseComprehension<ListComp>(start, first, TokenKind::kRightBracket);
        }
        elts.add(first);
        if (accept(TokenKind::kComma) && !parseElements(elts, TokenKind::kRightBracket)) {
            return nullptr;
        }
    }
    if (!expect(TokenKind::kRightBracket)) return nullptr;
    auto* list = makeAt<List>(start);
    list->elts = elts.finish();
    return list;
}

// A dict, a set, or a comprehension of either.
Expr* Parser::parseBraceDisplay() {
    const Token& start = peek();
    advance();
    if (at(TokenKind::kRightBrace) || at(TokenKind::kDoubleStar)) {
        return parseDictTail(start, nullptr);
    }
    const bool is_assignment = atAssignmentExpression();
    Expr* first = parseStarNamedExpression();
    if (first == nullptr) return nullptr;
    if (atComprehension()) {
        return parseComprehension<SetComp>(start, first, TokenKind::kRightBrace);
    }
    const bool is_key = !first->is<Starred>() && !is_assignment;
    if (at(TokenKind::kColon) && is_key) return parseDictTail(start, first);
    return parseSetTail(start, first);
}

Expr* Parser::parseSetTail(const Token& start, Expr* first) {
    SeqBuilder<Expr> elts(*this);
    elts.add(first);
    if (accept(TokenKind::kComma) && !parseElements(elts, TokenKind::kRightBrace)) return nullptr;
    if (!expect(TokenKind::kRightBrace)) return nullptr;
    auto* set = makeAt<Set>(start);
    set->elts = elts.finish();
    return set;
}

// The rest of a dict. `first_key` is null when the first item is `**mapping`.
Expr* Parser::parseDictTail(const Token& start, Expr* first_key) {
    SeqBuilder<Expr> values(*this);
    std::vector<Expr*> keys;
    while (first_key != nullptr || !at(TokenKind::kRightBrace)) {
        if (!parseDictItem(first_key, keys, values)) return nullptr;
        first_key = nullptr;
        if (values.size() == 1 && atComprehension()) {
            return parseDictComprehension(start, keys[0], values[0]);
        }
        if (!accept(TokenKind::kComma)) break;
    }
    if (!expect(TokenKind::kRightBrace)) return nullptr;
    auto* dict = makeAt<Dict>(start);
    dict->keys = arena_.copy(keys);
    dict->values = values.finish();
    return dict;
}

// `**mapping` (with a null key) or `key: value`. `key` is not null when it has been parsed.
bool Parser::parseDictItem(Expr* key, std::vector<Expr*>& keys, SeqBuilder<Expr>& values) {
    Expr* value = nullptr;
    if (key == nullptr && accept(TokenKind::kDoubleStar)) {
        value = parseBitwiseOr();
    } else {
        if (key == nullptr) key = parseDictKey();
        if (key == nullptr) return false;
        if (!accept(TokenKind::kColon)) {
            failMissingColon(*key);
            return false;
        }
        value = parseDictValue();
    }
    if (value == nullptr) return false;
    keys.push_back(key);
    values.add(value);
    return true;
}

// A key other than the first. CPython misses the colon behind as much of it as is an expression.
Expr* Parser::parseDictKey() {
    const std::size_t start = cursor_;
    Expr* key = parseUndiagnosedExpression();
    if (key != nullptr || hasFailed() || speculations_ > 0) return key;
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    rewind(start);
    const Expr* first = parseAtom();
    return first == nullptr ? nullptr : failMissingColon(*first);
}

std::nullptr_t Parser::failMissingColon(const Expr& key) {
    const Location& place = key.location;
    return failAt({place.lineno, place.end_col_offset - 1, place.end_lineno, place.end_col_offset},
                  "':' expected after dictionary key");
}

// The cursor is behind the colon.
Expr* Parser::parseDictValue() {
    const Token& start = peek();
    if (at(TokenKind::kStar)) {
        advance();
        if (parseBitwiseOr() == nullptr) return nullptr;
        return failFrom(locationOf(start), "cannot use a starred expression in a dictionary value");
    }
    if (at(TokenKind::kRightBrace) || at(TokenKind::kComma)) {
        return failAt(tokens_[cursor_ - 1], "expression expected after dictionary key and ':'");
    }
    return parseExpression();
}

Expr* Parser::parseDictComprehension(const Token& start, Expr* key, Expr* value) {
    Seq<Comprehension> generators;
    if (!parseClauses(generators)) return nullptr;
    if (key == nullptr) {
        if (!at(TokenKind::kRightBrace)) return nullptr;
        const Token& stars = *(&start + 1);
        return failAt(stars, "dict unpacking cannot be used in dict comprehension");
    }
    if (!expect(TokenKind::kRightBrace)) return nullptr;
    auto* comprehension = makeAt<DictComp>(start);
    comprehension->key = key;
    comprehension->value = value;
    comprehension->generators = generators;
    return comprehension;
}

bool Parser::atComprehension() const {
    return at(TokenKind::kFor) || (at(TokenKind::kAsync) && peekAhead(1).kind == TokenKind::kFor);
}

template <class T>
Expr* Parser::parseComprehension(const Token& start, Expr* elt, TokenKind close) {
    Seq<Comprehension> generators;
    if (!parseClauses(generators)) return nullptr;
    if (elt->is<Starred>()) {
        return failAt(elt->location, "iterable unpacking cannot be used in comprehension");
    }
    if (!expect(close)) return nullptr;
    auto* comprehension = makeAt<T>(start);
    comprehension->elt = elt;
    comprehension->generators = generators;
    return comprehension;
}

bool Parser::parseClauses(Seq<Comprehension>& generators) {
    SeqBuilder<Comprehension> clauses(*this);
    while (atComprehension()) {
        Comprehension* clause = parseClause();
        if (clause == nullptr) return false;
        clauses.add(clause);
    }
    generators = clauses.finish();
    return true;
}

// `for targets in iterable` with its conditions.
Comprehension* Parser::parseClause() {
    const bool is_async = accept(TokenKind::kAsync);
    advance();
    Expr* target = parseStarTargets();
    if (target == nullptr || !expect(TokenKind::kIn)) return nullptr;
    Expr* iter = parseDisjunction();
    if (iter == nullptr) return nullptr;
    SeqBuilder<Expr> ifs(*this);
    while (accept(TokenKind::kIf)) {
        Expr* condition = parseDisjunction();
        if (condition == nullptr) return nullptr;
        ifs.add(condition);
    }
    auto* clause = arena_.make<Comprehension>();
    clause->target = target;
    clause->iter = iter;
    clause->ifs = ifs.finish();
    clause->is_async = is_async;
    return clause;
}

}  // namespace tagproof::frontend
