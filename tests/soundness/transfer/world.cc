#include "tests/soundness/transfer/world.h"

#include <fmt/format.h>

namespace tagproof::soundness {
namespace {

using symbolic::Symbol;

constexpr const char* kKindNames[] = {"top",    "integer", "value", "object", "slot",
                                      "values", "dict",    "items", "length", "type",
                                      "stack",  "thread",  "saved"};

}  // namespace

World::World(Explorer& explorer) : explorer_(explorer) {
    types_[0].address = Symbol<uint64_t>::of(explorer.variable("type 0", 64));
    types_[0].managed = true;
    types_[0].capacity = 4;
    types_[1].address = Symbol<uint64_t>::of(explorer.variable("type 1", 64));
    constants_[0].address = Symbol<uint64_t>::of(explorer.variable("constant", 64));
    constants_[0].type_row = 0;
    shared_.types = types_;
    shared_.constants = constants_;
    assumeTables();
}

void World::assumeTables() {
    const z3::expr first = types_[0].address.expr();
    const z3::expr second = types_[1].address.expr();
    explorer_.assume(z3::ult(first, second));
    explorer_.assume(isObject(first) && isObject(second));
    const z3::expr constant = constants_[0].address.expr();
    explorer_.assume(isObject(constant) && rowOf(constant) == 0);
    explorer_.assume(isOf("managed", constant));
}

void World::bind(uint32_t symbol, const z3::expr& word) { symbols_.insert_or_assign(symbol, word); }

// What is assumed of the functions of words, once for each word that they are used of. (Of a word
// that is no object they may have any values, these too.)
void World::assumeLength(const z3::expr& word) {
    if (!with_length_.insert(word.to_string()).second) return;
    const z3::expr length = explorer_.apply("length", word, 64);
    explorer_.assume(length >= 0 && length <= explorer_.number(uint64_t{1} << 59));
}

void World::assumeType(const z3::expr& word) {
    if (!with_type_.insert(word.to_string()).second) return;
    const z3::expr type = explorer_.apply("type word", word, 64);
    const z3::expr row = explorer_.apply("type row", word, 32);
    explorer_.assume(isObject(type));
    for (int k = 0; k < 2; ++k)
        explorer_.assume((type == types_[static_cast<size_t>(k)].address.expr()) == (row == k));
    explorer_.assume(z3::implies(row == 0, isOf("managed", word)));
}

z3::expr World::lengthOf(const z3::expr& object) {
    const z3::expr word = object.simplify();
    assumeLength(word);
    return explorer_.apply("length", word, 64);
}

z3::expr World::typeOf(const z3::expr& object) {
    const z3::expr word = object.simplify();
    assumeType(word);
    return explorer_.apply("type word", word, 64);
}

z3::expr World::rowOf(const z3::expr& object) {
    const z3::expr word = object.simplify();
    assumeType(word);
    return explorer_.apply("type row", word, 32);
}

const z3::expr* World::find(uint32_t symbol) const {
    const auto found = symbols_.find(symbol);
    return found == symbols_.end() ? nullptr : &found->second;
}

z3::expr World::isOf(const char* predicate, const z3::expr& word) {
    return explorer_.apply(predicate, word, 0);
}

z3::expr World::valueOf(const char* function, const z3::expr& word, unsigned bits) {
    return explorer_.apply(function, word, bits);
}

z3::expr World::isObject(const z3::expr& word) {
    return isOf("object", word) && word != 0 && word.extract(2, 0) == 0;
}

// A values block of `row` is one of an unknown row too.
z3::expr World::isValues(const z3::expr& word, const Symbol<uint32_t>& row) {
    z3::expr any = isOf("values", word);
    if (row.node == nullptr && row.value == symbolic::kNoType) return any;
    return any && valueOf("row of values", word, 32) == row.expr();
}

z3::expr World::isLow(const Abstract& a, const z3::expr& word) {
    return symbolic::contains(a.low.expr(), word.extract(2, 0));
}

z3::expr World::has(const Abstract& a, unsigned flag) {
    return (a.flags.expr() & explorer_.number(flag, 8)) != 0;
}

z3::expr World::related(const Abstract& a,
                        const std::function<z3::expr(const z3::expr&)>& relation) {
    const z3::expr* word = find(a.aux);
    return word == nullptr ? truth(false) : relation(*word);
}

z3::expr World::describesInteger(const Abstract& a, const z3::expr& word) {
    const z3::expr low_half = z3::zext(word.extract(31, 0), 32);
    const z3::expr number = z3::ite(has(a, symbolic::kHalfWord), low_half, word);
    const z3::expr ends_in_000 = number.extract(2, 0) == 0;
    const z3::expr derived = related(a, [&](const z3::expr& owner) {
        z3::expr result = truth(true);
        for (unsigned p = 0; p < 8; ++p) {
            result = result &&
                     z3::implies(owner.extract(2, 0) == static_cast<int>(p),
                                 a.map.expr().extract(3 * p + 2, 3 * p) == number.extract(2, 0));
        }
        return result;
    });
    const z3::expr bounded =
        related(a, [&](const z3::expr& owner) { return number >= 0 && number < lengthOf(owner); });
    // One aux: a word is not derived from one symbol and bounded by another.
    return !(has(a, Abstract::kDerived) && has(a, Abstract::kBounded)) &&
           symbolic::notAbove(a.lo.expr(), number) && symbolic::notAbove(number, a.hi.expr()) &&
           isLow(a, number) &&
           z3::implies(has(a, symbolic::kNullOnly), z3::implies(ends_in_000, number == 0)) &&
           z3::implies(has(a, Abstract::kDerived), derived) &&
           z3::implies(has(a, Abstract::kBounded), bounded);
}

z3::expr World::describesObject(const Abstract& a, const z3::expr& word) {
    const z3::expr object = word - a.lo.expr();
    z3::expr result = isObject(object);
    if (a.aux.value != symbolic::kNoType) {
        result = result && rowOf(object) == a.aux.expr();
    }
    result = result && z3::implies(has(a, Abstract::kManaged), isOf("managed", object));
    return result && z3::implies(a.map.expr() != 0, lengthOf(object) >= z3::zext(a.map.expr(), 32));
}

z3::expr World::describesSlot(const Abstract& a, const z3::expr& word) {
    const auto prefix = static_cast<int64_t>(shared_.head.prefix_from_values.value);
    const z3::expr values = word - explorer_.number(static_cast<uint64_t>(prefix));
    const z3::expr pattern = word.extract(2, 0);
    const z3::expr is_values = pattern == 7 && isValues(values, a.aux);
    const z3::expr is_dict = pattern == 0 && isOf("dict", word) && isObject(word);
    return isLow(a, word) && z3::ite(word == 0, has(a, Abstract::kNullable), is_values || is_dict);
}

z3::expr World::describes(const Abstract& a, const z3::expr& word) {
    const z3::expr start = word - a.lo.expr();
    switch (a.kind) {
        case Kind::kTop:
            return truth(true);
        case Kind::kInt:
            return describesInteger(a, word);
        case Kind::kValue:
            return isLow(a, word) && word.extract(2, 0) != 7 &&
                   z3::implies(word.extract(2, 0) == 0,
                               z3::ite(word == 0, has(a, Abstract::kNullable), isObject(word)));
        case Kind::kObj:
            return describesObject(a, word);
        case Kind::kSlot:
            return describesSlot(a, word);
        case Kind::kVals:
            return isValues(start, a.aux);
        case Kind::kDict:
            return isOf("dict", word) && isObject(word);
        case Kind::kBuf:
            return related(a, [&](const z3::expr& owner) {
                return start == valueOf("items", owner) &&
                       lengthOf(owner) >= z3::zext(a.map.expr(), 32);
            });
        case Kind::kLen:
            return related(a, [&](const z3::expr& owner) {
                return word == lengthOf(owner) && word >= a.lo.expr();
            });
        case Kind::kType:
            return related(a, [&](const z3::expr& owner) { return start == typeOf(owner); });
        case Kind::kStack:
            return start == entryRsp();
        case Kind::kThread:
            return start == explorer_.variable("thread", 64);
        case Kind::kSaved:
            return word == explorer_.variable(fmt::format("saved {}", a.aux.value), 64);
    }
    return truth(false);
}

z3::expr World::solved(const Abstract& a, const z3::expr& any) {
    const z3::expr lo = a.lo.expr();
    const z3::expr* owner = symbolic::auxIsSymbol(a) ? find(a.aux) : nullptr;
    switch (a.kind) {
        case Kind::kObj:
        case Kind::kVals:
            return any + lo;
        case Kind::kBuf:
            return owner == nullptr ? any : valueOf("items", *owner) + lo;
        case Kind::kLen:
            return owner == nullptr ? any : lengthOf(*owner);
        case Kind::kType:
            return owner == nullptr ? any : typeOf(*owner) + lo;
        case Kind::kStack:
            return entryRsp() + lo;
        case Kind::kThread:
            return explorer_.variable("thread", 64) + lo;
        case Kind::kTop:
        case Kind::kInt:
        case Kind::kValue:
        case Kind::kSlot:
        case Kind::kDict:
        case Kind::kSaved:
            return any;
    }
    return any;
}

z3::expr World::names(const Abstract& a, const z3::expr& word) {
    if (a.sym == 0) return truth(true);
    const bool half = a.kind == Kind::kInt && symbolic::has(a, symbolic::kHalfWord);
    const z3::expr named = half ? z3::zext(word.extract(31, 0), 32) : word;
    const z3::expr* bound = find(a.sym);
    if (bound != nullptr) return *bound == named;
    bind(a.sym, named);
    return truth(true);
}

std::string inWords(const z3::model& model, const Abstract& a) {
    const auto text = [&](const auto& symbol) { return inWords(model, symbol.expr()); };
    return fmt::format("{} [{}, {}] low {} flags {} symbol {} aux {} map {}",
                       kKindNames[static_cast<unsigned>(a.kind)], text(a.lo), text(a.hi),
                       text(a.low), text(a.flags), a.sym.value, text(a.aux), text(a.map));
}

}  // namespace tagproof::soundness
