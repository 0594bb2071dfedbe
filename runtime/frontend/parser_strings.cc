// String literals: adjacent literals are joined to one constant or one JoinedStr.

#include <algorithm>

#include "runtime/frontend/parser_fstring.h"
#include "runtime/frontend/parser_impl.h"
#include "runtime/frontend/string_escapes.h"

namespace tagproof::frontend {

Parser::StringLiteral Parser::splitLiteral(std::string_view token) {
    StringLiteral literal;
    std::size_t prefix = 0;
    for (; token[prefix] != '"' && token[prefix] != '\''; ++prefix) {
        const char letter = static_cast<char>(token[prefix] | 0x20);
        if (letter == 'b') literal.is_bytes = true;
        if (letter == 'r') literal.is_raw = true;
        if (letter == 'f') literal.is_format = true;
    }
    const char quote = token[prefix];
    const std::string_view rest = token.substr(prefix);
    const bool is_triple = rest.size() >= 6 && rest[1] == quote && rest[2] == quote;
    const std::size_t quotes = is_triple ? 3 : 1;
    literal.body_offset = prefix + quotes;
    literal.body = rest.substr(quotes, rest.size() - 2 * quotes);
    if (literal.body.find('\\') == std::string_view::npos) literal.is_raw = true;
    return literal;
}

Expr* Parser::parseStrings() {
    const std::size_t first = cursor_;
    while (accept(TokenKind::kString)) {
    }
    FStringState state{.range = locationFrom(tokens_[first]),
                       .has_u_prefix = textOf(tokens_[first])[0] == 'u'};
    std::string bytes;
    bool is_bytes = false;
    bool is_format = false;
    for (std::size_t i = first; i < cursor_; ++i) {
        const StringLiteral literal = splitLiteral(textOf(tokens_[i]));
        is_format |= literal.is_format;
        if (!appendLiteral(tokens_[i], literal, state, bytes)) return nullptr;
        if (i == first) is_bytes = literal.is_bytes;
        if (is_bytes != literal.is_bytes) {
            return failAtFurthest("cannot mix bytes and nonbytes literals");
        }
    }
    if (is_bytes) {
        auto* constant = makeAt<Constant>(tokens_[first]);
        constant->value.kind = ConstantValue::Kind::kBytes;
        constant->value.text = arena_.copyText(bytes);
        return constant;
    }
    if (!is_format) return makeStrConstant(state);
    flushLiteral(state);
    auto* joined = makeAt<JoinedStr>(tokens_[first]);
    joined->values = arena_.copy(state.values);
    return joined;
}

// Appends one literal to `bytes`, if it is one of bytes, or to the state.
bool Parser::appendLiteral(const Token& token,
                           const StringLiteral& literal,
                           FStringState& state,
                           std::string& bytes) {
    if (literal.is_bytes) return appendBytes(literal, bytes);
    if (!literal.is_format) return appendText(literal.body, literal.is_raw, state.literal);
    state.setToken(token, literal);
    return parseFStringParts(state, 0);
}

bool Parser::appendBytes(const StringLiteral& literal, std::string& bytes) {
    const bool is_ascii = std::all_of(literal.body.begin(), literal.body.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!is_ascii) {
        failAtFurthest("bytes can only contain ASCII literal characters");
        return false;
    }
    if (literal.is_raw) {
        bytes.append(literal.body);
        return true;
    }
    const std::string message = decodeBytesEscapes(literal.body, bytes);
    if (message.empty()) return true;
    failAtFurthest(message);
    return false;
}

bool Parser::appendText(std::string_view body, bool is_raw, std::string& text) {
    if (is_raw) {
        text.append(body);
        return true;
    }
    const std::string message = decodeStrEscapes(body, text);
    if (message.empty()) return true;
    failAtFurthest(message);
    return false;
}

Constant* Parser::makeStrConstant(const FStringState& state) {
    auto* constant = arena_.make<Constant>();
    constant->location = state.range;
    constant->value.kind = ConstantValue::Kind::kStr;
    constant->value.text = arena_.copyText(state.literal);
    constant->has_u_prefix = state.has_u_prefix;
    return constant;
}

}  // namespace tagproof::frontend
