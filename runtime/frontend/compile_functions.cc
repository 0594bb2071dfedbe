// Bodies, functions, lambdas and classes.

#include <algorithm>

#include "runtime/frontend/compiler.h"
#include "runtime/frontend/unparse.h"

namespace tagproof::frontend {

namespace {

// Whether a body has an annotated assignment, at any depth but in inner functions and classes.
bool hasAnnotations(Seq<Stmt> body);

template <class Try>
bool tryHasAnnotations(const Try& statement) {
    const auto in_handler = [](const ExceptHandler* handler) {
        return hasAnnotations(handler->body);
    };
    return hasAnnotations(statement.body) || hasAnnotations(statement.orelse) ||
           hasAnnotations(statement.finalbody) ||
           std::any_of(statement.handlers.begin(), statement.handlers.end(), in_handler);
}

bool hasAnnotation(const Stmt* statement) {
    if (statement->is<AnnAssign>()) return true;
    if (const auto* loop = statement->tryAs<For>()) {
        return hasAnnotations(loop->body) || hasAnnotations(loop->orelse);
    }
    if (const auto* loop = statement->tryAs<While>()) {
        return hasAnnotations(loop->body) || hasAnnotations(loop->orelse);
    }
    if (const auto* branch = statement->tryAs<If>()) {
        return hasAnnotations(branch->body) || hasAnnotations(branch->orelse);
    }
    if (const auto* with = statement->tryAs<With>()) return hasAnnotations(with->body);
    if (const auto* match = statement->tryAs<Match>()) {
        return std::any_of(
            match->cases.begin(), match->cases.end(),
            [](const MatchCase* match_case) { return hasAnnotations(match_case->body); });
    }
    if (const auto* try_star = statement->tryAs<TryStar>()) return tryHasAnnotations(*try_star);
    const auto* try_statement = statement->tryAs<Try>();
    return try_statement != nullptr && tryHasAnnotations(*try_statement);
}

bool hasAnnotations(Seq<Stmt> body) { return std::any_of(body.begin(), body.end(), hasAnnotation); }

// The text of a body's docstring; data() null without one.
std::string_view docstringOf(Seq<Stmt> body) {
    if (body.empty()) return {};
    const auto* statement = body.front()->tryAs<ExprStmt>();
    if (statement == nullptr) return {};
    const auto* constant = statement->value->tryAs<Constant>();
    const bool is_str = constant != nullptr && constant->value.kind == ConstantValue::Kind::kStr;
    return is_str ? constant->value.text : std::string_view();
}

// Where a definition begins: at its first decorator.
Location firstLocation(const Location& definition, Seq<Expr> decorators) {
    Location first = definition;
    if (!decorators.empty()) first.lineno = decorators.front()->location.lineno;
    return first;
}

}  // namespace

// The body of a module or class.
void Compiler::compileBody(Seq<Stmt> body, bool is_interactive) {
    if (hasAnnotations(body)) emit(Opcode::SETUP_ANNOTATIONS);
    const std::string_view docstring = docstringOf(body);
    if (docstring.data() != nullptr && !is_interactive) {
        setLocation(body.front()->location);
        emitStr(docstring);
        storeName(intern("__doc__"));
        unit().code->docstring = docstring;
        body = body.subspan(1);
    }
    compileStatements(body);
}

void Compiler::emitDecorators(Seq<Expr> decorators) {
    for (const Expr* decorator : decorators) {
        compile(*decorator);
        emit(Opcode::PUSH_NULL);
    }
}

void Compiler::applyDecorators(Seq<Expr> decorators) {
    for (std::size_t i = decorators.size(); i-- > 0;) {
        const LocationScope place(*this, decorators[i]->location);
        emit(Opcode::CALL, 1);
    }
}

// --- defaults and annotations ------------------------------------------------------------------

std::size_t Compiler::emitDefaults(const Arguments& arguments) {
    std::size_t flags = 0;
    if (!arguments.defaults.empty()) {
        Tuple defaults;
        defaults.elts = arguments.defaults;
        compileTuple(defaults);
        flags |= 1;
    }
    std::size_t count = 0;
    for (std::size_t i = 0; i < arguments.kw_defaults.size(); ++i) {
        if (arguments.kw_defaults[i] == nullptr) continue;
        emitStr(mangled(arguments.kwonlyargs[i]->arg));
        compile(*arguments.kw_defaults[i]);
        ++count;
    }
    if (count == 0) return flags;
    emit(Opcode::BUILD_MAP, count);
    return flags | 2;
}

void Compiler::emitAnnotation(const Expr& annotation) {
    if (features_.annotations) {
        emitStr(arena_.copyText(unparse(annotation)));
    } else if (const auto* starred = annotation.tryAs<Starred>()) {
        // `*args: *Ts`
        compile(*starred->value);
        emit(Opcode::UNPACK_SEQUENCE, 1);
    } else {
        compile(annotation);
    }
}

std::size_t Compiler::emitAnnotations(const Arguments& arguments, const Expr* returns) {
    std::size_t count = 0;
    const auto annotate = [&](Identifier name, const Expr* annotation) {
        if (annotation == nullptr) return;
        emitStr(mangled(name));
        emitAnnotation(*annotation);
        ++count;
    };
    for (const Arg* arg : arguments.args) annotate(arg->arg, arg->annotation);
    for (const Arg* arg : arguments.posonlyargs) annotate(arg->arg, arg->annotation);
    if (const Arg* rest = arguments.vararg) annotate(rest->arg, rest->annotation);
    for (const Arg* arg : arguments.kwonlyargs) annotate(arg->arg, arg->annotation);
    if (const Arg* rest = arguments.kwarg) annotate(rest->arg, rest->annotation);
    annotate(intern("return"), returns);
    if (count == 0) return 0;
    emit(Opcode::BUILD_MAP, count);
    return 4;
}

// The closure tuple, the code, and the function made of them.
void Compiler::makeFunction(std::unique_ptr<CodeUnit> inner, std::size_t flags) {
    const std::size_t free_count = inner->cell_names.size() - inner->own_cells;
    for (std::size_t i = inner->own_cells; i < inner->cell_names.size(); ++i) {
        loadClosure(inner->cell_names[i]);
    }
    if (free_count > 0) {
        emit(Opcode::BUILD_TUPLE, free_count);
        flags |= 8;
    }
    CodeUnit& outer = *unit().code;
    ConstantItem constant{.kind = ConstantItem::Kind::kCode};
    constant.child = static_cast<std::uint32_t>(outer.children.size());
    outer.children.push_back(std::move(inner));
    code().emitConstant(constant);
    emit(Opcode::MAKE_FUNCTION, flags);
}

void Compiler::checkParameters(const Arguments& arguments) {
    const auto check = [&](const Arg* arg) {
        if (arg != nullptr) (void)rejectDebug(arg->arg, ExprContext::kStore);
    };
    for (const Arg* arg : arguments.posonlyargs) check(arg);
    for (const Arg* arg : arguments.args) check(arg);
    for (const Arg* arg : arguments.kwonlyargs) check(arg);
    check(arguments.vararg);
    check(arguments.kwarg);
}

// --- definitions -------------------------------------------------------------------------------

void Compiler::compileFunction(const FunctionDef& function) {
    checkParameters(*function.args);
    emitDecorators(function.decorator_list);
    std::size_t flags = emitDefaults(*function.args);
    flags |= emitAnnotations(*function.args, function.returns);

    auto inner = std::make_unique<Unit>(symbols_.blockOf(&function), UnitKind::kFunction, unit_);
    enterUnit(std::move(inner), function.name,
              firstLocation(function.location, function.decorator_list));
    setParameters(*function.args);
    emitCellPrologue();
    unit().code->docstring = docstringOf(function.body);
    const bool has_docstring = unit().code->docstring.data() != nullptr;
    compileStatements(has_docstring ? function.body.subspan(1) : function.body);
    finishFunction();
    std::unique_ptr<CodeUnit> made = leaveUnit();

    makeFunction(std::move(made), flags);
    applyDecorators(function.decorator_list);
    storeName(function.name);
}

void Compiler::compileLambda(const Lambda& lambda) {
    checkParameters(*lambda.args);
    const std::size_t flags = emitDefaults(*lambda.args);
    enterUnit(std::make_unique<Unit>(symbols_.blockOf(&lambda), UnitKind::kLambda, unit_),
              intern("<lambda>"), lambda.location);
    setParameters(*lambda.args);
    emitCellPrologue();
    compile(*lambda.body);
    setLocation(lambda.body->location);
    emit(Opcode::RETURN_VALUE);
    std::unique_ptr<CodeUnit> made = leaveUnit();
    makeFunction(std::move(made), flags);
}

void Compiler::compileClassBody(const ClassDef& definition) {
    emitCellPrologue();
    unit().code->flags |= kCodeIsClassBody;
    loadName(intern("__name__"));
    storeName(intern("__module__"));
    emitStr(arena_.copyText(unit().code->qualified_name));
    storeName(intern("__qualname__"));
    compileBody(definition.body, false);
    if (unit().block.needs_class_closure) {
        loadClosure(class_cell_name_);
        emit(Opcode::COPY, 1);
        code().emitName(Opcode::STORE_NAME, intern("__classcell__"));
    } else {
        emitNone();
    }
    emit(Opcode::RETURN_VALUE);
}

void Compiler::compileClass(const ClassDef& definition) {
    emitDecorators(definition.decorator_list);
    auto inner = std::make_unique<Unit>(symbols_.blockOf(&definition), UnitKind::kClass, unit_);
    inner->class_name = definition.name;
    enterUnit(std::move(inner), definition.name,
              firstLocation(definition.location, definition.decorator_list));
    compileClassBody(definition);
    std::unique_ptr<CodeUnit> made = leaveUnit();

    emit(Opcode::LOAD_BUILD_CLASS);
    emit(Opcode::PUSH_NULL);
    makeFunction(std::move(made), 0);
    emitStr(definition.name);
    compileArguments(definition.bases, definition.keywords, 2);
    applyDecorators(definition.decorator_list);
    storeName(definition.name);
}

}  // namespace tagproof::frontend
