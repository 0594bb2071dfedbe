#include "tests/soundness/transfer/truths.h"

namespace tagproof::soundness {
namespace {

// Of expressions that live, equal ones have one number.
unsigned numberOf(const z3::expr& e) { return Z3_get_ast_id(e.ctx(), e); }

bool isWord(const z3::expr& e) { return e.is_bv() && e.get_sort().bv_size() == 64; }

Z3_decl_kind kindOf(const z3::expr& e) {
    return e.is_app() ? e.decl().decl_kind() : Z3_OP_UNINTERPRETED;
}

std::optional<bool> opposite(const std::optional<bool>& truth) {
    if (!truth) return truth;
    return !*truth;
}

}  // namespace

void Truths::clear() {
    facts_.clear();
    known_.clear();
    words_.clear();
    places_.clear();
    orders_.clear();
}

void Truths::undo(const Mark& mark) {
    while (facts_.size() > mark.facts) {
        known_.erase(numberOf(facts_.back()));
        facts_.pop_back();
    }
    while (orders_.size() > mark.orders) orders_.pop_back();
}

size_t Truths::placeOf(const z3::expr& word) {
    const auto [found, is_new] = places_.emplace(numberOf(word), words_.size());
    if (is_new) {
        uint64_t number = 0;
        const bool is_number = word.is_numeral_u64(number);
        words_.push_back(Word{word, is_number, static_cast<int64_t>(number)});
    }
    return found->second;
}

void Truths::learnOrder(const z3::expr& smaller, const z3::expr& larger, bool is_strict) {
    if (!isWord(smaller)) return;
    orders_.push_back(Order{placeOf(smaller), placeOf(larger), is_strict});
}

void Truths::learnParts(const z3::expr& e, bool is_true) {
    switch (kindOf(e)) {
        case Z3_OP_NOT:
            return learn(e.arg(0), !is_true);
        case Z3_OP_AND:
        case Z3_OP_OR:
            if (is_true != (kindOf(e) == Z3_OP_AND)) return;
            for (unsigned k = 0; k < e.num_args(); ++k) learn(e.arg(k), is_true);
            return;
        case Z3_OP_SLEQ:
            return is_true ? learnOrder(e.arg(0), e.arg(1), false)
                           : learnOrder(e.arg(1), e.arg(0), true);
        case Z3_OP_SGEQ:
            return is_true ? learnOrder(e.arg(1), e.arg(0), false)
                           : learnOrder(e.arg(0), e.arg(1), true);
        case Z3_OP_EQ:
            if (!is_true) return;
            learnOrder(e.arg(0), e.arg(1), false);
            return learnOrder(e.arg(1), e.arg(0), false);
        default:
            return;
    }
}

void Truths::learn(const z3::expr& e, bool is_true) {
    if (!known_.emplace(numberOf(e), is_true).second) return;
    facts_.push_back(e);
    learnParts(e, is_true);
}

Truths::Reach Truths::reach(const z3::expr& from, const z3::expr& to) {
    const size_t start = placeOf(from);
    const size_t end = placeOf(to);
    std::vector<Reach> reached(words_.size(), Reach::kNone);
    std::vector<size_t> open = {start};
    reached[start] = Reach::kNotAbove;
    const auto visit = [&](size_t place, Reach how) {
        if (how <= reached[place]) return;
        reached[place] = how;
        open.push_back(place);
    };
    while (!open.empty()) {
        const size_t at = open.back();
        open.pop_back();
        const Word& word = words_[at];
        for (const Order& order : orders_) {
            if (order.smaller == at)
                visit(order.larger, order.is_strict ? Reach::kBelow : reached[at]);
        }
        if (!word.is_number) continue;
        for (size_t k = 0; k < words_.size(); ++k) {
            if (words_[k].is_number && word.number < words_[k].number) visit(k, Reach::kBelow);
        }
    }
    return reached[end];
}

// a <= b
std::optional<bool> Truths::findOrder(const z3::expr& a, const z3::expr& b) {
    if (!isWord(a)) return std::nullopt;
    if (reach(a, b) != Reach::kNone) return true;
    if (reach(b, a) == Reach::kBelow) return false;
    return std::nullopt;
}

std::optional<bool> Truths::findEqual(const z3::expr& a, const z3::expr& b) {
    if (!isWord(a)) return std::nullopt;
    const Reach up = reach(a, b);
    const Reach down = reach(b, a);
    if (up == Reach::kBelow || down == Reach::kBelow) return false;
    if (up == Reach::kNotAbove && down == Reach::kNotAbove) return true;
    return std::nullopt;
}

// Of a conjunction (`all`) or a disjunction.
std::optional<bool> Truths::findAll(const z3::expr& e, bool all) {
    bool are_known = true;
    for (unsigned k = 0; k < e.num_args(); ++k) {
        const std::optional<bool> part = find(e.arg(k));
        if (part && *part != all) return !all;
        are_known = are_known && part;
    }
    if (are_known) return all;
    return std::nullopt;
}

// `e` if `condition` were so.
std::optional<bool> Truths::findWith(const z3::expr& e, const z3::expr& condition, bool is_true) {
    const Mark before = mark();
    learn(condition, is_true);
    const std::optional<bool> result = find(e);
    undo(before);
    return result;
}

std::optional<bool> Truths::findChoice(const z3::expr& e) {
    const std::optional<bool> condition = find(e.arg(0));
    if (condition) return find(e.arg(*condition ? 1 : 2));
    const std::optional<bool> yes = findWith(e.arg(1), e.arg(0), true);
    if (!yes) return yes;
    const std::optional<bool> no = findWith(e.arg(2), e.arg(0), false);
    return yes == no ? yes : std::nullopt;
}

std::optional<bool> Truths::find(const z3::expr& e) {
    const auto known = known_.find(numberOf(e));
    if (known != known_.end()) return known->second;
    switch (kindOf(e)) {
        case Z3_OP_TRUE:
            return true;
        case Z3_OP_FALSE:
            return false;
        case Z3_OP_NOT:
            return opposite(find(e.arg(0)));
        case Z3_OP_AND:
        case Z3_OP_OR:
            return findAll(e, kindOf(e) == Z3_OP_AND);
        case Z3_OP_ITE:
            return findChoice(e);
        case Z3_OP_SLEQ:
            return findOrder(e.arg(0), e.arg(1));
        case Z3_OP_SGEQ:
            return findOrder(e.arg(1), e.arg(0));
        case Z3_OP_EQ:
            return findEqual(e.arg(0), e.arg(1));
        default:
            return std::nullopt;
    }
}

// A conjunction (`all`) or a disjunction of the parts that are not known.
z3::expr Truths::reducedAll(const z3::expr& e, bool all) {
    z3::expr_vector parts(e.ctx());
    for (unsigned k = 0; k < e.num_args(); ++k) {
        const z3::expr part = reduced(e.arg(k));
        if (all ? part.is_false() : part.is_true()) return part;
        if (all ? !part.is_true() : !part.is_false()) parts.push_back(part);
    }
    if (parts.empty()) return e.ctx().bool_val(all);
    if (parts.size() == 1) return parts[0];
    return all ? z3::mk_and(parts) : z3::mk_or(parts);
}

z3::expr Truths::reducedWith(const z3::expr& e, const z3::expr& condition, bool is_true) {
    const Mark before = mark();
    learn(condition, is_true);
    const z3::expr result = reduced(e);
    undo(before);
    return result;
}

z3::expr Truths::reducedChoice(const z3::expr& e) {
    const std::optional<bool> condition = find(e.arg(0));
    if (condition) return reduced(e.arg(*condition ? 1 : 2));
    const z3::expr yes = reducedWith(e.arg(1), e.arg(0), true);
    const z3::expr no = reducedWith(e.arg(2), e.arg(0), false);
    return z3::eq(yes, no) ? yes : z3::ite(e.arg(0), yes, no);
}

z3::expr Truths::reduced(const z3::expr& e) {
    const std::optional<bool> known = find(e);
    if (known) return e.ctx().bool_val(*known);
    switch (kindOf(e)) {
        case Z3_OP_NOT:
            return !reduced(e.arg(0));
        case Z3_OP_AND:
        case Z3_OP_OR:
            return reducedAll(e, kindOf(e) == Z3_OP_AND);
        case Z3_OP_ITE:
            return reducedChoice(e);
        default:
            return e;
    }
}

}  // namespace tagproof::soundness
