#pragma once
// Symbol<T>: an integer of type T that is either known, or a bit-vector expression. It computes as
// T does in C++ (promotions, conversions, shifts included), so that the verifier's text can be
// compiled with it. A comparison of expressions asks the explorer which way to go (explorer.h).

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "tests/soundness/transfer/explorer.h"

namespace tagproof::symbolic {

using soundness::Explorer;

template <typename T>
concept Plain = std::is_arithmetic_v<T> ||(std::is_enum_v<T>&& std::is_convertible_v<T, int>);

// An integer literal that becomes what stands beside it.
template <int Number>
struct Literal {
    template <typename T>
    constexpr operator T() const {  // NOLINT(google-explicit-constructor)
        return T(Number);
    }
};

template <typename T>
constexpr unsigned kBits = 8 * sizeof(T);

template <typename T>
struct Symbol {
    T value = {};
    const z3::expr* node = nullptr;  // the explorer's; null: known

    constexpr Symbol() = default;
    // NOLINTBEGIN(google-explicit-constructor): integers convert like that
    template <Plain U>
    constexpr Symbol(U from) : value(static_cast<T>(from)) {}
    template <typename U>
    requires(std::is_enum_v<U> && !Plain<U>) explicit constexpr Symbol(U from)
        : value(static_cast<T>(from)) {}
    template <typename U>
    requires(!std::same_as<T, U>) constexpr Symbol(const Symbol<U>& from);
    constexpr operator T() const { return node == nullptr ? value : known(); }
    // NOLINTEND(google-explicit-constructor)

    static Symbol of(const z3::expr& e) {
        Symbol symbol;
        symbol.node = Explorer::current().keep(e);
        return symbol;
    }
    [[nodiscard]] z3::expr expr() const {
        if (node != nullptr) return *node;
        return Explorer::current().context().bv_val(static_cast<uint64_t>(value), kBits<T>);
    }
    // For where C++ needs a number.
    [[nodiscard]] T known() const { return static_cast<T>(Explorer::current().known(*node)); }

    template <typename U>
    constexpr Symbol& operator+=(const U& b) {
        return *this = Symbol(*this + b);
    }
    template <typename U>
    constexpr Symbol& operator-=(const U& b) {
        return *this = Symbol(*this - b);
    }
    template <typename U>
    constexpr Symbol& operator&=(const U& b) {
        return *this = Symbol(*this & b);
    }
    template <typename U>
    constexpr Symbol& operator|=(const U& b) {
        return *this = Symbol(*this | b);
    }
    constexpr Symbol& operator++() { return *this += 1; }
    constexpr Symbol& operator--() { return *this -= 1; }
    constexpr Symbol operator++(int) {
        const Symbol old = *this;
        ++*this;
        return old;
    }
};

// A bit-vector of `from`'s type as one of `To`'s.
template <typename To, typename From>
z3::expr converted(const Symbol<From>& from) {
    z3::expr e = from.expr();
    if constexpr (kBits<To> < kBits<From>) return e.extract(kBits<To> - 1, 0);
    if constexpr (kBits<To> == kBits<From>) return e;
    constexpr unsigned kMore = kBits<To> - kBits<From>;
    return std::is_signed_v<From> ? z3::sext(e, kMore) : z3::zext(e, kMore);
}

template <typename T>
template <typename U>
requires(!std::same_as<T, U>) constexpr Symbol<T>::Symbol(const Symbol<U>& from)
    : value(static_cast<T>(from.value)) {
    if (from.node != nullptr) node = Explorer::current().keep(converted<T>(from));
}

template <typename T>
constexpr T plain(const Symbol<T>& symbol) {
    return symbol;
}

// What a comparison is: a truth, known or not. Several are one decision where && and || join them:
// both sides are computed then, which makes no difference to what has no effects. Beside a plain
// bool && and || are what C++ says.
struct Truth {
    bool value = false;
    const z3::expr* node = nullptr;  // the explorer's; null: known

    constexpr Truth() = default;
    explicit constexpr Truth(bool known) : value(known) {}
    constexpr operator bool() const {  // NOLINT(google-explicit-constructor): as bool does
        return node == nullptr ? value : Explorer::current().decide(*node);
    }
    static Truth of(const z3::expr& e) {
        Truth truth;
        truth.node = Explorer::current().keep(e);
        return truth;
    }
    [[nodiscard]] z3::expr expr() const {
        return node != nullptr ? *node : Explorer::current().context().bool_val(value);
    }
};
constexpr Truth operator!(const Truth& a) {
    return a.node == nullptr ? Truth(!a.value) : Truth::of(!a.expr());
}
constexpr Truth operator&&(const Truth& a, const Truth& b) {
    if (a.node == nullptr) return a.value ? b : a;
    if (b.node == nullptr) return b.value ? a : b;
    return Truth::of(a.expr() && b.expr());
}
constexpr Truth operator||(const Truth& a, const Truth& b) {
    if (a.node == nullptr) return a.value ? a : b;
    if (b.node == nullptr) return b.value ? b : a;
    return Truth::of(a.expr() || b.expr());
}

enum class Arithmetic : uint8_t { kAdd, kSub, kMul, kDiv, kRem, kAnd, kOr, kXor };
enum class Order : uint8_t { kEq, kNe, kLt, kLe, kGt, kGe };
z3::expr computed(Arithmetic op, const z3::expr& a, const z3::expr& b, bool is_signed);
Truth ordered(Order order, const z3::expr& a, const z3::expr& b, bool is_signed);
z3::expr shifted(bool left, const z3::expr& a, const z3::expr& by, bool is_signed);

// clang-format off
#define TAGPROOF_SYMBOL_OPERATOR(op, name)                                                   \
    template <typename A, typename B>                                                        \
    constexpr auto operator op(const Symbol<A>& a, const Symbol<B>& b) {                     \
        using R = decltype(A() op B(1));                                                     \
        if (a.node == nullptr && b.node == nullptr) return Symbol<R>(a.value op b.value);    \
        return Symbol<R>::of(computed(Arithmetic::name, converted<R>(a), converted<R>(b),    \
                                      std::is_signed_v<R>));                                 \
    }                                                                                        \
    template <typename A, Plain B>                                                           \
    constexpr auto operator op(const Symbol<A>& a, B b) { return a op Symbol<decltype(+b)>(b); } \
    template <Plain A, typename B>                                                           \
    constexpr auto operator op(A a, const Symbol<B>& b) { return Symbol<decltype(+a)>(a) op b; }
TAGPROOF_SYMBOL_OPERATOR(+, kAdd)
TAGPROOF_SYMBOL_OPERATOR(-, kSub)
TAGPROOF_SYMBOL_OPERATOR(*, kMul)
TAGPROOF_SYMBOL_OPERATOR(/, kDiv)
TAGPROOF_SYMBOL_OPERATOR(%, kRem)
TAGPROOF_SYMBOL_OPERATOR(&, kAnd)
TAGPROOF_SYMBOL_OPERATOR(|, kOr)
TAGPROOF_SYMBOL_OPERATOR(^, kXor)
#undef TAGPROOF_SYMBOL_OPERATOR

#define TAGPROOF_SYMBOL_SHIFT(op, left)                                                      \
    template <typename A, typename B>                                                        \
    constexpr auto operator op(const Symbol<A>& a, const Symbol<B>& b) {                     \
        using R = decltype(+A());                                                            \
        if (a.node == nullptr && b.node == nullptr) return Symbol<R>(a.value op b.value);    \
        return Symbol<R>::of(shifted(left, converted<R>(a), converted<R>(b), std::is_signed_v<R>)); \
    }                                                                                        \
    template <typename A, Plain B>                                                           \
    constexpr auto operator op(const Symbol<A>& a, B b) { return a op Symbol<decltype(+b)>(b); } \
    template <Plain A, typename B>                                                           \
    constexpr auto operator op(A a, const Symbol<B>& b) { return Symbol<decltype(+a)>(a) op b; }
TAGPROOF_SYMBOL_SHIFT(<<, true)
TAGPROOF_SYMBOL_SHIFT(>>, false)
#undef TAGPROOF_SYMBOL_SHIFT

#define TAGPROOF_SYMBOL_ORDER(op, name)                                                      \
    template <typename A, typename B>                                                        \
    constexpr Truth operator op(const Symbol<A>& a, const Symbol<B>& b) {                    \
        using R = decltype(A() + B());                                                       \
        if (a.node == nullptr && b.node == nullptr) return Truth(R(a.value) op R(b.value));  \
        return ordered(Order::name, converted<R>(a), converted<R>(b), std::is_signed_v<R>);  \
    }                                                                                        \
    template <typename A, Plain B>                                                           \
    constexpr Truth operator op(const Symbol<A>& a, B b) { return a op Symbol<decltype(+b)>(b); } \
    template <Plain A, typename B>                                                           \
    constexpr Truth operator op(A a, const Symbol<B>& b) { return Symbol<decltype(+a)>(a) op b; }
TAGPROOF_SYMBOL_ORDER(==, kEq)
TAGPROOF_SYMBOL_ORDER(!=, kNe)
TAGPROOF_SYMBOL_ORDER(<, kLt)
TAGPROOF_SYMBOL_ORDER(<=, kLe)
TAGPROOF_SYMBOL_ORDER(>, kGt)
TAGPROOF_SYMBOL_ORDER(>=, kGe)
#undef TAGPROOF_SYMBOL_ORDER
// clang-format on

// A conditional expression that is no decision.
template <typename T>
constexpr Symbol<T> chosen(const Truth& which,
                           const Symbol<T>& yes,
                           const std::type_identity_t<Symbol<T>>& no) {
    if (which.node == nullptr) return which.value ? yes : no;
    return Symbol<T>::of(z3::ite(which.expr(), yes.expr(), no.expr()));
}

template <typename A>
constexpr auto operator-(const Symbol<A>& a) {
    return Symbol<decltype(-A())>(0) - a;
}
template <typename A>
constexpr auto operator~(const Symbol<A>& a) {
    return a ^ Symbol<decltype(~A())>(-1);
}

// a <= b and a == b, with conditional expressions (minima, maxima) taken apart: what is compared
// then are the words that were compared before.
z3::expr notAbove(const z3::expr& a, const z3::expr& b, bool is_signed = true);
z3::expr equal(const z3::expr& a, const z3::expr& b);

// The library functions on integers that the text uses.
z3::expr lesser(const z3::expr& a, const z3::expr& b, bool is_signed);
z3::expr greater(const z3::expr& a, const z3::expr& b, bool is_signed);
template <typename T>
constexpr Symbol<T> minOf(const Symbol<T>& a, const Symbol<T>& b) {
    if (a.node == nullptr && b.node == nullptr) return plain(b) < plain(a) ? b : a;
    return Symbol<T>::of(lesser(a.expr(), b.expr(), std::is_signed_v<T>));
}
template <typename T>
constexpr Symbol<T> maxOf(const Symbol<T>& a, const Symbol<T>& b) {
    if (a.node == nullptr && b.node == nullptr) return plain(a) < plain(b) ? b : a;
    return Symbol<T>::of(greater(a.expr(), b.expr(), std::is_signed_v<T>));
}
// As std::min<Symbol> is called.
template <typename Number>
requires(!std::is_arithmetic_v<Number>) constexpr Number
    minOf(const std::type_identity_t<Number>& a, const std::type_identity_t<Number>& b) {
    return minOf(Symbol(a), Symbol(b));
}
bool addOverflows(const Symbol<int64_t>& a, const Symbol<int64_t>& b, Symbol<int64_t>* out);
bool subOverflows(const Symbol<int64_t>& a, const Symbol<int64_t>& b, Symbol<int64_t>* out);
bool mulOverflows(const Symbol<int64_t>& a, const Symbol<int64_t>& b, Symbol<int64_t>* out);
Symbol<uint64_t> bitCeil(const Symbol<uint64_t>& a);
inline int countrZero(const Symbol<unsigned>& a) { return __builtin_ctz(a); }

// The head of a word, as State compares it: kind, low, flags.
template <typename Word>
void copyBytes(Symbol<uint32_t>* to, const Word* from, size_t bytes) {
    static_assert(sizeof(from->kind) == 1);
    if (bytes != sizeof *to) throw std::logic_error("copyBytes: not the head of a word");
    *to = Symbol<uint32_t>(from->kind) | Symbol<uint32_t>(from->low) << 8 |
          Symbol<uint32_t>(from->flags) << 16;
}

// Is the pattern (3 bits) in the set (8 bits)?
z3::expr contains(const z3::expr& set, const z3::expr& pattern);

// Is wrong operator `number` of spoils.def to be used?
inline bool spoiled(unsigned number) { return Explorer::current().spoil == number; }

}  // namespace tagproof::symbolic

template <typename T>
struct std::numeric_limits<tagproof::symbolic::Symbol<T>> : std::numeric_limits<T> {};
template <typename A, typename B>
struct std::common_type<tagproof::symbolic::Symbol<A>, tagproof::symbolic::Symbol<B>> {
    // NOLINTNEXTLINE(readability-identifier-naming): the standard's name
    using type = tagproof::symbolic::Symbol<std::common_type_t<A, B>>;
};
