// The abstract syntax tree of a Python module: the node types of CPython 3.11's Python.asdl, one
// struct for each constructor, with the same names and the same fields in the same order.
//
// Two names differ, because one C++ name cannot be both a sum and a constructor: the sum `expr` is
// `Expr` and the statement constructor `Expr` is `ExprStmt`. The lower-case products are UpperCamel
// (`arguments` is `Arguments`, `match_case` is `MatchCase`).
//
// Ownership: every node, sequence and text lives in the Arena that was given to the parser and dies
// with it; nodes are trivially destructible and are never freed one by one.
// Absence: an ASDL `expr?` is a null pointer; an `identifier?` is a view whose data() is null.
// Identifiers are interned in the arena: equal identifiers have equal data() pointers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tagproof::frontend {

struct Expr;
struct Stmt;
struct Pattern;

template <class T>
using Seq = std::span<T* const>;

using Identifier = std::string_view;

// Whether an optional identifier (`identifier?`) is present.
[[nodiscard]] constexpr bool isPresent(Identifier name) { return name.data() != nullptr; }

// Source range of a node. Lines count from 1, columns from 0 in bytes of UTF-8; the end is
// exclusive.
struct Location {
    std::uint32_t lineno = 0;
    std::uint32_t col_offset = 0;
    std::uint32_t end_lineno = 0;
    std::uint32_t end_col_offset = 0;
};

enum class ExprContext : std::uint8_t { kLoad, kStore, kDel };

enum class BoolOperator : std::uint8_t { kAnd, kOr };

enum class Operator : std::uint8_t {
    kAdd,
    kSub,
    kMult,
    kMatMult,
    kDiv,
    kMod,
    kPow,
    kLShift,
    kRShift,
    kBitOr,
    kBitXor,
    kBitAnd,
    kFloorDiv,
};

enum class UnaryOperator : std::uint8_t { kInvert, kNot, kUAdd, kUSub };

enum class CmpOp : std::uint8_t { kEq, kNotEq, kLt, kLtE, kGt, kGtE, kIs, kIsNot, kIn, kNotIn };

// The value of a literal.
struct ConstantValue {
    enum class Kind : std::uint8_t {
        kNone,
        kTrue,
        kFalse,
        kEllipsis,
        kInt,
        kFloat,
        kComplex,
        kStr,
        kBytes,
    };

    Kind kind = Kind::kNone;
    // kInt: the base of the digits in `text`: 2, 8, 10 or 16.
    std::uint8_t int_base = 10;
    // kInt: whether the value fits in 64 bits, so that `int_value` holds it.
    bool int_fits = false;
    // kInt, valid when int_fits.
    std::uint64_t int_value = 0;
    // kFloat: the value. kComplex: the imaginary part (a literal has the real part 0.0).
    double float_value = 0.0;
    // kInt: lower-case digits in `int_base`, without prefix, underscores and leading zeros.
    // kStr: UTF-8, lone surrogates encoded as three bytes each (never joined into a pair).
    // kBytes: the bytes.
    std::string_view text;
};

enum class ExprKind : std::uint8_t {
    kBoolOp,
    kNamedExpr,
    kBinOp,
    kUnaryOp,
    kLambda,
    kIfExp,
    kDict,
    kSet,
    kListComp,
    kSetComp,
    kDictComp,
    kGeneratorExp,
    kAwait,
    kYield,
    kYieldFrom,
    kCompare,
    kCall,
    kFormattedValue,
    kJoinedStr,
    kConstant,
    kAttribute,
    kSubscript,
    kStarred,
    kName,
    kList,
    kTuple,
    kSlice,
};

enum class StmtKind : std::uint8_t {
    kFunctionDef,
    kAsyncFunctionDef,
    kClassDef,
    kReturn,
    kDelete,
    kAssign,
    kAugAssign,
    kAnnAssign,
    kFor,
    kAsyncFor,
    kWhile,
    kIf,
    kWith,
    kAsyncWith,
    kMatch,
    kRaise,
    kTry,
    kTryStar,
    kAssert,
    kImport,
    kImportFrom,
    kGlobal,
    kNonlocal,
    kExprStmt,
    kPass,
    kBreak,
    kContinue,
};

enum class PatternKind : std::uint8_t {
    kMatchValue,
    kMatchSingleton,
    kMatchSequence,
    kMatchMapping,
    kMatchClass,
    kMatchStar,
    kMatchAs,
    kMatchOr,
};

// The head of a node of a sum: its location and its constructor.
template <class KindEnum>
struct SumNode {
    Location location;
    KindEnum kind;

    template <class T>
    [[nodiscard]] bool is() const {
        return kind == T::kKind;
    }
    // REQUIRES: is<T>().
    template <class T>
    [[nodiscard]] const T& as() const {
        return static_cast<const T&>(*this);
    }
    template <class T>
    [[nodiscard]] T& as() {
        return static_cast<T&>(*this);
    }
    // The node as a T, or null when it is another constructor.
    template <class T>
    [[nodiscard]] const T* tryAs() const {
        return is<T>() ? static_cast<const T*>(this) : nullptr;
    }

  protected:
    explicit SumNode(KindEnum k) : location{}, kind(k) {}
};

struct Expr : SumNode<ExprKind> {
  protected:
    using SumNode::SumNode;
};

struct Stmt : SumNode<StmtKind> {
  protected:
    using SumNode::SumNode;
};

struct Pattern : SumNode<PatternKind> {
  protected:
    using SumNode::SumNode;
};

template <ExprKind K>
struct ExprNode : Expr {
    static constexpr ExprKind kKind = K;
    ExprNode() : Expr(K) {}
};

template <StmtKind K>
struct StmtNode : Stmt {
    static constexpr StmtKind kKind = K;
    StmtNode() : Stmt(K) {}
};

template <PatternKind K>
struct PatternNode : Pattern {
    static constexpr PatternKind kKind = K;
    PatternNode() : Pattern(K) {}
};

// The products.

struct Comprehension {  // has no location, as in CPython
    Expr* target = nullptr;
    Expr* iter = nullptr;
    Seq<Expr> ifs;
    bool is_async = false;
};

struct ExceptHandler {
    Location location;
    Expr* type = nullptr;  // optional
    Identifier name;       // optional
    Seq<Stmt> body;
};

struct Arg {
    Location location;
    Identifier arg;
    Expr* annotation = nullptr;  // optional
};

struct Arguments {  // has no location, as in CPython
    Seq<Arg> posonlyargs;
    Seq<Arg> args;
    Arg* vararg = nullptr;  // optional
    Seq<Arg> kwonlyargs;
    Seq<Expr> kw_defaults;  // one for each of kwonlyargs; null where there is none
    Arg* kwarg = nullptr;   // optional
    Seq<Expr> defaults;     // of the last posonlyargs + args
};

struct Keyword {
    Location location;
    Identifier arg;  // absent for `**value`
    Expr* value = nullptr;
};

struct Alias {
    Location location;
    Identifier name;    // dotted name, or "*"
    Identifier asname;  // optional
};

struct WithItem {  // has no location, as in CPython
    Expr* context_expr = nullptr;
    Expr* optional_vars = nullptr;  // optional
};

struct MatchCase {  // has no location, as in CPython
    Pattern* pattern = nullptr;
    Expr* guard = nullptr;  // optional
    Seq<Stmt> body;
};

struct Module {
    Seq<Stmt> body;
};

// The expressions.

struct BoolOp : ExprNode<ExprKind::kBoolOp> {
    BoolOperator op{};
    Seq<Expr> values;
};

struct NamedExpr : ExprNode<ExprKind::kNamedExpr> {
    Expr* target = nullptr;  // a Name
    Expr* value = nullptr;
};

struct BinOp : ExprNode<ExprKind::kBinOp> {
    Expr* left = nullptr;
    Operator op{};
    Expr* right = nullptr;
};

struct UnaryOp : ExprNode<ExprKind::kUnaryOp> {
    UnaryOperator op{};
    Expr* operand = nullptr;
};

struct Lambda : ExprNode<ExprKind::kLambda> {
    Arguments* args = nullptr;
    Expr* body = nullptr;
};

struct IfExp : ExprNode<ExprKind::kIfExp> {
    Expr* test = nullptr;
    Expr* body = nullptr;
    Expr* orelse = nullptr;
};

struct Dict : ExprNode<ExprKind::kDict> {
    Seq<Expr> keys;  // null for `**value`
    Seq<Expr> values;
};

struct Set : ExprNode<ExprKind::kSet> {
    Seq<Expr> elts;
};

struct ListComp : ExprNode<ExprKind::kListComp> {
    Expr* elt = nullptr;
    Seq<Comprehension> generators;
};

struct SetComp : ExprNode<ExprKind::kSetComp> {
    Expr* elt = nullptr;
    Seq<Comprehension> generators;
};

struct DictComp : ExprNode<ExprKind::kDictComp> {
    Expr* key = nullptr;
    Expr* value = nullptr;
    Seq<Comprehension> generators;
};

struct GeneratorExp : ExprNode<ExprKind::kGeneratorExp> {
    Expr* elt = nullptr;
    Seq<Comprehension> generators;
};

struct Await : ExprNode<ExprKind::kAwait> {
    Expr* value = nullptr;
};

struct Yield : ExprNode<ExprKind::kYield> {
    Expr* value = nullptr;  // optional
};

struct YieldFrom : ExprNode<ExprKind::kYieldFrom> {
    Expr* value = nullptr;
};

struct Compare : ExprNode<ExprKind::kCompare> {
    Expr* left = nullptr;
    std::span<const CmpOp> ops;
    Seq<Expr> comparators;
};

struct Call : ExprNode<ExprKind::kCall> {
    Expr* func = nullptr;
    Seq<Expr> args;  // Starred for `*value`
    Seq<Keyword> keywords;
};

struct FormattedValue : ExprNode<ExprKind::kFormattedValue> {
    Expr* value = nullptr;
    int conversion = -1;          // 's', 'r', 'a', or -1 for none
    Expr* format_spec = nullptr;  // optional; a JoinedStr
};

struct JoinedStr : ExprNode<ExprKind::kJoinedStr> {
    Seq<Expr> values;  // Constant (str) and FormattedValue
};

struct Constant : ExprNode<ExprKind::kConstant> {
    ConstantValue value;
    bool has_u_prefix = false;  // CPython's `kind`: "u" or None
};

struct Attribute : ExprNode<ExprKind::kAttribute> {
    Expr* value = nullptr;
    Identifier attr;
    ExprContext ctx{};
};

struct Subscript : ExprNode<ExprKind::kSubscript> {
    Expr* value = nullptr;
    Expr* slice = nullptr;
    ExprContext ctx{};
};

struct Starred : ExprNode<ExprKind::kStarred> {
    Expr* value = nullptr;
    ExprContext ctx{};
};

struct Name : ExprNode<ExprKind::kName> {
    Identifier id;
    ExprContext ctx{};
};

struct List : ExprNode<ExprKind::kList> {
    Seq<Expr> elts;
    ExprContext ctx{};
};

struct Tuple : ExprNode<ExprKind::kTuple> {
    Seq<Expr> elts;
    ExprContext ctx{};
};

struct Slice : ExprNode<ExprKind::kSlice> {
    Expr* lower = nullptr;  // optional
    Expr* upper = nullptr;  // optional
    Expr* step = nullptr;   // optional
};

// The statements.

// The pairs that differ only in `async` share their fields.
template <StmtKind K>
struct FunctionNode : StmtNode<K> {
    Identifier name;
    Arguments* args = nullptr;
    Seq<Stmt> body;
    Seq<Expr> decorator_list;
    Expr* returns = nullptr;  // optional
};
struct FunctionDef : FunctionNode<StmtKind::kFunctionDef> {};
struct AsyncFunctionDef : FunctionNode<StmtKind::kAsyncFunctionDef> {};

struct ClassDef : StmtNode<StmtKind::kClassDef> {
    Identifier name;
    Seq<Expr> bases;
    Seq<Keyword> keywords;
    Seq<Stmt> body;
    Seq<Expr> decorator_list;
};

struct Return : StmtNode<StmtKind::kReturn> {
    Expr* value = nullptr;  // optional
};

struct Delete : StmtNode<StmtKind::kDelete> {
    Seq<Expr> targets;
};

struct Assign : StmtNode<StmtKind::kAssign> {
    Seq<Expr> targets;
    Expr* value = nullptr;
};

struct AugAssign : StmtNode<StmtKind::kAugAssign> {
    Expr* target = nullptr;
    Operator op{};
    Expr* value = nullptr;
};

struct AnnAssign : StmtNode<StmtKind::kAnnAssign> {
    Expr* target = nullptr;
    Expr* annotation = nullptr;
    Expr* value = nullptr;  // optional
    bool simple = false;    // the target is a Name without parentheses
};

template <StmtKind K>
struct ForNode : StmtNode<K> {
    Expr* target = nullptr;
    Expr* iter = nullptr;
    Seq<Stmt> body;
    Seq<Stmt> orelse;
};
struct For : ForNode<StmtKind::kFor> {};
struct AsyncFor : ForNode<StmtKind::kAsyncFor> {};

struct While : StmtNode<StmtKind::kWhile> {
    Expr* test = nullptr;
    Seq<Stmt> body;
    Seq<Stmt> orelse;
};

struct If : StmtNode<StmtKind::kIf> {
    Expr* test = nullptr;
    Seq<Stmt> body;
    Seq<Stmt> orelse;
};

template <StmtKind K>
struct WithNode : StmtNode<K> {
    Seq<WithItem> items;
    Seq<Stmt> body;
};
struct With : WithNode<StmtKind::kWith> {};
struct AsyncWith : WithNode<StmtKind::kAsyncWith> {};

struct Match : StmtNode<StmtKind::kMatch> {
    Expr* subject = nullptr;
    Seq<MatchCase> cases;
};

struct Raise : StmtNode<StmtKind::kRaise> {
    Expr* exc = nullptr;    // optional
    Expr* cause = nullptr;  // optional
};

template <StmtKind K>
struct TryNode : StmtNode<K> {
    Seq<Stmt> body;
    Seq<ExceptHandler> handlers;
    Seq<Stmt> orelse;
    Seq<Stmt> finalbody;
};
struct Try : TryNode<StmtKind::kTry> {};
struct TryStar : TryNode<StmtKind::kTryStar> {};

struct Assert : StmtNode<StmtKind::kAssert> {
    Expr* test = nullptr;
    Expr* msg = nullptr;  // optional
};

struct Import : StmtNode<StmtKind::kImport> {
    Seq<Alias> names;
};

struct ImportFrom : StmtNode<StmtKind::kImportFrom> {
    Identifier module;  // absent in `from . import x`
    Seq<Alias> names;
    std::uint32_t level = 0;  // number of leading dots
};

struct Global : StmtNode<StmtKind::kGlobal> {
    std::span<const Identifier> names;
};

struct Nonlocal : StmtNode<StmtKind::kNonlocal> {
    std::span<const Identifier> names;
};

struct ExprStmt : StmtNode<StmtKind::kExprStmt> {
    Expr* value = nullptr;
};

struct Pass : StmtNode<StmtKind::kPass> {};
struct Break : StmtNode<StmtKind::kBreak> {};
struct Continue : StmtNode<StmtKind::kContinue> {};

// The patterns of `match`.

struct MatchValue : PatternNode<PatternKind::kMatchValue> {
    Expr* value = nullptr;
};

struct MatchSingleton : PatternNode<PatternKind::kMatchSingleton> {
    ConstantValue value;  // kNone, kTrue or kFalse
};

struct MatchSequence : PatternNode<PatternKind::kMatchSequence> {
    Seq<Pattern> patterns;
};

struct MatchMapping : PatternNode<PatternKind::kMatchMapping> {
    Seq<Expr> keys;
    Seq<Pattern> patterns;
    Identifier rest;  // optional
};

struct MatchClass : PatternNode<PatternKind::kMatchClass> {
    Expr* cls = nullptr;
    Seq<Pattern> patterns;
    std::span<const Identifier> kwd_attrs;
    Seq<Pattern> kwd_patterns;
};

struct MatchStar : PatternNode<PatternKind::kMatchStar> {
    Identifier name;  // absent for `*_`
};

struct MatchAs : PatternNode<PatternKind::kMatchAs> {
    Pattern* pattern = nullptr;  // optional
    Identifier name;             // absent for `_`
};

struct MatchOr : PatternNode<PatternKind::kMatchOr> {
    Seq<Pattern> patterns;
};

}  // namespace tagproof::frontend
