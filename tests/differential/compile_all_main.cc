// Developer tool: compiles Python files to bytecode units, without running them, and validates
// them.
//
// Usage: compile_all [--list | --symbols | --positions] [FILE...]   without files: names from stdin
//   (default)    prints what is not valid, and the first diagnostic of each rejected file
//   --list       the bytecode
//   --symbols    one line a file: its blocks and their symbols, for
//   tests/differential/compiler_oracle.py
//   --positions  one line a file: the instructions that can raise, with their places, for the same
// Exits with 1 when a unit is not valid bytecode.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/frontend/compile_unit.h"
#include "runtime/frontend/parser.h"
#include "runtime/frontend/symbol_table.h"

namespace {

using namespace tagproof::frontend;
using tagproof::Opcode;

std::string readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void printError(const std::string& path, const Diagnostic& error) {
    std::cout << path << ':' << error.line << ':' << error.column << '-' << error.end_line << ':'
              << error.end_column << ": " << exceptionName(error.kind) << ": " << error.message
              << std::endl;
}

// The number of violations in the unit and those inside.
int countViolations(const CodeUnit& unit, const std::string& path) {
    const std::string violation = tagproof::validateBytecode(viewOf(unit));
    int count = 0;
    if (!violation.empty()) {
        std::cout << path << ": " << unit.qualified_name << ": " << violation << '\n';
        ++count;
    }
    for (const auto& child : unit.children) count += countViolations(*child, path);
    return count;
}

void printPositions(const CodeUnit& unit) {
    std::cout << '[' << unit.qualified_name << ' ' << unit.first_line;
    for (std::size_t i = 0; i < unit.instructions.size(); ++i) {
        const tagproof::SourceRange& place = unit.positions[i];
        std::cout << ' ' << tagproof::opcodeInfo(unit.instructions[i].op()).name << ':'
                  << place.line << ':' << place.end_line << ':' << place.column << ':'
                  << place.end_column;
    }
    std::cout << ']';
    for (const auto& child : unit.children) printPositions(*child);
}

int compileFile(const std::string& path, std::string_view mode) {
    const std::string source = readFile(path);
    Arena arena;
    Diagnostics diagnostics;
    const auto unit = compileUnit(arena, source, path, CompileMode::kModule, diagnostics);
    if (unit == nullptr) {
        printError(path, diagnostics.first());
        return 0;
    }
    if (mode == "--list") std::cout << listingOf(*unit, path);
    if (mode == "--positions") {
        printPositions(*unit);
        std::cout << std::endl;
    }
    return countViolations(*unit, path);
}

void printBlock(const Block& block) {
    const char* kinds[] = {"module", "class", "function"};
    std::vector<Symbol> symbols(block.symbols().begin(), block.symbols().end());
    std::sort(symbols.begin(), symbols.end(),
              [](const Symbol& a, const Symbol& b) { return a.name < b.name; });
    std::cout << '[' << kinds[static_cast<int>(block.kind)] << ' ' << block.name << ' '
              << block.location.lineno;
    for (const Symbol& symbol : symbols) {
        std::cout << ' ' << symbol.name << ':' << static_cast<int>(symbol.scope) << ':'
                  << (symbol.flags & ~kDeleted);  // symtable does not tell
    }
    std::cout << ']';
    for (const Block* child : block.children) printBlock(*child);
}

void printSymbols(const std::string& path) {
    const std::string source = readFile(path);
    Arena arena;
    Diagnostics diagnostics;
    const Module* module = parseModule(arena, source, path, diagnostics);
    ErrorSink errors(diagnostics, path);
    std::unique_ptr<SymbolTable> table;
    if (module != nullptr) {
        const FutureFeatures features = scanFutureFeatures(*module, errors);
        table = buildSymbolTable(arena, *module, features, errors);
    }
    if (table == nullptr) return printError(path, diagnostics.first());
    printBlock(table->module());
    std::cout << std::endl;
}

int handle(const std::string& path, std::string_view mode) {
    if (mode != "--symbols") return compileFile(path, mode);
    printSymbols(path);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view mode;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument.starts_with("--")) {
            mode = argument;
        } else {
            files.emplace_back(argument);
        }
    }
    int violations = 0;
    for (const std::string& file : files) violations += handle(file, mode);
    if (files.empty()) {
        for (std::string file; std::getline(std::cin, file);) violations += handle(file, mode);
    }
    return violations == 0 ? 0 : 1;
}
