// Units: entering and leaving a block, and what every block begins and ends with.

#include "runtime/frontend/compiler.h"

#include "objmodel/check.h"
#include "runtime/frontend/assemble.h"

namespace tagproof::frontend {

namespace {

SourceRange rangeOf(const Location& location) {
    return {.line = location.lineno,
            .end_line = location.end_lineno,
            .column = static_cast<std::int32_t>(location.col_offset),
            .end_column = static_cast<std::int32_t>(location.end_col_offset)};
}

constexpr Location kModuleLocation{
    .lineno = 1, .col_offset = 0, .end_lineno = 1, .end_col_offset = 0};

}  // namespace

Compiler::Compiler(Arena& arena,
                   const SymbolTable& symbols,
                   const FutureFeatures& features,
                   ErrorSink& errors,
                   CompileMode mode)
    : arena_(arena),
      symbols_(symbols),
      features_(features),
      errors_(errors),
      mode_(mode),
      class_cell_name_(arena.intern("__class__")) {}

Compiler::LocationScope::LocationScope(Compiler& compiler, const Location& location)
    : builder_(compiler.code()), saved_(builder_.location()) {
    builder_.setLocation(rangeOf(location));
}

void Compiler::setLocation(const Location& location) { code().setLocation(rangeOf(location)); }

void Compiler::errorHere(std::string message) {
    const SourceRange& place = code().location();
    error({.lineno = place.line,
           .col_offset = static_cast<std::uint32_t>(place.column),
           .end_lineno = place.end_line,
           .end_col_offset = static_cast<std::uint32_t>(place.end_column)},
          std::move(message));
}

void Compiler::unsupported(const Location& location, std::string_view what) {
    errors_.add(location, std::string(what) + " not supported", DiagnosticKind::kUnsupported);
}

void Compiler::asyncOutside(const Location& location, std::string_view what) {
    const bool awaits_outside = what == "'await'" && unit().block.kind != BlockKind::kFunction;
    error(location,
          std::string(what) + (awaits_outside ? " outside function" : " outside async function"));
}

// The enclosing functions and classes, joined by dots; a name that the block around declares global
// stands alone.
std::string Compiler::qualifiedName(const Unit& inner, Identifier name) {
    const Unit* outer = inner.parent;
    std::string own(name);
    if (outer == nullptr || outer->kind == UnitKind::kModule) return own;
    const bool is_definition = inner.kind == UnitKind::kFunction || inner.kind == UnitKind::kClass;
    if (is_definition &&
        outer->block.scopeOf(mangle(arena_, outer->class_name, name)) == Scope::kGlobalExplicit) {
        return own;
    }
    const bool is_local = outer->kind == UnitKind::kFunction || outer->kind == UnitKind::kLambda;
    return outer->code->qualified_name + (is_local ? ".<locals>." : ".") + own;
}

void Compiler::enterUnit(std::unique_ptr<Unit> entered, Identifier name, const Location& location) {
    CodeUnit& made = *entered->code;
    made.name = name;
    made.qualified_name = qualifiedName(*entered, name);
    made.first_line = location.lineno;
    const Block& block = entered->block;
    made.cell_names = block.sortedNames(Scope::kCell);
    if (block.needs_class_closure) made.cell_names.push_back(class_cell_name_);
    made.own_cells = static_cast<std::uint32_t>(made.cell_names.size());
    for (const Identifier free : block.sortedNames(Scope::kFree, kDefFreeClass)) {
        made.cell_names.push_back(free);
        made.flags |= kCodeUsesFreeVariables;
    }
    if (block.is_generator) made.flags |= kCodeIsGenerator;
    if (entered->parent != nullptr && !isPresent(entered->class_name)) {
        entered->class_name = entered->parent->class_name;
    }
    units_.push_back(std::move(entered));
    unit_ = units_.back().get();
    setLocation(location);
}

std::unique_ptr<CodeUnit> Compiler::leaveUnit() {
    if (code().isTooLarge()) error(unit().block.location, "code is too large");
    if (!errors_.failed()) {
        assemble(code());
#ifndef NDEBUG
        const std::string violation = validateBytecode(viewOf(*unit().code));
        TAGPROOF_CHECK(violation.empty(), unit().code->qualified_name + ": " + violation);
#endif
    }
    std::unique_ptr<CodeUnit> made = std::move(unit().code);
    unit_ = unit().parent;
    units_.pop_back();
    return made;
}

void Compiler::setParameters(const Arguments& arguments) {
    CodeUnit& made = *unit().code;
    made.positional_only = static_cast<std::uint32_t>(arguments.posonlyargs.size());
    made.positional = made.positional_only + static_cast<std::uint32_t>(arguments.args.size());
    made.keyword_only = static_cast<std::uint32_t>(arguments.kwonlyargs.size());
    if (arguments.vararg != nullptr) made.flags |= kCodeHasVarArgs;
    if (arguments.kwarg != nullptr) made.flags |= kCodeHasVarKeywords;
}

// Declares the parameters as the first locals, then emits what a function body begins with.
void Compiler::emitCellPrologue() {
    CodeUnit& made = *unit().code;
    for (const Identifier parameter : unit().block.parameters) {
        (void)code().localIndex(parameter);
    }
    if ((made.flags & kCodeIsGenerator) != 0) {
        emit(Opcode::RETURN_GENERATOR);
        emit(Opcode::POP_TOP);
    }
    for (std::uint32_t cell = 0; cell < made.own_cells; ++cell) {
        std::int32_t parameter = -1;
        for (std::size_t i = 0; i < made.local_names.size(); ++i) {
            if (made.local_names[i].data() == made.cell_names[cell].data()) {
                parameter = static_cast<std::int32_t>(i);
            }
        }
        made.cell_parameters.push_back(parameter);
        emit(Opcode::MAKE_CELL, cell);
    }
}

void Compiler::finishFunction() {
    if (!code().isReachable()) return;
    emitNone();
    emit(Opcode::RETURN_VALUE);
}

std::unique_ptr<CodeUnit> Compiler::compileModule(const Module& module) {
    enterUnit(std::make_unique<Unit>(symbols_.module(), UnitKind::kModule, nullptr),
              intern("<module>"), kModuleLocation);
    unit().code->flags |= kCodeIsModule;
    emitCellPrologue();
    if (mode_ == CompileMode::kExpression) {
        compile(*module.body.front()->as<ExprStmt>().value);
        emit(Opcode::RETURN_VALUE);
    } else {
        compileBody(module.body, mode_ == CompileMode::kInteractive);
        finishFunction();
    }
    return leaveUnit();
}

}  // namespace tagproof::frontend
