// Developer tool for tests/differential/parser_oracle.py: parses files and prints what came of it.
//
// Usage: parser_dump [FILE...]      without arguments, file names are read from stdin, one a line
// For each file one line: its tree in the form of ast.dump(), or
// `error: KIND LINE MESSAGE` (the message on one line).

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "runtime/frontend/ast_dump.h"
#include "runtime/frontend/parser.h"

namespace {

using namespace tagproof::frontend;

void dumpFile(const std::string& filename) {
    std::ifstream file(filename, std::ios::binary);
    const std::string source{std::istreambuf_iterator<char>(file), {}};
    Arena arena;
    Diagnostics diagnostics;
    const Module* module = parseModule(arena, source, filename, diagnostics);
    if (module != nullptr) {
        std::cout << dumpAst(*module) << std::endl;
        return;
    }
    const Diagnostic& error = diagnostics.first();
    std::cout << "error: " << exceptionName(error.kind) << ' ' << error.line << ' ' << error.message
              << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) dumpFile(argv[i]);
    if (argc > 1) return 0;
    for (std::string filename; std::getline(std::cin, filename);) dumpFile(filename);
    return 0;
}
