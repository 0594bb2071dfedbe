#include "runtime/frontend/ast_dump.h"

#include <span>
#include <string_view>
#include <type_traits>

#include "runtime/frontend/literal_repr.h"

namespace tagproof::frontend {

namespace {

std::string_view nameOf(ExprContext ctx) {
    switch (ctx) {
        case ExprContext::kLoad:
            return "Load";
        case ExprContext::kStore:
            return "Store";
        case ExprContext::kDel:
            return "Del";
    }
    return {};
}

std::string_view nameOf(BoolOperator op) { return op == BoolOperator::kAnd ? "And" : "Or"; }

std::string_view nameOf(UnaryOperator op) {
    switch (op) {
        case UnaryOperator::kInvert:
            return "Invert";
        case UnaryOperator::kNot:
            return "Not";
        case UnaryOperator::kUAdd:
            return "UAdd";
        case UnaryOperator::kUSub:
            return "USub";
    }
    return {};
}

std::string_view nameOf(Operator op) {
    constexpr std::string_view kNames[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                           "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                           "BitXor", "BitAnd", "FloorDiv"};
    return kNames[static_cast<std::size_t>(op)];
}

std::string_view nameOf(CmpOp op) {
    constexpr std::string_view kNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                           "GtE", "Is",    "IsNot", "In",  "NotIn"};
    return kNames[static_cast<std::size_t>(op)];
}

class Dumper {
  public:
    std::string run(const Module& module) {
        open("Module");
        field("body", module.body);
        begin("type_ignores");
        text_ += "[]";
        close();
        return std::move(text_);
    }

  private:
    void open(std::string_view name) {
        text_ += name;
        text_ += '(';
    }
    void close() { text_ += ')'; }

    void close(const Location& location) {
        field("lineno", location.lineno);
        field("col_offset", location.col_offset);
        field("end_lineno", location.end_lineno);
        field("end_col_offset", location.end_col_offset);
        close();
    }

    // The name of a field, behind a comma unless it is the first of its node.
    void begin(std::string_view name) {
        if (text_.back() != '(') text_ += ", ";
        text_ += name;
        text_ += '=';
    }

    void field(std::string_view name, std::uint32_t number) {
        begin(name);
        text_ += std::to_string(number);
    }
    void field(std::string_view name, bool flag) { field(name, static_cast<std::uint32_t>(flag)); }
    void field(std::string_view name, const ConstantValue& value) {
        begin(name);
        text_ += reprOfConstant(value);
    }
    // An absent identifier is left out.
    void field(std::string_view name, Identifier identifier) {
        if (!isPresent(identifier)) return;
        begin(name);
        text_ += reprOfText(identifier);
    }
    // A null node is left out.
    template <class T>
    void field(std::string_view name, const T* node) {
        if (node == nullptr) return;
        begin(name);
        dump(*node);
    }
    template <class T>
    void field(std::string_view name, Seq<T> nodes) {
        begin(name);
        sequence(nodes, [this](const T* node) {
            if (node == nullptr) {
                text_ += "None";
            } else {
                dump(*node);
            }
        });
    }
    void field(std::string_view name, std::span<const Identifier> identifiers) {
        begin(name);
        sequence(identifiers, [this](Identifier id) { text_ += reprOfText(id); });
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void field(std::string_view name, Enum value) {
        begin(name);
        text_ += nameOf(value);
        text_ += "()";
    }

    template <class T, class Print>
    void sequence(std::span<T> elements, const Print& print) {
        text_ += '[';
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (i != 0) text_ += ", ";
            print(elements[i]);
        }
        text_ += ']';
    }

    void dump(const Expr& node);
    void dump(const Stmt& node);
    void dump(const Pattern& node);

    void dump(const Comprehension& node) {
        open("comprehension");
        field("target", node.target);
        field("iter", node.iter);
        field("ifs", node.ifs);
        field("is_async", node.is_async);
        close();
    }
    void dump(const ExceptHandler& node) {
        open("ExceptHandler");
        field("type", node.type);
        field("name", node.name);
        field("body", node.body);
        close(node.location);
    }
    void dump(const Arg& node) {
        open("arg");
        field("arg", node.arg);
        field("annotation", node.annotation);
        close(node.location);
    }
    void dump(const Arguments& node) {
        open("arguments");
        field("posonlyargs", node.posonlyargs);
        field("args", node.args);
        field("vararg", node.vararg);
        field("kwonlyargs", node.kwonlyargs);
        field("kw_defaults", node.kw_defaults);
        field("kwarg", node.kwarg);
        field("defaults", node.defaults);
        close();
    }
    void dump(const Keyword& node) {
        open("keyword");
        field("arg", node.arg);
        field("value", node.value);
        close(node.location);
    }
    void dump(const Alias& node) {
        open("alias");
        field("name", node.name);
        field("asname", node.asname);
        close(node.location);
    }
    void dump(const WithItem& node) {
        open("withitem");
        field("context_expr", node.context_expr);
        field("optional_vars", node.optional_vars);
        close();
    }
    void dump(const MatchCase& node) {
        open("match_case");
        field("pattern", node.pattern);
        field("guard", node.guard);
        field("body", node.body);
        close();
    }

    void dumpNode(const BoolOp& node) {
        open("BoolOp");
        field("op", node.op);
        field("values", node.values);
        close(node.location);
    }
    void dumpNode(const NamedExpr& node) {
        open("NamedExpr");
        field("target", node.target);
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const BinOp& node) {
        open("BinOp");
        field("left", node.left);
        field("op", node.op);
        field("right", node.right);
        close(node.location);
    }
    void dumpNode(const UnaryOp& node) {
        open("UnaryOp");
        field("op", node.op);
        field("operand", node.operand);
        close(node.location);
    }
    void dumpNode(const Lambda& node) {
        open("Lambda");
        field("args", node.args);
        field("body", node.body);
        close(node.location);
    }
    void dumpNode(const IfExp& node) {
        open("IfExp");
        field("test", node.test);
        field("body", node.body);
        field("orelse", node.orelse);
        close(node.location);
    }
    void dumpNode(const Dict& node) {
        open("Dict");
        field("keys", node.keys);
        field("values", node.values);
        close(node.location);
    }
    void dumpNode(const Set& node) {
        open("Set");
        field("elts", node.elts);
        close(node.location);
    }
    void dumpNode(const ListComp& node) {
        open("ListComp");
        field("elt", node.elt);
        field("generators", node.generators);
        close(node.location);
    }
    void dumpNode(const SetComp& node) {
        open("SetComp");
        field("elt", node.elt);
        field("generators", node.generators);
        close(node.location);
    }
    void dumpNode(const DictComp& node) {
        open("DictComp");
        field("key", node.key);
        field("value", node.value);
        field("generators", node.generators);
        close(node.location);
    }
    void dumpNode(const GeneratorExp& node) {
        open("GeneratorExp");
        field("elt", node.elt);
        field("generators", node.generators);
        close(node.location);
    }
    void dumpNode(const Await& node) {
        open("Await");
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const Yield& node) {
        open("Yield");
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const YieldFrom& node) {
        open("YieldFrom");
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const Compare& node) {
        open("Compare");
        field("left", node.left);
        begin("ops");
        sequence(node.ops, [this](CmpOp op) {
            text_ += nameOf(op);
            text_ += "()";
        });
        field("comparators", node.comparators);
        close(node.location);
    }
    void dumpNode(const Call& node) {
        open("Call");
        field("func", node.func);
        field("args", node.args);
        field("keywords", node.keywords);
        close(node.location);
    }
    void dumpNode(const FormattedValue& node) {
        open("FormattedValue");
        field("value", node.value);
        begin("conversion");
        text_ += std::to_string(node.conversion);
        field("format_spec", node.format_spec);
        close(node.location);
    }
    void dumpNode(const JoinedStr& node) {
        open("JoinedStr");
        field("values", node.values);
        close(node.location);
    }
    void dumpNode(const Constant& node) {
        open("Constant");
        field("value", node.value);
        if (node.has_u_prefix) field("kind", Identifier("u"));
        close(node.location);
    }
    void dumpNode(const Attribute& node) {
        open("Attribute");
        field("value", node.value);
        field("attr", node.attr);
        field("ctx", node.ctx);
        close(node.location);
    }
    void dumpNode(const Subscript& node) {
        open("Subscript");
        field("value", node.value);
        field("slice", node.slice);
        field("ctx", node.ctx);
        close(node.location);
    }
    void dumpNode(const Starred& node) {
        open("Starred");
        field("value", node.value);
        field("ctx", node.ctx);
        close(node.location);
    }
    void dumpNode(const Name& node) {
        open("Name");
        field("id", node.id);
        field("ctx", node.ctx);
        close(node.location);
    }
    void dumpNode(const List& node) {
        open("List");
        field("elts", node.elts);
        field("ctx", node.ctx);
        close(node.location);
    }
    void dumpNode(const Tuple& node) {
        open("Tuple");
        field("elts", node.elts);
        field("ctx", node.ctx);
        close(node.location);
    }
    void dumpNode(const Slice& node) {
        open("Slice");
        field("lower", node.lower);
        field("upper", node.upper);
        field("step", node.step);
        close(node.location);
    }
    void dumpNode(const FunctionDef& node) {
        open("FunctionDef");
        field("name", node.name);
        field("args", node.args);
        field("body", node.body);
        field("decorator_list", node.decorator_list);
        field("returns", node.returns);
        close(node.location);
    }
    void dumpNode(const AsyncFunctionDef& node) {
        open("AsyncFunctionDef");
        field("name", node.name);
        field("args", node.args);
        field("body", node.body);
        field("decorator_list", node.decorator_list);
        field("returns", node.returns);
        close(node.location);
    }
    void dumpNode(const ClassDef& node) {
        open("ClassDef");
        field("name", node.name);
        field("bases", node.bases);
        field("keywords", node.keywords);
        field("body", node.body);
        field("decorator_list", node.decorator_list);
        close(node.location);
    }
    void dumpNode(const Return& node) {
        open("Return");
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const Delete& node) {
        open("Delete");
        field("targets", node.targets);
        close(node.location);
    }
    void dumpNode(const Assign& node) {
        open("Assign");
        field("targets", node.targets);
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const AugAssign& node) {
        open("AugAssign");
        field("target", node.target);
        field("op", node.op);
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const AnnAssign& node) {
        open("AnnAssign");
        field("target", node.target);
        field("annotation", node.annotation);
        field("value", node.value);
        field("simple", node.simple);
        close(node.location);
    }
    void dumpNode(const For& node) {
        open("For");
        field("target", node.target);
        field("iter", node.iter);
        field("body", node.body);
        field("orelse", node.orelse);
        close(node.location);
    }
    void dumpNode(const AsyncFor& node) {
        open("AsyncFor");
        field("target", node.target);
        field("iter", node.iter);
        field("body", node.body);
        field("orelse", node.orelse);
        close(node.location);
    }
    void dumpNode(const While& node) {
        open("While");
        field("test", node.test);
        field("body", node.body);
        field("orelse", node.orelse);
        close(node.location);
    }
    void dumpNode(const If& node) {
        open("If");
        field("test", node.test);
        field("body", node.body);
        field("orelse", node.orelse);
        close(node.location);
    }
    void dumpNode(const With& node) {
        open("With");
        field("items", node.items);
        field("body", node.body);
        close(node.location);
    }
    void dumpNode(const AsyncWith& node) {
        open("AsyncWith");
        field("items", node.items);
        field("body", node.body);
        close(node.location);
    }
    void dumpNode(const Match& node) {
        open("Match");
        field("subject", node.subject);
        field("cases", node.cases);
        close(node.location);
    }
    void dumpNode(const Raise& node) {
        open("Raise");
        field("exc", node.exc);
        field("cause", node.cause);
        close(node.location);
    }
    void dumpNode(const Try& node) {
        open("Try");
        field("body", node.body);
        field("handlers", node.handlers);
        field("orelse", node.orelse);
        field("finalbody", node.finalbody);
        close(node.location);
    }
    void dumpNode(const TryStar& node) {
        open("TryStar");
        field("body", node.body);
        field("handlers", node.handlers);
        field("orelse", node.orelse);
        field("finalbody", node.finalbody);
        close(node.location);
    }
    void dumpNode(const Assert& node) {
        open("Assert");
        field("test", node.test);
        field("msg", node.msg);
        close(node.location);
    }
    void dumpNode(const Import& node) {
        open("Import");
        field("names", node.names);
        close(node.location);
    }
    void dumpNode(const ImportFrom& node) {
        open("ImportFrom");
        field("module", node.module);
        field("names", node.names);
        field("level", node.level);
        close(node.location);
    }
    void dumpNode(const Global& node) {
        open("Global");
        field("names", node.names);
        close(node.location);
    }
    void dumpNode(const Nonlocal& node) {
        open("Nonlocal");
        field("names", node.names);
        close(node.location);
    }
    void dumpNode(const ExprStmt& node) {
        open("Expr");
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const Pass& node) {
        open("Pass");
        close(node.location);
    }
    void dumpNode(const Break& node) {
        open("Break");
        close(node.location);
    }
    void dumpNode(const Continue& node) {
        open("Continue");
        close(node.location);
    }
    void dumpNode(const MatchValue& node) {
        open("MatchValue");
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const MatchSingleton& node) {
        open("MatchSingleton");
        field("value", node.value);
        close(node.location);
    }
    void dumpNode(const MatchSequence& node) {
        open("MatchSequence");
        field("patterns", node.patterns);
        close(node.location);
    }
    void dumpNode(const MatchMapping& node) {
        open("MatchMapping");
        field("keys", node.keys);
        field("patterns", node.patterns);
        field("rest", node.rest);
        close(node.location);
    }
    void dumpNode(const MatchClass& node) {
        open("MatchClass");
        field("cls", node.cls);
        field("patterns", node.patterns);
        field("kwd_attrs", node.kwd_attrs);
        field("kwd_patterns", node.kwd_patterns);
        close(node.location);
    }
    void dumpNode(const MatchStar& node) {
        open("MatchStar");
        field("name", node.name);
        close(node.location);
    }
    void dumpNode(const MatchAs& node) {
        open("MatchAs");
        field("pattern", node.pattern);
        field("name", node.name);
        close(node.location);
    }
    void dumpNode(const MatchOr& node) {
        open("MatchOr");
        field("patterns", node.patterns);
        close(node.location);
    }

    std::string text_;
};

void Dumper::dump(const Expr& node) {
    switch (node.kind) {
        case ExprKind::kBoolOp:
            return dumpNode(node.as<BoolOp>());
        case ExprKind::kNamedExpr:
            return dumpNode(node.as<NamedExpr>());
        case ExprKind::kBinOp:
            return dumpNode(node.as<BinOp>());
        case ExprKind::kUnaryOp:
            return dumpNode(node.as<UnaryOp>());
        case ExprKind::kLambda:
            return dumpNode(node.as<Lambda>());
        case ExprKind::kIfExp:
            return dumpNode(node.as<IfExp>());
        case ExprKind::kDict:
            return dumpNode(node.as<Dict>());
        case ExprKind::kSet:
            return dumpNode(node.as<Set>());
        case ExprKind::kListComp:
            return dumpNode(node.as<ListComp>());
        case ExprKind::kSetComp:
            return dumpNode(node.as<SetComp>());
        case ExprKind::kDictComp:
            return dumpNode(node.as<DictComp>());
        case ExprKind::kGeneratorExp:
            return dumpNode(node.as<GeneratorExp>());
        case ExprKind::kAwait:
            return dumpNode(node.as<Await>());
        case ExprKind::kYield:
            return dumpNode(node.as<Yield>());
        case ExprKind::kYieldFrom:
            return dumpNode(node.as<YieldFrom>());
        case ExprKind::kCompare:
            return dumpNode(node.as<Compare>());
        case ExprKind::kCall:
            return dumpNode(node.as<Call>());
        case ExprKind::kFormattedValue:
            return dumpNode(node.as<FormattedValue>());
        case ExprKind::kJoinedStr:
            return dumpNode(node.as<JoinedStr>());
        case ExprKind::kConstant:
            return dumpNode(node.as<Constant>());
        case ExprKind::kAttribute:
            return dumpNode(node.as<Attribute>());
        case ExprKind::kSubscript:
            return dumpNode(node.as<Subscript>());
        case ExprKind::kStarred:
            return dumpNode(node.as<Starred>());
        case ExprKind::kName:
            return dumpNode(node.as<Name>());
        case ExprKind::kList:
            return dumpNode(node.as<List>());
        case ExprKind::kTuple:
            return dumpNode(node.as<Tuple>());
        case ExprKind::kSlice:
            return dumpNode(node.as<Slice>());
    }
}

void Dumper::dump(const Stmt& node) {
    switch (node.kind) {
        case StmtKind::kFunctionDef:
            return dumpNode(node.as<FunctionDef>());
        case StmtKind::kAsyncFunctionDef:
            return dumpNode(node.as<AsyncFunctionDef>());
        case StmtKind::kClassDef:
            return dumpNode(node.as<ClassDef>());
        case StmtKind::kReturn:
            return dumpNode(node.as<Return>());
        case StmtKind::kDelete:
            return dumpNode(node.as<Delete>());
        case StmtKind::kAssign:
            return dumpNode(node.as<Assign>());
        case StmtKind::kAugAssign:
            return dumpNode(node.as<AugAssign>());
        case StmtKind::kAnnAssign:
            return dumpNode(node.as<AnnAssign>());
        case StmtKind::kFor:
            return dumpNode(node.as<For>());
        case StmtKind::kAsyncFor:
            return dumpNode(node.as<AsyncFor>());
        case StmtKind::kWhile:
            return dumpNode(node.as<While>());
        case StmtKind::kIf:
            return dumpNode(node.as<If>());
        case StmtKind::kWith:
            return dumpNode(node.as<With>());
        case StmtKind::kAsyncWith:
            return dumpNode(node.as<AsyncWith>());
        case StmtKind::kMatch:
            return dumpNode(node.as<Match>());
        case StmtKind::kRaise:
            return dumpNode(node.as<Raise>());
        case StmtKind::kTry:
            return dumpNode(node.as<Try>());
        case StmtKind::kTryStar:
            return dumpNode(node.as<TryStar>());
        case StmtKind::kAssert:
            return dumpNode(node.as<Assert>());
        case StmtKind::kImport:
            return dumpNode(node.as<Import>());
        case StmtKind::kImportFrom:
            return dumpNode(node.as<ImportFrom>());
        case StmtKind::kGlobal:
            return dumpNode(node.as<Global>());
        case StmtKind::kNonlocal:
            return dumpNode(node.as<Nonlocal>());
        case StmtKind::kExprStmt:
            return dumpNode(node.as<ExprStmt>());
        case StmtKind::kPass:
            return dumpNode(node.as<Pass>());
        case StmtKind::kBreak:
            return dumpNode(node.as<Break>());
        case StmtKind::kContinue:
            return dumpNode(node.as<Continue>());
    }
}

void Dumper::dump(const Pattern& node) {
    switch (node.kind) {
        case PatternKind::kMatchValue:
            return dumpNode(node.as<MatchValue>());
        case PatternKind::kMatchSingleton:
            return dumpNode(node.as<MatchSingleton>());
        case PatternKind::kMatchSequence:
            return dumpNode(node.as<MatchSequence>());
        case PatternKind::kMatchMapping:
            return dumpNode(node.as<MatchMapping>());
        case PatternKind::kMatchClass:
            return dumpNode(node.as<MatchClass>());
        case PatternKind::kMatchStar:
            return dumpNode(node.as<MatchStar>());
        case PatternKind::kMatchAs:
            return dumpNode(node.as<MatchAs>());
        case PatternKind::kMatchOr:
            return dumpNode(node.as<MatchOr>());
    }
}

}  // namespace

std::string dumpAst(const Module& module) { return Dumper().run(module); }

}  // namespace tagproof::frontend
