#include "tests/soundness/transfer/symbol.h"

#include "symbolic/decode.h"
#include "tests/soundness/transfer/summaries.h"

namespace tagproof::symbolic {

z3::expr computed(Arithmetic op, const z3::expr& a, const z3::expr& b, bool is_signed) {
    switch (op) {
        case Arithmetic::kAdd:
            return a + b;
        case Arithmetic::kSub:
            return a - b;
        case Arithmetic::kMul:
            return a * b;
        case Arithmetic::kDiv:
            return is_signed ? a / b : z3::udiv(a, b);
        case Arithmetic::kRem:
            return is_signed ? z3::srem(a, b) : z3::urem(a, b);
        case Arithmetic::kAnd:
            return a & b;
        case Arithmetic::kOr:
            return a | b;
        case Arithmetic::kXor:
            return a ^ b;
    }
    throw std::logic_error("no such operation");
}

namespace {

// `compare` of the words that a and b may be.
template <typename Compare>
z3::expr takenApart(const z3::expr& a, const z3::expr& b, const Compare& compare) {
    const auto is_choice = [](const z3::expr& e) {
        return e.is_app() && e.decl().decl_kind() == Z3_OP_ITE;
    };
    const auto choose = [](const z3::expr& which, const z3::expr& yes, const z3::expr& no) {
        return z3::eq(yes, no) ? yes : z3::ite(which, yes, no);
    };
    if (is_choice(a)) {
        return choose(a.arg(0), takenApart(a.arg(1), b, compare), takenApart(a.arg(2), b, compare));
    }
    if (is_choice(b)) {
        return choose(b.arg(0), takenApart(a, b.arg(1), compare), takenApart(a, b.arg(2), compare));
    }
    return compare(a, b);
}

}  // namespace

z3::expr notAbove(const z3::expr& a, const z3::expr& b, bool is_signed) {
    return takenApart(a, b, [=](const z3::expr& x, const z3::expr& y) {
        return is_signed ? x <= y : z3::ule(x, y);
    });
}

z3::expr equal(const z3::expr& a, const z3::expr& b) {
    return takenApart(a, b, [](const z3::expr& x, const z3::expr& y) { return x == y; });
}

Truth ordered(Order order, const z3::expr& a, const z3::expr& b, bool is_signed) {
    switch (order) {
        case Order::kEq:
            return Truth::of(equal(a, b));
        case Order::kNe:
            return Truth::of(!equal(a, b));
        case Order::kLt:
            return Truth::of(!notAbove(b, a, is_signed));
        case Order::kLe:
            return Truth::of(notAbove(a, b, is_signed));
        case Order::kGt:
            return Truth::of(!notAbove(a, b, is_signed));
        case Order::kGe:
            return Truth::of(notAbove(b, a, is_signed));
    }
    throw std::logic_error("no such order");
}

z3::expr lesser(const z3::expr& a, const z3::expr& b, bool is_signed) {
    return z3::ite(notAbove(a, b, is_signed), a, b);
}

z3::expr greater(const z3::expr& a, const z3::expr& b, bool is_signed) {
    return z3::ite(notAbove(a, b, is_signed), b, a);
}

z3::expr shifted(bool left, const z3::expr& a, const z3::expr& by, bool is_signed) {
    if (left) return z3::shl(a, by);
    return is_signed ? z3::ashr(a, by) : z3::lshr(a, by);
}

namespace {

using Number = Symbol<int64_t>;
using Exact = Explorer::Exact;

// Computed in 65 bits: the sum does not fit if the two highest bits differ.
bool takeWide(const z3::expr& wide, Number* out) {
    *out = Number::of(wide.extract(63, 0));
    return Explorer::current().decide(wide.extract(64, 64) != wide.extract(63, 63));
}

}  // namespace

bool addOverflows(const Number& a, const Number& b, Number* out) {
    return takeWide(Explorer::current().exact(Exact::kSum, a.expr(), b.expr()), out);
}

bool subOverflows(const Number& a, const Number& b, Number* out) {
    return takeWide(Explorer::current().exact(Exact::kDifference, a.expr(), b.expr()), out);
}

bool mulOverflows(const Number& a, const Number& b, Number* out) {
    Explorer& explorer = Explorer::current();
    if (a.node == nullptr && b.node == nullptr) {
        int64_t result = 0;
        const bool overflows = __builtin_mul_overflow(a.value, b.value, &result);
        *out = result;
        return overflows;
    }
    // A shift, if the CPU shifts.
    const bool is_power = b.node == nullptr && b.value > 0 && (b.value & (b.value - 1)) == 0;
    if (is_power && !explorer.occurs(Exact::kProduct)) {
        const z3::expr by =
            explorer.number(static_cast<uint64_t>(__builtin_ctzll(static_cast<uint64_t>(b.value))));
        const z3::expr result = z3::shl(a.expr(), by);
        *out = Number::of(result);
        return explorer.decide(z3::ashr(result, by) != a.expr());
    }
    // Of two unknown words: only as the text uses it, neither negative.
    const z3::expr zero = explorer.number(0);
    explorer.claim(a.expr() >= zero && b.expr() >= zero, [](const z3::model&) {
        return std::string("the product of negative numbers is not modelled");
    });
    const z3::expr product = explorer.exact(Exact::kProduct, a.expr(), b.expr());
    *out = Number::of(product.extract(63, 0));
    return explorer.decide(product.extract(127, 63) != explorer.number(0, 65));
}

Symbol<uint64_t> bitCeil(const Symbol<uint64_t>& a) {
    Explorer& explorer = Explorer::current();
    z3::expr ones = a.expr() - explorer.number(1);
    for (const uint64_t by : {1U, 2U, 4U, 8U, 16U, 32U})
        ones = ones | z3::lshr(ones, explorer.number(by));
    return Symbol<uint64_t>::of(
        z3::ite(a.expr() == explorer.number(0), explorer.number(1), ones + explorer.number(1)));
}

z3::expr contains(const z3::expr& set, const z3::expr& pattern) {
    z3::expr result = Explorer::current().context().bool_val(false);
    for (unsigned p = 0; p < 8; ++p) {
        result = result || (pattern == static_cast<int>(p) && set.extract(p, p) == 1);
    }
    return result;
}

namespace {

z3::expr resultPattern(unsigned op, const z3::expr& a, const z3::expr& b) {
    switch (op) {
        case kADD:
            return a + b;
        case kSUB:
            return a - b;
        case kAND:
            return a & b;
        case kOR:
            return a | b;
        case kXOR:
            return a ^ b;
        case kMUL:
            return a * b;
        default:
            throw std::logic_error("no such operation");
    }
}

z3::expr lowOfResultDefinition(unsigned op, const z3::expr& a, const z3::expr& b) {
    Explorer& explorer = Explorer::current();
    z3::expr low = explorer.number(0, 8);
    for (unsigned p = 0; p < 64; ++p) {
        const z3::expr is_there = (a.extract(p / 8, p / 8) & b.extract(p % 8, p % 8)) == 1;
        const auto image = static_cast<uint8_t>(1U << patternOf(op, p / 8, p % 8));
        low = low | z3::ite(is_there, explorer.number(image, 8), explorer.number(0, 8));
    }
    return low;
}

}  // namespace

z3::expr symbolicRangeLowDefinition(const z3::expr& lo, const z3::expr& hi) {
    Explorer& explorer = Explorer::current();
    const z3::expr more = hi - lo;
    const z3::expr patterns =
        z3::shl(explorer.number(2, 8), more.extract(7, 0)) - explorer.number(1, 8);
    const z3::expr by = z3::zext(lo.extract(2, 0), 5);
    const z3::expr turned = z3::shl(patterns, by) | z3::lshr(patterns, explorer.number(8, 8) - by);
    return z3::ite(z3::uge(more, explorer.number(7)), explorer.number(0xFF, 8), turned);
}

Symbol<uint8_t> symbolicRangeLow(const Number& lo, const Number& hi) {
    Explorer& explorer = Explorer::current();
    const z3::expr first = lo.expr();
    const z3::expr last = hi.expr();
    const z3::expr low =
        explorer.standIn("patterns of " + first.to_string() + " to " + last.to_string(),
                         symbolicRangeLowDefinition(first, last));
    for (const z3::expr& word : explorer.watched()) {
        explorer.assume(z3::implies(notAbove(first, word) && notAbove(word, last),
                                    contains(low, word.extract(2, 0))));
    }
    return Symbol<uint8_t>::of(low);
}

Symbol<uint8_t> lowOfResult(unsigned op, const Symbol<uint8_t>& a, const Symbol<uint8_t>& b) {
    Explorer& explorer = Explorer::current();
    const z3::expr first = a.expr().simplify();
    const z3::expr second = b.expr().simplify();
    const z3::expr definition = lowOfResultDefinition(op, first, second);
    if (first.is_numeral() && second.is_numeral()) {
        return static_cast<uint8_t>(explorer.known(definition));
    }
    const z3::expr low = explorer.standIn(
        std::to_string(op) + " of patterns " + first.to_string() + ", " + second.to_string(),
        definition);
    for (const z3::expr& x : explorer.watched()) {
        for (const z3::expr& y : explorer.watched()) {
            const z3::expr p = x.extract(2, 0);
            const z3::expr q = y.extract(2, 0);
            explorer.assume(z3::implies(contains(first, p) && contains(second, q),
                                        contains(low, resultPattern(op, p, q))));
        }
    }
    return Symbol<uint8_t>::of(low);
}

namespace {

z3::expr mapped(const Symbol<uint32_t>& map, unsigned p) {
    return map.expr().extract(3 * p + 2, 3 * p);
}

z3::expr bit(const z3::expr& truth) {
    Explorer& explorer = Explorer::current();
    return z3::ite(truth, explorer.number(1, 1), explorer.number(0, 1));
}

}  // namespace

Symbol<uint8_t> mapImage(const Symbol<uint32_t>& map, const Symbol<uint8_t>& set) {
    if (map.node == nullptr && set.node == nullptr) return mapImageText(map, set);
    z3::expr_vector bits(Explorer::current().context());
    for (unsigned q = 8; q-- > 0;) {
        z3::expr is_there = Explorer::current().context().bool_val(false);
        for (unsigned p = 0; p < 8; ++p) {
            is_there = is_there ||
                       (set.expr().extract(p, p) == 1 && mapped(map, p) == static_cast<int>(q));
        }
        bits.push_back(bit(is_there));
    }
    return Symbol<uint8_t>::of(z3::concat(bits).simplify());
}

Symbol<uint8_t> mapPreimage(const Symbol<uint32_t>& map, const Symbol<uint8_t>& set) {
    if (map.node == nullptr && set.node == nullptr) return mapPreimageText(map, set);
    z3::expr_vector bits(Explorer::current().context());
    for (unsigned p = 8; p-- > 0;) bits.push_back(bit(contains(set.expr(), mapped(map, p))));
    return Symbol<uint8_t>::of(z3::concat(bits).simplify());
}

unsigned patternOf(unsigned op, unsigned a, unsigned b) {
    switch (op) {
        case kADD:
            return (a + b) & 7;
        case kSUB:
            return (a - b) & 7;
        case kAND:
            return a & b;
        case kOR:
            return a | b;
        case kXOR:
            return a ^ b;
        case kMUL:
            return a * b & 7;
        default:
            throw std::logic_error("no such operation");
    }
}

}  // namespace tagproof::symbolic
