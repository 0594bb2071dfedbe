#include "tests/soundness/transfer/explorer.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <stdexcept>

namespace tagproof::soundness {
namespace {

// Of one question: steps of z3, so that it is the same on each machine; some minutes.
constexpr unsigned kQuerySteps = 1'000'000'000;
// About what it takes in a second: a question ends with the time of its proof.
constexpr double kStepsPerSecond = 7e6;
// What is not answered in these, with what was learnt on the way here, is asked again alone.
constexpr unsigned kQuickSteps = 1'000'000;
// One in so many truths that were reduced without z3 is asked of it too.
constexpr uint64_t kAudited = 32;

// The one that symbols ask: operators have no place for it.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
Explorer* active_explorer = nullptr;

}  // namespace

Explorer::Explorer() : solver_(context_, z3::solver::simple()) {
    z3::params parameters(context_);
    parameters.set("rlimit", kQuickSteps);
    // Which facts matter for a case costs more to follow than it saves.
    parameters.set("smt.relevancy", 0U);
    solver_.set(parameters);
    active_explorer = this;
}

void Explorer::limit(unsigned seconds) {
    limit_ = std::clock() + static_cast<std::clock_t>(seconds) * CLOCKS_PER_SEC;
}

Explorer::~Explorer() { active_explorer = nullptr; }

Explorer& Explorer::current() { return *active_explorer; }

z3::expr Explorer::variable(const std::string& name, unsigned bits) {
    return bits == 0 ? context_.bool_const(name.c_str()) : context_.bv_const(name.c_str(), bits);
}

z3::expr Explorer::apply(const std::string& function, const z3::expr& of, unsigned bits) {
    const z3::expr word = of.simplify();
    std::vector<Application>& others = applications_[function];
    for (const Application& other : others) {
        if (z3::eq(other.word, word)) return other.result;
    }
    z3::expr result = variable(fmt::format("{} of {}", function, word.to_string()), bits);
    for (const Application& other : others) {
        assume(z3::implies(other.word == word, other.result == result));
    }
    others.push_back(Application{word, result});
    return result;
}

z3::expr Explorer::standIn(const std::string& name, const z3::expr& definition) {
    z3::expr made = variable(name, definition.get_sort().bv_size());
    definitions_.push_back(made == definition);
    return made;
}

void Explorer::watch(const z3::expr& word) {
    const z3::expr simple = word.simplify();
    for (const z3::expr& other : watched_) {
        if (z3::eq(other, simple)) return;
    }
    watched_.push_back(simple);
}

z3::expr Explorer::definition(Exact function, const z3::expr& a, const z3::expr& b) {
    switch (function) {
        case Exact::kSum:
            return z3::sext(a, 1) + z3::sext(b, 1);
        case Exact::kDifference:
            return z3::sext(a, 1) - z3::sext(b, 1);
        case Exact::kProduct:
            return z3::zext(a, 64) * z3::zext(b, 64);
    }
    throw std::logic_error("no such function");
}

z3::expr Explorer::lowBits(Exact function, const Operands& one) {
    const z3::expr low = one.result.extract(2, 0);
    const z3::expr a = one.a.extract(2, 0);
    const z3::expr b = one.b.extract(2, 0);
    switch (function) {
        case Exact::kSum:
            return low == a + b;
        case Exact::kDifference:
            return low == a - b;
        case Exact::kProduct:
            return low == a * b;
    }
    throw std::logic_error("no such function");
}

z3::expr Explorer::monotone(Exact function, const Operands& smaller, const Operands& larger) {
    switch (function) {
        case Exact::kSum:
            return z3::implies(smaller.a <= larger.a && smaller.b <= larger.b,
                               smaller.result <= larger.result);
        case Exact::kDifference:
            return z3::implies(smaller.a <= larger.a && larger.b <= smaller.b,
                               smaller.result <= larger.result);
        case Exact::kProduct:
            return z3::implies(z3::ule(smaller.a, larger.a) && z3::ule(smaller.b, larger.b),
                               z3::ule(smaller.result, larger.result));
    }
    throw std::logic_error("no such function");
}

z3::expr Explorer::exact(Exact function, const z3::expr& first, const z3::expr& second) {
    const z3::expr a = first.simplify();
    const z3::expr b = second.simplify();
    if (a.is_numeral() && b.is_numeral()) return definition(function, a, b).simplify();
    std::vector<Operands>& others = exact_[function];
    for (const Operands& other : others) {
        if (z3::eq(other.a, a) && z3::eq(other.b, b)) return other.result;
    }
    constexpr const char* kNames[] = {"sum", "difference", "product"};
    const std::string name = fmt::format("{} of {} and {}", kNames[static_cast<unsigned>(function)],
                                         a.to_string(), b.to_string());
    const Operands made{a, b, standIn(name, definition(function, a, b))};
    assume(lowBits(function, made));
    for (const Operands& other : others) {
        assume(monotone(function, made, other));
        assume(monotone(function, other, made));
    }
    others.push_back(made);
    return made.result;
}

uint64_t Explorer::known(const z3::expr& e) const {
    const z3::expr value = e.simplify();
    uint64_t number = 0;
    if (!value.is_numeral_u64(number)) {
        throw std::logic_error("a number is needed, not all of them: " + e.to_string());
    }
    return number;
}

bool Explorer::holds(const z3::model& model, const z3::expr& condition) const {
    return model.eval(condition, true).is_true();
}

// Keeps the case that z3 found as the witness.
bool Explorer::isPossible(const z3::expr& condition) {
    ++queries;
    if (std::clock() > limit_) throw Unfinished("");
    solver_.push();
    solver_.add(condition);
    z3::check_result result = solver_.check();
    if (result == z3::sat) witness_ = solver_.get_model();
    if (result == z3::unknown) result = askAlone();
    solver_.pop();
    return result == z3::sat;
}

// The present question for a solver of its own, that simplifies all of it first.
z3::check_result Explorer::askAlone() {
    z3::tactic steps(context_, "simplify");
    for (const char* name :
         {"propagate-values", "solve-eqs", "elim-uncnstr", "simplify", "max-bv-sharing", "smt"}) {
        steps = steps & z3::tactic(context_, name);
    }
    z3::solver solver = steps.mk_solver();
    z3::params parameters(context_);
    const auto seconds = static_cast<double>(limit_ - std::clock()) / CLOCKS_PER_SEC;
    const double left = std::min(double{kQuerySteps}, kStepsPerSecond * seconds);
    parameters.set("rlimit", std::max(kQuickSteps, static_cast<unsigned>(left)));
    solver.set(parameters);
    for (const z3::expr& fact : solver_.assertions()) solver.add(fact);
    const z3::check_result result = solver.check();
    if (result == z3::unknown) {
        throw Unfinished(": z3 gave up, " + solver.reason_unknown());
    }
    if (result == z3::sat) witness_ = solver.get_model();
    return result;
}

void Explorer::assume(const z3::expr& fact) {
    if (depth_ < decisions_.size()) return;  // assumed when this way was taken for the first time
    const z3::expr unknown = reduced(fact);
    if (unknown.is_true()) return;
    solver_.add(unknown);
    if (!unknown.is_false()) truths_.learn(unknown, true);
    if (witness_ && !holds(*witness_, fact)) witness_.reset();
}

// The condition without what is known of it without z3.
z3::expr Explorer::reduced(const z3::expr& condition) {
    const z3::expr simple = condition.simplify();
    const z3::expr result = truths_.reduced(simple);
    if (z3::eq(result, simple) || ++reduced_ % kAudited != 0) return result;
    const std::optional<z3::model> here = witness_;
    if (isPossible(result != simple)) {
        throw std::logic_error("what was found to be true is not: " + simple.to_string());
    }
    witness_ = here;
    return result;
}

bool Explorer::decide(const z3::expr& asked) {
    if (depth_ < decisions_.size()) return decisions_[depth_++].taken;
    ++depth_;
    const Truths::Mark before = truths_.mark();
    const z3::expr condition = reduced(asked);
    if (condition.is_true() || condition.is_false()) {
        decisions_.push_back(Decision{condition.is_true(), false, condition, before, std::nullopt});
        return condition.is_true();
    }
    if (!witness_ && !isPossible(context_.bool_val(true))) throw Impossible();
    const std::optional<z3::model> here = witness_;
    const bool taken = holds(*here, condition);
    const bool other = isPossible(taken ? !condition : condition);
    Decision decision{taken, other, condition, before, std::nullopt};
    truths_.learn(condition, taken);
    if (other) decision.other = witness_;
    witness_ = here;
    decisions_.push_back(decision);
    if (other) {
        solver_.push();
        solver_.add(taken ? condition : !condition);
    }
    return taken;
}

void Explorer::claim(const z3::expr& holds, std::function<std::string(const z3::model&)> failure) {
    claims_.push_back(Claim{holds, std::move(failure)});
}

bool Explorer::isBroken(const z3::expr& broken) {
    if (!isPossible(broken)) return false;
    z3::expr also = broken;
    for (const z3::expr& definition : definitions_) also = also && definition;
    return definitions_.empty() || isPossible(also);
}

std::optional<std::string> Explorer::check() {
    for (Claim& claim : claims_) claim.holds = reduced(claim.holds);
    claims += std::erase_if(claims_, [](const Claim& claim) { return claim.holds.is_true(); });
    z3::expr any = context_.bool_val(false);
    for (const Claim& claim : claims_) any = any || !claim.holds;
    if (any.simplify().is_false()) return std::nullopt;
    if (claims_.size() > 1 && !isBroken(any)) {
        claims += claims_.size();
        return std::nullopt;
    }
    for (const Claim& claim : claims_) {
        const z3::expr broken = (!claim.holds).simplify();
        if (broken.is_false()) continue;
        ++claims;
        if (isBroken(broken)) return claim.failure(*witness_);
    }
    return std::nullopt;
}

bool Explorer::isValid(const z3::expr& lemma, const char* logic) {
    ++queries;
    ++claims;
    z3::solver solver(context_, logic);
    solver.add(!lemma);
    const z3::check_result result = solver.check();
    if (result == z3::unknown) throw Unfinished(": z3 gave up, " + solver.reason_unknown());
    return result == z3::unsat;
}

// Turns back to the last open decision. False: there is none.
bool Explorer::nextWay() {
    while (!decisions_.empty()) {
        Decision& last = decisions_.back();
        if (!last.other_is_open) {
            if (last.other) solver_.pop();
            decisions_.pop_back();
            continue;
        }
        solver_.pop();
        solver_.push();
        last.taken = !last.taken;
        last.other_is_open = false;
        solver_.add(last.taken ? last.condition : !last.condition);
        truths_.undo(last.before);
        truths_.learn(last.condition, last.taken);
        witness_ = last.other;
        return true;
    }
    return false;
}

std::optional<std::string> Explorer::explore(const std::function<void()>& way) {
    solver_.reset();
    truths_.clear();
    decisions_.clear();
    witness_.reset();
    do {
        kept_.clear();
        claims_.clear();
        applications_.clear();
        exact_.clear();
        watched_.clear();
        definitions_.clear();
        depth_ = 0;
        try {
            way();
        } catch (const Impossible&) {
            continue;
        }
        ++paths;
        std::optional<std::string> counterexample = check();
        if (counterexample) return counterexample;
    } while (nextWay());
    return std::nullopt;
}

std::string inWords(const z3::model& model, const z3::expr& e) {
    const z3::expr value = model.eval(e, true);
    if (value.is_bool()) return value.is_true() ? "true" : "false";
    uint64_t number = 0;
    if (!value.is_numeral_u64(number)) return value.to_string();
    return number < 10 ? fmt::format("{}", number) : fmt::format("{:#x}", number);
}

}  // namespace tagproof::soundness
