#include "jit/verify/domain.h"

namespace tagproof::verify {

// Pattern 000 stands for the word 0 only (or is impossible).
bool zeroIsNull(const Abstract& a) {
    return (a.low & kPointerLow) == 0 || has(a, kNullOnly) || (isConstant(a) && a.lo == 0);
}

namespace {

bool isObjectConstant(const Abstract& a, const Tables& tables) {
    return isConstant(a) && tables.constant(static_cast<uint64_t>(a.lo)) != nullptr;
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
        image |= (set >> p & 1U) << mapAt(map, p);
    }
    return static_cast<uint8_t>(image);
}

uint8_t mapPreimage(uint32_t map, uint8_t set) {
    unsigned preimage = 0;
    for (unsigned p = 0; p < 8; ++p) {
        preimage |= (set >> mapAt(map, p) & 1U) << p;
    }
    return static_cast<uint8_t>(preimage);
}

bool isValueWord(const Abstract& a, bool nullable, const Tables& tables) {
    switch (a.kind) {
        case Kind::kValue:
            return (a.low & ~kValueLow) == 0 && (nullable || !has(a, Abstract::kNullable));
        case Kind::kObj:
        case Kind::kType:
            return a.lo == 0;
        case Kind::kInt:
            if (has(a, kHalfWord)) return false;
            if (isImmediateWord(a) || isObjectConstant(a, tables)) return true;
            return nullable && (a.low & ~kValueLow) == 0 && zeroIsNull(a);
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

bool isResultWord(const Abstract& a, bool nullable, const Tables& tables) {
    const bool is_word = a.kind == Kind::kInt || a.kind == Kind::kValue;
    if (!is_word || has(a, kHalfWord)) return isValueWord(a, nullable, tables);
    Abstract other = a;
    other.low &= static_cast<uint8_t>(~kSentinelLow);
    return other.low == 0 || isValueWord(other, nullable, tables);
}

bool isImmediateWord(const Abstract& a) {
    if (a.kind != Kind::kInt && a.kind != Kind::kValue) return false;
    return !has(a, kHalfWord) && (a.low & ~kValueLow) == 0 && (a.low & kPointerLow) == 0;
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

Abstract truncateNarrow(const Abstract& a, unsigned bytes) {
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
            return isResultWord(a, has(hint, Abstract::kNullable), tables) &&
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
