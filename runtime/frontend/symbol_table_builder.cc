// Definitions, statements and parameters; expressions are in symbol_table_expressions.cc. The order
// of visits is CPython's, because "used prior to global declaration" depends on it.

#include "runtime/frontend/symbol_table_builder.h"

#include <utility>

namespace tagproof::frontend {

SymbolTableBuilder::BlockScope::BlockScope(SymbolTableBuilder& builder,
                                           BlockKind kind,
                                           Identifier name,
                                           const void* node,
                                           const Location& location)
    : builder_(builder) {
    auto owned = std::make_unique<Block>();
    Block* block = owned.get();
    block->kind = kind;
    block->name = name;
    block->location = location;
    if (!builder.stack_.empty()) {
        Block& outer = builder.current();
        block->is_nested = outer.is_nested || outer.kind == BlockKind::kFunction;
        outer.children.push_back(block);
    }
    builder.table_.blocks_.push_back(std::move(owned));
    builder.table_.by_node_.emplace(node, block);
    builder.stack_.push_back(block);
}

SymbolTableBuilder::SymbolTableBuilder(Arena& arena,
                                       const FutureFeatures& features,
                                       ErrorSink& errors,
                                       SymbolTable& table)
    : arena_(arena),
      features_(features),
      errors_(errors),
      table_(table),
      class_cell_name_(arena.intern("__class__")),
      super_name_(arena.intern("super")),
      iterator_name_(arena.intern(".0")) {}

void SymbolTableBuilder::build(const Module& module) {
    const BlockScope scope(*this, BlockKind::kModule, arena_.intern("<module>"), &module, {});
    visitBody(module.body);
}

void SymbolTableBuilder::noteIterationVariable(const Block& block,
                                               Symbol& symbol,
                                               const Location& location) {
    if (!block.visiting_comp_target) return;
    if ((symbol.flags & (kDefGlobal | kDefNonlocal)) != 0) {
        errors_.add(location,
                    "comprehension inner loop cannot rebind assignment expression target '" +
                        std::string(symbol.name) + "'");
    }
    symbol.flags |= kDefCompIter;
}

void SymbolTableBuilder::defineIn(Block& block,
                                  Identifier name,
                                  std::uint16_t flag,
                                  const Location& location) {
    const Identifier mangled = mangle(arena_, class_name_, name);
    Symbol& symbol = block.findOrAdd(mangled);
    if ((flag & kDefParam) != 0 && (symbol.flags & kDefParam) != 0) {
        errors_.add(location,
                    "duplicate argument '" + std::string(name) + "' in function definition");
        return;
    }
    symbol.flags |= flag;
    noteIterationVariable(block, symbol, location);
    if ((flag & kDefParam) != 0) block.parameters.push_back(mangled);
    if ((flag & kDefGlobal) != 0) stack_.front()->findOrAdd(mangled).flags |= flag;
}

void SymbolTableBuilder::visit(const Stmt& statement) {
    if (errors_.failed()) return;
    if (++depth_ > kMaxSymbolDepth) {
        errors_.add(statement.location, "maximum recursion depth exceeded during compilation",
                    DiagnosticKind::kRecursionError);
    } else {
        visitKind(statement);
    }
    --depth_;
}

void SymbolTableBuilder::visitKind(const Stmt& statement) {
    switch (statement.kind) {
        case StmtKind::kFunctionDef:
            return visitFunction(statement.as<FunctionDef>());
        case StmtKind::kAsyncFunctionDef:
            return visitFunction(statement.as<AsyncFunctionDef>());
        case StmtKind::kClassDef:
            return visitClass(statement.as<ClassDef>());
        case StmtKind::kFor:
            return visitFor(statement.as<For>());
        case StmtKind::kAsyncFor:
            return visitFor(statement.as<AsyncFor>());
        case StmtKind::kWhile: {
            const While& loop = statement.as<While>();
            visit(*loop.test);
            visitBody(loop.body);
            return visitBody(loop.orelse);
        }
        case StmtKind::kIf: {
            const If& branch = statement.as<If>();
            visit(*branch.test);
            visitBody(branch.body);
            return visitBody(branch.orelse);
        }
        case StmtKind::kWith:
            return visitWith(statement.as<With>());
        case StmtKind::kAsyncWith:
            return visitWith(statement.as<AsyncWith>());
        case StmtKind::kMatch:
            return visitMatch(statement.as<Match>());
        case StmtKind::kTry:
            return visitTry(statement.as<Try>());
        case StmtKind::kTryStar:
            return visitTry(statement.as<TryStar>());
        case StmtKind::kReturn:
        case StmtKind::kDelete:
        case StmtKind::kAssign:
        case StmtKind::kAugAssign:
        case StmtKind::kAnnAssign:
        case StmtKind::kRaise:
        case StmtKind::kAssert:
        case StmtKind::kImport:
        case StmtKind::kImportFrom:
        case StmtKind::kGlobal:
        case StmtKind::kNonlocal:
        case StmtKind::kExprStmt:
        case StmtKind::kPass:
        case StmtKind::kBreak:
        case StmtKind::kContinue:
            return visitSimple(statement);
    }
}

void SymbolTableBuilder::visitSimple(const Stmt& statement) {
    if (const auto* assign = statement.tryAs<Assign>()) {
        visitAll(assign->targets);
        visit(*assign->value);
    } else if (const auto* augmented = statement.tryAs<AugAssign>()) {
        visit(*augmented->target);
        visit(*augmented->value);
    } else if (const auto* annotated = statement.tryAs<AnnAssign>()) {
        visitAnnAssign(*annotated);
    } else if (const auto* returned = statement.tryAs<Return>()) {
        visitOptional(returned->value);
    } else if (const auto* deleted = statement.tryAs<Delete>()) {
        visitAll(deleted->targets);
    } else if (const auto* raise = statement.tryAs<Raise>()) {
        visitOptional(raise->exc);
        visitOptional(raise->cause);
    } else if (const auto* assertion = statement.tryAs<Assert>()) {
        visit(*assertion->test);
        visitOptional(assertion->msg);
    } else if (const auto* import = statement.tryAs<Import>()) {
        for (const Alias* alias : import->names) visitAlias(*alias);
    } else if (const auto* from = statement.tryAs<ImportFrom>()) {
        for (const Alias* alias : from->names) visitAlias(*alias);
    } else if (const auto* global = statement.tryAs<Global>()) {
        visitGlobal(*global);
    } else if (const auto* nonlocal = statement.tryAs<Nonlocal>()) {
        visitNonlocal(*nonlocal);
    } else if (const auto* expression = statement.tryAs<ExprStmt>()) {
        visit(*expression->value);
    }
}

template <class Function>
void SymbolTableBuilder::visitFunction(const Function& function) {
    define(function.name, kDefLocal, function.location);
    visitDefaults(*function.args);
    visitAnnotations(*function.args, function.returns);
    visitAll(function.decorator_list);
    const BlockScope scope(*this, BlockKind::kFunction, function.name, &function,
                           function.location);
    visitParameters(*function.args);
    visitBody(function.body);
}

void SymbolTableBuilder::visitClass(const ClassDef& definition) {
    define(definition.name, kDefLocal, definition.location);
    visitAll(definition.bases);
    for (const Keyword* keyword : definition.keywords) visit(*keyword->value);
    visitAll(definition.decorator_list);
    const BlockScope scope(*this, BlockKind::kClass, definition.name, &definition,
                           definition.location);
    const Identifier outer_class = std::exchange(class_name_, definition.name);
    visitBody(definition.body);
    class_name_ = outer_class;
}

void SymbolTableBuilder::visitAnnAssign(const AnnAssign& statement) {
    if (const Name* name = statement.target->tryAs<Name>()) {
        const std::uint16_t flags = flagsOf(name->id);
        if ((flags & (kDefGlobal | kDefNonlocal)) != 0 && stack_.size() > 1 && statement.simple) {
            const char* what = (flags & kDefGlobal) != 0 ? "global" : "nonlocal";
            errors_.add(statement.location,
                        "annotated name '" + std::string(name->id) + "' can't be " + what);
            return;
        }
        if (statement.simple) {
            define(name->id, kDefAnnotation | kDefLocal, name->location);
        } else if (statement.value != nullptr) {
            define(name->id, kDefLocal, name->location);
        }
    } else {
        visit(*statement.target);
    }
    visitAnnotation(statement.annotation);
    visitOptional(statement.value);
}

template <class TryStatement>
void SymbolTableBuilder::visitTry(const TryStatement& statement) {
    visitBody(statement.body);
    visitBody(statement.orelse);
    for (const ExceptHandler* handler : statement.handlers) {
        visitOptional(handler->type);
        if (isPresent(handler->name)) define(handler->name, kDefLocal, handler->location);
        visitBody(handler->body);
    }
    visitBody(statement.finalbody);
}

template <class ForStatement>
void SymbolTableBuilder::visitFor(const ForStatement& statement) {
    visit(*statement.target);
    visit(*statement.iter);
    visitBody(statement.body);
    visitBody(statement.orelse);
}

template <class WithStatement>
void SymbolTableBuilder::visitWith(const WithStatement& statement) {
    for (const WithItem* item : statement.items) {
        visit(*item->context_expr);
        visitOptional(item->optional_vars);
    }
    visitBody(statement.body);
}

void SymbolTableBuilder::visitMatch(const Match& statement) {
    visit(*statement.subject);
    for (const MatchCase* match_case : statement.cases) {
        visitPattern(*match_case->pattern);
        visitOptional(match_case->guard);
        visitBody(match_case->body);
    }
}

void SymbolTableBuilder::visitGlobal(const Global& statement) {
    for (const Identifier name : statement.names) {
        const std::uint16_t flags = flagsOf(name);
        const std::string quoted = "name '" + std::string(name) + "' is ";
        if ((flags & kDefParam) != 0) {
            errors_.add(statement.location, quoted + "parameter and global");
        } else if ((flags & kUse) != 0) {
            errors_.add(statement.location, quoted + "used prior to global declaration");
        } else if ((flags & kDefAnnotation) != 0) {
            errors_.add(statement.location,
                        "annotated name '" + std::string(name) + "' can't be global");
        } else if ((flags & kDefLocal) != 0) {
            errors_.add(statement.location, quoted + "assigned to before global declaration");
        }
        define(name, kDefGlobal, statement.location);
        current().directives.emplace(mangle(arena_, class_name_, name), statement.location);
    }
}

void SymbolTableBuilder::visitNonlocal(const Nonlocal& statement) {
    for (const Identifier name : statement.names) {
        const std::uint16_t flags = flagsOf(name);
        const std::string quoted = "name '" + std::string(name) + "' is ";
        if ((flags & kDefParam) != 0) {
            errors_.add(statement.location, quoted + "parameter and nonlocal");
        } else if ((flags & kUse) != 0) {
            errors_.add(statement.location, quoted + "used prior to nonlocal declaration");
        } else if ((flags & kDefAnnotation) != 0) {
            errors_.add(statement.location,
                        "annotated name '" + std::string(name) + "' can't be nonlocal");
        } else if ((flags & kDefLocal) != 0) {
            errors_.add(statement.location, quoted + "assigned to before nonlocal declaration");
        }
        define(name, kDefNonlocal, statement.location);
        current().directives.emplace(mangle(arena_, class_name_, name), statement.location);
    }
}

void SymbolTableBuilder::visitAlias(const Alias& alias) {
    if (alias.name == "*") {
        if (current().kind != BlockKind::kModule) {
            errors_.add(alias.location, "import * only allowed at module level");
        }
        return;
    }
    const Identifier whole = isPresent(alias.asname) ? alias.asname : alias.name;
    define(arena_.intern(whole.substr(0, whole.find('.'))), kDefImport, alias.location);
}

// --- parameters --------------------------------------------------------------------------------

void SymbolTableBuilder::visitDefaults(const Arguments& arguments) {
    visitAll(arguments.defaults);
    visitAll(arguments.kw_defaults);
}

void SymbolTableBuilder::visitAnnotation(const Expr* annotation) {
    if (annotation != nullptr && !features_.annotations) visit(*annotation);
}

void SymbolTableBuilder::visitAnnotations(const Arguments& arguments, const Expr* returns) {
    for (const Arg* arg : arguments.posonlyargs) visitAnnotation(arg->annotation);
    for (const Arg* arg : arguments.args) visitAnnotation(arg->annotation);
    if (arguments.vararg != nullptr) visitAnnotation(arguments.vararg->annotation);
    if (arguments.kwarg != nullptr) visitAnnotation(arguments.kwarg->annotation);
    for (const Arg* arg : arguments.kwonlyargs) visitAnnotation(arg->annotation);
    visitAnnotation(returns);
}

void SymbolTableBuilder::visitParameters(const Arguments& arguments) {
    for (const Arg* arg : arguments.posonlyargs) define(arg->arg, kDefParam, arg->location);
    for (const Arg* arg : arguments.args) define(arg->arg, kDefParam, arg->location);
    for (const Arg* arg : arguments.kwonlyargs) define(arg->arg, kDefParam, arg->location);
    if (const Arg* rest = arguments.vararg) {
        define(rest->arg, kDefParam, rest->location);
        current().has_var_args = true;
    }
    if (const Arg* rest = arguments.kwarg) {
        define(rest->arg, kDefParam, rest->location);
        current().has_var_keywords = true;
    }
}

std::unique_ptr<SymbolTable> buildSymbolTable(Arena& arena,
                                              const Module& module,
                                              const FutureFeatures& features,
                                              ErrorSink& errors) {
    auto table = std::make_unique<SymbolTable>();
    SymbolTableBuilder builder(arena, features, errors, *table);
    builder.build(module);
    if (!errors.failed()) analyzeScopes(table->module(), builder.classCellName(), errors);
    return errors.failed() ? nullptr : std::move(table);
}

}  // namespace tagproof::frontend
