#include "tests/soundness/transfer/contracts.h"

#include <fmt/format.h>

#include <stdexcept>

#include "tests/soundness/transfer/called.h"

namespace tagproof::soundness {
namespace {

constexpr unsigned kRax = 0;
constexpr unsigned kRcx = 1;

// The ones that the verifier's text uses.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
Contracts* active_contracts = nullptr;

z3::expr narrowed(const z3::expr& word, unsigned bytes) {
    return bytes == 8 ? word : z3::zext(word.extract(8 * bytes - 1, 0), 64 - 8 * bytes);
}

}  // namespace

z3::expr fulfils(Scene& scene, const symbolic::Constraint& constraint, const z3::expr& word) {
    const z3::expr pattern = z3::zext(word.extract(2, 0), 5);
    z3::expr holds = constraint.lo.expr() <= word && word <= constraint.hi.expr() &&
                     z3::lshr(constraint.low.expr(), pattern).extract(0, 0) == 1;
    if (constraint.non_zero) holds = holds && word != 0;
    if (constraint.bound_owner != 0) {
        Abstract below = symbolic::anyInteger();
        below.flags = Abstract::kBounded;
        below.aux = constraint.bound_owner;
        holds = holds && scene.world.describes(below, word);
    }
    return holds;
}

Contracts::Contracts(Explorer& explorer, Scene& scene, unsigned bytes, Shape result)
    : explorer_(explorer),
      scene_(scene),
      first_(narrowed(scene.word(kRax), bytes)),
      second_(narrowed(scene.word(kRcx), bytes)),
      result_(result) {
    known_ = {{scene.state.at(kRax), first_}, {scene.state.at(kRcx), second_}};
    active_contracts = this;
}

Contracts::~Contracts() { active_contracts = nullptr; }

bool Contracts::isActive() { return active_contracts != nullptr; }

Contracts& Contracts::current() {
    if (active_contracts == nullptr) throw std::logic_error("a contract outside its proof");
    return *active_contracts;
}

void Contracts::tell(const symbolic::Comparison& flags,
                     const Abstract& x,
                     const symbolic::Constraint& constraint) {
    z3::expr word = &x == &flags.a ? first_ : second_;
    if (&x != &flags.a && &x != &flags.b) {
        if (!symbolic::isConstant(x)) throw std::logic_error("a condition tells of another word");
        word = x.lo.expr();
    }
    explorer_.claim(
        fulfils(scene_, constraint, word), [=, before = scene_.inWords()](const z3::model& model) {
            return fmt::format("the condition says of {} that it is in [{}, {}], low {}{}; {}",
                               inWords(model, word), inWords(model, constraint.lo.expr()),
                               inWords(model, constraint.hi.expr()),
                               inWords(model, constraint.low.expr()),
                               constraint.non_zero ? ", not zero" : "", before(model));
        });
}

z3::expr Contracts::wordOf(const Abstract& a) const {
    for (const Known& known : known_) {
        if (isSame(known.a, a)) return known.word;
    }
    if (symbolic::isConstant(a)) return a.lo.expr();
    throw std::logic_error("a word that is neither an operand nor made of them");
}

Abstract Contracts::any() {
    const std::string name = fmt::format("result {}", ++results_);
    return scene_.any(result_, name, kNextSymbol - results_);
}

Abstract Contracts::describing(const z3::expr& word) {
    const Abstract a = any();
    explorer_.watch(word);
    explorer_.assume(scene_.world.names(a, word));
    explorer_.assume(scene_.world.describes(a, word));
    known_.push_back(Known{a, word});
    return a;
}

Abstract Contracts::sum(const Abstract& a, const Abstract& b) {
    return describing(scene_.cpu.sum(wordOf(a), wordOf(b)));
}

Abstract Contracts::shift(const Abstract& a, unsigned by) {
    return describing(z3::shl(wordOf(a), explorer_.number(by)));
}

Abstract Contracts::join(const Abstract& a, const Abstract& b) {
    joined_[0] = &a;
    joined_[1] = &b;
    Abstract joined = any();
    joined.sym = 0;
    if (symbolic::auxIsSymbol(joined)) joined.aux = a.aux;
    return joined;
}

// `hint` describes the word then, with the symbols of `a`.
bool Contracts::isImplied(const Abstract& a, const Abstract& hint) {
    if (!explorer_.decide(explorer_.variable(fmt::format("implied {}", ++results_), 0)))
        return false;
    Abstract renamed = hint;
    if (symbolic::auxIsSymbol(hint)) renamed.aux = a.aux;
    const bool is_first = &a == joined_[0];
    if (!is_first && &a != joined_[1]) throw std::logic_error("a word that was not joined");
    explorer_.assume(scene_.world.describes(renamed, is_first ? first_ : second_));
    return true;
}

}  // namespace tagproof::soundness

namespace tagproof::symbolic {

using soundness::Contracts;

// What holds is not found impossible: that is a claim of the proofs of refine().
bool refined(const Comparison& flags, const Abstract& x, const Constraint& constraint) {
    Contracts::current().tell(flags, x, constraint);
    return true;
}

bool hasContract() { return Contracts::isActive(); }

Abstract sumOf(const Abstract& a, const Abstract& b) { return Contracts::current().sum(a, b); }

Abstract shiftOf(const Abstract& a, Symbol<unsigned> by) {
    return Contracts::current().shift(a, by.value);
}

Abstract joinOf(const Abstract& a, const Abstract& b) { return Contracts::current().join(a, b); }

bool isImplied(const Abstract& a, const Abstract& hint) {
    return Contracts::current().isImplied(a, hint);
}

}  // namespace tagproof::symbolic
