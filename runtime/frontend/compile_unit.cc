#include "runtime/frontend/compile_unit.h"

#include "runtime/frontend/compiler.h"
#include "runtime/frontend/parser.h"

namespace tagproof::frontend {

namespace {

// eval() takes one expression.
bool isOneExpression(const Module& module) {
    return module.body.size() == 1 && module.body.front()->is<ExprStmt>();
}

Location wherePastExpression(const Module& module) {
    if (module.body.empty()) return {.lineno = 1};
    const std::size_t offender = module.body.front()->is<ExprStmt>() ? 1 : 0;
    return module.body[offender]->location;
}

// Resolves the names of a tree and compiles it; null on failure.
std::unique_ptr<CodeUnit> compileTree(Arena& arena,
                                      const Module& module,
                                      CompileMode mode,
                                      ErrorSink& errors) {
    const FutureFeatures features = scanFutureFeatures(module, errors);
    if (errors.failed()) return nullptr;
    const std::unique_ptr<SymbolTable> symbols = buildSymbolTable(arena, module, features, errors);
    if (symbols == nullptr) return nullptr;
    Compiler compiler(arena, *symbols, features, errors, mode);
    std::unique_ptr<CodeUnit> unit = compiler.compileModule(module);
    return errors.failed() ? nullptr : std::move(unit);
}

}  // namespace

std::unique_ptr<CodeUnit> compileUnit(Arena& arena,
                                      std::string_view source,
                                      std::string_view filename,
                                      CompileMode mode,
                                      Diagnostics& diagnostics) {
    const Module* module = parseModule(arena, source, filename, diagnostics);
    if (module == nullptr) return nullptr;
    ErrorSink errors(diagnostics, filename);
    if (mode == CompileMode::kExpression && !isOneExpression(*module)) {
        errors.add(wherePastExpression(*module), "invalid syntax");
        return nullptr;
    }
    return compileTree(arena, *module, mode, errors);
}

std::unique_ptr<CodeUnit> compileEntryUnit(Arena& arena,
                                           std::string_view source,
                                           std::string_view filename,
                                           bool is_whole,
                                           Diagnostics& diagnostics,
                                           EntryState& state) {
    const Module* module = parseEntry(arena, source, filename, is_whole, diagnostics, state);
    if (module == nullptr) return nullptr;
    ErrorSink errors(diagnostics, filename);
    return compileTree(arena, *module, CompileMode::kInteractive, errors);
}

}  // namespace tagproof::frontend
