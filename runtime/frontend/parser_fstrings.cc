// f-strings. CPython 3.11 finds the end of each replacement field by counting brackets and quotes,
// and parses the text before it as an expression in parentheses; so does this.
//
//   f"literal {expression = !conversion : format spec} literal"

#include <algorithm>

#include "runtime/frontend/parser_fstring.h"
#include "runtime/frontend/parser_impl.h"
#include "runtime/frontend/tokenizer.h"

namespace tagproof::frontend {

namespace {

constexpr int kMaxFormatNesting = 2;
constexpr std::size_t kMaxBrackets = 200;
constexpr std::string_view kSpace = " \t\n\f";

char closingOf(char open) {
    if (open == '(') return ')';
    return open == '[' ? ']' : '}';
}

// Finds the end of the expression of a replacement field, at the given position of the body.
class FieldScanner {
  public:
    FieldScanner(std::string_view body, std::size_t position) : body_(body), position_(position) {}

    // Moves to the character behind the expression. Empty on success, otherwise the message.
    std::string run() {
        for (; position_ < body_.size(); ++position_) {
            if (body_[position_] == '\\') {
                return "f-string expression part cannot include a backslash";
            }
            if (quote_ != '\0') {
                scanQuoted();
            } else if (atExpressionEnd()) {
                break;
            } else if (std::string message = scanCharacter(); !message.empty()) {
                return message;
            }
        }
        if (quote_ != '\0') return "f-string: unterminated string";
        if (!brackets_.empty())
            return "f-string: unmatched '" + std::string(1, brackets_.back()) + "'";
        return position_ >= body_.size() ? "f-string: expecting '}'" : "";
    }

    [[nodiscard]] std::size_t position() const { return position_; }

  private:
    [[nodiscard]] bool isTriple(char quote) const {
        return body_.substr(position_, 3) == std::string(3, quote);
    }

    void scanQuoted() {
        if (body_[position_] != quote_) return;
        if (is_triple_ && !isTriple(quote_)) return;
        if (is_triple_) position_ += 2;
        quote_ = '\0';
    }

    // Steps over a comparison operator, so that its `=` does not end the expression.
    bool atExpressionEnd() {
        const char c = body_[position_];
        if (!brackets_.empty() || std::string_view("!:}=<>").find(c) == std::string_view::npos) {
            return false;
        }
        const bool is_comparison = c != ':' && c != '}' && body_.substr(position_ + 1, 1) == "=";
        if (is_comparison) ++position_;
        return !is_comparison && c != '<' && c != '>';
    }

    std::string scanCharacter() {
        const char c = body_[position_];
        if (c == '"' || c == '\'') {
            quote_ = c;
            is_triple_ = isTriple(c);
            if (is_triple_) position_ += 2;
        } else if (c == '(' || c == '[' || c == '{') {
            if (brackets_.size() >= kMaxBrackets) return "f-string: too many nested parenthesis";
            brackets_.push_back(c);
        } else if (c == '#') {
            return "f-string expression part cannot include '#'";
        } else if (c == ')' || c == ']' || c == '}') {
            return closeBracket(c);
        }
        return {};
    }

    std::string closeBracket(char close) {
        const std::string text(1, close);
        if (brackets_.empty()) return "f-string: unmatched '" + text + "'";
        const char open = brackets_.back();
        brackets_.pop_back();
        if (closingOf(open) == close) return {};
        return "f-string: closing parenthesis '" + text + "' does not match opening parenthesis '" +
               std::string(1, open) + "'";
    }

    const std::string_view body_;
    std::size_t position_;
    char quote_ = '\0';  // of the string literal at the position; 0: none
    bool is_triple_ = false;
    std::string brackets_;  // that are open
};

}  // namespace

// The parts up to the end of the body or, in a format spec, to the closing brace. `depth` is the
// number of format specs around them.
bool Parser::parseFStringParts(FStringState& state, int depth) {
    while (parseFStringLiteral(state, depth)) {
        if (state.atEnd() || state.at('}')) return true;
        if (state.at('{') && !parseField(state, depth)) return false;
    }
    return false;
}

// Literal text up to a single brace or the end. `depth` is as in parseFStringParts().
bool Parser::parseFStringLiteral(FStringState& state, int depth) {
    const std::string_view body = state.body;
    std::size_t begin = state.position;
    std::size_t& i = state.position;
    for (; !state.atEnd(); ++i) {
        if (!state.is_raw && body[i] == '\\' && i + 1 < body.size()) {
            ++i;
            if (body[i] == 'N' && body.substr(i + 1, 1) == "{") {
                i = std::min(body.find('}', i), body.size() - 1);
                continue;
            }
        }
        if (body[i] != '{' && body[i] != '}') continue;
        const bool is_doubled = depth == 0 && body.substr(i + 1, 1) == body.substr(i, 1);
        if (is_doubled) {  // CPython decodes the text before the second brace by itself
            if (!appendText(body.substr(begin, i + 1 - begin), state.is_raw, state.literal)) {
                return false;
            }
            begin = ++i + 1;
            continue;
        }
        if (depth == 0 && body[i] == '}') {
            failAtFurthest("f-string: single '}' is not allowed");
            return false;
        }
        break;
    }
    return appendText(body.substr(begin, i - begin), state.is_raw, state.literal);
}

// A replacement field; the position is at its opening brace.
bool Parser::parseField(FStringState& state, int depth) {
    if (depth >= kMaxFormatNesting) {
        failAtFurthest("f-string: expressions nested too deeply");
        return false;
    }
    const std::size_t begin = state.position + 1;
    FieldScanner scanner(state.body, begin);
    if (const std::string message = scanner.run(); !message.empty()) {
        failAtFurthest(message);
        return false;
    }
    state.position = scanner.position();
    auto* field = arena_.make<FormattedValue>();
    field->location = state.range;
    field->value = parseFieldExpression(state, begin);
    if (field->value == nullptr) return false;
    bool is_self_documenting = state.at('=');
    if (is_self_documenting) {
        ++state.position;
        while (!state.atEnd() && std::string_view(" \t\n\r\v\f").find(state.body[state.position]) !=
                                     std::string_view::npos) {
            ++state.position;
        }
        state.literal += state.body.substr(begin, state.position - begin);
    }
    flushLiteral(state);
    if (!parseFieldTail(state, depth, *field)) return false;
    if (is_self_documenting && field->conversion == -1 && field->format_spec == nullptr) {
        field->conversion = 'r';
    }
    state.values.push_back(field);
    return true;
}

// The conversion, the format spec and the closing brace.
bool Parser::parseFieldTail(FStringState& state, int depth, FormattedValue& field) {
    if (state.at('!')) {
        ++state.position;
        const char conversion = state.atEnd() ? '\0' : state.body[state.position];
        if (conversion != '\0' && conversion != 's' && conversion != 'r' && conversion != 'a') {
            failAtFurthest("f-string: invalid conversion character: expected 's', 'r', or 'a'");
            return false;
        }
        ++state.position;
        field.conversion = static_cast<unsigned char>(conversion);
    }
    if (state.at(':')) {
        ++state.position;
        FStringState spec = state;
        spec.values.clear();
        spec.literal.clear();
        if (!state.atEnd() && !parseFStringParts(spec, depth + 1)) return false;
        state.position = spec.position;
        // CPython gives the spec and its last constant the range of the literal that they are in.
        spec.range = locationOf(*state.token);
        spec.has_u_prefix = false;
        flushLiteral(spec);
        auto* joined = arena_.make<JoinedStr>();
        joined->location = spec.range;
        joined->values = arena_.copy(spec.values);
        field.format_spec = joined;
    }
    if (!state.at('}')) {
        failAtFurthest("f-string: expecting '}'");
        return false;
    }
    ++state.position;
    return true;
}

// Parses the expression between `begin` and the position, in a parser of its own.
Expr* Parser::parseFieldExpression(const FStringState& state, std::size_t begin) {
    const std::string_view source = state.body.substr(begin, state.position - begin);
    if (source.find_first_not_of(kSpace) == std::string_view::npos) {
        return failAtFurthest("f-string: empty expression not allowed");
    }
    const std::string text = "(" + std::string(source) + ")";
    Parser parser(arena_, text, tokenize(text, originOfField(state, begin)),
                  "f-string: ", nesting_);
    Expr* expr = parser.parseReplacementField();
    if (expr == nullptr && speculations_ == 0 && !error_) error_ = parser.error();
    return expr;
}

// The place of the opening brace of the field whose expression is at `begin`.
TextOrigin Parser::originOfField(const FStringState& state, std::size_t begin) const {
    const std::string_view before = textOf(*state.token).substr(0, state.body_offset + begin - 1);
    const auto lines = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    const std::string_view source = state.body.substr(begin);
    const std::size_t first = source.find_first_not_of(" \t\f");
    const std::size_t last_newline = before.rfind('\n');
    std::int32_t column = 0;
    if (source[first] != '\n' && source[first] != '}') {
        const std::size_t line_start =
            last_newline == std::string_view::npos ? 0 : last_newline + 1;
        column = static_cast<std::int32_t>(before.size() - line_start);
    }
    if (lines == 0) column += static_cast<std::int32_t>(state.token->column);
    return {state.token->line + lines, column};
}

// Makes a constant of the text behind the last value, if there is any.
void Parser::flushLiteral(FStringState& state) {
    if (state.literal.empty()) return;
    state.values.push_back(makeStrConstant(state));
    state.literal.clear();
}

}  // namespace tagproof::frontend
