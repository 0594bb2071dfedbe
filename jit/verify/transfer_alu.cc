// Integer arithmetic on abstract words. Three things are followed: the interval, the set of
// low-3-bit patterns, and for words computed from one other word by constants the map from its
// patterns to these (that is what makes `mov t, o; and t, 7; cmp t, 1; jne` a tag test of o).

#include <algorithm>
#include <bit>

#include "jit/verify/join.h"
#include "jit/verify/machine.h"

namespace tagproof::verify {
namespace {

constexpr unsigned kRax = 0;
constexpr unsigned kRdx = 2;

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
            return 0;
    }
}

Abstract shiftedLeft(const Abstract& x, unsigned by) {
    unsigned low = 0;
    for (unsigned p = 0; p < 8; ++p) {
        low |= (x.low >> p & 1U) << ((by < 3 ? p << by : 0) & 7);
    }
    Abstract result = anyInteger();
    result.low = static_cast<uint8_t>(low);
    const int64_t factor = by < 62 ? int64_t{1} << by : 0;
    if (factor == 0 || __builtin_mul_overflow(x.lo, factor, &result.lo) ||
        __builtin_mul_overflow(x.hi, factor, &result.hi)) {
        result.lo = kMin;
        result.hi = kMax;
    }
    return result;
}

uint8_t lowOfResult(unsigned op, uint8_t a, uint8_t b) {
    if (a == kAnyLow && b == kAnyLow) return kAnyLow;
    unsigned low = 0;
    for (unsigned x = a; x != 0; x &= x - 1) {
        const auto p = static_cast<unsigned>(std::countr_zero(x));
        for (unsigned y = b; y != 0; y &= y - 1) {
            low |= 1U << patternOf(op, p, static_cast<unsigned>(std::countr_zero(y)));
        }
    }
    return static_cast<uint8_t>(low);
}

// All ones up to the highest bit of either (both non-negative).
int64_t bitCover(int64_t a, int64_t b) {
    const auto bits = static_cast<uint64_t>(a | b);
    return static_cast<int64_t>(std::bit_ceil(bits + 1) - 1);
}

// The interval of a op b; the whole range when it wraps or is not known.
void setInterval(unsigned op, const Abstract& a, const Abstract& b, Abstract& out) {
    int64_t lo = kMin;
    int64_t hi = kMax;
    const bool positive = a.lo >= 0 && b.lo >= 0;
    bool known = false;
    switch (op) {
        case kADD:
            known = !__builtin_add_overflow(a.lo, b.lo, &lo) &&
                    !__builtin_add_overflow(a.hi, b.hi, &hi);
            break;
        case kSUB:
            known = !__builtin_sub_overflow(a.lo, b.hi, &lo) &&
                    !__builtin_sub_overflow(a.hi, b.lo, &hi);
            break;
        case kAND:
            known = a.lo >= 0 || b.lo >= 0;
            lo = 0;
            hi = positive ? std::min(a.hi, b.hi) : (a.lo >= 0 ? a.hi : b.hi);
            break;
        case kOR:
        case kXOR:
            known = positive && std::max(a.hi, b.hi) < (int64_t{1} << 62);
            lo = 0;
            hi = known ? bitCover(a.hi, b.hi) : 0;
            break;
        case kMUL:
            known = positive && !__builtin_mul_overflow(a.lo, b.lo, &lo) &&
                    !__builtin_mul_overflow(a.hi, b.hi, &hi);
            break;
        default:
            break;
    }
    out.lo = known ? lo : kMin;
    out.hi = known ? hi : kMax;
}

// Marks `out` as derived from the word that `a` is (or is derived from) by `op` with constant `b`.
void derive(unsigned op, const Abstract& a, int64_t b, bool swapped, Abstract& out) {
    const bool composed = has(a, Abstract::kDerived);
    if (!composed && a.sym == 0) return;
    const uint32_t from = composed ? a.map : kIdentityMap;
    const auto k = static_cast<unsigned>(static_cast<uint64_t>(b) & 7);
    uint32_t map = 0;
    for (unsigned p = 0; p < 8; ++p) {
        const unsigned q = mapAt(from, p);
        map |= (swapped ? patternOf(op, k, q) : patternOf(op, q, k)) << (3 * p);
    }
    out.flags = Abstract::kDerived;
    out.aux = composed ? a.aux : a.sym;
    out.map = map;
}

Abstract exact(unsigned op, int64_t a, int64_t b) {
    const auto x = static_cast<uint64_t>(a);
    const auto y = static_cast<uint64_t>(b);
    switch (op) {
        case kADD:
            return constant(static_cast<int64_t>(x + y));
        case kSUB:
            return constant(static_cast<int64_t>(x - y));
        case kAND:
            return constant(a & b);
        case kOR:
            return constant(a | b);
        case kXOR:
            return constant(a ^ b);
        default:
            return top();
    }
}

}  // namespace

void Machine::compare(Comparison::Op op, const Abstract& a, const Abstract& b, unsigned width) {
    flags_ = Comparison{.op = op, .width = static_cast<uint8_t>(width), .a = a, .b = b};
}

// A pointer plus an exactly known offset. A slot word that is known to be in values form becomes
// the values pointer it encodes: this is the decode template of property 2.
Abstract Machine::addOffset(const Abstract& from, int64_t offset) const {
    Abstract to = from;
    to.sym = 0;
    if (from.kind == Kind::kSlot) {
        if (from.low != kSlotValuesLow) return top();
        to = pointer(Kind::kVals, tables_.head().prefix_from_values, from.aux);
    }
    constexpr int64_t kLimit = int64_t{1} << 40;
    if (offset > kLimit || offset < -kLimit || to.lo > kLimit || to.lo < -kLimit) return top();
    to.lo += offset;
    return to;
}

// 64-bit a op b.
Abstract Machine::binary(unsigned op, const Abstract& a, const Abstract& b) const {
    const auto moves = [](const Abstract& x) {
        return x.kind == Kind::kObj || x.kind == Kind::kSlot || x.kind == Kind::kVals ||
               x.kind == Kind::kBuf || x.kind == Kind::kStack || x.kind == Kind::kThread;
    };
    if (isConstant(a) && isConstant(b)) return exact(op, a.lo, b.lo);
    if (op == kADD && moves(a) && isConstant(b)) return addOffset(a, b.lo);
    if (op == kADD && moves(b) && isConstant(a)) return addOffset(b, a.lo);
    if (op == kSUB && moves(a) && isConstant(b) && b.lo != kMin) return addOffset(a, -b.lo);
    if (op == kAND && a.kind == Kind::kSlot && isConstant(b) && b.lo >= 0 && b.lo <= 7) {
        return binary(op, truncate(a, 4), b);  // the tag bits only
    }
    const Abstract x = asInteger(a);
    const Abstract y = asInteger(b);
    if (x.kind == Kind::kTop || y.kind == Kind::kTop) return top();
    Abstract result = anyInteger(lowOfResult(op, x.low, y.low));
    setInterval(op, x, y, result);
    if (isConstant(y)) {
        derive(op, x, y.lo, false, result);
    } else if (isConstant(x)) {
        derive(op, y, x.lo, true, result);
    }
    if (!normalise(result)) return anyInteger();
    return result;
}

// a or b, as a conditional move leaves it.
Abstract Machine::either(const Abstract& a, const Abstract& b) const {
    if (a.sym != 0 && a == b) return a;
    Abstract result = join(a, b, tables_);
    if (!implies(a, result, tables_) || !implies(b, result, tables_)) return top();
    if (auxIsSymbol(result) && a.aux != b.aux) {
        if (result.kind != Kind::kInt) return top();
        result.flags &= kNullOnly;
        result.aux = result.map = 0;
    }
    return result;
}

void Machine::alu(const Instruction& in) {
    Abstract a = readOperand(in, 0, in.width);
    Abstract b = readOperand(in, 1, in.width);
    const bool same = in.reg[0] != kNoRegister && in.reg[0] == in.reg[1];
    if (same) b = a = named(a);
    if (in.op == kCMP || in.op == kTEST) {
        compare(in.op == kCMP ? Comparison::Op::kCompare : Comparison::Op::kTest, a, b, in.width);
        return;
    }
    const bool zero = same && (in.op == kXOR || in.op == kSUB);
    const Abstract result = named(zero ? constant(0) : truncate(binary(in.op, a, b), in.width));
    const bool counts = in.op == kADD || in.op == kSUB;
    writeOperand(in, 0, result, counts ? StoreKind::kCount : StoreKind::kPlain);
    if (in.op == kSUB) {
        compare(Comparison::Op::kCompare, a, b, in.width);
    } else {
        const bool logic = in.op != kADD;
        compare(logic ? Comparison::Op::kTest : Comparison::Op::kResult, result, result, in.width);
    }
}

void Machine::unary(const Instruction& in) {
    const Abstract a = readOperand(in, 0, in.width);
    Abstract result;
    switch (in.op) {
        case kINC:
            result = binary(kADD, a, constant(1));
            break;
        case kDEC:
            result = binary(kSUB, a, constant(1));
            break;
        case kNEG:
            result = binary(kSUB, constant(0), a);
            break;
        default:
            result = binary(kXOR, a, constant(-1));
            break;
    }
    result = named(truncate(result, in.width));
    const bool counts = in.op == kINC || in.op == kDEC;
    writeOperand(in, 0, result, counts ? StoreKind::kCount : StoreKind::kPlain);
    if (in.op != kNOT) compare(Comparison::Op::kResult, result, result, in.width);
}

// A shift by a constant; `a` has been truncated to `width`.
Abstract Machine::shifted(unsigned op, const Abstract& a, unsigned by, unsigned width) const {
    if (by == 0) return a;
    const Abstract x = asInteger(a);
    if (x.kind == Kind::kTop) return top();
    Abstract result = anyInteger();
    if (op == kSHL) {
        result = shiftedLeft(x, by);
    } else if (op == kSHR && x.lo < 0) {
        result.lo = 0;
        result.hi = static_cast<int64_t>(~uint64_t{0} >> by);
    } else if (op == kSHR || (op == kSAR && (width == 8 || x.hi <= 0x7FFFFFFF))) {
        result.lo = x.lo >> by;
        result.hi = x.hi >> by;
    }
    return normalise(result) ? result : anyInteger();
}

void Machine::shift(const Instruction& in) {
    const Abstract a = readOperand(in, 0, in.width);
    const bool by_constant = in.reg[1] == kNoRegister;
    Abstract result;
    if (by_constant) {
        const auto by = static_cast<unsigned>(in.imm) & (in.width == 8 ? 63U : 31U);
        result = shifted(in.op, a, by, in.width);
    } else if (asInteger(a).kind == Kind::kInt) {
        result = anyInteger();
    }
    writeOperand(in, 0, truncate(result, in.width), StoreKind::kPlain);
    flags_.op = Comparison::Op::kNone;
}

void Machine::imul(const Instruction& in) {
    const bool three = (in.form >> 6) != 0;
    const Abstract a = asInteger(readOperand(in, three ? 1 : 0, in.width));
    const Abstract b = asInteger(readOperand(in, three ? 2 : 1, in.width));
    Abstract result;
    if (a.kind == Kind::kInt && b.kind == Kind::kInt) {
        result = anyInteger(lowOfResult(kMUL, a.low, b.low));
        setInterval(kMUL, a, b, result);
        if (!normalise(result)) result = anyInteger();
    }
    writeRegister(in.reg[0], in.width, result);
    flags_.op = Comparison::Op::kNone;
}

void Machine::divide(const Instruction& in) {
    writeRegister(kRax, in.width, anyInteger());
    writeRegister(kRdx, in.width, anyInteger());
    flags_.op = Comparison::Op::kNone;
}

void Machine::signToRdx() { writeRegister(kRdx, 8, anyInteger()); }

}  // namespace tagproof::verify
