// The patterns of `match`.

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

// A pattern, or a sequence pattern without brackets.
Pattern* Parser::parseOpenPattern() {
    const Token& start = peek();
    Pattern* first = parseMaybeStarPattern();
    if (first == nullptr || at(TokenKind::kComma)) {
        return first == nullptr ? nullptr : parseSequenceTail(start, first, TokenKind::kColon);
    }
    return first->is<MatchStar>() ? nullptr : first;
}

Pattern* Parser::parseMaybeStarPattern() {
    const Token& start = peek();
    if (!accept(TokenKind::kStar)) return parsePattern();
    Identifier name;
    if (atSoftKeyword("_")) {
        advance();
    } else {
        name = parseCaptureTarget();
        if (!isPresent(name)) return nullptr;
    }
    auto* star = makeAt<MatchStar>(start);
    star->name = name;
    return star;
}

Pattern* Parser::parsePattern() {
    const Nesting nesting(*this);
    if (!nesting.ok()) return nullptr;
    const Token& start = peek();
    Pattern* pattern = parseOrPattern();
    if (pattern == nullptr || !accept(TokenKind::kAs)) return pattern;
    const Identifier name = parseAsTarget();
    if (!isPresent(name)) return nullptr;
    auto* as = makeAt<MatchAs>(start);
    as->pattern = pattern;
    as->name = name;
    return as;
}

// The name behind `as`; invalid_as_pattern.
Identifier Parser::parseAsTarget() {
    if (atSoftKeyword("_")) {
        failAt(peek(), "cannot use '_' as a target");
        return {};
    }
    if (at(TokenKind::kName)) return parseCaptureTarget();
    if (speculations_ > 0) return {};
    const Speculation diagnosis(*this, SpeculationKind::kDiagnosis);
    const Expr* target = parseExpression();
    if (target != nullptr) failAt(target->location, "invalid pattern target");
    return {};
}

Pattern* Parser::parseOrPattern() {
    const Token& start = peek();
    Pattern* first = parseClosedPattern();
    if (first == nullptr || !at(TokenKind::kVerticalBar)) return first;
    SeqBuilder<Pattern> patterns(*this);
    patterns.add(first);
    while (accept(TokenKind::kVerticalBar)) {
        const Pattern* pattern = parseClosedPattern();
        if (pattern == nullptr) return nullptr;
        patterns.add(pattern);
    }
    auto* match_or = makeAt<MatchOr>(start);
    match_or->patterns = patterns.finish();
    return match_or;
}

Pattern* Parser::parseClosedPattern() {
    using enum TokenKind;
    const Token& start = peek();
    if (at(kName)) return parseNamePattern();
    if (at(kLeftParen)) return parseBracketedPattern(kRightParen);
    if (at(kLeftBracket)) return parseBracketedPattern(kRightBracket);
    if (at(kLeftBrace)) return parseMappingPattern();
    if (at(kNone)) return parseSingletonPattern(ConstantValue::Kind::kNone);
    if (at(kTrue)) return parseSingletonPattern(ConstantValue::Kind::kTrue);
    if (at(kFalse)) return parseSingletonPattern(ConstantValue::Kind::kFalse);
    Expr* literal = parseLiteralExpr();
    if (literal == nullptr) return nullptr;
    auto* pattern = makeAt<MatchValue>(start);
    pattern->value = literal;
    return pattern;
}

Pattern* Parser::parseSingletonPattern(ConstantValue::Kind kind) {
    const Token& token = peek();
    advance();
    auto* pattern = makeAt<MatchSingleton>(token);
    pattern->value.kind = kind;
    return pattern;
}

// A number with an optional sign, a complex number, strings, or a singleton.
Expr* Parser::parseLiteralExpr() {
    using enum TokenKind;
    if (at(kString)) return parseStrings();
    if (at(kNone)) return makeConstant(ConstantValue::Kind::kNone);
    if (at(kTrue)) return makeConstant(ConstantValue::Kind::kTrue);
    if (at(kFalse)) return makeConstant(ConstantValue::Kind::kFalse);
    if (!at(kNumber) && !at(kMinus)) return nullptr;
    const Token& start = peek();
    Expr* number = parseSignedNumber();
    if (number == nullptr || !(at(kPlus) || at(kMinus))) return number;
    return parseComplexTail(start, number);
}

Expr* Parser::parseSignedNumber() {
    const Token& start = peek();
    const bool is_negative = accept(TokenKind::kMinus);
    if (!at(TokenKind::kNumber)) return nullptr;
    Expr* number = parseNumber();
    if (number == nullptr || !is_negative) return number;
    auto* negative = makeAt<UnaryOp>(start);
    negative->op = UnaryOperator::kUSub;
    negative->operand = number;
    return negative;
}

// The imaginary part of a complex number; the cursor is at its sign.
Expr* Parser::parseComplexTail(const Token& start, Expr* real) {
    auto is_imaginary = [](const Expr& number) {
        return number.as<Constant>().value.kind == ConstantValue::Kind::kComplex;
    };
    const Expr& real_number = real->is<UnaryOp>() ? *real->as<UnaryOp>().operand : *real;
    if (is_imaginary(real_number)) {
        return failAt(real_number.location, "real number required in complex literal");
    }
    const Operator op = at(TokenKind::kPlus) ? Operator::kAdd : Operator::kSub;
    advance();
    if (!at(TokenKind::kNumber)) return nullptr;
    Expr* imaginary = parseNumber();
    if (imaginary == nullptr) return nullptr;
    if (!is_imaginary(*imaginary)) {
        return failAt(imaginary->location, "imaginary number required in complex literal");
    }
    auto* sum = makeAt<BinOp>(start);
    sum->left = real;
    sum->op = op;
    sum->right = imaginary;
    return sum;
}

// A capture, the wildcard, a value or a class pattern.
Pattern* Parser::parseNamePattern() {
    const Token& start = peek();
    if (atSoftKeyword("_") || atCaptureTarget()) {
        const bool is_wildcard = atSoftKeyword("_");
        const Identifier name = parseIdentifier();
        auto* capture = makeAt<MatchAs>(start);
        if (!is_wildcard) capture->name = name;
        return capture;
    }
    Expr* value = parseNameOrAttribute();
    if (value == nullptr) return nullptr;
    if (at(TokenKind::kLeftParen)) return parseClassPattern(start, value);
    if (!value->is<Attribute>() || at(TokenKind::kEqual)) return nullptr;
    auto* pattern = makeAt<MatchValue>(start);
    pattern->value = value;
    return pattern;
}

bool Parser::atCaptureTarget() const {
    const TokenKind next = peekAhead(1).kind;
    return at(TokenKind::kName) && next != TokenKind::kDot && next != TokenKind::kLeftParen &&
           next != TokenKind::kEqual;
}

Identifier Parser::parseCaptureTarget() {
    if (atSoftKeyword("_")) return {};
    if (atCaptureTarget()) return parseIdentifier();
    if (at(TokenKind::kName)) advance();
    return {};
}

Expr* Parser::parseNameOrAttribute() {
    const ChainHeight height(*this);
    const Token& start = peek();
    Expr* value = parseName();
    while (accept(TokenKind::kDot)) {
        const Identifier attr = parseIdentifier();
        if (!isPresent(attr) || !growChain()) return nullptr;
        auto* attribute = makeAt<Attribute>(start);
        attribute->value = value;
        attribute->attr = attr;
        value = attribute;
    }
    return value;
}

// A group or a sequence pattern.
Pattern* Parser::parseBracketedPattern(TokenKind close) {
    const Token& start = peek();
    advance();
    if (at(close)) return parseSequenceTail(start, nullptr, close);
    Pattern* first = parseMaybeStarPattern();
    if (first == nullptr) return nullptr;
    if (close == TokenKind::kRightBracket || at(TokenKind::kComma)) {
        return parseSequenceTail(start, first, close);
    }
    return !first->is<MatchStar>() && expect(close) ? first : nullptr;
}

// The rest of a sequence pattern, with its bracket unless `close` is the colon of the `case`.
// `first` is null when the sequence is empty. A guard may also end a sequence without brackets.
Pattern* Parser::parseSequenceTail(const Token& start, Pattern* first, TokenKind close) {
    const bool is_open = close == TokenKind::kColon;
    SeqBuilder<Pattern> patterns(*this);
    if (first != nullptr) patterns.add(first);
    while (accept(TokenKind::kComma)) {
        if (at(close) || (is_open && (at(TokenKind::kIf) || at(TokenKind::kNewline)))) break;
        const Pattern* pattern = parseMaybeStarPattern();
        if (pattern == nullptr) return nullptr;
        patterns.add(pattern);
    }
    if (!is_open && !expect(close)) return nullptr;
    auto* sequence = makeAt<MatchSequence>(start);
    sequence->patterns = patterns.finish();
    return sequence;
}

Pattern* Parser::parseMappingPattern() {
    const Token& start = peek();
    advance();
    SeqBuilder<Pattern> patterns(*this);
    std::vector<Expr*> keys;
    Identifier rest;
    while (!at(TokenKind::kRightBrace)) {
        if (accept(TokenKind::kDoubleStar)) {
            rest = parseCaptureTarget();
            if (!isPresent(rest)) return nullptr;
            accept(TokenKind::kComma);
            break;
        }
        Expr* key = at(TokenKind::kName) ? parseNameOrAttribute() : parseLiteralExpr();
        if (key == nullptr || key->is<Name>() || !expect(TokenKind::kColon)) return nullptr;
        const Pattern* pattern = parsePattern();
        if (pattern == nullptr) return nullptr;
        keys.push_back(key);
        patterns.add(pattern);
        if (!accept(TokenKind::kComma)) break;
    }
    if (!expect(TokenKind::kRightBrace)) return nullptr;
    auto* mapping = makeAt<MatchMapping>(start);
    mapping->keys = arena_.copy(keys);
    mapping->patterns = patterns.finish();
    mapping->rest = rest;
    return mapping;
}

// The cursor is behind the class, at the left parenthesis.
Pattern* Parser::parseClassPattern(const Token& start, Expr* cls) {
    advance();
    std::vector<Pattern*> patterns;
    std::vector<Identifier> kwd_attrs;
    std::vector<Pattern*> kwd_patterns;
    while (!at(TokenKind::kRightParen)) {
        const bool is_keyword = at(TokenKind::kName) && peekAhead(1).kind == TokenKind::kEqual;
        if (is_keyword) {
            kwd_attrs.push_back(parseIdentifier());
            advance();
        } else if (!kwd_attrs.empty()) {
            return failPositionalPattern();
        }
        Pattern* pattern = parsePattern();
        if (pattern == nullptr) return nullptr;
        (is_keyword ? kwd_patterns : patterns).push_back(pattern);
        if (!accept(TokenKind::kComma)) break;
    }
    if (!expect(TokenKind::kRightParen)) return nullptr;
    auto* pattern = makeAt<MatchClass>(start);
    pattern->cls = cls;
    pattern->patterns = arena_.copy(patterns);
    pattern->kwd_attrs = arena_.copy(kwd_attrs);
    pattern->kwd_patterns = arena_.copy(kwd_patterns);
    return pattern;
}

// invalid_class_pattern. The cursor is at a positional pattern behind a keyword pattern.
std::nullptr_t Parser::failPositionalPattern() {
    const Pattern* first = parsePattern();
    const Pattern* last = first;
    while (last != nullptr && accept(TokenKind::kComma)) {
        if (at(TokenKind::kName) && peekAhead(1).kind == TokenKind::kEqual) break;
        const Pattern* next = parsePattern();
        if (next == nullptr) break;
        last = next;
    }
    if (first == nullptr) return nullptr;
    return failRange(first->location, last->location,
                     "positional patterns follow keyword patterns");
}

}  // namespace tagproof::frontend
