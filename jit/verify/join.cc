#include "jit/verify/join.h"

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

// The address of a trusted constant counts as the object it is.
int64_t offsetOf(const Abstract& object) { return object.kind == Kind::kInt ? 0 : object.lo; }

// Items it is known to have: of a constant none, whose `map` is a pattern of bits.
auto itemsOf(const Abstract& object) { return object.kind == Kind::kInt ? 0 : object.map; }

Abstract joinObjects(const Abstract& a, const Abstract& b, const Tables& tables) {
    if (offsetOf(a) != offsetOf(b)) return top();
    const uint32_t type = typeRowOf(a, tables);
    Abstract result = object(type == typeRowOf(b, tables) ? type : kNoType);
    result.low = a.low;
    result.lo = a.lo;
    result.map = std::min(itemsOf(a), itemsOf(b));
    if (isManaged(a, tables) && isManaged(b, tables)) result.flags = Abstract::kManaged;
    return result;
}

Abstract joinDifferentKinds(const Abstract& a, const Abstract& b, const Tables& tables) {
    if (isResultWord(a, true, tables) && isResultWord(b, true, tables)) {
        const auto low = static_cast<uint8_t>((lowOf(a) | lowOf(b)) & kResultLow);
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

Abstract joinIntegerWords(const Abstract& a, const Abstract& b, const Tables& tables) {
    const Abstract hull = joinIntegers(a, b);
    if (a.lo == b.lo && a.hi == b.hi) return hull;
    const bool keep = isResultWord(hull, true, tables) || !isResultWord(a, true, tables) ||
                      !isResultWord(b, true, tables);
    return keep ? hull : joinDifferentKinds(a, b, tables);
}

// Kinds whose meaning is in their fields.
Abstract joinSameKind(const Abstract& a, const Abstract& b) {
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

}  // namespace

Abstract join(const Abstract& a, const Abstract& b, const Tables& tables) {
    if (has(a, kHalfWord) || has(b, kHalfWord)) return joinHalfWords(a, b);
    if (a.kind == Kind::kInt && b.kind == Kind::kInt) return joinIntegerWords(a, b, tables);
    const bool same_kind = a.kind == b.kind;
    if (a.kind == Kind::kObj && (same_kind || isObjectWord(b, tables))) {
        return joinObjects(a, b, tables);
    }
    if (b.kind == Kind::kObj && isObjectWord(a, tables)) return joinObjects(b, a, tables);
    if (!same_kind || a.kind == Kind::kValue) return joinDifferentKinds(a, b, tables);
    return joinSameKind(a, b);
}

}  // namespace tagproof::verify
