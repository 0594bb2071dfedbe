// compile_all [--list] FILE...: compiles each Python file to bytecode units and validates them.
// Prints rejected files with their first diagnostic; exits with 1 when a unit is not valid.
// --list also prints the bytecode.

#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "runtime/frontend/compile_unit.h"

namespace {

using tagproof::frontend::CodeUnit;

// The number of violations in the unit and those inside.
int countViolations(const CodeUnit& unit, std::string_view path) {
    const std::string violation = tagproof::validateBytecode(tagproof::frontend::viewOf(unit));
    int count = 0;
    if (!violation.empty()) {
        std::cout << path << ": " << unit.qualified_name << ": " << violation << '\n';
        ++count;
    }
    for (const auto& child : unit.children) count += countViolations(*child, path);
    return count;
}

int checkFile(const char* path, bool list) {
    using namespace tagproof::frontend;
    std::ifstream file(path, std::ios::binary);
    const std::string source((std::istreambuf_iterator<char>(file)),
                             std::istreambuf_iterator<char>());
    Arena arena;
    Diagnostics diagnostics;
    const auto unit = compileUnit(arena, source, path, CompileMode::kModule, diagnostics);
    if (unit == nullptr) {
        const Diagnostic& first = diagnostics.first();
        std::cout << path << ':' << first.line << ':' << first.column << ": "
                  << exceptionName(first.kind) << ": " << first.message << '\n';
        return 0;
    }
    if (list) std::cout << listingOf(*unit, path);
    return countViolations(*unit, path);
}

}  // namespace

int main(int argc, char** argv) {
    bool list = false;
    int violations = 0;
    for (const char* argument : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
        if (std::string_view(argument) == "--list") {
            list = true;
        } else {
            violations += checkFile(argument, list);
        }
    }
    return violations == 0 ? 0 : 1;
}
