#pragma once
// Which variable a name means, in every block of a module: CPython 3.11's rules (symtable.c), with
// its errors.
//
// A block is a module, a class body, or a function body; lambdas and comprehensions are functions.
// The builder walks the tree and notes each name's definitions and uses; the analysis then goes
// down the blocks with the names bound further out, and comes up with the names that inner blocks
// leave free, so that each symbol gets a scope.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "runtime/frontend/arena.h"
#include "runtime/frontend/ast.h"
#include "runtime/frontend/error_sink.h"
#include "runtime/frontend/future_features.h"

namespace tagproof::frontend {

enum SymbolFlag : std::uint16_t {
    kDefGlobal = 1 << 0,    // `global` statement
    kDefLocal = 1 << 1,     // assigned
    kDefParam = 1 << 2,     // formal parameter
    kDefNonlocal = 1 << 3,  // `nonlocal` statement
    kUse = 1 << 4,
    kDefFreeClass = 1 << 5,  // free in a method, and bound in this class body as well
    kDefImport = 1 << 6,
    kDefAnnotation = 1 << 7,
    kDefCompIter = 1 << 8,  // iteration variable of a comprehension
    kDeleted = 1 << 9,      // `del` statement
    kDefBound = kDefLocal | kDefParam | kDefImport,
};

enum class Scope : std::uint8_t { kNone, kLocal, kGlobalExplicit, kGlobalImplicit, kFree, kCell };

enum class BlockKind : std::uint8_t { kModule, kClass, kFunction };

enum class ComprehensionKind : std::uint8_t { kNone, kList, kSet, kDict, kGenerator };

struct Symbol {
    Identifier name;
    std::uint16_t flags = 0;  // SymbolFlag bits
    Scope scope = Scope::kNone;
};

// Names are interned in the tree's arena: they are told apart by their data() pointers.
struct InternedHash {
    std::size_t operator()(Identifier name) const { return std::hash<const char*>()(name.data()); }
};
struct InternedEqual {
    bool operator()(Identifier a, Identifier b) const { return a.data() == b.data(); }
};
template <class T>
using InternedMap = std::unordered_map<Identifier, T, InternedHash, InternedEqual>;

// The symbols of one block, in the order of their first appearance.
class Block {
  public:
    [[nodiscard]] const Symbol* find(Identifier name) const;
    [[nodiscard]] Symbol& findOrAdd(Identifier name);
    [[nodiscard]] std::span<const Symbol> symbols() const { return symbols_; }
    [[nodiscard]] std::span<Symbol> symbols() { return symbols_; }
    [[nodiscard]] std::uint16_t flagsOf(Identifier name) const;
    [[nodiscard]] Scope scopeOf(Identifier name) const;
    // The symbols of a scope, or with a flag, sorted by name as CPython sorts cells.
    [[nodiscard]] std::vector<Identifier> sortedNames(Scope scope, std::uint16_t flag = 0) const;

    BlockKind kind = BlockKind::kModule;
    ComprehensionKind comprehension = ComprehensionKind::kNone;
    bool is_nested = false;  // inside a function
    bool is_generator = false;
    bool has_var_args = false;
    bool has_var_keywords = false;
    bool has_free = false;              // a free variable here
    bool has_child_free = false;        // or in an inner block
    bool needs_class_closure = false;   // class: a method uses __class__ or super
    bool visiting_comp_target = false;  // the builder is in the target of `for` of a comprehension
    int comp_iter_depth = 0;            // the builder is in iterables of a comprehension
    Identifier name;
    Location location;
    std::vector<Identifier> parameters;  // in the order of CPython's varnames
    std::vector<Block*> children;        // owned by the SymbolTable
    InternedMap<Location> directives;    // global and nonlocal statements

  private:
    std::vector<Symbol> symbols_;
    InternedMap<std::size_t> index_;
};

class SymbolTable {
  public:
    // The block of a Module, ClassDef, FunctionDef, Lambda or comprehension node.
    // REQUIRES: `node` is one of the analysed tree.
    [[nodiscard]] const Block& blockOf(const void* node) const { return *by_node_.at(node); }
    [[nodiscard]] const Block& module() const { return *blocks_.front(); }
    [[nodiscard]] Block& module() { return *blocks_.front(); }

  private:
    friend class SymbolTableBuilder;

    std::vector<std::unique_ptr<Block>> blocks_;  // the first is the module's
    std::unordered_map<const void*, Block*> by_node_;
};

// Deepest nesting of statements and expressions, which bounds the native stack that recursive
// walks over the tree take.
inline constexpr int kMaxSymbolDepth = 3000;

// Null on failure, with the error in `errors`. New identifiers are interned in `arena`.
[[nodiscard]] std::unique_ptr<SymbolTable> buildSymbolTable(Arena& arena,
                                                            const Module& module,
                                                            const FutureFeatures& features,
                                                            ErrorSink& errors);

// Gives every symbol its scope. The second half of buildSymbolTable.
void analyzeScopes(Block& module, Identifier class_cell_name, ErrorSink& errors);

// `identifier` as it is known inside class `class_name` (absent: not in a class): `__x` becomes
// `_Class__x`.
[[nodiscard]] Identifier mangle(Arena& arena, Identifier class_name, Identifier identifier);

}  // namespace tagproof::frontend
