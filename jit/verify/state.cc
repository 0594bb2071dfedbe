#include "jit/verify/state.h"

#include <algorithm>
#include <bit>

#include "jit/verify/scan.h"

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
        write(last.location, last.old);
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
    // A function has fewer marks than that, and here there is none: stamps begin anew.
    constexpr uint32_t kManyEpochs = 1U << 31;
    if (last_epoch_ >= kManyEpochs) {
        std::fill_n(stamp_, kMaxLocations, 0U);
        last_epoch_ = 0;
    }
    std::fill_n(words_, locations(), Abstract{});
    std::fill_n(names_, locations(), 0U);
    std::fill_n(origins_, locations(), 0U);
    std::fill_n(is_passing_, locations(), uint8_t{0});
}

template <typename Action>
void State::forHolders(uint32_t symbol, Action action) {
    const uint32_t end = locations();
    for (uint32_t first = 0; first < end; first += kScan) {
        unsigned found = findSymbol(names_ + first, origins_ + first, symbol);
        for (; found != 0; found &= found - 1) {
            const uint32_t i = first + static_cast<uint32_t>(std::countr_zero(found));
            if (i < end) action(i);
        }
    }
}

bool State::restrict(uint32_t symbol, uint8_t low, bool non_zero) {
    bool possible = true;
    forHolders(symbol, [&](uint32_t i) {
        Abstract a = words_[i];
        if (a.sym == symbol) {
            possible = restrictWord(a, low, non_zero) && possible;
        } else if (isDerived(a) && a.aux == symbol) {
            a.low &= mapImage(a.map, low);
            possible = a.low != 0 && possible;
        }
        if (a != words_[i]) set(i, a);
    });
    return possible;
}

bool State::refineInteger(const Abstract& x, const Constraint& constraint) {
    Abstract narrowed = x;
    if (!intersect(narrowed, constraint)) return false;
    if (narrowed == x) return true;
    if (x.sym != 0) {
        bool possible = true;
        forHolders(x.sym, [&](uint32_t i) {
            Abstract a = words_[i];
            if (a.sym == x.sym && a.kind == Kind::kInt) {
                possible = intersect(a, constraint) && possible;
                set(i, a);
            }
        });
        if (!possible) return false;
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
            // A pointer plus an offset may be 0, wherever the object lies.
            const bool is_zero = constraint.lo == 0 && constraint.hi == 0 && x.lo == 0;
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
    forHolders(owner, [&](uint32_t i) {
        Abstract a = words_[i];
        if (a.sym == owner && a.kind == Kind::kObj && a.lo == 0) {
            a.aux = row;
            if (type != nullptr && type->managed) a.flags |= Abstract::kManaged;
            set(i, a);
        }
    });
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

void State::forgetAtCall(const Tables& tables) {
    const uint32_t end = locations();
    for (uint32_t first = 0; first < end; first += kScan) {
        for (unsigned found = findSet(is_passing_ + first); found != 0; found &= found - 1) {
            const uint32_t i = first + static_cast<uint32_t>(std::countr_zero(found));
            if (i < end) forgetWordAtCall(i, tables);
        }
    }
}

void State::forgetWordAtCall(uint32_t i, const Tables& tables) {
    Abstract a = words_[i];
    switch (a.kind) {
        case Kind::kObj:
            if (a.aux == kNoType && a.map == 0) return;
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
            if (!has(a, Abstract::kBounded)) return;
            a.flags &= static_cast<uint8_t>(~Abstract::kBounded);
            a.aux = 0;
            break;
        case Kind::kTop:
        case Kind::kValue:
        case Kind::kStack:
        case Kind::kThread:
        case Kind::kSaved:
            return;
    }
    set(i, a);
}

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
    write(kRsp, pointer(Kind::kStack, -8 * int64_t{hint.stack_words}));
    for (const HintEntry& entry : hint.entries) write(entry.location, entry.value);
    next_symbol = hint.symbol_count + 1;
}

}  // namespace tagproof::verify
