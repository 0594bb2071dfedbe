#pragma once
// What an abstract word says of a concrete one, as a formula: the meaning that the proofs are
// about. Heap, slots, items and types are predicates and functions of which only what the README of
// jit/verify assumes is known.

#include <array>
#include <map>
#include <set>
#include <string>

#include "symbolic/state.h"

namespace tagproof::soundness {

using symbolic::Abstract;
using symbolic::Kind;

class World {
  public:
    explicit World(Explorer& explorer);

    // The trusted tables: a type row with and one without managed slots, and one constant, all at
    // any addresses.
    [[nodiscard]] const symbolic::Trusted& trusted() const { return trusted_; }
    [[nodiscard]] const symbolic::Tables& tables() const { return tables_; }

    // `symbol` stands for `word`.
    void bind(uint32_t symbol, const z3::expr& word);
    [[nodiscard]] const z3::expr* find(uint32_t symbol) const;
    // `word` is one of those that `a` describes, symbols aside.
    [[nodiscard]] z3::expr describes(const Abstract& a, const z3::expr& word);
    // The words that `a` describes, as an expression: each of them is its value for one of `any`,
    // and for most kinds of no other.
    [[nodiscard]] z3::expr solved(const Abstract& a, const z3::expr& any);
    // Equal symbols, equal words: binds the symbol of `a` if it is new.
    [[nodiscard]] z3::expr names(const Abstract& a, const z3::expr& word);

    [[nodiscard]] z3::expr entryRsp() { return explorer_.variable("rsp at entry", 64); }
    [[nodiscard]] z3::expr truth(bool value) { return explorer_.context().bool_val(value); }

  private:
    [[nodiscard]] z3::expr isOf(const char* predicate, const z3::expr& word);
    [[nodiscard]] z3::expr valueOf(const char* function, const z3::expr& word, unsigned bits = 64);
    [[nodiscard]] z3::expr lengthOf(const z3::expr& object);
    [[nodiscard]] z3::expr typeOf(const z3::expr& object);
    [[nodiscard]] z3::expr rowOf(const z3::expr& object);
    void assumeLength(const z3::expr& word);
    void assumeType(const z3::expr& word);
    [[nodiscard]] z3::expr isObject(const z3::expr& word);
    [[nodiscard]] z3::expr isValues(const z3::expr& word, const symbolic::Symbol<uint32_t>& row);
    [[nodiscard]] z3::expr isLow(const Abstract& a, const z3::expr& word);
    [[nodiscard]] z3::expr has(const Abstract& a, unsigned flag);
    [[nodiscard]] z3::expr describesInteger(const Abstract& a, const z3::expr& word);
    [[nodiscard]] z3::expr describesObject(const Abstract& a, const z3::expr& word);
    [[nodiscard]] z3::expr describesSlot(const Abstract& a, const z3::expr& word);
    // The word of a symbol that a relation needs; without one the relation cannot be claimed.
    [[nodiscard]] z3::expr related(const Abstract& a,
                                   const std::function<z3::expr(const z3::expr&)>& relation);
    [[nodiscard]] static symbolic::Trusted trustedOf(const symbolic::SharedTables& shared) {
        symbolic::Trusted trusted;
        trusted.shared = &shared;
        return trusted;
    }
    void assumeTables();

    Explorer& explorer_;
    std::array<symbolic::TypeRow, 2> types_;
    std::array<symbolic::Constant, 1> constants_;
    symbolic::SharedTables shared_;
    symbolic::Trusted trusted_ = trustedOf(shared_);
    symbolic::Tables tables_{trusted_};
    std::map<uint32_t, z3::expr> symbols_;
    std::set<std::string> with_length_;  // words of which it is assumed
    std::set<std::string> with_type_;
};

// An abstract word in one case, as people read it.
[[nodiscard]] std::string inWords(const z3::model& model, const Abstract& a);

}  // namespace tagproof::soundness
