// The symbol table's walk over expressions and patterns.

#include "runtime/frontend/symbol_table_builder.h"

namespace tagproof::frontend {

namespace {

std::string_view describe(ComprehensionKind kind) {
    switch (kind) {
        case ComprehensionKind::kList:
            return "list comprehension";
        case ComprehensionKind::kSet:
            return "set comprehension";
        case ComprehensionKind::kDict:
            return "dict comprehension";
        case ComprehensionKind::kGenerator:
        case ComprehensionKind::kNone:
            break;
    }
    return "generator expression";
}

}  // namespace

void SymbolTableBuilder::visit(const Expr& expression) {
    if (errors_.failed()) return;
    if (++depth_ > kMaxSymbolDepth) {
        errors_.add(expression.location, "maximum recursion depth exceeded during compilation",
                    DiagnosticKind::kRecursionError);
    } else {
        visitKind(expression);
    }
    --depth_;
}

void SymbolTableBuilder::visitKind(const Expr& expression) {
    switch (expression.kind) {
        case ExprKind::kName:
            return visitName(expression.as<Name>());
        case ExprKind::kNamedExpr:
            return visitNamedExpr(expression.as<NamedExpr>());
        case ExprKind::kLambda:
            return visitLambda(expression.as<Lambda>());
        case ExprKind::kYield:
            return visitYield(expression, expression.as<Yield>().value);
        case ExprKind::kYieldFrom:
            return visitYield(expression, expression.as<YieldFrom>().value);
        case ExprKind::kCall:
            return visitCall(expression.as<Call>());
        case ExprKind::kListComp: {
            const ListComp& list = expression.as<ListComp>();
            return visitComprehension(expression, arena_.intern("listcomp"),
                                      ComprehensionKind::kList, list.generators, *list.elt,
                                      nullptr);
        }
        case ExprKind::kSetComp: {
            const SetComp& set = expression.as<SetComp>();
            return visitComprehension(expression, arena_.intern("setcomp"), ComprehensionKind::kSet,
                                      set.generators, *set.elt, nullptr);
        }
        case ExprKind::kDictComp: {
            const DictComp& dict = expression.as<DictComp>();
            return visitComprehension(expression, arena_.intern("dictcomp"),
                                      ComprehensionKind::kDict, dict.generators, *dict.key,
                                      dict.value);
        }
        case ExprKind::kGeneratorExp: {
            const GeneratorExp& generator = expression.as<GeneratorExp>();
            return visitComprehension(expression, arena_.intern("genexpr"),
                                      ComprehensionKind::kGenerator, generator.generators,
                                      *generator.elt, nullptr);
        }
        case ExprKind::kBoolOp:
        case ExprKind::kBinOp:
        case ExprKind::kUnaryOp:
        case ExprKind::kIfExp:
        case ExprKind::kDict:
        case ExprKind::kSet:
        case ExprKind::kAwait:
        case ExprKind::kCompare:
        case ExprKind::kFormattedValue:
        case ExprKind::kJoinedStr:
        case ExprKind::kConstant:
        case ExprKind::kAttribute:
        case ExprKind::kSubscript:
        case ExprKind::kStarred:
        case ExprKind::kList:
        case ExprKind::kTuple:
        case ExprKind::kSlice:
            return visitOperation(expression);
    }
}

// The expressions that bind no name: their parts from left to right.
void SymbolTableBuilder::visitOperation(const Expr& expression) {
    if (const auto* bools = expression.tryAs<BoolOp>()) {
        visitAll(bools->values);
    } else if (const auto* binary = expression.tryAs<BinOp>()) {
        visit(*binary->left);
        visit(*binary->right);
    } else if (const auto* unary = expression.tryAs<UnaryOp>()) {
        visit(*unary->operand);
    } else if (const auto* choice = expression.tryAs<IfExp>()) {
        visit(*choice->test);
        visit(*choice->body);
        visit(*choice->orelse);
    } else if (const auto* dict = expression.tryAs<Dict>()) {
        visitAll(dict->keys);
        visitAll(dict->values);
    } else if (const auto* set = expression.tryAs<Set>()) {
        visitAll(set->elts);
    } else if (const auto* await = expression.tryAs<Await>()) {
        visit(*await->value);
    } else if (const auto* compare = expression.tryAs<Compare>()) {
        visit(*compare->left);
        visitAll(compare->comparators);
    } else if (const auto* formatted = expression.tryAs<FormattedValue>()) {
        visit(*formatted->value);
        visitOptional(formatted->format_spec);
    } else if (const auto* joined = expression.tryAs<JoinedStr>()) {
        visitAll(joined->values);
    } else if (const auto* attribute = expression.tryAs<Attribute>()) {
        visit(*attribute->value);
    } else if (const auto* subscript = expression.tryAs<Subscript>()) {
        visit(*subscript->value);
        visit(*subscript->slice);
    } else if (const auto* starred = expression.tryAs<Starred>()) {
        visit(*starred->value);
    } else if (const auto* list = expression.tryAs<List>()) {
        visitAll(list->elts);
    } else if (const auto* tuple = expression.tryAs<Tuple>()) {
        visitAll(tuple->elts);
    } else if (const auto* slice = expression.tryAs<Slice>()) {
        visitOptional(slice->lower);
        visitOptional(slice->upper);
        visitOptional(slice->step);
    }
}

void SymbolTableBuilder::visitName(const Name& name) {
    define(name.id, name.ctx == ExprContext::kLoad ? kUse : kDefLocal, name.location);
    if (name.ctx == ExprContext::kDel) define(name.id, kDeleted, name.location);
    // super() without arguments needs the class.
    if (name.ctx == ExprContext::kLoad && current().kind == BlockKind::kFunction &&
        name.id.data() == super_name_.data()) {
        define(class_cell_name_, kUse, name.location);
    }
}

void SymbolTableBuilder::visitLambda(const Lambda& lambda) {
    visitDefaults(*lambda.args);
    const BlockScope scope(*this, BlockKind::kFunction, arena_.intern("lambda"), &lambda,
                           lambda.location);
    visitParameters(*lambda.args);
    visit(*lambda.body);
}

void SymbolTableBuilder::visitCall(const Call& call) {
    visit(*call.func);
    visitAll(call.args);
    for (const Keyword* keyword : call.keywords) visit(*keyword->value);
}

void SymbolTableBuilder::visitYield(const Expr& yield, const Expr* value) {
    visitOptional(value);
    Block& block = current();
    if (block.comprehension != ComprehensionKind::kNone) {
        errors_.add(yield.location, "'yield' inside " + std::string(describe(block.comprehension)));
    }
    block.is_generator = true;
}

// --- assignment expressions --------------------------------------------------------------------

void SymbolTableBuilder::visitNamedExpr(const NamedExpr& expression) {
    if (current().comp_iter_depth > 0) {
        errors_.add(expression.location,
                    "assignment expression cannot be used in a comprehension iterable expression");
        return;
    }
    if (current().comprehension != ComprehensionKind::kNone) extendNamedExprScope(expression);
    visit(*expression.value);
    visit(*expression.target);
}

// In a comprehension `:=` binds the name in the innermost block around that is no comprehension.
void SymbolTableBuilder::extendNamedExprScope(const NamedExpr& expression) {
    const Name& target = expression.target->as<Name>();
    for (auto block = stack_.rbegin(); block != stack_.rend(); ++block) {
        if ((*block)->comprehension == ComprehensionKind::kNone) {
            return extendInto(**block, expression);
        }
        const Identifier mangled = mangle(arena_, class_name_, target.id);
        if (((*block)->flagsOf(mangled) & kDefCompIter) != 0) {
            errors_.add(target.location,
                        "assignment expression cannot rebind comprehension iteration variable '" +
                            std::string(target.id) + "'");
            return;
        }
    }
}

void SymbolTableBuilder::extendInto(Block& block, const NamedExpr& expression) {
    const Name& target = expression.target->as<Name>();
    const Identifier mangled = mangle(arena_, class_name_, target.id);
    if (block.kind == BlockKind::kClass) {
        errors_.add(target.location,
                    "assignment expression within a comprehension cannot be used in a class body");
        return;
    }
    const bool is_module = block.kind == BlockKind::kModule;
    const bool is_global = is_module || (block.flagsOf(mangled) & kDefGlobal) != 0;
    define(target.id, is_global ? kDefGlobal : kDefNonlocal, target.location);
    current().directives.emplace(mangled, target.location);
    defineIn(block, target.id, is_module ? kDefGlobal : kDefLocal, target.location);
}

// --- comprehensions ----------------------------------------------------------------------------

void SymbolTableBuilder::visitTarget(const Expr& target) {
    current().visiting_comp_target = true;
    visit(target);
    current().visiting_comp_target = false;
}

void SymbolTableBuilder::visitComprehension(const Expr& expression,
                                            Identifier block_name,
                                            ComprehensionKind kind,
                                            Seq<Comprehension> generators,
                                            const Expr& element,
                                            const Expr* value) {
    // The outermost iterable is evaluated around the comprehension, and passed to it.
    const Comprehension& outermost = *generators.front();
    ++current().comp_iter_depth;
    visit(*outermost.iter);
    --current().comp_iter_depth;
    const BlockScope scope(*this, BlockKind::kFunction, block_name, &expression,
                           expression.location);
    current().comprehension = kind;
    define(iterator_name_, kDefParam, expression.location);
    visitTarget(*outermost.target);
    visitAll(outermost.ifs);
    for (const Comprehension* inner : generators.subspan(1)) {
        visitTarget(*inner->target);
        ++current().comp_iter_depth;
        visit(*inner->iter);
        --current().comp_iter_depth;
        visitAll(inner->ifs);
    }
    visitOptional(value);
    visit(element);
    current().is_generator = kind == ComprehensionKind::kGenerator;
}

// --- patterns ----------------------------------------------------------------------------------

void SymbolTableBuilder::visitPattern(const Pattern& pattern) {
    if (errors_.failed()) return;
    if (++depth_ > kMaxSymbolDepth) {
        errors_.add(pattern.location, "maximum recursion depth exceeded during compilation",
                    DiagnosticKind::kRecursionError);
    } else {
        visitPatternKind(pattern);
    }
    --depth_;
}

void SymbolTableBuilder::visitPatternKind(const Pattern& pattern) {
    const auto visit_patterns = [this](Seq<Pattern> patterns) {
        for (const Pattern* inner : patterns) visitPattern(*inner);
    };
    const auto bind = [this, &pattern](Identifier name) {
        if (isPresent(name)) define(name, kDefLocal, pattern.location);
    };
    switch (pattern.kind) {
        case PatternKind::kMatchValue:
            return visit(*pattern.as<MatchValue>().value);
        case PatternKind::kMatchSingleton:
            return;
        case PatternKind::kMatchSequence:
            return visit_patterns(pattern.as<MatchSequence>().patterns);
        case PatternKind::kMatchStar:
            return bind(pattern.as<MatchStar>().name);
        case PatternKind::kMatchMapping: {
            const MatchMapping& mapping = pattern.as<MatchMapping>();
            visitAll(mapping.keys);
            visit_patterns(mapping.patterns);
            return bind(mapping.rest);
        }
        case PatternKind::kMatchClass: {
            const MatchClass& match_class = pattern.as<MatchClass>();
            visit(*match_class.cls);
            visit_patterns(match_class.patterns);
            return visit_patterns(match_class.kwd_patterns);
        }
        case PatternKind::kMatchAs: {
            const MatchAs& capture = pattern.as<MatchAs>();
            if (capture.pattern != nullptr) visitPattern(*capture.pattern);
            return bind(capture.name);
        }
        case PatternKind::kMatchOr:
            return visit_patterns(pattern.as<MatchOr>().patterns);
    }
}

}  // namespace tagproof::frontend
