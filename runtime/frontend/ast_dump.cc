#include "runtime/frontend/ast_dump.h"

#include <span>
#include <string_view>
#include <type_traits>

#include "runtime/frontend/ast_fields.h"
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
    void field(std::string_view name, int number) {
        begin(name);
        text_ += std::to_string(number);
    }
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
    void field(std::string_view name, std::span<const CmpOp> ops) {
        begin(name);
        sequence(ops, [this](CmpOp op) {
            text_ += nameOf(op);
            text_ += "()";
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

    // The node with its name; a product of Python.asdl without location.
    template <class T>
    void dumpProduct(std::string_view name, const T& node) {
        open(name);
        visitFields(
            node, [this](std::string_view label, const auto& value) { this->field(label, value); });
        close();
    }
    template <class T>
    void dumpLocated(std::string_view name, const T& node) {
        open(name);
        visitFields(
            node, [this](std::string_view label, const auto& value) { this->field(label, value); });
        close(node.location);
    }

    void dump(const Comprehension& node) { dumpProduct("comprehension", node); }
    void dump(const ExceptHandler& node) { dumpLocated("ExceptHandler", node); }
    void dump(const Arg& node) { dumpLocated("arg", node); }
    void dump(const Arguments& node) { dumpProduct("arguments", node); }
    void dump(const Keyword& node) { dumpLocated("keyword", node); }
    void dump(const Alias& node) { dumpLocated("alias", node); }
    void dump(const WithItem& node) { dumpProduct("withitem", node); }
    void dump(const MatchCase& node) { dumpProduct("match_case", node); }
    void dump(const Constant& node) {
        open("Constant");
        field("value", node.value);
        if (node.has_u_prefix) field("kind", Identifier("u"));
        close(node.location);
    }

    std::string text_;
};

void Dumper::dump(const Expr& node) {
    switch (node.kind) {
        case ExprKind::kBoolOp:
            return dumpLocated("BoolOp", node.as<BoolOp>());
        case ExprKind::kNamedExpr:
            return dumpLocated("NamedExpr", node.as<NamedExpr>());
        case ExprKind::kBinOp:
            return dumpLocated("BinOp", node.as<BinOp>());
        case ExprKind::kUnaryOp:
            return dumpLocated("UnaryOp", node.as<UnaryOp>());
        case ExprKind::kLambda:
            return dumpLocated("Lambda", node.as<Lambda>());
        case ExprKind::kIfExp:
            return dumpLocated("IfExp", node.as<IfExp>());
        case ExprKind::kDict:
            return dumpLocated("Dict", node.as<Dict>());
        case ExprKind::kSet:
            return dumpLocated("Set", node.as<Set>());
        case ExprKind::kListComp:
            return dumpLocated("ListComp", node.as<ListComp>());
        case ExprKind::kSetComp:
            return dumpLocated("SetComp", node.as<SetComp>());
        case ExprKind::kDictComp:
            return dumpLocated("DictComp", node.as<DictComp>());
        case ExprKind::kGeneratorExp:
            return dumpLocated("GeneratorExp", node.as<GeneratorExp>());
        case ExprKind::kAwait:
            return dumpLocated("Await", node.as<Await>());
        case ExprKind::kYield:
            return dumpLocated("Yield", node.as<Yield>());
        case ExprKind::kYieldFrom:
            return dumpLocated("YieldFrom", node.as<YieldFrom>());
        case ExprKind::kCompare:
            return dumpLocated("Compare", node.as<Compare>());
        case ExprKind::kCall:
            return dumpLocated("Call", node.as<Call>());
        case ExprKind::kFormattedValue:
            return dumpLocated("FormattedValue", node.as<FormattedValue>());
        case ExprKind::kJoinedStr:
            return dumpLocated("JoinedStr", node.as<JoinedStr>());
        case ExprKind::kConstant:
            return dump(node.as<Constant>());
        case ExprKind::kAttribute:
            return dumpLocated("Attribute", node.as<Attribute>());
        case ExprKind::kSubscript:
            return dumpLocated("Subscript", node.as<Subscript>());
        case ExprKind::kStarred:
            return dumpLocated("Starred", node.as<Starred>());
        case ExprKind::kName:
            return dumpLocated("Name", node.as<Name>());
        case ExprKind::kList:
            return dumpLocated("List", node.as<List>());
        case ExprKind::kTuple:
            return dumpLocated("Tuple", node.as<Tuple>());
        case ExprKind::kSlice:
            return dumpLocated("Slice", node.as<Slice>());
    }
}

void Dumper::dump(const Stmt& node) {
    switch (node.kind) {
        case StmtKind::kFunctionDef:
            return dumpLocated("FunctionDef", node.as<FunctionDef>());
        case StmtKind::kAsyncFunctionDef:
            return dumpLocated("AsyncFunctionDef", node.as<AsyncFunctionDef>());
        case StmtKind::kClassDef:
            return dumpLocated("ClassDef", node.as<ClassDef>());
        case StmtKind::kReturn:
            return dumpLocated("Return", node.as<Return>());
        case StmtKind::kDelete:
            return dumpLocated("Delete", node.as<Delete>());
        case StmtKind::kAssign:
            return dumpLocated("Assign", node.as<Assign>());
        case StmtKind::kAugAssign:
            return dumpLocated("AugAssign", node.as<AugAssign>());
        case StmtKind::kAnnAssign:
            return dumpLocated("AnnAssign", node.as<AnnAssign>());
        case StmtKind::kFor:
            return dumpLocated("For", node.as<For>());
        case StmtKind::kAsyncFor:
            return dumpLocated("AsyncFor", node.as<AsyncFor>());
        case StmtKind::kWhile:
            return dumpLocated("While", node.as<While>());
        case StmtKind::kIf:
            return dumpLocated("If", node.as<If>());
        case StmtKind::kWith:
            return dumpLocated("With", node.as<With>());
        case StmtKind::kAsyncWith:
            return dumpLocated("AsyncWith", node.as<AsyncWith>());
        case StmtKind::kMatch:
            return dumpLocated("Match", node.as<Match>());
        case StmtKind::kRaise:
            return dumpLocated("Raise", node.as<Raise>());
        case StmtKind::kTry:
            return dumpLocated("Try", node.as<Try>());
        case StmtKind::kTryStar:
            return dumpLocated("TryStar", node.as<TryStar>());
        case StmtKind::kAssert:
            return dumpLocated("Assert", node.as<Assert>());
        case StmtKind::kImport:
            return dumpLocated("Import", node.as<Import>());
        case StmtKind::kImportFrom:
            return dumpLocated("ImportFrom", node.as<ImportFrom>());
        case StmtKind::kGlobal:
            return dumpLocated("Global", node.as<Global>());
        case StmtKind::kNonlocal:
            return dumpLocated("Nonlocal", node.as<Nonlocal>());
        case StmtKind::kExprStmt:
            return dumpLocated("Expr", node.as<ExprStmt>());
        case StmtKind::kPass:
            return dumpLocated("Pass", node.as<Pass>());
        case StmtKind::kBreak:
            return dumpLocated("Break", node.as<Break>());
        case StmtKind::kContinue:
            return dumpLocated("Continue", node.as<Continue>());
    }
}

void Dumper::dump(const Pattern& node) {
    switch (node.kind) {
        case PatternKind::kMatchValue:
            return dumpLocated("MatchValue", node.as<MatchValue>());
        case PatternKind::kMatchSingleton:
            return dumpLocated("MatchSingleton", node.as<MatchSingleton>());
        case PatternKind::kMatchSequence:
            return dumpLocated("MatchSequence", node.as<MatchSequence>());
        case PatternKind::kMatchMapping:
            return dumpLocated("MatchMapping", node.as<MatchMapping>());
        case PatternKind::kMatchClass:
            return dumpLocated("MatchClass", node.as<MatchClass>());
        case PatternKind::kMatchStar:
            return dumpLocated("MatchStar", node.as<MatchStar>());
        case PatternKind::kMatchAs:
            return dumpLocated("MatchAs", node.as<MatchAs>());
        case PatternKind::kMatchOr:
            return dumpLocated("MatchOr", node.as<MatchOr>());
    }
}

}  // namespace

std::string dumpAst(const Module& module) { return Dumper().run(module); }

}  // namespace tagproof::frontend
