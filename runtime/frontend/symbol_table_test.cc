#include <gtest/gtest.h>

#include "runtime/frontend/compile_test_support.h"
#include "runtime/frontend/parser.h"
#include "runtime/frontend/symbol_table.h"

namespace tagproof::frontend {
namespace {

class SymbolTableTest : public testing::Test {
  protected:
    // The scope of `name` in the first block named `block`.
    Scope scopeIn(std::string_view source, std::string_view block, std::string_view name) {
        diagnostics_ = {};
        const Module* module = parseModule(arena_, source, "test.py", diagnostics_);
        if (module == nullptr) return Scope::kNone;
        ErrorSink errors(diagnostics_, "test.py");
        const FutureFeatures features = scanFutureFeatures(*module, errors);
        table_ = buildSymbolTable(arena_, *module, features, errors);
        const Block* found = table_ == nullptr ? nullptr : find(table_->module(), block);
        return found == nullptr ? Scope::kNone : found->scopeOf(arena_.intern(name));
    }

  private:
    static const Block* find(const Block& block, std::string_view name) {
        if (block.name == name) return &block;
        for (const Block* child : block.children) {
            if (const Block* found = find(*child, name)) return found;
        }
        return nullptr;
    }

    Arena arena_;
    Diagnostics diagnostics_;
    std::unique_ptr<SymbolTable> table_;
};

TEST_F(SymbolTableTest, LocalsCellsAndFreeVariables) {
    const char* source = "def f(a, b):\n    def g():\n        return a + c\n    c = b\n";
    EXPECT_EQ(scopeIn(source, "f", "a"), Scope::kCell);
    EXPECT_EQ(scopeIn(source, "f", "b"), Scope::kLocal);
    EXPECT_EQ(scopeIn(source, "f", "c"), Scope::kCell);
    EXPECT_EQ(scopeIn(source, "g", "a"), Scope::kFree);
    EXPECT_EQ(scopeIn(source, "g", "c"), Scope::kFree);
}

TEST_F(SymbolTableTest, FreeVariablesPassThroughBlocksBetween) {
    const char* source = "def f(a):\n    def g():\n        def h(): return a\n";
    EXPECT_EQ(scopeIn(source, "g", "a"), Scope::kFree);
}

TEST_F(SymbolTableTest, GlobalDeclarationsHideEnclosingNames) {
    const char* source = "def f(a):\n    def g():\n        global a\n        def h(): return a\n";
    EXPECT_EQ(scopeIn(source, "g", "a"), Scope::kGlobalExplicit);
    EXPECT_EQ(scopeIn(source, "h", "a"), Scope::kGlobalImplicit);
    EXPECT_EQ(scopeIn(source, "f", "a"), Scope::kLocal);
}

TEST_F(SymbolTableTest, MethodsDoNotSeeClassNames) {
    const char* source = "class A:\n    x = 1\n    def f(self): return x\n";
    EXPECT_EQ(scopeIn(source, "f", "x"), Scope::kGlobalImplicit);
    EXPECT_EQ(scopeIn(source, "A", "x"), Scope::kLocal);
}

TEST_F(SymbolTableTest, MethodsSeeTheClass) {
    EXPECT_EQ(scopeIn("class A:\n    def f(self): super()\n", "f", "__class__"), Scope::kFree);
    EXPECT_EQ(scopeIn("def f(self): super()\n", "f", "__class__"), Scope::kGlobalImplicit);
}

TEST_F(SymbolTableTest, WalrusInComprehensionBindsOutside) {
    const char* source = "def f(y):\n    return [(z := x) for x in y]\n";
    EXPECT_EQ(scopeIn(source, "f", "z"), Scope::kCell);
    EXPECT_EQ(scopeIn(source, "listcomp", "z"), Scope::kFree);
    EXPECT_EQ(scopeIn("[(z := x) for x in y]\n", "listcomp", "z"), Scope::kGlobalExplicit);
}

TEST_F(SymbolTableTest, PrivateNamesAreMangled) {
    const char* source = "class _A:\n    def f(self, __x): return __y__\n";
    EXPECT_EQ(scopeIn(source, "f", "_A__x"), Scope::kLocal);
    EXPECT_EQ(scopeIn(source, "f", "__y__"), Scope::kGlobalImplicit);
    Arena arena;
    EXPECT_EQ(mangle(arena, "___", "__x"), "__x");
    EXPECT_EQ(mangle(arena, {}, "__x"), "__x");
    EXPECT_EQ(mangle(arena, "A", "__x.y"), "__x.y");
}

TEST_F(SymbolTableTest, Errors) {
    EXPECT_EQ(errorOf("def f(a, a): pass\n"),
              "1:10: duplicate argument 'a' in function definition");
    EXPECT_EQ(errorOf("def f(a):\n    global a\n"), "2:5: name 'a' is parameter and global");
    EXPECT_EQ(errorOf("nonlocal a\n"), "1:1: nonlocal declaration not allowed at module level");
    EXPECT_EQ(errorOf("def f():\n    nonlocal a\n"), "2:5: no binding for nonlocal 'a' found");
    EXPECT_EQ(errorOf("def f():\n    a = 1\n    global a\n"),
              "3:5: name 'a' is assigned to before global declaration");
}

}  // namespace
}  // namespace tagproof::frontend
