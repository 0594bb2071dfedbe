#pragma once
// The walk over the tree that emits bytecode: CPython 3.11's compile.c in structure, so that order
// of evaluation, exception tables and source positions are the same. Internal to the front end; the
// methods are spread over compile_*.cc by family.
//
// A Unit is one block being compiled; inner blocks are compiled on the way, as children. A
// FrameBlock is a statement that `return`, `break` and `continue` must undo on their way out.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/frontend/arena.h"
#include "runtime/frontend/code_builder.h"
#include "runtime/frontend/compile.h"
#include "runtime/frontend/error_sink.h"
#include "runtime/frontend/future_features.h"
#include "runtime/frontend/symbol_table.h"

namespace tagproof::frontend {

class Compiler {
  public:
    // All borrowed for the compiler's life.
    Compiler(Arena& arena,
             const SymbolTable& symbols,
             const FutureFeatures& features,
             ErrorSink& errors,
             CompileMode mode);

    // The unit of the module; nonsense when `errors` has one.
    [[nodiscard]] std::unique_ptr<CodeUnit> compileModule(const Module& module);

  private:
    enum class UnitKind { kModule, kClass, kFunction, kLambda, kComprehension };

    enum class FrameBlockKind {
        kWhileLoop,
        kForLoop,
        kTryExcept,
        kFinallyTry,
        kFinallyEnd,
        kWith,
        kHandlerCleanup,
        kPopValue,
        kExceptionHandler,
        kExceptionGroupHandler,
    };

    struct FrameBlock {
        FrameBlockKind kind;
        Label entry = {};                    // loops: where `continue` goes
        Label exit = {};                     // loops: where `break` goes
        HandlerId outer = kNoHandler;        // what protects the code around the statement
        Seq<Stmt> final_body = {};           // kFinallyTry
        Identifier name = {};                // kHandlerCleanup: `as name`, or absent
        const Location* location = nullptr;  // kWith
    };

    struct Unit {
        Unit(const Block& unit_block, UnitKind unit_kind, Unit* unit_parent)
            : block(unit_block), kind(unit_kind), parent(unit_parent) {}
        const Block& block;
        UnitKind kind;
        Unit* parent;
        Identifier class_name;  // for mangling; absent outside classes
        std::unique_ptr<CodeUnit> code = std::make_unique<CodeUnit>();
        CodeBuilder builder{*code};
        std::vector<FrameBlock> frame_blocks;
    };

    // Makes the source place of a node current, and the former one again at the end of the scope.
    class LocationScope {
      public:
        LocationScope(Compiler& compiler, const Location& location);
        LocationScope(const LocationScope&) = delete;
        LocationScope& operator=(const LocationScope&) = delete;
        ~LocationScope() { builder_.setLocation(saved_); }

      private:
        CodeBuilder& builder_;
        SourceRange saved_;
    };

    // What a `case` pattern has put on the stack so far.
    struct PatternContext {
        std::vector<Identifier> stores;  // names to bind, whose values lie on the stack
        bool allow_irrefutable = false;
        std::vector<Label> fail_pop;  // [n]: pops n values, then fails
        int on_top = 0;               // values above those of `stores`
    };

    // --- units and helpers (compiler.cc) ---
    [[nodiscard]] Unit& unit() { return *unit_; }
    [[nodiscard]] CodeBuilder& code() { return unit_->builder; }
    void enterUnit(std::unique_ptr<Unit> entered, Identifier name, const Location& location);
    [[nodiscard]] std::unique_ptr<CodeUnit> leaveUnit();
    [[nodiscard]] std::string qualifiedName(const Unit& inner, Identifier name);
    void setParameters(const Arguments& arguments);
    void emitCellPrologue();
    void finishFunction();
    void setLocation(const Location& location);
    void error(const Location& location, std::string message) {
        errors_.add(location, std::move(message));
    }
    // At the current place.
    void errorHere(std::string message);
    void unsupported(const Location& location, std::string_view what);
    // What only an asynchronous function may hold. Those (`async def`) are refused before their
    // bodies are seen, so whatever arrives here is outside one.
    void asyncOutside(const Location& location, std::string_view what);
    [[nodiscard]] Identifier mangled(Identifier name) {
        return mangle(arena_, unit_->class_name, name);
    }
    [[nodiscard]] Identifier intern(std::string_view text) { return arena_.intern(text); }
    void emit(Opcode opcode, std::size_t operand = 0) { code().emit(opcode, operand); }
    void emitJump(Opcode opcode, Label label) { code().emitJump(opcode, label); }
    void emitNone() { code().emitConstant(ConstantItem::none()); }
    void emitStr(std::string_view text) { code().emitConstant(ConstantItem::str(text)); }
    void emitInt(std::size_t value) {
        code().emitConstant(ConstantItem::integer(static_cast<std::int64_t>(value)));
    }

    // --- names (compile_names.cc) ---
    void loadName(Identifier name);
    void storeName(Identifier name);
    void deleteName(Identifier name);
    struct NameOpcodes;
    void emitNameAccess(const NameOpcodes& opcodes, Identifier name);
    // __debug__ is a constant: an error when it is to be changed.
    [[nodiscard]] bool rejectDebug(Identifier name, ExprContext context);
    void loadClosure(Identifier name);

    // --- functions and classes (compile_functions.cc) ---
    void compileBody(Seq<Stmt> body, bool is_interactive);
    void compileFunction(const FunctionDef& function);
    void compileLambda(const Lambda& lambda);
    void compileClass(const ClassDef& definition);
    void compileClassBody(const ClassDef& definition);
    void emitDecorators(Seq<Expr> decorators);
    void applyDecorators(Seq<Expr> decorators);
    [[nodiscard]] std::size_t emitDefaults(const Arguments& arguments);
    [[nodiscard]] std::size_t emitAnnotations(const Arguments& arguments, const Expr* returns);
    void emitAnnotation(const Expr& annotation);
    void checkParameters(const Arguments& arguments);
    void makeFunction(std::unique_ptr<CodeUnit> inner, std::size_t flags);

    // --- statements (compile_statements.cc, compile_loops.cc, compile_imports.cc) ---
    void compileStatements(Seq<Stmt> body) {
        for (const Stmt* statement : body) compile(*statement);
    }
    void compile(const Stmt& statement);
    void compileKind(const Stmt& statement);
    void compileExpressionStatement(const ExprStmt& statement);
    void compileAssign(const Assign& statement);
    [[nodiscard]] bool compileSwap(const Assign& statement);
    void compileAugAssign(const AugAssign& statement);
    void compileAnnAssign(const AnnAssign& statement);
    void compileAnnotationOnly(const Expr& annotation);
    void compileUnassignedTarget(const AnnAssign& statement);
    void compileAssert(const Assert& statement);
    void compileRaise(const Raise& statement);
    void compileIf(const If& statement);
    void compileWhile(const While& statement);
    void compileFor(const For& statement);
    void compileReturn(const Return& statement);
    void compileBreak(const Stmt& statement);
    void compileContinue(const Stmt& statement);
    void compileImport(const Import& statement);
    void compileImportAs(const Alias& alias);
    void compileImportFrom(const ImportFrom& statement);

    // --- frame blocks, try and with (compile_unwind.cc, compile_try.cc, compile_except_star.cc,
    // compile_with.cc) ---
    void pushBlock(const FrameBlock& block);
    void popBlock() { unit_->frame_blocks.pop_back(); }
    void unwind(const FrameBlock& block, bool preserve_top);
    void unwindFinally(const FrameBlock& block, bool preserve_top);
    // Undoes all blocks, or those inside the innermost loop, which is returned.
    std::optional<FrameBlock> unwindAll(bool preserve_top, bool to_loop);
    void clearHandlerName(Identifier name);
    void emitReraiseCleanup(HandlerId cleanup);
    void compileTry(const Try& statement);
    // `statement` is a Try or TryStar.
    void compileTryFinally(Seq<Stmt> final_body, const Stmt& statement);
    void compileTryExcept(const Try& statement);
    void compileHandlers(Seq<ExceptHandler> handlers, HandlerId outer, Label end);
    void compileHandler(const ExceptHandler& handler, HandlerId outer, Label next, Label end);
    void compileNamedHandlerBody(const ExceptHandler& handler, HandlerId outer, Label end);
    void compileTryStar(const TryStar& statement);
    void compileWith(const With& statement, std::size_t position);
    void emitExit();
    void compileTryExceptStar(const TryStar& statement);
    void compileStarHandlers(Seq<ExceptHandler> handlers, HandlerId outer, Label end);
    void compileStarHandler(const ExceptHandler& handler);

    // --- expressions (compile_expressions.cc) ---
    void compile(const Expr& expression);
    void compileKind(const Expr& expression);
    void compileAll(Seq<Expr> expressions) {
        for (const Expr* expression : expressions) compile(*expression);
    }
    void compileConstant(const Constant& constant);
    void compileBoolOp(const BoolOp& expression);
    void compileBinOp(const BinOp& expression);
    void compileUnaryOp(const UnaryOp& expression);
    void compileIfExp(const IfExp& expression);
    void compileNamedExpr(const NamedExpr& expression);
    void compileCompare(const Compare& expression);
    void compileComparator(const Compare& expression, std::size_t index);
    void emitCompare(CmpOp op);
    void compileYield(const Yield& expression);
    void compileYieldFrom(const YieldFrom& expression);
    void compileAttribute(const Attribute& expression);
    void compileSubscript(const Subscript& expression);
    void compileSlice(const Slice& expression);
    void compileName(const Name& expression);
    void setAttributeLocation(const Attribute& attribute);

    // --- conditions (compile_conditions.cc): jumps to `target` when the expression's truth is
    // `when`
    void compileJumpIf(const Expr& expression, Label target, bool when);
    void compileJumpIfBool(const BoolOp& expression, Label target, bool when);
    void compileJumpIfChoice(const IfExp& expression, Label target, bool when);
    void compileJumpIfChain(const Compare& expression, Label target, bool when);
    [[nodiscard]] bool compileJumpIfNone(const Compare& expression, Label target, bool when);

    // --- displays, unpacking, f-strings (compile_displays.cc) ---
    struct Display;
    void compileDisplay(Seq<Expr> elements, const Display& display, std::size_t pushed);
    void compileDisplayItems(Seq<Expr> elements, const Display& display, std::size_t pushed);
    void compileTuple(const Tuple& expression);
    void compileTupleDisplay(Seq<Expr> elements, std::size_t pushed);
    void compileList(const List& expression);
    void compileSet(const Set& expression);
    void compileDict(const Dict& expression);
    void compileDictItems(const Dict& expression, std::size_t begin, std::size_t end);
    void compileUnpack(Seq<Expr> targets, const Location& location);
    void compileJoinedStr(const JoinedStr& expression);
    bool compilePercentFormat(const BinOp& expression);
    void compileFormattedValue(const FormattedValue& expression);

    // --- calls (compile_calls.cc) ---
    void compileCall(const Call& call);
    [[nodiscard]] bool compileMethodCall(const Call& call);
    [[nodiscard]] bool compileSuperAttribute(const Attribute& attribute);
    [[nodiscard]] bool isSuperCall(const Expr& expression);
    void loadSuperArguments();
    void compileArguments(Seq<Expr> args, Seq<Keyword> keywords, std::size_t pushed);
    void compileExpandedArguments(Seq<Expr> args, Seq<Keyword> keywords, std::size_t pushed);
    void compileKeywordDict(Seq<Keyword> keywords);
    void compileKeywordGroup(Seq<Keyword> keywords);
    void emitKeywordNames(Seq<Keyword> keywords);
    void checkKeywords(Seq<Keyword> keywords);

    // --- comprehensions (compile_comprehensions.cc) ---
    struct ComprehensionParts {
        ComprehensionKind kind;
        std::string_view name;
        Seq<Comprehension> generators;
        const Expr* element;
        const Expr* value;  // of a dict comprehension
    };
    void compileComprehension(const Expr& expression);
    [[nodiscard]] static ComprehensionParts partsOf(const Expr& expression);
    void compileGenerator(const ComprehensionParts& parts, std::size_t index, std::size_t depth);
    void compileElement(const ComprehensionParts& parts, std::size_t depth);

    // --- match (compile_match.cc, compile_patterns.cc) ---
    void compileMatch(const Match& statement);
    void compileCase(const MatchCase& match_case, bool is_last, bool copy_subject, Label end);
    void compilePattern(const Pattern& pattern, PatternContext& context);
    void compilePatternKind(const Pattern& pattern, PatternContext& context);
    void compileSubpattern(const Pattern& pattern, PatternContext& context);
    void compileMatchValue(const MatchValue& pattern, PatternContext& context);
    void compileMatchSingleton(const MatchSingleton& pattern, PatternContext& context);
    void compileMatchSequence(const MatchSequence& pattern, PatternContext& context);
    void compileSequenceUnpack(const MatchSequence& pattern, PatternContext& context);
    void compileSequenceItems(const MatchSequence& pattern,
                              std::size_t star,
                              PatternContext& context);
    void compileMatchMapping(const MatchMapping& pattern, PatternContext& context);
    void compileMappingKeys(const MatchMapping& pattern);
    void compileMappingRest(const MatchMapping& pattern, PatternContext& context);
    void compileMatchClass(const MatchClass& pattern, PatternContext& context);
    void checkClassAttributes(const MatchClass& pattern);
    void compileMatchAs(const MatchAs& pattern, PatternContext& context);
    void compileMatchOr(const MatchOr& pattern, PatternContext& context);
    [[nodiscard]] bool compileAlternative(const Pattern& pattern,
                                          PatternContext& context,
                                          std::vector<Identifier>& control,
                                          bool is_first);
    [[nodiscard]] bool reorderStores(std::vector<Identifier>& stores,
                                     const std::vector<Identifier>& control);
    void bindPatternName(Identifier name, PatternContext& context);
    void emitLengthCheck(std::size_t length, CmpOp op, PatternContext& context);
    void rotate(std::size_t count);
    [[nodiscard]] Label failLabel(std::size_t pops, PatternContext& context);
    void jumpToFail(Opcode opcode, PatternContext& context);
    void placeFailLabels(PatternContext& context);

    Arena& arena_;
    const SymbolTable& symbols_;
    const FutureFeatures& features_;
    ErrorSink& errors_;
    CompileMode mode_;
    Unit* unit_ = nullptr;                      // the innermost being compiled
    std::vector<std::unique_ptr<Unit>> units_;  // all being compiled, outermost first
    Identifier class_cell_name_;                // __class__
};

}  // namespace tagproof::frontend
