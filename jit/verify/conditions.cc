// What a condition code says about the operands of the last comparison. Operands narrower than 8
// bytes are zero-extended numbers; signed conditions on them are used only where both are
// non-negative.

#include "jit/verify/machine.h"

namespace tagproof::verify {
namespace {

enum Code : unsigned { kB = 2, kAE = 3, kE = 4, kNE = 5, kBE = 6, kA = 7, kS = 8, kNS = 9 };
enum SignedCode : unsigned { kL = 12, kGE = 13, kLE = 14, kG = 15 };

bool isSmall(const Abstract& a) { return a.kind == Kind::kInt && a.lo >= 0 && a.hi <= 7; }

// Patterns p with (p & mask) zero or not.
uint8_t maskedPatterns(int64_t mask, bool zero) {
    unsigned low = 0;
    for (int64_t p = 0; p < 8; ++p) {
        if (((p & mask) == 0) == zero) low |= 1U << p;
    }
    return static_cast<uint8_t>(low);
}

}  // namespace

bool Machine::assume(unsigned code) {
    switch (flags_.op) {
        case Comparison::Op::kNone:
            return true;
        case Comparison::Op::kCompare:
            return assumeCompare(code);
        case Comparison::Op::kTest:
            return assumeTest(code);
        case Comparison::Op::kResult:
            if (code == kE) return assumeEqual(flags_.a, constant(0));
            if (code == kNE) return assumeNotEqual(flags_.a, constant(0));
            if (code == kS || code == kNS) return assumeSign(code == kS, flags_.a);
            return true;
    }
    return true;
}

bool Machine::assumeEqual(const Abstract& a, const Abstract& b) {
    if (a.kind == Kind::kType && isConstant(b)) {
        const uint32_t row = tables_.typeAt(static_cast<uint64_t>(b.lo));
        if (row != kNoType) state.setType(a.aux, row, tables_);
        return true;
    }
    if (b.kind == Kind::kType && isConstant(a)) return assumeEqual(b, a);
    const auto same = [this](const Abstract& x, const Abstract& y) {
        const Abstract number = asInteger(y);
        Constraint constraint{.low = lowOf(y)};
        if (number.kind == Kind::kInt) {
            constraint.lo = number.lo;
            constraint.hi = number.hi;
        }
        return state.refine(x, constraint);
    };
    return same(a, b) && same(b, a);
}

bool Machine::assumeNotEqual(const Abstract& a, const Abstract& b) {
    if (!isConstant(b)) return !isConstant(a) || assumeNotEqual(b, a);
    Constraint constraint;
    if (b.lo == 0) constraint.non_zero = true;
    if (a.kind == Kind::kInt && a.lo == b.lo && b.lo != kMax) constraint.lo = b.lo + 1;
    if (a.kind == Kind::kInt && a.hi == b.lo && b.lo != kMin) constraint.hi = b.lo - 1;
    if (isSmall(a) && isSmall(b)) constraint.low = static_cast<uint8_t>(~lowBit(b.lo));
    return state.refine(a, constraint);
}

// a < b, or a <= b.
bool Machine::assumeLess(const Abstract& a, const Abstract& b, bool strict, bool is_signed) {
    const Abstract x = asInteger(a);
    const Abstract y = asInteger(b);
    if (x.kind != Kind::kInt || y.kind != Kind::kInt) return true;
    const int64_t gap = strict ? 1 : 0;
    const bool wide = flags_.width == 8;
    if (is_signed && !wide) {
        const int64_t half = int64_t{1} << (8 * flags_.width - 1);
        if (x.hi >= half || y.hi >= half) return true;
    }
    const bool lower = is_signed || y.lo >= 0;  // a is below b as a signed number too
    if (!lower) return true;
    if (y.hi < kMin + gap) return false;
    Constraint below{.hi = y.hi - gap};
    if (!is_signed) below.lo = 0;
    if (wide && strict && b.kind == Kind::kLen && (!is_signed || x.lo >= 0)) {
        below.bound_owner = b.aux;
    }
    if (!state.refine(a, below)) return false;
    if (!is_signed && x.lo < 0) return true;
    if (x.lo > kMax - gap) return false;
    return state.refine(b, Constraint{.lo = x.lo + gap});
}

bool Machine::assumeSign(bool negative, const Abstract& a) {
    Constraint constraint;
    const bool wide = flags_.width == 8;
    const int64_t half = wide ? 0 : int64_t{1} << (8 * flags_.width - 1);
    if (wide == negative) {
        constraint.hi = half - 1;
    } else {
        constraint.lo = half;
    }
    return state.refine(a, constraint);
}

bool Machine::assumeCompare(unsigned code) {
    const Abstract& a = flags_.a;
    const Abstract& b = flags_.b;
    switch (code) {
        case kB:
            return assumeLess(a, b, true, false);
        case kAE:
            return assumeLess(b, a, false, false);
        case kE:
            return assumeEqual(a, b);
        case kNE:
            return assumeNotEqual(a, b);
        case kBE:
            return assumeLess(a, b, false, false);
        case kA:
            return assumeLess(b, a, true, false);
        case kL:
            return assumeLess(a, b, true, true);
        case kGE:
            return assumeLess(b, a, false, true);
        case kLE:
            return assumeLess(a, b, false, true);
        case kG:
            return assumeLess(b, a, true, true);
        default:
            return true;
    }
}

// Behind a test with a mask: whether the bits under it are all zero.
bool Machine::assumeMasked(bool zero) {
    const Abstract& a = flags_.a;
    if (!isConstant(flags_.b)) return true;
    const int64_t mask = truncate(flags_.b, flags_.width).lo;
    if (!zero && (mask & ~int64_t{7}) != 0 && !isSmall(a)) return true;
    return state.refine(a, Constraint{.low = maskedPatterns(mask, zero)});
}

bool Machine::assumeTest(unsigned code) {
    const Abstract& a = flags_.a;
    const bool zero = code == kE || code == kBE;
    const bool compares_zero = zero || code == kNE || code == kA;
    if (a.sym == 0 || a.sym != flags_.b.sym) return !compares_zero || assumeMasked(zero);
    if (compares_zero) {
        return zero ? assumeEqual(a, constant(0)) : assumeNotEqual(a, constant(0));
    }
    // Overflow and carry are clear: the signed conditions compare with 0.
    if (code == kS || code == kL) return assumeSign(true, a);
    if (code == kNS || code == kGE) return assumeSign(false, a);
    if (code == kG) return assumeSign(false, a) && assumeNotEqual(a, constant(0));
    return true;
}

}  // namespace tagproof::verify
