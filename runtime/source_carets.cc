// As in CPython 3.11's traceback.c: the range is underlined with ^; in a binary operation or a
// subscript the operands get ~ and the operator or the brackets ^. A range that covers the whole
// line gets nothing. Offsets are in characters.
//
//      return self.parts[key] + other
//             ~~~~~~~~~~^^^^^
//             |start    |left_end   |right_start

#include "runtime/source_carets.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "runtime/frontend/arena.h"
#include "runtime/frontend/diagnostic.h"
#include "runtime/frontend/parser.h"
#include "runtime/import.h"

namespace tagproof {

namespace {

// Where the operator of a range lies, in bytes of the segment.
struct Anchors {
    size_t begin;
    size_t end;
};

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

size_t characters(std::string_view bytes) {
    size_t count = 0;
    for (char c : bytes) {
        if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++count;
    }
    return count;
}

std::optional<Anchors> binaryAnchors(std::string_view segment, const frontend::BinOp& operation) {
    const size_t end = operation.right->location.col_offset;
    for (size_t i = operation.left->location.end_col_offset; i < end && i < segment.size(); ++i) {
        if (isBlank(segment[i])) continue;
        const bool two = i + 1 < end && !isBlank(segment[i + 1]);
        return Anchors{i, i + (two ? 2 : 1)};
    }
    return std::nullopt;
}

// Parses the underlined text to find an operator in it.
std::optional<Anchors> findAnchors(const std::string& segment) {
    frontend::Arena arena;
    frontend::Diagnostics diagnostics;
    const frontend::Module* module =
        frontend::parseModule(arena, segment, "<segment>", diagnostics);
    if (module == nullptr || module->body.size() != 1) return std::nullopt;
    if (!module->body[0]->is<frontend::ExprStmt>()) return std::nullopt;
    const frontend::Expr* value = module->body[0]->as<frontend::ExprStmt>().value;
    if (const auto* operation = value->tryAs<frontend::BinOp>()) {
        return binaryAnchors(segment, *operation);
    }
    if (const auto* subscript = value->tryAs<frontend::Subscript>()) {
        return Anchors{subscript->value->location.end_col_offset,
                       subscript->slice->location.end_col_offset + size_t{1}};
    }
    return std::nullopt;
}

// What is underlined, in characters of the line; the operator is in (left_end, right_start].
struct Underline {
    size_t start;
    size_t end;
    bool has_operator = false;
    size_t left_end = 0;
    size_t right_start = 0;
};

// The underline of a range that ends in its first line.
Underline underlineWithin(std::string_view line, size_t begin, size_t end_column) {
    const size_t finish = std::min(end_column, line.size());
    const std::string segment(line.substr(begin, finish - std::min(begin, finish)));
    Underline underline{characters(line.substr(0, begin)), characters(line.substr(0, finish))};
    const std::optional<Anchors> anchors = findAnchors(segment);
    if (!anchors) return underline;
    const std::string_view text = segment;
    underline.has_operator = true;
    underline.left_end = underline.start + characters(text.substr(0, anchors->begin));
    underline.right_start = underline.start + characters(text.substr(0, anchors->end));
    return underline;
}

// The underline of a range that goes on in a later line.
Underline underlineToEnd(std::string_view line, size_t begin) {
    size_t last = line.size();
    while (last > 0 && isBlank(line[last - 1])) --last;
    return {characters(line.substr(0, begin)), characters(line.substr(0, last))};
}

// The mark below the character that ends at an offset.
char markAt(const Underline& underline, size_t offset) {
    if (offset <= underline.start) return ' ';
    if (!underline.has_operator) return '^';
    return underline.left_end < offset && offset <= underline.right_start ? '^' : '~';
}

}  // namespace

bool SourceFiles::line(const std::string& path, uint32_t number, std::string* text) {
    auto [entry, added] = files_.try_emplace(path);
    int error;
    if (added && !readFile(path, &entry->second, &error)) entry->second.clear();
    std::string_view rest = entry->second;
    for (uint32_t i = 1; i < number; ++i) {
        const size_t end = rest.find('\n');
        if (end == std::string_view::npos) return false;
        rest.remove_prefix(end + 1);
    }
    if (rest.empty() || number == 0) return false;
    rest = rest.substr(0, rest.find('\n'));
    if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
    *text = rest;
    return true;
}

std::string caretLine(const std::string& line, const SourceRange& range) {
    if (range.column < 0 || range.end_column < 0) return "";
    const auto begin = std::min(static_cast<size_t>(range.column), line.size());
    size_t indent = 0;
    while (indent < line.size() && isBlank(line[indent])) ++indent;
    const Underline underline =
        range.line == range.end_line
            ? underlineWithin(line, begin, static_cast<size_t>(range.end_column))
            : underlineToEnd(line, begin);
    const size_t length = underline.end - underline.start;
    if (!underline.has_operator && length == characters(line) - indent) return "";
    std::string carets = "    ";
    for (size_t offset = indent + 1; offset <= underline.end; ++offset) {
        carets += markAt(underline, offset);
    }
    return carets;
}

}  // namespace tagproof
