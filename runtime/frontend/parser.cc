#include "runtime/frontend/parser.h"

#include <algorithm>
#include <utility>

#include "runtime/frontend/parser_impl.h"
#include "runtime/frontend/source_text.h"
#include "runtime/frontend/tokenizer.h"
#include "runtime/frontend/unicode.h"

namespace tagproof::frontend {

Module* parseModule(Arena& arena,
                    std::string_view source,
                    std::string_view filename,
                    Diagnostics& diagnostics) {
    const std::optional<std::string> text = normalizeSource(source, filename, diagnostics);
    if (!text) return nullptr;
    Parser parser(arena, *text, tokenize(*text, {}), "", 0);
    Module* module = parser.parseFile();
    if (module == nullptr) {
        Diagnostic error = parser.error();
        error.filename = filename;
        diagnostics.add(std::move(error));
    }
    return module;
}

Module* parseEntry(Arena& arena,
                   std::string_view source,
                   std::string_view filename,
                   bool is_whole,
                   Diagnostics& diagnostics,
                   EntryState& state) {
    state = EntryState::kInvalid;
    const std::optional<std::string> text = normalizeSource(source, filename, diagnostics);
    if (!text) return nullptr;
    const TextKind kind = is_whole ? TextKind::kWholeEntry : TextKind::kEntrySoFar;
    Parser parser(arena, *text, tokenize(*text, {}, kind), "", 0);
    Module* module = parser.parseEntry(state);
    if (state == EntryState::kInvalid) {
        Diagnostic error = parser.error();
        error.filename = filename;
        diagnostics.add(std::move(error));
    }
    return module;
}

Parser::Parser(Arena& arena,
               std::string_view text,
               TokenList tokens,
               std::string_view error_prefix,
               int nesting)
    : arena_(arena),
      text_(text),
      tokens_(std::move(tokens.tokens)),
      lexical_error_(std::move(tokens.error)),
      error_prefix_(error_prefix),
      nesting_(nesting) {}

Module* Parser::parseFile() {
    SeqBuilder<Stmt> body(*this);
    while (!at(TokenKind::kEndMarker)) {
        if (!parseStatement(body)) {
            settleError();
            return nullptr;
        }
    }
    Module* module = arena_.make<Module>();
    module->body = body.finish();
    return module;
}

Module* Parser::parseEntry(EntryState& state) {
    SeqBuilder<Stmt> body(*this);
    if (parseEntryBody(body)) {
        state = EntryState::kComplete;
        Module* module = arena_.make<Module>();
        module->body = body.finish();
        return module;
    }
    const bool needs_more = tokens_[furthest_].kind == TokenKind::kMore;
    state = needs_more ? EntryState::kIncomplete : EntryState::kInvalid;
    if (!needs_more) settleError();
    return nullptr;
}

// False when the entry goes on, or is no Python.
bool Parser::parseEntryBody(SeqBuilder<Stmt>& body) {
    if (accept(TokenKind::kNewline) || at(TokenKind::kEndMarker)) return true;
    const bool has_block = atCompoundStatement();
    if (!parseStatement(body)) return false;
    if (!has_block && !body[0]->is<Match>()) return true;
    return accept(TokenKind::kNewline) || at(TokenKind::kEndMarker);
}

Expr* Parser::parseReplacementField() {
    Expr* expr = parseStarExpressions();
    if (expr == nullptr) settleError();
    return expr;
}

const Token& Parser::peekAhead(std::size_t count) const {
    return tokens_[std::min(cursor_ + count, tokens_.size() - 1)];
}

std::string_view Parser::textOf(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
}

bool Parser::atSoftKeyword(std::string_view text) const {
    return at(TokenKind::kName) && textOf(peek()) == text;
}

void Parser::advance() {
    if (cursor_ + 1 < tokens_.size()) ++cursor_;
    furthest_ = std::max(furthest_, cursor_);
    fetched_ = std::max(fetched_, cursor_);
}

bool Parser::accept(TokenKind kind) {
    if (!at(kind)) return false;
    advance();
    return true;
}

bool Parser::expectForced(TokenKind kind) {
    if (accept(kind)) return true;
    failAt(peek(), "expected '" + std::string(tokenText(kind)) + "'");
    return false;
}

bool Parser::expectColon() {
    if (accept(TokenKind::kColon)) return true;
    if (at(TokenKind::kNewline)) failAtFurthest("expected ':'");
    return false;
}

Identifier Parser::parseIdentifier() {
    if (!at(TokenKind::kName)) return {};
    const Identifier name = identifierOf(peek());
    advance();
    return name;
}

Identifier Parser::identifierOf(const Token& token) {
    const std::string_view text = textOf(token);
    const bool is_ascii = std::all_of(text.begin(), text.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return arena_.intern(is_ascii ? text : std::string_view(normalizeIdentifier(text)));
}

Location Parser::locationOf(const Token& token) {
    return {token.line, token.column, token.end_line, token.end_column};
}

Location Parser::locationFrom(const Token& start) const { return locationFrom(locationOf(start)); }

Location Parser::locationFrom(const Location& start) const {
    auto is_layout = [](TokenKind kind) {
        return kind == TokenKind::kNewline || kind == TokenKind::kIndent ||
               kind == TokenKind::kDedent;
    };
    std::size_t last = cursor_ == 0 ? 0 : cursor_ - 1;
    while (last > 0 && is_layout(tokens_[last].kind)) --last;
    return {start.lineno, start.col_offset, tokens_[last].end_line, tokens_[last].end_column};
}

}  // namespace tagproof::frontend
