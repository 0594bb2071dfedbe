#include "jit/verify/state.h"

#include <algorithm>
#include <cstring>

namespace tagproof::verify {
namespace {

// Intersects an integer with a constraint; false: empty.
bool intersect(Abstract& a, const Constraint& c) {
    a.lo = std::max(a.lo, c.lo);
    a.hi = std::min(a.hi, c.hi);
    a.low &= c.low;
    if (c.non_zero) {
        if (a.lo == 0) a.lo = 1;
        if (a.hi == 0) a.hi = -1;
        if (has(a, kNullOnly)) a.low &= static_cast<uint8_t>(~kPointerLow);
    }
    if (c.bound_owner != 0 && !has(a, kHalfWord)) {
        a.flags &= static_cast<uint8_t>(~Abstract::kDerived);
        a.flags |= Abstract::kBounded;
        a.aux = c.bound_owner;
        a.map = 0;
    }
    return normalise(a);
}

// Narrows the patterns of one word that has the restricted symbol; false: empty.
bool restrictWord(Abstract& a, uint8_t low, bool non_zero) {
    switch (a.kind) {
        case Kind::kValue:
            a.low &= low;
            if (non_zero || (a.low & kPointerLow) == 0) {
                a.flags &= static_cast<uint8_t>(~Abstract::kNullable);
            }
            if (a.low == kPointerLow && !has(a, Abstract::kNullable)) {
                const uint32_t sym = a.sym;
                a = object(kNoType);
                a.sym = sym;
            }
            return a.low != 0;
        case Kind::kSlot:
            a.low &= low;
            if (non_zero || (a.low & kPointerLow) == 0) {
                a.flags &= static_cast<uint8_t>(~Abstract::kNullable);
            }
            if (a.low == kPointerLow && !has(a, Abstract::kNullable)) {
                a = Abstract{.kind = Kind::kDict, .low = kPointerLow, .sym = a.sym};
            }
            return a.low != 0;
        case Kind::kInt:
            return intersect(a, Constraint{.low = low, .non_zero = non_zero});
        case Kind::kObj:
        case Kind::kType:
        case Kind::kDict:
            return (low & lowOf(a)) != 0;
        case Kind::kTop:
        case Kind::kVals:
        case Kind::kBuf:
        case Kind::kLen:
        case Kind::kStack:
        case Kind::kThread:
        case Kind::kSaved:
            return true;
    }
    return true;
}

}  // namespace

State::Mark State::mark() {
    const Mark mark{log_size_, epoch_, stack_words};
    epoch_ = ++last_epoch_;
    return mark;
}

void State::undo(const Mark& mark) {
    while (log_size_ > mark.log_size) {
        const Overwritten& last = log_[--log_size_];
        words_[last.location] = last.old;
        stamp_[last.location] = last.stamp;
    }
    epoch_ = mark.epoch;
    stack_words = mark.stack_words;
}

void State::setStackWords(uint32_t words) {
    for (uint32_t k = stack_words; k < words; ++k) set(kRegisterCount + k, top());
    stack_words = words;
}

void State::clear(uint32_t words) {
    undo(Mark{0, 0, words});
    std::fill_n(words_, locations(), Abstract{});
}

bool State::restrict(uint32_t symbol, uint8_t low, bool non_zero) {
    const uint32_t end = locations();
    for (uint32_t i = 0; i < end; ++i) {
        Abstract& a = words_[i];
        if (a.sym == symbol) {
            remember(i);
            if (!restrictWord(a, low, non_zero)) return false;
        } else if (a.aux == symbol && a.kind == Kind::kInt && has(a, Abstract::kDerived)) {
            remember(i);
            a.low &= mapImage(a.map, low);
            if (a.low == 0) return false;
        }
    }
    return true;
}

bool State::refineInteger(const Abstract& x, const Constraint& constraint) {
    Abstract narrowed = x;
    if (!intersect(narrowed, constraint)) return false;
    if (narrowed == x) return true;
    if (x.sym != 0) {
        const uint32_t end = locations();
        for (uint32_t i = 0; i < end; ++i) {
            if (words_[i].sym != x.sym || words_[i].kind != Kind::kInt) continue;
            remember(i);
            if (!intersect(words_[i], constraint)) return false;
        }
    }
    if (narrowed.low == x.low) return true;
    if (has(x, Abstract::kDerived)) {
        return restrict(x.aux, mapPreimage(x.map, narrowed.low), false);
    }
    return x.sym == 0 || restrict(x.sym, narrowed.low, false);
}

bool State::refine(const Abstract& x, const Constraint& constraint) {
    switch (x.kind) {
        case Kind::kInt:
            return refineInteger(x, constraint);
        case Kind::kValue:
        case Kind::kSlot:
        case Kind::kObj:
        case Kind::kType:
        case Kind::kDict: {
            const bool is_zero = constraint.lo == 0 && constraint.hi == 0;
            if (is_zero && !has(x, Abstract::kNullable)) return false;
            const bool non_zero = constraint.non_zero || constraint.lo > 0;
            Abstract narrowed = x;
            if (!restrictWord(narrowed, constraint.low, non_zero)) return false;
            if (narrowed == x || x.sym == 0) return true;
            return restrict(x.sym, constraint.low, non_zero);
        }
        case Kind::kLen:
            if (constraint.lo > x.lo) setMinimumLength(x.aux, constraint.lo);
            return constraint.lo <= kMaxLength && constraint.hi >= x.lo;
        case Kind::kTop:
        case Kind::kVals:
        case Kind::kBuf:
        case Kind::kStack:
        case Kind::kThread:
        case Kind::kSaved:
            return true;
    }
    return true;
}

void State::setType(uint32_t owner, uint32_t row, const Tables& tables) {
    if (owner == 0) return;
    const TypeRow* type = tables.type(row);
    const uint32_t end = locations();
    for (uint32_t i = 0; i < end; ++i) {
        Abstract& a = words_[i];
        if (a.sym != owner || a.kind != Kind::kObj || a.lo != 0) continue;
        remember(i);
        a.aux = row;
        if (type != nullptr && type->managed) a.flags |= Abstract::kManaged;
    }
}

void State::setMinimumLength(uint32_t owner, int64_t count) {
    const auto minimum = static_cast<uint32_t>(std::min<int64_t>(count, kMaxStackWords));
    const uint32_t end = locations();
    for (uint32_t i = 0; i < end; ++i) {
        Abstract& a = words_[i];
        const bool is_owner = a.kind == Kind::kObj && a.sym == owner;
        const bool is_items = a.kind == Kind::kBuf && a.aux == owner;
        if ((!is_owner && !is_items) || a.map >= minimum) continue;
        remember(i);
        a.map = minimum;
    }
}

namespace {

// Most words of a frame: the switch over kinds is for the others.
bool outlivesCalls(Kind kind) {
    return kind == Kind::kTop || kind == Kind::kValue || kind == Kind::kSaved;
}

}  // namespace

void State::forgetAtCall(const Tables& tables) {
    const uint32_t end = locations();
    for (uint32_t i = 0; i < end; ++i) {
        if (outlivesCalls(words_[i].kind)) continue;
        Abstract a = words_[i];
        switch (a.kind) {
            case Kind::kObj:
                if (a.aux == kNoType && a.map == 0) continue;
                if (isManaged(a, tables)) a.flags |= Abstract::kManaged;
                a.aux = kNoType;
                a.map = 0;
                break;
            case Kind::kType:
                a = object(kNoType);
                a.sym = words_[i].sym;
                break;
            case Kind::kSlot:
            case Kind::kVals:
            case Kind::kDict:
            case Kind::kBuf:
                a = top();
                break;
            case Kind::kLen:
                a = fresh(integer(0, kMaxLength));
                break;
            case Kind::kInt:
                if (!has(a, Abstract::kBounded)) continue;
                a.flags &= static_cast<uint8_t>(~Abstract::kBounded);
                a.aux = 0;
                break;
            case Kind::kTop:
            case Kind::kValue:
            case Kind::kStack:
            case Kind::kThread:
            case Kind::kSaved:
                continue;
        }
        set(i, a);
    }
}

namespace {

// Equal but for the names of symbols: implies() then holds without a look at the kind.
bool isSameShape(const Abstract& a, const Abstract& b) {
    uint32_t head_a = 0;  // kind, low, flags
    uint32_t head_b = 0;
    std::memcpy(&head_a, &a, sizeof head_a);
    std::memcpy(&head_b, &b, sizeof head_b);
    const bool same = head_a == head_b && a.map == b.map && a.lo == b.lo && a.hi == b.hi;
    return same && (a.aux == b.aux || auxIsSymbol(a));
}

}  // namespace

bool State::implies(const LabelHint& hint, const Tables& tables, uint32_t& location) {
    location = kRsp;
    if (hint.stack_words != stack_words) return false;
    std::fill_n(symbol_map_, hint.symbol_count + 1, 0U);
    // A hint symbol stands for one symbol of this state.
    const auto same = [this](uint32_t hint_symbol, uint32_t symbol) {
        uint32_t& mapped = symbol_map_[hint_symbol];
        if (mapped == 0) mapped = symbol;
        return symbol != 0 && mapped == symbol;
    };
    for (const HintEntry& entry : hint.entries) {
        location = entry.location;
        const Abstract& a = words_[entry.location];
        const Abstract& wanted = entry.value;
        if (!isSameShape(a, wanted) && !verify::implies(a, wanted, tables)) return false;
        if (wanted.sym != 0 && !same(wanted.sym, a.sym)) return false;
        if (auxIsSymbol(wanted) && !same(wanted.aux, a.aux)) return false;
    }
    return true;
}

void State::load(const LabelHint& hint) {
    clear(hint.stack_words);
    words_[kRsp] = pointer(Kind::kStack, -8 * int64_t{hint.stack_words});
    const uint32_t base = next_symbol - 1;
    next_symbol += hint.symbol_count;
    for (const HintEntry& entry : hint.entries) {
        Abstract a = entry.value;
        if (a.sym != 0) a.sym += base;
        if (auxIsSymbol(a)) a.aux += base;
        words_[entry.location] = a;
    }
}

}  // namespace tagproof::verify
