#include "jit/verify/domain.h"

#include <algorithm>

namespace tagproof::verify {
namespace {

// A value word with these patterns; a word that can only be a non-null pointer is an object.
Abstract valueOrObject(uint8_t low, bool nullable) {
    if (low == kPointerLow && !nullable) return object(kNoType);
    Abstract result = value(nullable && (low & kPointerLow) != 0);
    result.low = low;
    return result;
}

bool isObjectConstant(const Abstract& a, const Tables& tables) {
    return isConstant(a) && tables.constant(static_cast<uint64_t>(a.lo)) != nullptr;
}

// Pattern 000 stands for the word 0 only (or is impossible).
bool zeroIsNull(const Abstract& a) {
    return (a.low & kPointerLow) == 0 || has(a, kNullOnly) || (isConstant(a) && a.lo == 0);
}

bool mayBeNull(const Abstract& a) {
    if (a.kind == Kind::kInt) return a.lo <= 0 && a.hi >= 0 && (a.low & kPointerLow) != 0;
    return has(a, Abstract::kNullable);
}

Abstract joinIntegers(const Abstract& a, const Abstract& b) {
    Abstract result = integer(std::min(a.lo, b.lo), std::max(a.hi, b.hi));
    result.low = static_cast<uint8_t>(a.low | b.low);
    if (zeroIsNull(a) && zeroIsNull(b) && (result.low & kPointerLow) != 0) {
        result.flags = kNullOnly;
    }
    if (has(a, Abstract::kBounded) && has(b, Abstract::kBounded)) {
        result.flags |= Abstract::kBounded;
        result.aux = a.aux;
    } else if (has(a, Abstract::kDerived) && has(b, Abstract::kDerived) && a.map == b.map) {
        result.flags |= Abstract::kDerived;
        result.aux = a.aux;
        result.map = a.map;
    }
    return result;
}

// Half words: only joined with each other, or with integers of 32 bits.
Abstract joinHalfWords(const Abstract& a, const Abstract& b) {
    const auto fits = [](const Abstract& x) {
        return x.kind == Kind::kInt && x.lo >= 0 && x.hi <= int64_t{0xFFFFFFFF};
    };
    if (!fits(a) || !fits(b)) return top();
    Abstract result = joinIntegers(a, b);
    result.flags |= kHalfWord;
    return result;
}

Abstract joinObjects(const Abstract& a, const Abstract& b, const Tables& tables) {
    if (a.lo != b.lo) return top();
    const uint32_t type = typeRowOf(a, tables);
    Abstract result = object(type == typeRowOf(b, tables) ? type : kNoType);
    result.low = a.low;
    result.lo = a.lo;
    result.map = std::min(a.map, b.map);
    if (isManaged(a, tables) && isManaged(b, tables)) result.flags = Abstract::kManaged;
    return result;
}

Abstract joinDifferentKinds(const Abstract& a, const Abstract& b, const Tables& tables) {
    if (isValueWord(a, true, tables) && isValueWord(b, true, tables)) {
        const auto low = static_cast<uint8_t>((lowOf(a) | lowOf(b)) & kValueLow);
        return valueOrObject(low, mayBeNull(a) || mayBeNull(b));
    }
    const Abstract x = asInteger(a);
    const Abstract y = asInteger(b);
    if (x.kind == Kind::kTop || y.kind == Kind::kTop) return top();
    Abstract result = joinIntegers(x, y);
    result.flags &= kNullOnly;
    result.aux = result.map = 0;
    return result;
}

bool impliesInteger(const Abstract& a, const Abstract& hint) {
    if (has(a, kHalfWord) && !has(hint, kHalfWord)) return false;
    if (has(hint, kHalfWord) && (a.kind != Kind::kInt || a.lo < 0 || a.hi > int64_t{0xFFFFFFFF})) {
        return false;
    }
    constexpr uint8_t kRelations = Abstract::kDerived | Abstract::kBounded;
    if ((hint.flags & kRelations) != 0) {
        if (a.kind != Kind::kInt || (a.flags & kRelations) != (hint.flags & kRelations)) {
            return false;
        }
        if (has(hint, Abstract::kDerived) && a.map != hint.map) return false;
    }
    Abstract number = a;
    number.flags &= static_cast<uint8_t>(~kHalfWord);
    number = asInteger(number);
    if (number.kind != Kind::kInt) return false;
    if (has(hint, kNullOnly) && !zeroIsNull(number)) return false;
    return hint.lo <= number.lo && number.hi <= hint.hi && (number.low & ~hint.low) == 0;
}

bool impliesObject(const Abstract& a, const Abstract& hint, const Tables& tables) {
    if (a.kind == Kind::kObj ? a.lo != hint.lo : hint.lo != 0) return false;
    if (!isObjectWord(Abstract{a.kind == Kind::kObj ? object(a.aux) : a}, tables)) return false;
    if (hint.aux != kNoType && typeRowOf(a, tables) != hint.aux) return false;
    if (has(hint, Abstract::kManaged) && !isManaged(a, tables)) return false;
    return hint.map <= (a.kind == Kind::kObj ? a.map : 0);
}

}  // namespace

uint8_t mapImage(uint32_t map, uint8_t set) {
    unsigned image = 0;
    for (unsigned p = 0; p < 8; ++p) {
        if ((set >> p & 1) != 0) image |= 1U << mapAt(map, p);
    }
    return static_cast<uint8_t>(image);
}

uint8_t mapPreimage(uint32_t map, uint8_t set) {
    unsigned preimage = 0;
    for (unsigned p = 0; p < 8; ++p) {
        if ((set >> mapAt(map, p) & 1) != 0) preimage |= 1U << p;
    }
    return static_cast<uint8_t>(preimage);
}

bool isValueWord(const Abstract& a, bool nullable, const Tables& tables) {
    switch (a.kind) {
        case Kind::kValue:
            return nullable || !has(a, Abstract::kNullable);
        case Kind::kObj:
        case Kind::kType:
            return a.lo == 0;
        case Kind::kInt:
            if (has(a, kHalfWord)) return false;
            if (isImmediateWord(a) || isObjectConstant(a, tables)) return true;
            return nullable && (a.low & kNeverLow) == 0 && zeroIsNull(a);
        case Kind::kTop:
        case Kind::kSlot:
        case Kind::kVals:
        case Kind::kDict:
        case Kind::kBuf:
        case Kind::kLen:
        case Kind::kStack:
        case Kind::kThread:
        case Kind::kSaved:
            return false;
    }
    return false;
}

bool isImmediateWord(const Abstract& a) {
    if (a.kind != Kind::kInt && a.kind != Kind::kValue) return false;
    return !has(a, kHalfWord) && (a.low & (kPointerLow | kNeverLow)) == 0;
}

bool isObjectWord(const Abstract& a, const Tables& tables) {
    if (a.kind == Kind::kObj || a.kind == Kind::kType) return a.lo == 0;
    return isObjectConstant(a, tables);
}

uint32_t typeRowOf(const Abstract& a, const Tables& tables) {
    if (a.kind == Kind::kObj) return a.aux;
    if (!isConstant(a)) return kNoType;
    const Constant* constant = tables.constant(static_cast<uint64_t>(a.lo));
    return constant == nullptr ? kNoType : constant->type_row;
}

bool isManaged(const Abstract& a, const Tables& tables) {
    if (a.kind == Kind::kObj && has(a, Abstract::kManaged)) return true;
    const TypeRow* row = tables.type(typeRowOf(a, tables));
    return row != nullptr && row->managed;
}

Abstract asInteger(const Abstract& a) {
    switch (a.kind) {
        case Kind::kInt:
            return has(a, kHalfWord) ? top() : a;
        case Kind::kLen:
            return integer(a.lo, kMaxLength);
        case Kind::kValue: {
            Abstract number = anyInteger(a.low);
            if (a.sym != 0) {
                number.flags = Abstract::kDerived;
                number.aux = a.sym;
                number.map = kIdentityMap;
            }
            return number;
        }
        case Kind::kObj:
            return anyInteger(lowBit(a.lo));
        case Kind::kType:
            return anyInteger(kPointerLow);
        case Kind::kTop:
        case Kind::kSlot:
        case Kind::kVals:
        case Kind::kDict:
        case Kind::kBuf:
        case Kind::kStack:
        case Kind::kThread:
        case Kind::kSaved:
            return top();
    }
    return top();
}

uint8_t lowOf(const Abstract& a) {
    switch (a.kind) {
        case Kind::kInt:
        case Kind::kValue:
        case Kind::kSlot:
            return a.low;
        case Kind::kObj:
            return lowBit(a.lo);
        case Kind::kType:
        case Kind::kDict:
            return kPointerLow;
        case Kind::kTop:
        case Kind::kVals:
        case Kind::kBuf:
        case Kind::kLen:
        case Kind::kStack:
        case Kind::kThread:
        case Kind::kSaved:
            return kAnyLow;
    }
    return kAnyLow;
}

Abstract truncate(const Abstract& a, unsigned bytes) {
    if (bytes >= 8) return a;
    const int64_t mask = (int64_t{1} << (8 * bytes)) - 1;
    if (a.kind == Kind::kInt && a.lo >= 0 && a.hi <= mask) {
        Abstract same = a;
        same.flags &= static_cast<uint8_t>(~kHalfWord);
        return same;
    }
    if (isConstant(a)) return constant(a.lo & mask);
    Abstract result = integer(0, mask, lowOf(a));
    if (a.kind == Kind::kInt && has(a, Abstract::kDerived)) {
        result.flags = Abstract::kDerived;
        result.aux = a.aux;
        result.map = a.map;
    } else if (a.sym != 0 &&
               (a.kind == Kind::kInt || a.kind == Kind::kValue || a.kind == Kind::kSlot)) {
        result.flags = Abstract::kDerived;
        result.aux = a.sym;
        result.map = kIdentityMap;
    }
    return result;
}

bool normalise(Abstract& a) {
    if (a.lo > a.hi) return false;
    a.low &= rangeLow(a.lo, a.hi);
    return a.low != 0;
}

bool implies(const Abstract& a, const Abstract& hint, const Tables& tables) {
    switch (hint.kind) {
        case Kind::kTop:
            return true;
        case Kind::kInt:
            return impliesInteger(a, hint);
        case Kind::kValue:
            return isValueWord(a, has(hint, Abstract::kNullable), tables) &&
                   (lowOf(a) & ~hint.low) == 0;
        case Kind::kObj:
            return impliesObject(a, hint, tables);
        case Kind::kSlot:
            return a.kind == Kind::kSlot && (a.low & ~hint.low) == 0 &&
                   (has(hint, Abstract::kNullable) || !has(a, Abstract::kNullable)) &&
                   (hint.aux == kNoType || hint.aux == a.aux);
        case Kind::kBuf:
            return a.kind == Kind::kBuf && a.lo == hint.lo && hint.map <= a.map;
        case Kind::kLen:
            return a.kind == Kind::kLen && hint.lo <= a.lo;
        case Kind::kVals:
        case Kind::kSaved:
            return a.kind == hint.kind && a.lo == hint.lo && a.aux == hint.aux;
        case Kind::kDict:
        case Kind::kType:
        case Kind::kStack:
        case Kind::kThread:
            return a.kind == hint.kind && a.lo == hint.lo;
    }
    return false;
}

Abstract join(const Abstract& a, const Abstract& b, const Tables& tables) {
    if (has(a, kHalfWord) || has(b, kHalfWord)) return joinHalfWords(a, b);
    if (a.kind == Kind::kInt && b.kind == Kind::kInt) {
        const Abstract hull = joinIntegers(a, b);
        if (a.lo == b.lo && a.hi == b.hi) return hull;
        const bool keep = isValueWord(hull, true, tables) || !isValueWord(a, true, tables) ||
                          !isValueWord(b, true, tables);
        return keep ? hull : joinDifferentKinds(a, b, tables);
    }
    const bool same_kind = a.kind == b.kind;
    if (a.kind == Kind::kObj && (same_kind || isObjectWord(b, tables))) {
        return joinObjects(a, b, tables);
    }
    if (b.kind == Kind::kObj && isObjectWord(a, tables)) return joinObjects(b, a, tables);
    if (!same_kind || a.kind == Kind::kValue) return joinDifferentKinds(a, b, tables);
    Abstract result = a;
    result.sym = 0;
    switch (a.kind) {
        case Kind::kSlot:
            result.low |= b.low;
            result.flags |= b.flags;
            if (a.aux != b.aux) result.aux = kNoType;
            return result;
        case Kind::kLen:
            result.lo = std::min(a.lo, b.lo);
            return result;
        case Kind::kBuf:
            result.map = std::min(a.map, b.map);
            return a.lo == b.lo ? result : top();
        case Kind::kTop:
        case Kind::kInt:
        case Kind::kValue:
        case Kind::kObj:
            return result;
        case Kind::kVals:
        case Kind::kSaved:
            return a.lo == b.lo && a.aux == b.aux ? result : top();
        case Kind::kDict:
        case Kind::kType:
        case Kind::kStack:
        case Kind::kThread:
            return a.lo == b.lo ? result : top();
    }
    return top();
}

bool isWellFormed(const Abstract& hint, uint32_t symbol_count, const Tables& tables) {
    if (static_cast<uint32_t>(hint.kind) >= kKindCount || hint.sym > symbol_count) return false;
    if (auxIsSymbol(hint) && (hint.aux == 0 || hint.aux > symbol_count)) return false;
    constexpr int64_t kLimit = int64_t{1} << 41;  // of pointers' offsets
    const bool near = hint.lo >= -kLimit && hint.lo <= kLimit;
    switch (hint.kind) {
        case Kind::kInt:
            return hint.lo <= hint.hi && hint.low != 0;
        case Kind::kValue:
            return hint.low != 0 && (hint.low & kNeverLow) == 0;
        case Kind::kSlot:
            if (hint.low == 0 || (hint.low & ~kSlotLow) != 0) return false;
            return hint.aux == kNoType || tables.type(hint.aux) != nullptr;
        case Kind::kObj:
        case Kind::kVals:
            return near && (hint.aux == kNoType || tables.type(hint.aux) != nullptr);
        case Kind::kSaved:
            return hint.aux < kRegisterCount;
        case Kind::kLen:
            return hint.lo >= 0 && hint.lo <= kMaxLength;
        case Kind::kTop:
        case Kind::kDict:
        case Kind::kBuf:
        case Kind::kType:
        case Kind::kStack:
        case Kind::kThread:
            return near;
    }
    return false;
}

}  // namespace tagproof::verify
