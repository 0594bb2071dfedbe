#include "runtime/frontend/compile_test_support.h"

#include <gtest/gtest.h>

#include <sstream>

namespace tagproof::frontend {

namespace {

const CodeUnit* findUnit(const CodeUnit& unit, std::string_view qualified_name) {
    if (unit.qualified_name == qualified_name) return &unit;
    for (const auto& child : unit.children) {
        if (const CodeUnit* found = findUnit(*child, qualified_name)) return found;
    }
    return nullptr;
}

void expectValid(const CodeUnit& unit) {
    EXPECT_EQ(validateBytecode(viewOf(unit)), "") << unit.qualified_name;
    for (const auto& child : unit.children) expectValid(*child);
}

// A row of a listing without its columns of line, mark and index, blanks reduced to one.
std::string withoutColumns(const std::string& row) {
    std::istringstream words(row);
    std::string text;
    for (std::string word; words >> word;) {
        const bool is_column =
            word == ">>" || word.find_first_not_of("0123456789") == std::string::npos;
        if (is_column && text.empty()) continue;
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

}  // namespace

const CodeUnit* Compiled::find(std::string_view qualified_name) const {
    if (unit == nullptr || qualified_name.empty()) return unit.get();
    return findUnit(*unit, qualified_name);
}

Compiled compileText(std::string_view source, CompileMode mode) {
    Compiled compiled;
    compiled.unit = compileUnit(*compiled.arena, source, "test.py", mode, compiled.diagnostics);
    return compiled;
}

std::string bytecodeOf(std::string_view source, std::string_view qualified_name, CompileMode mode) {
    const Compiled compiled = compileText(source, mode);
    if (compiled.unit == nullptr) return compiled.diagnostics.first().message;
    expectValid(*compiled.unit);
    const CodeUnit* unit = compiled.find(qualified_name);
    if (unit == nullptr) return "no such function";
    std::istringstream rows(listingOf(*unit, "test.py"));
    std::string text;
    std::string row;
    std::getline(rows, row);  // the title
    while (std::getline(rows, row) && !row.empty()) {
        if (!row.starts_with("  locals") && !row.starts_with("  cells")) {
            text += withoutColumns(row) + '\n';
        }
    }
    return text;
}

std::string errorOf(std::string_view source) {
    const Compiled compiled = compileText(source);
    if (compiled.diagnostics.empty()) return "";
    const Diagnostic& first = compiled.diagnostics.first();
    return std::to_string(first.line) + ':' + std::to_string(first.column) + ": " + first.message;
}

}  // namespace tagproof::frontend
