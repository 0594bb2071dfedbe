#pragma once
// The walk over the tree that notes definitions and uses in the blocks of a SymbolTable. Internal
// to the symbol table.

#include <string>

#include "runtime/frontend/symbol_table.h"

namespace tagproof::frontend {

class SymbolTableBuilder {
  public:
    SymbolTableBuilder(Arena& arena,
                       const FutureFeatures& features,
                       ErrorSink& errors,
                       SymbolTable& table);

    void build(const Module& module);
    [[nodiscard]] Identifier classCellName() const { return class_cell_name_; }

  private:
    // Enters a block on construction and leaves it at the end of the scope.
    class BlockScope {
      public:
        BlockScope(SymbolTableBuilder& builder,
                   BlockKind kind,
                   Identifier name,
                   const void* node,
                   const Location& location);
        BlockScope(const BlockScope&) = delete;
        BlockScope& operator=(const BlockScope&) = delete;
        ~BlockScope() { builder_.stack_.pop_back(); }

      private:
        SymbolTableBuilder& builder_;
    };

    [[nodiscard]] Block& current() { return *stack_.back(); }
    [[nodiscard]] std::uint16_t flagsOf(Identifier name) {
        return current().flagsOf(mangle(arena_, class_name_, name));
    }
    void define(Identifier name, std::uint16_t flag, const Location& location) {
        defineIn(current(), name, flag, location);
    }
    void defineIn(Block& block, Identifier name, std::uint16_t flag, const Location& location);
    void noteIterationVariable(const Block& block, Symbol& symbol, const Location& location);

    void visitBody(Seq<Stmt> body) {
        for (const Stmt* statement : body) visit(*statement);
    }
    void visitAll(Seq<Expr> expressions) {
        for (const Expr* expression : expressions) visitOptional(expression);
    }
    void visitOptional(const Expr* expression) {
        if (expression != nullptr) visit(*expression);
    }

    void visit(const Stmt& statement);
    void visitKind(const Stmt& statement);
    void visitSimple(const Stmt& statement);
    template <class Function>
    void visitFunction(const Function& function);
    void visitClass(const ClassDef& definition);
    void visitAnnAssign(const AnnAssign& statement);
    template <class TryStatement>
    void visitTry(const TryStatement& statement);
    template <class ForStatement>
    void visitFor(const ForStatement& statement);
    template <class WithStatement>
    void visitWith(const WithStatement& statement);
    void visitMatch(const Match& statement);
    void visitGlobal(const Global& statement);
    void visitNonlocal(const Nonlocal& statement);
    void visitAlias(const Alias& alias);

    void visit(const Expr& expression);
    void visitKind(const Expr& expression);
    void visitOperation(const Expr& expression);
    void visitName(const Name& name);
    void visitLambda(const Lambda& lambda);
    void visitNamedExpr(const NamedExpr& expression);
    void extendNamedExprScope(const NamedExpr& expression);
    void extendInto(Block& block, const NamedExpr& expression);
    void visitYield(const Expr& yield, const Expr* value);
    void visitCall(const Call& call);
    void visitComprehension(const Expr& expression,
                            Identifier block_name,
                            ComprehensionKind kind,
                            Seq<Comprehension> generators,
                            const Expr& element,
                            const Expr* value);
    void visitTarget(const Expr& target);

    void visitDefaults(const Arguments& arguments);
    void visitAnnotation(const Expr* annotation);
    void visitAnnotations(const Arguments& arguments, const Expr* returns);
    void visitParameters(const Arguments& arguments);
    void visitPattern(const Pattern& pattern);
    void visitPatternKind(const Pattern& pattern);

    Arena& arena_;
    const FutureFeatures& features_;
    ErrorSink& errors_;
    SymbolTable& table_;
    std::vector<Block*> stack_;  // the blocks being visited, innermost last
    Identifier class_name_;      // innermost class around, for mangling; absent outside
    Identifier class_cell_name_;
    Identifier super_name_;
    Identifier iterator_name_;  // the parameter of a comprehension
    int depth_ = 0;             // of visit() calls
};

}  // namespace tagproof::frontend
