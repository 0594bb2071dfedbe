// What the parser knows while it parses f-strings; internal to parser_strings.cc and
// parser_fstrings.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/frontend/parser_impl.h"

namespace tagproof::frontend {

// The parts of the adjacent literals that have been parsed, and the f-string that is being parsed.
struct Parser::FStringState {
    // Every node of a string literal has the range of all the adjacent literals.
    Location range;
    bool has_u_prefix = false;
    std::vector<Expr*> values = {};
    std::string literal = {};  // text behind the last value

    const Token* token = nullptr;  // the f-string
    std::string_view body = {};    // between its quotes
    std::size_t body_offset = 0;   // of the body in the token
    bool is_raw = false;
    std::size_t position = 0;  // in the body

    void setToken(const Token& next, const StringLiteral& literal_parts) {
        token = &next;
        body = literal_parts.body;
        body_offset = literal_parts.body_offset;
        is_raw = literal_parts.is_raw;
        position = 0;
    }
    [[nodiscard]] bool atEnd() const { return position >= body.size(); }
    [[nodiscard]] bool at(char c) const { return !atEnd() && body[position] == c; }
};

}  // namespace tagproof::frontend
