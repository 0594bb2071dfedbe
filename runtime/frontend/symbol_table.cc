// The blocks themselves and name mangling. The walk over the tree is in symbol_table_builder.cc,
// the analysis in symbol_table_analyze.cc.

#include "runtime/frontend/symbol_table.h"

#include <algorithm>
#include <string>

namespace tagproof::frontend {

const Symbol* Block::find(Identifier symbol_name) const {
    const auto found = index_.find(symbol_name);
    return found == index_.end() ? nullptr : &symbols_[found->second];
}

Symbol& Block::findOrAdd(Identifier symbol_name) {
    const auto [found, added] = index_.emplace(symbol_name, symbols_.size());
    if (added) symbols_.push_back({.name = symbol_name});
    return symbols_[found->second];
}

std::uint16_t Block::flagsOf(Identifier symbol_name) const {
    const Symbol* symbol = find(symbol_name);
    return symbol == nullptr ? 0 : symbol->flags;
}

Scope Block::scopeOf(Identifier symbol_name) const {
    const Symbol* symbol = find(symbol_name);
    return symbol == nullptr ? Scope::kNone : symbol->scope;
}

std::vector<Identifier> Block::sortedNames(Scope scope, std::uint16_t flag) const {
    std::vector<Identifier> names;
    for (const Symbol& symbol : symbols_) {
        if (symbol.scope == scope || (symbol.flags & flag) != 0) names.push_back(symbol.name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

Identifier mangle(Arena& arena, Identifier class_name, Identifier identifier) {
    if (!isPresent(class_name) || !identifier.starts_with("__")) return identifier;
    if (identifier.ends_with("__") || identifier.find('.') != Identifier::npos) return identifier;
    const std::size_t start = class_name.find_first_not_of('_');
    if (start == Identifier::npos) return identifier;
    std::string mangled = "_";
    mangled += class_name.substr(start);
    mangled += identifier;
    return arena.intern(mangled);
}

}  // namespace tagproof::frontend
