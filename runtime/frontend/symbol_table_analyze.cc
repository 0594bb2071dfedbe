// The analysis of CPython's symtable.c: names bound further out go down the blocks, names left free
// come up. What is bound is never changed below, so that it is passed down as a chain of sets.

#include <string>
#include <utility>

#include "runtime/frontend/symbol_table.h"

namespace tagproof::frontend {

namespace {

using NameSet = std::unordered_set<Identifier, InternedHash, InternedEqual>;

// The names that enclosing functions bind, innermost set first. A name that an inner `global`
// statement takes away is shadowed by `removed`.
struct BoundChain {
    const NameSet* added = nullptr;
    const NameSet* removed = nullptr;
    const BoundChain* outer = nullptr;

    [[nodiscard]] bool contains(Identifier name) const {
        for (const BoundChain* level = this; level != nullptr; level = level->outer) {
            if (level->added != nullptr && level->added->contains(name)) return true;
            if (level->removed != nullptr && level->removed->contains(name)) return false;
        }
        return false;
    }
};

class Analyzer {
  public:
    Analyzer(Identifier class_cell_name, ErrorSink& errors)
        : class_cell_name_(class_cell_name), errors_(errors) {}

    // Adds to `free` the names that the block leaves to enclosing ones. `bound` is null for the
    // module. `globals`: names that an enclosing block declares global and none below rebinds.
    void analyze(Block& block, const BoundChain* bound, const NameSet& globals, NameSet& free);

  private:
    void resolve(const Block& block, Symbol& symbol, const BoundChain* bound);
    void resolveNonlocal(const Block& block, Symbol& symbol, const BoundChain* bound);
    void errorAtDirective(const Block& block, const Symbol& symbol, std::string message);
    void passFreeNames(Block& block, const BoundChain* bound, const NameSet& inner_free);

    Identifier class_cell_name_;
    ErrorSink& errors_;
    NameSet local_;    // of the block being resolved
    NameSet taken_;    // its global declarations
    NameSet globals_;  // global declarations in force
    NameSet free_;     // its free names
};

void Analyzer::errorAtDirective(const Block& block, const Symbol& symbol, std::string message) {
    const auto found = block.directives.find(symbol.name);
    errors_.add(found == block.directives.end() ? block.location : found->second,
                std::move(message));
}

void Analyzer::resolveNonlocal(const Block& block, Symbol& symbol, const BoundChain* bound) {
    if (bound == nullptr) {
        errorAtDirective(block, symbol, "nonlocal declaration not allowed at module level");
        return;
    }
    if (!bound->contains(symbol.name)) {
        errorAtDirective(block, symbol,
                         "no binding for nonlocal '" + std::string(symbol.name) + "' found");
        return;
    }
    symbol.scope = Scope::kFree;
    free_.insert(symbol.name);
}

void Analyzer::resolve(const Block& block, Symbol& symbol, const BoundChain* bound) {
    const Identifier name = symbol.name;
    if ((symbol.flags & kDefGlobal) != 0) {
        if ((symbol.flags & kDefNonlocal) != 0) {
            const std::string text(symbol.name);
            errorAtDirective(block, symbol, "name '" + text + "' is nonlocal and global");
        }
        symbol.scope = Scope::kGlobalExplicit;
        globals_.insert(name);
        taken_.insert(name);
        return;
    }
    if ((symbol.flags & kDefNonlocal) != 0) {
        resolveNonlocal(block, symbol, bound);
        return;
    }
    if ((symbol.flags & kDefBound) != 0) {
        symbol.scope = Scope::kLocal;
        local_.insert(name);
        globals_.erase(name);
        return;
    }
    if (bound != nullptr && bound->contains(name)) {
        symbol.scope = Scope::kFree;
        free_.insert(name);
        return;
    }
    symbol.scope = Scope::kGlobalImplicit;
}

// What inner blocks leave free and this one does not bind becomes a free symbol here.
void Analyzer::passFreeNames(Block& block, const BoundChain* bound, const NameSet& inner_free) {
    for (const Identifier name : inner_free) {
        if (block.find(name) != nullptr) {
            Symbol& symbol = block.findOrAdd(name);
            if (block.kind == BlockKind::kClass && (symbol.flags & (kDefBound | kDefGlobal)) != 0) {
                symbol.flags |= kDefFreeClass;
            }
            continue;
        }
        if (bound != nullptr && !bound->contains(name)) continue;
        block.findOrAdd(name).scope = Scope::kFree;
    }
}

void Analyzer::analyze(Block& block,
                       const BoundChain* bound,
                       const NameSet& globals,
                       NameSet& free) {
    if (errors_.failed()) return;
    local_.clear();
    taken_.clear();
    free_.clear();
    globals_ = globals;
    for (Symbol& symbol : block.symbols()) resolve(block, symbol, bound);
    const NameSet own_free = std::move(free_);
    NameSet local = std::move(local_);
    const NameSet taken = std::move(taken_);

    // A class body's own names are not seen by its methods, and neither are its declarations; but
    // __class__ is.
    const bool is_class = block.kind == BlockKind::kClass;
    const NameSet class_names{class_cell_name_};
    const BoundChain inner{.added = is_class                           ? &class_names
                                    : block.kind == BlockKind::kModule ? nullptr
                                                                       : &local,
                           .removed = is_class ? nullptr : &taken,
                           .outer = bound};
    const NameSet inner_globals = is_class ? globals : globals_;
    NameSet inner_free;
    for (Block* child : block.children) analyze(*child, &inner, inner_globals, inner_free);

    if (block.kind == BlockKind::kFunction) {
        for (Symbol& symbol : block.symbols()) {
            if (symbol.scope != Scope::kLocal || inner_free.erase(symbol.name) == 0) continue;
            symbol.scope = Scope::kCell;
        }
    } else if (is_class && inner_free.erase(class_cell_name_) != 0) {
        block.needs_class_closure = true;
    }
    passFreeNames(block, bound, inner_free);
    free.insert(own_free.begin(), own_free.end());
    free.insert(inner_free.begin(), inner_free.end());
}

}  // namespace

void analyzeScopes(Block& module, Identifier class_cell_name, ErrorSink& errors) {
    NameSet free;
    Analyzer(class_cell_name, errors).analyze(module, nullptr, {}, free);
}

}  // namespace tagproof::frontend
